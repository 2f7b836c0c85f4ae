"""What passes through a relay in both directions, and what does not; both relays do the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from e2e.relay.caller import JSON, MEETING, PLACES, sign

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator, SimulatorServer

    from e2e.relay.caller import Relay
    from e2e.relay.host import HostApplication
    from e2e.zoom_side import ZoomSide

OF_NODE: Final = {
    "accept-encoding": "gzip, deflate",
    "accept-language": "*",
    "sec-fetch-mode": "cors",
    "user-agent": "node",
}
"""The headers that Node itself adds to every call."""
NOWHERE: Final = (
    "",
    "oauth",
    "oauth/",
    "oauth/token/",
    "oauth/tokens",
    "oauth/authorize",
    "oauth/token/../authorize",
    "oauth/%2e%2e/oauth/authorize",
    "v2",
    "v3/users/me",
    "v2/../oauth/authorize",
    "v2/%2e%2e/oauth/authorize",
    "marketplace/add",
    "session",
)


@pytest.fixture
def may_send_what_zoom_refuses() -> bool:
    return True  # what arrives counts here, not what Zoom makes of it


@pytest.mark.parametrize("place", NOWHERE)
def test_other_places_lead_nowhere(relay: Relay, simulator: Simulator, place: str) -> None:
    for method in ("GET", "POST"):
        assert relay.call(method, place).status == 404
    assert simulator.list_requests() == []


@pytest.mark.parametrize(
    ("place", "methods"),
    [
        ("oauth/token", "GET PUT PATCH DELETE HEAD"),
        ("oauth/revoke", "GET PUT PATCH DELETE HEAD"),
        ("v2/users/me", "PUT HEAD"),
    ],
)
def test_methods_that_the_widget_has_no_use_for_are_refused(
    relay: Relay, simulator: Simulator, place: str, methods: str
) -> None:
    for method in methods.split():
        assert relay.call(method, place).status == 405
    assert simulator.list_requests() == []


def test_preflight_is_not_passed_on(relay: Relay, simulator: Simulator) -> None:
    asked = {"Access-Control-Request-Method": "PATCH"}
    answer = relay.call("OPTIONS", "v2/meetings/1", asked)
    if relay.name == "worker":
        assert answer.status == 204
        assert answer.headers["access-control-allow-origin"] == relay.page_url
        assert answer.headers["access-control-allow-methods"] == "GET, POST, PATCH, DELETE"
        listed = "Authorization, Content-Type, Accept"
        assert answer.headers["access-control-allow-headers"] == listed
    else:  # a page needs no permission from its own origin
        assert answer.status == 405
    assert simulator.list_requests() == []


@pytest.mark.parametrize("place", PLACES)
def test_pages_of_other_origins_get_nothing(
    relay: Relay, simulator: Simulator, host: HostApplication, place: str
) -> None:
    elsewhere = "https://elsewhere.example"
    strangers: list[dict[str, str]] = [
        {},
        {"Origin": elsewhere, "Sec-Fetch-Site": "cross-site"},
        {"Origin": elsewhere, "Sec-Fetch-Site": "same-site"},
        {"Origin": f"{relay.page_url}.elsewhere.example", "Sec-Fetch-Site": "none"},
        {"Origin": "null"},
    ]
    for stranger in strangers:
        caller = {"Cookie": host.cookie, **stranger}
        answer = relay.call_as(caller, "POST", place, JSON, b"{}")
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers
    assert simulator.list_requests() == []


@pytest.mark.parametrize("place", PLACES)
def test_no_header_but_the_listed_ones_reaches_zoom(
    relay: Relay, simulator: Simulator, simulator_server: SimulatorServer, place: str
) -> None:
    is_api = place.startswith("v2/")
    sent = {
        **JSON,
        "Authorization": "Bearer none",
        "Cookie": f"{relay.known_by.get('Cookie', 'x=y')}; another=1",
        "Origin": relay.page_url,
        "Referer": f"{relay.page_url}/appointments/812",
        "X-Forwarded-For": "203.0.113.7",
        "Forwarded": "for=203.0.113.7",
        "X-Real-IP": "203.0.113.7",
        "User-Agent": "a browser of somebody's",
        "Accept-Language": "de-AT",
        "X-Anything": "else",
    }
    if is_api:
        relay.call("GET", place, sent)
    else:
        relay.call("POST", place, sent, b"{}")
    (request,) = simulator.list_requests()
    assert request["path"] == f"/{place}"
    headers = request["headers"]
    assert isinstance(headers, dict)

    expected = {"accept": JSON["Accept"], "content-type": JSON["Content-Type"]}
    expected |= {"authorization": "Bearer ***"} if is_api else {"content-length": "2"}
    if relay.name == "nginx":
        expected |= {"host": PLACES[place], "connection": "close"}
    else:
        expected |= {"host": simulator_server.url.removeprefix("http://"), **OF_NODE}
        expected["connection"] = headers["connection"]  # between Node and the simulator
    assert headers == expected


def test_refusals_of_zoom_come_back_as_they_are(relay: Relay, simulator: Simulator) -> None:
    """The widget reads Zoom's errors; the host's own error pages must not replace them."""
    answer = relay.call("GET", "v2/users/me", {**JSON, "Authorization": "Bearer none"})
    assert (answer.status, json.loads(answer.body)["code"]) == (401, 124)
    answer = relay.call("GET", "v2/meetings/85000000000", sign(simulator))
    assert (answer.status, json.loads(answer.body)["code"]) == (404, 3001)


def test_what_zoom_sets_for_its_own_pages_does_not_come_back(
    relay: Relay, simulator: Simulator
) -> None:
    theirs = {
        "Set-Cookie": "zm_aid=" + 10_000 * "1",
        "Clear-Site-Data": '"*"',
        "Strict-Transport-Security": "max-age=1",
        "Alt-Svc": 'h3=":443"',
        "NEL": "{}",
        "Report-To": "{}",
        "X-Accel-Redirect": "/zoom/callback.html",
        "X-Accel-Expires": "60",
    }
    simulator.add_fault(
        {
            "operation": "create",
            "kind": "respond",
            "status": 429,
            "body": {"code": 429},
            "headers": {**theirs, "Cache-Control": "public, max-age=60", "Retry-After": "7"},
        }
    )
    answer = relay.create_meeting(simulator)
    assert (answer.status, json.loads(answer.body)) == (429, {"code": 429})
    assert not {name.lower() for name in theirs} & answer.headers.keys()
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["retry-after"] == "7"
    if relay.name == "nginx":
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["x-content-type-options"] == "nosniff"
    else:
        assert answer.headers["access-control-allow-origin"] == relay.page_url
        assert answer.headers["access-control-expose-headers"] == "Retry-After"
        assert answer.headers["vary"] == "Origin"


def test_create_whose_connection_is_cut_was_sent_once(
    relay: Relay, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    simulator.add_fault({"operation": "create", "kind": "drop_after"})
    assert relay.create_meeting(simulator).status == 502
    assert len(simulator.list_requests()) == len(zoom_side.list_meetings()) == 1


def test_removal_whose_connection_is_cut_was_sent_once(relay: Relay, simulator: Simulator) -> None:
    """Servers repeat a `DELETE` more readily than a `POST`, since it is idempotent."""
    created = json.loads(relay.create_meeting(simulator).body)
    simulator.clear_requests()
    simulator.add_fault({"operation": "delete", "kind": "drop_before"})
    answer = relay.call("DELETE", f"v2/meetings/{created['id']}", sign(simulator))
    assert answer.status == 502
    assert len(simulator.list_requests()) == 1


@pytest.mark.parametrize("status", [302, 307])
def test_redirect_is_not_followed(relay: Relay, simulator: Simulator, status: int) -> None:
    elsewhere = {"Location": "/v2/users/me"}
    simulator.add_fault(
        {"operation": "create", "kind": "respond", "status": status, "headers": elsewhere}
    )
    answer = relay.call("POST", "v2/users/me/meetings", sign(simulator), MEETING)
    assert answer.status == (status if relay.name == "nginx" else 502)
    assert "location" not in answer.headers
    assert len(simulator.list_requests()) == 1
