"""Harmless questions: does anybody answer at Zoom's addresses, and may this page read it?

Asked before anybody's consent is: no code, no token and no permission is spent on them.

Facts: a REST call has an `Authorization` header, and so is preflighted; a create has a JSON body
too. So the probes of the API name both headers, and the browser asks for leave to send them. A
token request is a simple one: it is carried out, and only its answer may be unreadable. Chromium
writes every answer with an error status into the page's console, so what succeeds is tried first:
`OPTIONS`, which many servers that know CORS allow a page to send. Where it is not allowed, an error
that can be read will do. A token endpoint may have CORS for what it is there for alone; only
therefore, and last, a token request that has nothing to exchange. Whether answers that succeed can
be read cannot be asked without a token. In a tunnel there is no CORS, and whoever answers has
proved to be Zoom: one harmless question is enough. The query says to people who read logs what they
look at.
"""

from __future__ import annotations

from pywidget.domain.errors import Code, way_is_closed
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response, parse_json_object

_ACCEPT = {"Accept": "application/json"}


def build_token_probes(endpoints: Endpoints) -> tuple[Request, ...]:
    """To be sent one after the other, until one is answered. A relay is to answer as Zoom does."""
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
    """The same for the API, at an address that the widget never uses otherwise."""
    headers = {**_ACCEPT, "Authorization": "Bearer none", "Content-Type": "application/json"}
    url = f"{endpoints.api_url}/users/me/settings?probe"
    read = Request("GET", url, headers, is_probe=True)
    if endpoints.forwarder or endpoints.is_relayed(url):
        return (read,)
    return (Request("OPTIONS", url, headers, is_probe=True), read)


def parse_token_probe(response: Response, endpoints: Endpoints) -> None:
    """Raises `UnreachableError` `relay_failed` where the answer cannot be Zoom's.

    A relay that is not there is often answered for by the page's own server.
    """
    body = parse_json_object(response.body) or {}
    says_why = isinstance(body.get("error"), str) or isinstance(body.get("reason"), str)
    if endpoints.is_relayed(endpoints.token_url) and not says_why:
        raise way_is_closed(Code.RELAY_FAILED)


def parse_api_probe(response: Response, endpoints: Endpoints) -> None:
    """The same for the API."""
    body = parse_json_object(response.body) or {}
    has_number = isinstance(body.get("code"), int)
    if endpoints.is_relayed(endpoints.api_url) and not has_number:
        raise way_is_closed(Code.RELAY_FAILED)
