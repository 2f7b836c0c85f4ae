"""Where Zoom is: its own addresses, or those the embedder gave instead.

Facts: Zoom for Government, a simulator or a relay have other addresses. A relay sees the token,
which is the embedder's decision to make and is never taken for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pywidget.domain.errors import BadAttributeError

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The four addresses, without a slash at the end."""

    authorize_url: str = "https://zoom.us/oauth/authorize"
    token_url: str = "https://zoom.us/oauth/token"  # noqa: S105 - an address
    revoke_url: str = "https://zoom.us/oauth/revoke"
    api_url: str = "https://api.zoom.us/v2"

    @property
    def own_hosts(self) -> frozenset[str]:
        """Hosts beside Zoom's own whose join links are to be believed: the API's."""
        return frozenset({urlsplit(self.api_url).netloc.lower()})


def parse_endpoints(attributes: Mapping[str, str]) -> Endpoints:
    """Reads `authorize-url`, `token-url`, `revoke-url` and `api-url`; absent ones are Zoom's own.

    Raises:
        BadAttributeError: An address that is not https (plain http is for loopback only: a token
            would travel in the clear), or that has a query or a fragment.
    """
    names = ("authorize-url", "token-url", "revoke-url", "api-url")
    given = {
        name.replace("-", "_"): _parse_url(f"data-{name}", attributes[name])
        for name in names
        if attributes.get(name)
    }
    return Endpoints(**given)


def _parse_url(attribute: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port  # a port out of range raises, too
    except ValueError as error:
        raise BadAttributeError(attribute, "is not a URL") from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not safe or not host:
        raise BadAttributeError(attribute, "is not an https URL")
    # An empty query and blanks, which a parser drops, would end up inside the addresses of calls.
    if parts.username is not None or set(text) & set("?#\\") or not text.isprintable():
        raise BadAttributeError(attribute, "has more than a host and a path")
    return text.rstrip("/")
