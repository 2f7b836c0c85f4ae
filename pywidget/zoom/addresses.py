"""Addresses on the embedder's script tag: which ones are allowed, and whose they are.

Facts: what is sent to Zoom is secret, so an address is safe only with TLS, or on this machine.
"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from pywidget.domain.errors import BadAttributeError, Reason

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_DEFAULT_PORTS = {"https": ":443", "wss": ":443"}


def resolve(address: str, origin: str) -> str:
    """Resolve a path against this origin; any other address stays as it is."""
    is_path = address.startswith("/") and not address.startswith("//")
    return origin + address if is_path else address


def check_address(
    attribute: str, text: str, *, safe: str = "https", unsafe: str = "http", beyond: str = "?#\\"
) -> SplitResult:
    """Check that an address is fit for a secret, and return its parts.

    Args:
        attribute: The attribute that holds it.
        text: The whole address.
        safe: The required scheme.
        unsafe: The scheme without TLS, allowed on this machine only.
        beyond: Characters that it must not contain.

    Raises:
        BadAttributeError: It has another scheme, no host, credentials, or characters that are
            forbidden or not printable.
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


def find_authority(url: str) -> str:
    """Return the host, with its port unless that is the scheme's default."""
    parts = urlsplit(url)
    return parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, "\n"))


def find_origin(url: str) -> str:
    """Return scheme, host and port: `https://app.example`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
