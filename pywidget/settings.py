"""The embedder's settings, from the script tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from pywidget.domain.appointment import DEFAULT_TOPIC
from pywidget.domain.errors import BadAttributeError, Reason
from pywidget.domain.url import parse_url
from pywidget.zoom.endpoints import Endpoints, parse_endpoints
from pywidget.zoom.tunnel import Tunnel, parse_tunnel

_CLIENT_ID = re.compile(r"[\x21-\x7e]{1,200}")  # RFC 6749 appendix A.1, without the space


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the whole page."""

    client_id: str
    redirect_uri: str
    endpoints: Endpoints
    topic: str = DEFAULT_TOPIC
    registers_clients: bool = True
    remembers_in_browser: bool = True
    shares_sign_in: bool = True
    tunnel: Tunnel | None = None
    business: str = ""
    invitation_note: str = ""
    recording_notice: str = ""
    client_language: str = ""
    host_sends: bool = False


def parse_settings(attributes: Mapping[str, str], *, base: str, page_origin: str) -> Settings:
    """Read the script tag's attributes.

    Args:
        attributes: The values by name, without `data-`.
        base: The folder that `embed.js` came from, for the default of the redirect URI.
        page_origin: The host page's origin. The redirect URI has to be on it, because pages of two
            origins cannot pass each other the answer.

    Raises:
        BadAttributeError: For the first attribute that is missing or malformed.
    """
    client_id = attributes.get("client-id", "").strip()
    if not client_id:
        raise BadAttributeError("data-client-id", Reason.MISSING_FROM_TAG)
    if not _CLIENT_ID.fullmatch(client_id):
        raise BadAttributeError("data-client-id", Reason.NOT_A_CLIENT_ID)
    redirect_uri = attributes.get("redirect-uri") or urljoin(base, "callback.html")
    url = parse_url(redirect_uri, "https", "http")
    if url is None or url.origin != page_origin or url.fragment is not None:
        raise BadAttributeError("data-redirect-uri", Reason.NOT_ON_PAGE, origin=page_origin)
    endpoints = parse_endpoints(attributes, page_origin=page_origin)
    tunnel = parse_tunnel(attributes, endpoints, page_origin=page_origin)
    if tunnel is not None:
        endpoints = replace(endpoints, forwarder=tunnel.host)
    return Settings(
        client_id=client_id,
        redirect_uri=redirect_uri,
        endpoints=endpoints,
        topic=attributes.get("topic") or DEFAULT_TOPIC,
        registers_clients=_parse_choice(attributes, "register-clients", "auto", "never"),
        remembers_in_browser=_parse_choice(attributes, "remember", "browser", "session"),
        shares_sign_in=_parse_choice(attributes, "share-sign-in", "tabs", "none"),
        tunnel=tunnel,
        business=attributes.get("business", "").strip(),
        invitation_note=attributes.get("invitation-note", "").strip(),
        recording_notice=attributes.get("recording-notice", "").strip(),
        client_language=attributes.get("client-lang", "").strip(),
        host_sends=not _parse_choice(attributes, "send", "device", "host"),
    )


def _parse_choice(attributes: Mapping[str, str], name: str, default: str, other: str) -> bool:
    """Tell whether the choice is the default one."""
    choice = attributes.get(name) or default
    if choice not in {default, other}:
        raise BadAttributeError(f"data-{name}", Reason.NEITHER, first=default, second=other)
    return choice == default
