"""Harmless questions: does anybody answer at Zoom's addresses, and may this page read it?

Asked before anybody's consent is: what comes back is an error whatever happens, and no code, token
or permission is spent on it.

Facts: a REST call has an `Authorization` header, and so is preflighted; a create has a JSON body
too. So the probe names both headers, and the browser asks for leave to send them. A token request
is a simple one: it is carried out, and only its answer may be unreadable. Whether answers that
succeed can be read cannot be asked without a token.
"""

from __future__ import annotations

from pywidget.domain.errors import Code, way_is_closed
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response, build_form_request, parse_json_object

_SERVER_ERRORS = 500


def build_token_probe(endpoints: Endpoints) -> Request:
    """A read of the token endpoint, which is for writing only."""
    return Request("GET", endpoints.token_url, {"Accept": "application/json"}, may_repeat=True)


def build_form_probe(endpoints: Endpoints) -> Request:
    """A token request without anything to exchange, for servers that treat reads differently."""
    return build_form_request(endpoints.token_url, {"grant_type": "authorization_code"})


def build_api_probe(endpoints: Endpoints) -> Request:
    """A read with no token in it, of an address that the widget never uses otherwise."""
    headers = {
        "Authorization": "Bearer none",
        "Accept": "application/json",
        "Content-Type": "application/json",
    }
    url = f"{endpoints.api_url}/users/me/settings"
    return Request("GET", url, headers, may_repeat=True)


def parse_token_probe(response: Response, endpoints: Endpoints) -> None:
    """Raises `UnreachableError` `relay_failed` where the answer cannot be Zoom's."""
    if endpoints.relays and response.status >= _SERVER_ERRORS:
        raise way_is_closed(Code.RELAY_FAILED)


def parse_api_probe(response: Response, endpoints: Endpoints) -> None:
    """The same. A relay that is not there is often answered for by the page's own server."""
    if not endpoints.relays:
        return
    body = parse_json_object(response.body) or {}
    if not isinstance(body.get("code"), int):
        raise way_is_closed(Code.RELAY_FAILED)
