"""The tunnel, as the embedder configured it: its forwarder, and the roots to trust.

Facts: in a tunnel the page speaks TLS to Zoom itself, and a forwarder on the embedder's side only
carries bytes that it cannot read: WebSocket messages on the page's side, TCP on Zoom's. It knows
two targets by name, `api` and `zoom`, and connects to no others; so the token endpoint and
revocation have to be on one host. The page names the target in the forwarder's address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pywidget.domain.errors import BadAttributeError, Reason
from pywidget.zoom.addresses import check_address, find_authority, resolve
from pywidget.zoom.endpoints import Endpoints

_PLACE = "{target}"
_ADDRESS, _ROOTS = "data-tunnel", "data-tunnel-roots"


@dataclass(frozen=True, slots=True)
class Tunnel:
    """The forwarder's address, and the targets to ask it for.

    Attributes:
        address: A whole `wss:` URL (`ws:` on this machine) with `{target}` in it, once.
        api_url: URLs that begin with this go to the target `api`.
        zoom_host: Other URLs on this host and port go to the target `zoom`.
        roots_url: The URL of the roots, in PEM, to trust for Zoom's certificate; empty for the
            built-in ones.
    """

    address: str
    api_url: str
    zoom_host: str
    roots_url: str = ""

    @property
    def host(self) -> str:
        """The forwarder's host, with its port unless that is the scheme's default."""
        return find_authority(self.address)

    def find_address(self, url: str) -> str:
        """Find the forwarder's address for a request.

        Raises:
            ValueError: The request is for neither of the two hosts.
        """
        rest = url.removeprefix(self.api_url)
        if rest != url and rest[:1] in {"", "/", "?"}:
            return self.address.replace(_PLACE, "api")
        if find_authority(url) == self.zoom_host:
            return self.address.replace(_PLACE, "zoom")
        raise ValueError("The tunnel does not lead there.")


def parse_tunnel(
    attributes: Mapping[str, str], endpoints: Endpoints, *, page_origin: str
) -> Tunnel | None:
    """Parse the script tag's tunnel; `None` if it has none.

    Args:
        attributes: `tunnel` is a path on the page's own origin or a `wss:` URL, and has `{target}`
            in its path or query, once. `tunnel-roots` is such a path or an https URL.
        endpoints: Where Zoom is; TLS is spoken to these hosts.
        page_origin: The origin that paths belong to.

    Raises:
        BadAttributeError: The first mistake, in either of them or in an endpoint's address.
    """
    address = attributes.get("tunnel", "")
    roots = attributes.get("tunnel-roots", "")
    is_relayed = bool(attributes.get("relay"))
    if not address:
        if roots:
            raise BadAttributeError(_ROOTS, Reason.NOT_ALONE, other=_ADDRESS)
        return None
    if is_relayed:
        raise BadAttributeError(_ADDRESS, Reason.NOT_TOGETHER, other="data-relay")
    _check_endpoints(endpoints)
    return Tunnel(
        address=_parse_address(address, page_origin),
        api_url=endpoints.api_url,
        zoom_host=find_authority(endpoints.token_url),
        roots_url=_parse_roots(roots, page_origin) if roots else "",
    )


def _parse_address(text: str, page_origin: str) -> str:
    socket_origin = page_origin.replace("http", "ws", 1)
    address = resolve(text, socket_origin)
    check_address(_ADDRESS, address, safe="wss", unsafe="ws", beyond=" #\\")
    if address.count(_PLACE) != 1:
        raise BadAttributeError(_ADDRESS, Reason.NO_PLACE, place=_PLACE)
    return address


def _parse_roots(text: str, page_origin: str) -> str:
    address = resolve(text, page_origin)
    check_address(_ROOTS, address, beyond=" #\\")
    return address


def _check_endpoints(endpoints: Endpoints) -> None:
    for name in ("token", "revoke", "api"):
        if not getattr(endpoints, f"{name}_url").lower().startswith("https:"):
            raise BadAttributeError(f"data-{name}-url", Reason.NOT_FOR_TUNNEL)
    if find_authority(endpoints.token_url) != find_authority(endpoints.revoke_url):
        raise BadAttributeError("data-revoke-url", Reason.OTHER_HOST)
