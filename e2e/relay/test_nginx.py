"""What the recipe for nginx promises and the other relay does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from zoom_meeting_testing.simulator import SimulatorServer

from e2e.relay.caller import JSON, PLACES, sign
from e2e.relay.certificates import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zoom_meeting_testing.simulator import Simulator

    from e2e.relay.caller import Relay
    from e2e.relay.conftest import StartNginx
    from e2e.relay.host import HostApplication

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def may_send_what_zoom_refuses() -> bool:
    return True  # what arrives counts here, not what Zoom makes of it


@pytest.fixture
def relay(nginx_relay: Relay) -> Relay:
    return nginx_relay


def read_error_log(relay: Relay) -> str:
    return (relay.folder / "logs" / "error.log").read_text()


@pytest.mark.parametrize("status", [401, 403, 302])
@pytest.mark.parametrize("place", PLACES)
def test_people_whom_the_host_does_not_know_get_nothing(
    relay: Relay, simulator: Simulator, host: HostApplication, place: str, status: int
) -> None:
    """Many frameworks answer strangers with a redirect to a sign-in page."""
    host.status_for_strangers = status
    host.asked.clear()
    guesses: list[dict[str, str]] = [{}, {"Cookie": "salon_session=guessed"}]
    for cookie in guesses:
        answer = relay.call_as({**OWN_PAGE, **cookie}, "POST", place, JSON, b"{}")
        assert answer.status == (403 if status == 403 else 401)
        assert not {"location", "set-cookie"} & answer.headers.keys()
        if answer.status == 401:
            assert json.loads(answer.body) == {"relay": "no session"}
            assert answer.headers["content-type"] == "application/json"
    assert len(host.asked) == 2
    assert simulator.list_requests() == []


def test_host_is_asked_with_its_cookies_only(
    relay: Relay, simulator: Simulator, host: HostApplication
) -> None:
    host.asked.clear()
    assert relay.create_meeting(simulator).status == 201
    (asked,) = host.asked
    assert asked == {
        "host": "127.0.0.1",
        "connection": "close",
        "cookie": host.cookie,
        "x-forwarded-proto": "http",
    }


def test_query_reaches_the_api_as_it_is_and_the_token_endpoint_not_at_all(
    relay: Relay, simulator: Simulator
) -> None:
    relay.call("GET", "v2/users/me/meetings?type=upcoming&next_page_token=a%2Bb%26", JSON)
    relay.call("POST", "oauth/token?code=4711", JSON)
    listing, token = simulator.list_requests()
    assert listing["query"] == {"type": "upcoming", "next_page_token": "a+b&"}
    assert token["query"] == {}


def test_calls_are_in_no_access_log(relay: Relay, simulator: Simulator) -> None:
    relay.call("GET", "v2/users/me", sign(simulator))
    relay.call_as(OWN_PAGE, "GET", "v2/users/me")
    relay.call("GET", "../demo/book.js")
    relay.settle()
    log = (relay.folder / "logs" / "access.log").read_text()
    assert "/demo/book.js" in log
    assert "users/me" not in log
    assert "session" not in log


@pytest.mark.undescribed("any long body will do, and a fault answers")
def test_no_body_is_put_on_disk(relay: Relay, simulator: Simulator) -> None:
    long_answer = {"text": "x" * 8_000_000}
    simulator.add_fault(
        {
            "operation": "create",
            "kind": "respond",
            "status": 200,
            "body": long_answer,
            "times": 2,
        }
    )
    place, body = "v2/users/me/meetings", b'"' + b"x" * 32_000 + b'"'
    headers = sign(simulator)
    for form in (body, split(body)):  # with its length beforehand, and in chunks
        # nginx waits for a slow reader, and does not buffer the answer in a file.
        answer = relay.call_as(
            relay.known_by, "POST", place, headers, form, seconds_before_reading=0.5
        )
        assert json.loads(answer.body) == long_answer
    assert len(simulator.list_requests()) == 2
    assert relay.call("POST", place, headers, body * 2).status == 413
    assert len(simulator.list_requests()) == 2
    assert "temporary file" not in read_error_log(relay)


def split(body: bytes) -> Iterator[bytes]:
    """Cut a body into pieces, smaller than HTTP's own chunks."""
    return (body[index : index + 2] for index in range(0, len(body), 2))


def test_nobody_with_a_certificate_of_another_authority_is_zoom(
    start_nginx: StartNginx, simulator: Simulator, tmp_path: Path
) -> None:
    other = Authority(tmp_path / "other.pem")
    log = call_impostor(start_nginx, simulator, other, *PLACES.values())
    assert log.count("certificate verify error") == len(PLACES)


def test_nobody_with_a_certificate_for_another_name_is_zoom(
    start_nginx: StartNginx, simulator: Simulator, authority: Authority
) -> None:
    log = call_impostor(start_nginx, simulator, authority, "zoom.us.example")
    assert log.count("certificate does not match") == len(PLACES)


def call_impostor(
    start_nginx: StartNginx, simulator: Simulator, authority: Authority, *names: str
) -> str:
    """Show that nothing reaches an impostor of Zoom; return the error log."""
    with SimulatorServer(simulator, tls=authority.build_context(*names)) as impostor:
        relay = start_nginx(zoom_port=impostor.port)
        for place in PLACES:
            assert relay.call("POST", place, JSON, b"{}").status == 502
    assert simulator.list_requests() == []
    return read_error_log(relay)


def test_it_starts_where_zoom_cannot_be_looked_up(start_nginx: StartNginx) -> None:
    """Zoom's addresses are looked up again and again, and not only when nginx starts."""
    relay = start_nginx(zoom_port=None)
    assert relay.call("POST", "oauth/token").status == 502
    assert "zoom.us could not be resolved" in read_error_log(relay)
