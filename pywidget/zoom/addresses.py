"""Addresses on the embedder's script tag: which ones are allowed, and whose they are.

Facts: what is sent to Zoom is secret, so an address is safe only with TLS, or on this machine.
"""

from __future__ import annotations

from pywidget.domain.errors import BadAttributeError, Reason
from pywidget.domain.url import Url, parse_url

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_SCHEMES = ("https", "http", "wss", "ws")


def resolve(address: str, origin: str) -> str:
    """Resolve a path against this origin; any other address stays as it is."""
    is_path = address.startswith("/") and not address.startswith("//")
    return origin + address if is_path else address


def check_address(
    attribute: str, text: str, *, safe: str = "https", unsafe: str = "http", beyond: str = "?#\\"
) -> Url:
    """Check that an address is fit for a secret, and return its parts.

    Args:
        attribute: The attribute that holds it.
        text: The whole address.
        safe: The required scheme.
        unsafe: The scheme without TLS, allowed on this machine only.
        beyond: Characters that it must not contain.

    Raises:
        BadAttributeError: It has another scheme, credentials or characters that are forbidden, or
            is not a URL in the strict sense of `parse_url`.
    """
    scheme, _, rest = text.partition("://")
    if scheme.lower() not in {safe, unsafe}:
        raise BadAttributeError(attribute, Reason.NOT_SAFE, scheme=safe)
    # An empty query, which a parser drops, would end up inside the addresses of calls.
    if "@" in rest.partition("/")[0] or set(text) & set(beyond):
        reason = Reason.MORE_THAN_PATH if "?" in beyond else Reason.MORE_THAN_QUERY
        raise BadAttributeError(attribute, reason)
    url = parse_url(text, safe, unsafe)
    if url is None:
        raise BadAttributeError(attribute, Reason.NOT_A_URL)
    if url.scheme == unsafe and url.name not in _LOOPBACK:
        raise BadAttributeError(attribute, Reason.NOT_SAFE, scheme=safe)
    return url


def find_authority(url: str) -> str:
    """Return the host, with its port unless that is the scheme's default; empty if it is no URL."""
    parts = parse_url(url, *_SCHEMES)
    return "" if parts is None else parts.host


def find_name(url: str) -> str:
    """Return the host's name or address, as a certificate has it; empty if it is no URL."""
    parts = parse_url(url, *_SCHEMES)
    return "" if parts is None else parts.name.strip("[]")


def find_origin(url: str) -> str:
    """Return scheme, host and port: `https://app.example`; empty if it is no URL."""
    parts = parse_url(url, *_SCHEMES)
    return "" if parts is None else parts.origin
