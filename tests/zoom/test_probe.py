"""What is asked of Zoom's addresses before anybody's consent, and which answers count."""

from __future__ import annotations

import json

import pytest

from pywidget.domain.errors import Code, UnreachableError
from pywidget.zoom.endpoints import Endpoints, parse_endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.probe import (
    build_api_probes,
    build_token_probes,
    parse_api_probe,
    parse_token_probe,
)

DIRECT = Endpoints()
TUNNEL = Endpoints(forwarder="app.example")
RELAY = parse_endpoints({"relay": "https://relay.example/zoom/"})


def name(probes: tuple[Request, ...]) -> list[tuple[str, str]]:
    return [(probe.method, probe.url) for probe in probes]


def test_the_token_endpoint_is_asked_for_the_least_first() -> None:
    url = "https://zoom.us/oauth/token?probe"
    assert name(build_token_probes(DIRECT)) == [("OPTIONS", url), ("GET", url), ("POST", url)]
    assert name(build_token_probes(TUNNEL)) == [("GET", url)]
    relayed = "https://relay.example/zoom/oauth/token?probe"
    assert name(build_token_probes(RELAY)) == [("POST", relayed)]


def test_the_api_is_asked_at_an_address_that_is_never_used() -> None:
    url = "https://api.zoom.us/v2/users/me/settings?probe"
    assert name(build_api_probes(DIRECT)) == [("OPTIONS", url), ("GET", url)]
    assert name(build_api_probes(TUNNEL)) == [("GET", url)]
    relayed = "https://relay.example/zoom/v2/users/me/settings?probe"
    assert name(build_api_probes(RELAY)) == [("GET", relayed)]


def test_only_the_probe_that_is_a_token_request_has_a_body_and_it_exchanges_nothing() -> None:
    probes = [*build_token_probes(DIRECT), *build_api_probes(DIRECT)]
    assert [probe.body for probe in probes if probe.body] == [b"grant_type=authorization_code"]


def test_a_probe_asks_leave_for_the_headers_that_calls_have() -> None:
    options, read, exchange = build_token_probes(DIRECT)
    form = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    assert exchange.headers == form
    assert options.headers == read.headers == {"Accept": "application/json"}
    for probe in build_api_probes(DIRECT):
        assert probe.headers == {
            "Accept": "application/json",
            "Authorization": "Bearer none",
            "Content-Type": "application/json",
        }


@pytest.mark.parametrize("endpoints", [DIRECT, TUNNEL, RELAY])
def test_a_probe_says_that_it_is_one(endpoints: Endpoints) -> None:
    probes = (*build_token_probes(endpoints), *build_api_probes(endpoints))
    assert all(probe.is_probe for probe in probes)


def answer(body: object) -> Response:
    return Response(400, {}, json.dumps(body).encode())


@pytest.mark.parametrize("body", [{"error": "invalid_request"}, {"reason": "Missing code"}])
def test_a_relay_answers_as_the_token_endpoint_does(body: object) -> None:
    parse_token_probe(answer(body), RELAY)


def test_a_relay_answers_as_the_api_does() -> None:
    parse_api_probe(answer({"code": 124, "message": "Invalid access token."}), RELAY)


@pytest.mark.parametrize("body", [{}, [], "no", {"error": 5, "reason": None, "code": "124"}])
def test_another_servers_answer_is_no_relays_and_a_readable_one_of_zooms(body: object) -> None:
    for parse in (parse_token_probe, parse_api_probe):
        with pytest.raises(UnreachableError) as caught:
            parse(answer(body), RELAY)
        assert caught.value.code is Code.RELAY_FAILED
        parse(answer(body), DIRECT)
        parse(answer(body), TUNNEL)
