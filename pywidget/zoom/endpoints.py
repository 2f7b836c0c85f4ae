"""Zoom's addresses: its own, or those that the embedder gave instead.

Facts: Zoom for Government, a simulator or a relay have other addresses. A relay sees the token;
that is the embedder's decision, and is never made for them. The issuer is a name, not an address:
it may have a path, and a relay does not change it (RFC 9207 section 2.4, RFC 8414).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pywidget.domain.errors import BadAttributeError, Reason
from pywidget.domain.join_link import is_trusted_host
from pywidget.zoom.addresses import (
    check_address,
    find_authority,
    find_name,
    find_origin,
    resolve,
)

_MAY_BE_PATHS = ("token-url", "revoke-url", "api-url")


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Zoom's four addresses, without a slash at the end.

    Attributes:
        issuer: The name that an `iss` in the authorization response has to have.
        serves_links: Whether join links on the API's own host are trusted, as those of a simulator
            are; a relay's host has none.
        forwarder: The host that carries the encrypted bytes to these addresses, if there is a
            tunnel; else empty.
    """

    authorize_url: str = "https://zoom.us/oauth/authorize"
    token_url: str = "https://zoom.us/oauth/token"  # noqa: S105 - an address
    revoke_url: str = "https://zoom.us/oauth/revoke"
    api_url: str = "https://api.zoom.us/v2"
    issuer: str = "https://zoom.us"
    serves_links: bool = True
    forwarder: str = ""

    @property
    def trusted_hosts(self) -> frozenset[str]:
        """Hosts besides Zoom's own whose join links are trusted: the API's."""
        return frozenset({find_authority(self.api_url)}) if self.serves_links else frozenset()

    @property
    def relays(self) -> tuple[str, ...]:
        """Hosts that pass the token on to Zoom, and so see it; none if calls go directly."""
        zoom = self._find_host(self.authorize_url)
        urls = (self.token_url, self.revoke_url, self.api_url)
        hosts = dict.fromkeys(map(self._find_host, urls))
        return tuple(
            host
            for host in hosts
            if host != zoom and not host.endswith(f".{zoom}") and not is_trusted_host(host)
        )

    def is_relayed(self, url: str) -> bool:
        """Tell whether a URL, one of these addresses, is a relay's."""
        return self._find_host(url) in self.relays

    def _find_host(self, url: str) -> str:
        """Return the host; in a tunnel without its port, since a certificate names none."""
        return find_name(url) if self.forwarder else find_authority(url)


def parse_endpoints(attributes: Mapping[str, str], *, page_origin: str = "") -> Endpoints:
    """Parse the script tag's addresses; absent ones are Zoom's own.

    Args:
        attributes: `relay` moves the token endpoint, revocation and the API below one address;
            `token-url`, `revoke-url` and `api-url` move them one by one, and take precedence. Each
            is an https URL or a path on the page's own origin. `authorize-url` and `issuer` are
            https URLs. Without `issuer`, it is the origin of `authorize-url`.
        page_origin: The origin that paths belong to.

    Raises:
        BadAttributeError: An address is not https (plain http is for loopback only: a token would
            travel in the clear), or has a query or a fragment.
    """
    addresses: dict[str, str] = {}
    serves_links = True
    relay = attributes.get("relay")
    if relay:
        base = _parse_url("data-relay", resolve(relay, page_origin))
        if not relay.endswith("/"):
            raise BadAttributeError("data-relay", Reason.NO_SLASH)
        addresses = {
            "token_url": f"{base}/oauth/token",
            "revoke_url": f"{base}/oauth/revoke",
            "api_url": f"{base}/v2",
        }
        serves_links = False
    for name in ("authorize-url", *_MAY_BE_PATHS):
        given = attributes.get(name)
        if given:
            address = resolve(given, page_origin) if name in _MAY_BE_PATHS else given
            addresses[name.replace("-", "_")] = _parse_url(f"data-{name}", address)
            if name == "api-url":
                serves_links = address == given  # a path is the page's own
    issuer = _parse_issuer(attributes, addresses)
    return Endpoints(**addresses, **issuer, serves_links=serves_links)


def _parse_issuer(attributes: Mapping[str, str], addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the issuer as it was written: it is compared as text (RFC 9207 section 2.4)."""
    issuer = attributes.get("issuer")
    if issuer:
        _parse_url("data-issuer", issuer)
        return {"issuer": issuer}
    if "authorize_url" in addresses:
        return {"issuer": find_origin(addresses["authorize_url"])}
    return {}


def _parse_url(attribute: str, text: str) -> str:
    check_address(attribute, text)
    return text.rstrip("/")
