"""The widget's own messages, over a real network, against a Zoom that is as strict as Zoom."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest
from zoom_meeting_testing.simulator import Expirable

from pywidget.domain.errors import Code, NotDoneError, WidgetError, ZoomRefusedError
from pywidget.domain.secret import Secret
from pywidget.zoom.authorization import build_authorization_url, parse_authorization_response
from pywidget.zoom.http import Request
from tests.doubles.clock import NOW, run
from tests.http.desk import APPOINTMENT, Desk
from tests.simulator.client import FRONT_DESK, MAYA, TEMP
from tests.world import at

INVALID = Code.RESPONSE_INVALID
CREATE, READ, USER, TOKEN = "create", "read", "user", "token"
CALLS: dict[str, Callable[[Desk], Awaitable[object]]] = {
    CREATE: lambda desk: desk.client.create_meeting(APPOINTMENT, "Appointment with Dana Lee"),
    READ: lambda desk: desk.client.read_meeting("86012345678"),
    USER: lambda desk: desk.client.read_user(),
}


def refuse(desk: Desk, name: str) -> WidgetError:
    with pytest.raises(WidgetError) as caught:
        run(CALLS[name](desk))  # type: ignore[arg-type] # these are coroutines
    return caught.value


def fail_exchange(desk: Desk, **changes: object) -> WidgetError:
    code = desk.get_code(desk.build_attempt())
    code = replace(code, attempt=replace(code.attempt, **changes))  # type: ignore[arg-type]
    with pytest.raises(WidgetError) as caught:
        desk.exchange(code)
    assert code.code.reveal() not in f"{caught.value!r} {vars(caught.value)}"
    return caught.value


# Signing in


def test_a_sign_in_gives_a_token_that_works(desk: Desk) -> None:
    token = desk.sign_in()
    assert token.refresh is not None
    assert token.is_fresh(NOW)
    assert token.scopes is not None
    assert "meeting:write:meeting" in token.scopes
    user = run(desk.client.read_user())
    assert user.email == MAYA


def test_saying_no_comes_back_as_that(desk: Desk) -> None:
    attempt = desk.build_attempt()
    url = build_authorization_url(desk.endpoints, attempt)
    page = desk.zoom.send("GET", url.removeprefix(desk.server.url))
    landing = desk.zoom.decide(page, "deny").headers["location"]
    with pytest.raises(NotDoneError) as caught:
        parse_authorization_response(
            landing.partition("?")[2], attempt, endpoints=desk.endpoints, now=NOW
        )
    assert caught.value.code is Code.ACCESS_DENIED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": "the-confidential-one"}, Code.INVALID_CLIENT),
        ({"verifier": Secret("another-verifier-of-the-right-length-0123456789")}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:8123/zoom/callback.html?"}, Code.INVALID_GRANT),
    ],
)
def test_a_code_is_bound_to_its_attempt(desk: Desk, changes: dict[str, object], code: Code) -> None:
    assert fail_exchange(desk, **changes).code == code


def test_a_code_works_once(desk: Desk) -> None:
    code = desk.get_code(desk.build_attempt())
    desk.exchange(code)
    with pytest.raises(ZoomRefusedError) as caught:
        desk.exchange(code)
    assert caught.value.code is Code.INVALID_GRANT


def test_a_code_expires(desk: Desk) -> None:
    code = desk.get_code(desk.build_attempt())
    desk.server.simulator.expire(Expirable.CODES)
    with pytest.raises(ZoomRefusedError) as caught:
        desk.exchange(code)
    assert caught.value.code is Code.INVALID_GRANT


def test_a_token_request_carries_no_authorization(desk: Desk) -> None:
    desk.sign_in()
    assert desk.count_requests(TOKEN) == 1


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "drop_before"}, Code.NETWORK),
        ({"kind": "drop_after"}, Code.NETWORK),
        ({"kind": "respond", "status": 500, "body": "<html>"}, Code.ZOOM_ERROR),
        ({"kind": "respond", "status": 200, "body": "<html>"}, INVALID),
        ({"kind": "respond", "status": 200, "body": ""}, INVALID),
        (
            {"kind": "respond", "status": 200, "body": {"token_type": "bearer"}},
            "token_response_invalid",
        ),
        ({"kind": "respond", "status": 503, "body": {"error": "x"}}, Code.ZOOM_ERROR),
    ],
)
def test_a_token_request_that_fails_is_explained(
    desk: Desk, fault: dict[str, object], code: str
) -> None:
    desk.server.simulator.add_fault({"operation": TOKEN, **fault})
    assert fail_exchange(desk).code == code
    assert desk.count_requests(TOKEN) == 1


# Calls


def test_a_meeting_is_made_at_the_wall_clock_time_and_read_back(desk: Desk) -> None:
    desk.sign_in()
    made = run(desk.client.create_meeting(APPOINTMENT, "Appointment with Dana Lee"))
    assert made.starts_at == at("2026-03-05T23:00")
    assert made.topic == "Appointment with Dana Lee"
    assert made.link.meeting_id == made.id
    assert made.link.passcode
    assert made.passcode is not None
    assert run(desk.client.read_meeting(made.id)) == made
    (kept,) = desk.server.simulator.list_meetings()
    assert kept["start_time"] == "2026-03-05T23:00:00Z"
    assert kept["timezone"] == "America/New_York"
    assert kept["host"] == MAYA


@pytest.mark.parametrize(
    ("starts", "zone", "utc"),
    [
        ("2026-07-01T09:30", "Asia/Kolkata", "2026-07-01T04:00"),
        ("2026-07-01T09:30", "Australia/Lord_Howe", "2026-06-30T23:00"),
        ("2026-03-08T03:00", "America/New_York", "2026-03-08T07:00"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30"),
        ("2026-12-24T23:59", "Pacific/Auckland", "2026-12-24T10:59"),
    ],
)
def test_zoom_and_the_widget_agree_on_the_instant(
    desk: Desk, starts: str, zone: str, utc: str
) -> None:
    desk.server.simulator.change_settings({"time_zones": "all"})
    desk.sign_in()
    there = replace(APPOINTMENT, starts=datetime.fromisoformat(starts), time_zone=zone)
    assert run(desk.client.create_meeting(there, "t")).starts_at == at(utc)


def test_a_past_start_becomes_now_and_the_answer_shows_it(desk: Desk) -> None:
    desk.sign_in()
    past = replace(APPOINTMENT, starts=datetime.fromisoformat("2025-03-05T18:00"))
    assert run(desk.client.create_meeting(past, "t")).starts_at == NOW


@pytest.mark.parametrize("client", ["Dána “Lee”\U0001f9d6", "<b>", "x" * 500, "\ud800", "a\nb"])
def test_any_client_name_is_taken(desk: Desk, client: str) -> None:
    desk.sign_in()
    topic = replace(APPOINTMENT, client=client).topic()
    made = run(desk.client.create_meeting(APPOINTMENT, topic))
    assert made.topic == topic


def test_the_plan_of_a_user_is_known(desk: Desk) -> None:
    desk.sign_in(user=MAYA)
    licensed = run(desk.client.read_user()).is_licensed
    desk.sign_in(user=FRONT_DESK)
    assert {licensed, run(desk.client.read_user()).is_licensed} == {True, False}


def test_a_link_without_a_passcode_is_fine(desk: Desk) -> None:
    desk.server.simulator.change_settings({"embed_passcode": False})
    desk.sign_in()
    made = run(desk.client.create_meeting(APPOINTMENT, "t"))
    assert made.link.passcode is None


# Refusals


@pytest.mark.parametrize(
    "changes", [{"allowed_to_host": False}, {"plan": "unassigned"}, {"plan": "none"}]
)
def test_a_user_who_may_not_host_is_told(desk: Desk, changes: dict[str, object]) -> None:
    desk.server.simulator.put_user(MAYA, changes)
    desk.sign_in()
    assert refuse(desk, CREATE).code is Code.NOT_ALLOWED_TO_HOST


def test_create_is_enough(desk: Desk) -> None:
    """What the other scopes are for is not offered; this user has nothing else."""
    token = desk.sign_in(user=TEMP)
    assert token.scopes == frozenset({"meeting:write:meeting"})
    assert run(desk.client.create_meeting(APPOINTMENT, "t")).link.meeting_id
    assert refuse(desk, USER).code is Code.SCOPE_MISSING


def test_no_such_meeting(desk: Desk) -> None:
    desk.sign_in()
    assert refuse(desk, READ).code is Code.MEETING_GONE
    assert desk.tokens.load() is not None


@pytest.mark.parametrize("status", [400, 401, 403])
@pytest.mark.parametrize("code", [4711, 4700, 104, 201])
def test_a_missing_scope_is_told_and_the_token_kept(desk: Desk, status: int, code: int) -> None:
    simulator = desk.server.simulator
    simulator.change_settings({"missing_scope_status": status, "missing_scope_code": code})
    simulator.put_user(MAYA, {"scopes": ["user:read:user"]})
    desk.sign_in()
    assert refuse(desk, CREATE).code is Code.SCOPE_MISSING
    assert desk.tokens.load() is not None
    assert run(desk.client.read_user()).email == MAYA


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("end", ["expired", "uninstalled", "superseded"])
def test_a_dead_token_is_dropped(desk: Desk, name: str, end: str) -> None:
    desk.sign_in()
    if end == "expired":
        desk.server.simulator.expire(Expirable.ACCESS_TOKENS)
        desk.server.simulator.expire(Expirable.REFRESH_TOKENS)
    elif end == "uninstalled":
        desk.server.simulator.uninstall(MAYA)
    else:
        old = desk.tokens.load()
        assert old is not None
        desk.server.simulator.change_settings({"superseded_tokens": "at_once"})
        desk.sign_in()
        desk.tokens.save(old)
    assert refuse(desk, name).code is Code.INVALID_GRANT
    assert desk.tokens.load() is None


def test_too_many_requests_are_told_where_the_wait_is_long(desk: Desk) -> None:
    desk.sign_in()
    answer = {"code": 429, "message": "You have exceeded the daily rate limit"}
    fault = {"operation": CREATE, "kind": "respond", "status": 429, "body": answer}
    desk.server.simulator.add_fault({**fault, "headers": {"retry-after": "3600"}})
    assert refuse(desk, CREATE).code is Code.RATE_LIMITED
    assert desk.count_requests(CREATE) == 1


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("status", [403, 404, 418])
@pytest.mark.parametrize(
    "body", ["", "<!doctype html><h1>Just a moment", "<?xml version='1.0'?><Error/>", {"code": "x"}]
)
def test_a_refusal_with_any_body_is_one(desk: Desk, name: str, status: int, body: object) -> None:
    desk.sign_in()
    desk.server.simulator.add_fault(
        {"operation": name, "kind": "respond", "status": status, "body": body}
    )
    error = refuse(desk, name)
    assert isinstance(error, ZoomRefusedError)
    assert (error.code, error.status) == (Code.ZOOM_ERROR, status)


@pytest.mark.parametrize("name", CALLS)
def test_html_with_the_right_status_is_no_answer(desk: Desk, name: str) -> None:
    desk.sign_in()
    desk.server.simulator.add_fault(
        {
            "operation": name,
            "kind": "respond",
            "status": 201 if name == CREATE else 200,
            "body": "<html>",
            "content_type": "text/html",
        }
    )
    assert refuse(desk, name).code is Code.ZOOM_ERROR


# Bad networks


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_create_whose_connection_is_cut_is_sent_once(desk: Desk, kind: str) -> None:
    desk.sign_in()
    desk.server.simulator.add_fault({"operation": CREATE, "kind": kind})
    assert refuse(desk, CREATE).code is Code.NETWORK
    assert desk.count_requests(CREATE) == 1
    assert len(desk.server.simulator.list_meetings()) == (kind == "drop_after")


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_read_whose_connection_is_cut_is_repeated(desk: Desk, kind: str) -> None:
    desk.sign_in()
    desk.server.simulator.add_fault({"operation": USER, "kind": kind, "times": 2})
    assert run(desk.client.read_user()).email == MAYA
    assert desk.count_requests(USER) == 3


def test_a_server_error_of_a_create_is_not_repeated(desk: Desk) -> None:
    desk.sign_in()
    desk.server.simulator.add_fault(
        {"operation": CREATE, "kind": "respond", "status": 502, "after_work": True}
    )
    assert refuse(desk, CREATE).code is Code.ZOOM_ERROR
    assert desk.count_requests(CREATE) == 1


def test_nobody_there_is_a_network_error(desk: Desk) -> None:
    with pytest.raises(WidgetError) as caught:
        desk.send(Request("GET", "http://127.0.0.1:9/v2/users/me?s3cr3t"))
    assert caught.value.code is Code.NETWORK
    assert "s3cr3t" not in f"{caught.value!r}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(desk: Desk, status: int) -> None:
    """It would carry the token to wherever it points."""
    desk.sign_in()
    elsewhere = f"{desk.server.url}/v2/meetings/86012345678"
    desk.server.simulator.add_fault(
        {
            "operation": USER,
            "kind": "respond",
            "status": status,
            "headers": {"location": elsewhere},
        }
    )
    error = refuse(desk, USER)
    assert isinstance(error, ZoomRefusedError)
    assert error.status == status
    assert desk.count_requests(READ) == 0
