"""Addresses as an embedder writes them on the script tag: what they may be, and whose they are.

Facts: what is sent to Zoom is secret, so an address is safe only with TLS, or on this machine.
"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from pywidget.domain.errors import BadAttributeError, Reason

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_DEFAULT_PORTS = {"https": ":443", "wss": ":443"}


def resolve(address: str, origin: str) -> str:
    """The whole address where a path on this origin was given; any other stays as it is."""
    is_path = address.startswith("/") and not address.startswith("//")
    return origin + address if is_path else address


def check_address(
    attribute: str, text: str, *, safe: str = "https", unsafe: str = "http", beyond: str = "?#\\"
) -> SplitResult:
    """The parts of an address that is fit for a secret.

    Args:
        attribute: What it stands in.
        text: The whole address.
        safe: The scheme that it has to have.
        unsafe: The scheme without TLS, for this machine only.
        beyond: Characters that it must not have.

    Raises:
        BadAttributeError: It has another scheme, no host, credentials, or what is not printable.
    """
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port  # a port out of range raises, too
    except ValueError as error:
        raise BadAttributeError(attribute, Reason.NOT_A_URL) from error
    is_safe = parts.scheme == safe or (parts.scheme == unsafe and host in _LOOPBACK)
    if not is_safe or not host:
        raise BadAttributeError(attribute, Reason.NOT_SAFE, scheme=safe)
    # An empty query and blanks, which a parser drops, would end up inside the addresses of calls.
    if parts.username is not None or set(text) & set(beyond) or not text.isprintable():
        reason = Reason.MORE_THAN_PATH if "?" in beyond else Reason.MORE_THAN_QUERY
        raise BadAttributeError(attribute, reason)
    return parts


def find_host(url: str) -> str:
    """The host, with its port unless that is what goes without saying."""
    parts = urlsplit(url)
    return parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, "\n"))


def find_origin(url: str) -> str:
    """Scheme, host and port: `https://app.example`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
