"""Harmless requests: do Zoom's addresses respond, and may this page read the response?

They are sent before anyone is asked for consent: they use up no code, token or permission.

Facts: a REST call has an `Authorization` header, so it is preflighted; a create has a JSON body,
too. So the probes of the API name both headers, and the browser asks for permission to send them. A
token request is a simple one: it is carried out, and only its response may be unreadable. Chromium
logs every response with an error status in the page's console, so what can succeed is tried first:
`OPTIONS`, which many servers with CORS allow a page to send. If they don't, a readable error is
enough. A token endpoint may have CORS for token requests only; for that case alone, and last, a
token request that has nothing to exchange is sent. Without a token it cannot be found out whether
successful responses can be read. In a tunnel there is no CORS, and the server has proved to be
Zoom: one harmless request is enough. The query tells people who read logs what they are looking at.
"""

from __future__ import annotations

from pywidget.domain.errors import Code, build_closed_way_error
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response, parse_json_object

_ACCEPT = {"Accept": "application/json"}


def build_token_probes(endpoints: Endpoints) -> tuple[Request, ...]:
    """Build the probes of the token endpoint, to be sent in turn until one gets a response.

    A relay has to respond as Zoom does.
    """
    form = {**_ACCEPT, "Content-Type": "application/x-www-form-urlencoded"}
    url = f"{endpoints.token_url}?probe"
    exchange = Request("POST", url, form, b"grant_type=authorization_code", is_probe=True)
    if endpoints.is_relayed(url):
        return (exchange,)
    read = Request("GET", url, _ACCEPT, is_probe=True)
    if endpoints.forwarder:
        return (read,)
    return (Request("OPTIONS", url, _ACCEPT, is_probe=True), read, exchange)


def build_api_probes(endpoints: Endpoints) -> tuple[Request, ...]:
    """Build the probes of the API, for an address that the widget never uses otherwise."""
    headers = {**_ACCEPT, "Authorization": "Bearer none", "Content-Type": "application/json"}
    url = f"{endpoints.api_url}/users/me/settings?probe"
    read = Request("GET", url, headers, is_probe=True)
    if endpoints.forwarder or endpoints.is_relayed(url):
        return (read,)
    return (Request("OPTIONS", url, headers, is_probe=True), read)


def parse_token_probe(response: Response, endpoints: Endpoints) -> None:
    """Check that a probe's response can be that of Zoom's token endpoint.

    If there is no relay at its address, the page's own server often responds instead.

    Raises:
        UnreachableError: `relay_failed`, if it cannot.
    """
    body = parse_json_object(response.body) or {}
    says_why = isinstance(body.get("error"), str) or isinstance(body.get("reason"), str)
    if endpoints.is_relayed(endpoints.token_url) and not says_why:
        raise build_closed_way_error(Code.RELAY_FAILED)


def parse_api_probe(response: Response, endpoints: Endpoints) -> None:
    """Check that a probe's response can be that of Zoom's API; raises like `parse_token_probe`."""
    body = parse_json_object(response.body) or {}
    has_number = isinstance(body.get("code"), int)
    if endpoints.is_relayed(endpoints.api_url) and not has_number:
        raise build_closed_way_error(Code.RELAY_FAILED)
