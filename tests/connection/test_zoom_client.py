"""The REST client: repeats what may be repeated, and knows when a token is dead."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    RateLimitedError,
    WidgetError,
    build_closed_way_error,
)
from pywidget.domain.secret import Secret
from pywidget.zoom.token import Token
from tests.doubles.clock import run, settle
from tests.doubles.randomness import CountedRandomness
from tests.world import World, at
from tests.zoom.answers import EXPIRED, MEETING, REFUSALS, TOKEN, USER

APPOINTMENT = Appointment(
    "812", datetime.fromisoformat("2026-03-05T18:00"), "America/New_York", "#notes", minutes=45
)

CALLS: dict[str, tuple[Callable[[World], Awaitable[object]], int, object]] = {
    "create": (lambda world: world.client.create_meeting(APPOINTMENT, "Topic"), 201, MEETING),
    "read": (lambda world: world.client.read_meeting("86012345678"), 200, MEETING),
    "user": (lambda world: world.client.read_user(), 200, USER),
    "start": (lambda world: world.client.read_start_link("86012345678"), 200, MEETING),
    "list": (
        lambda world: world.client.list_around(at("2026-11-11T23:30")),
        200,
        {"meetings": [MEETING]},
    ),
    "register": (
        lambda world: world.client.register_client("86012345678", name="Dana", email="d@e.example"),
        201,
        {"join_url": "https://us02web.zoom.us/w/86012345678?tk=t"},
    ),
    "move": (
        lambda world: confirm(world.client.move_meeting("86012345678", APPOINTMENT)),
        204,
        b"",
    ),
    "delete": (
        lambda world: confirm(world.client.delete_meeting("86012345678", tell_registrants=False)),
        204,
        b"",
    ),
}
READS = ["read", "user", "start", "list"]
WRITES = ["create", "register", "move", "delete"]


async def confirm(call: Awaitable[None]) -> str:
    await call
    return "done"


def call(world: World, name: str, *, minutes: float = 5) -> object:
    """The call's result; time passes as it needs to."""

    async def make() -> object:
        task = asyncio.ensure_future(CALLS[name][0](world))
        await world.clock.advance(minutes * 60)
        return await task

    return run(make())


def refuse(world: World, name: str) -> WidgetError:
    with pytest.raises(WidgetError) as caught:
        call(world, name)
    assert "s3cr3t" not in f"{caught.value!r}"
    return caught.value


@pytest.mark.parametrize("name", CALLS)
def test_a_call_carries_this_tabs_token(world: World, name: str) -> None:
    world.sign_in_already()
    world.transport.reply(CALLS[name][1], CALLS[name][2])
    assert call(world, name)
    (request,) = world.transport.sent
    assert request.headers["Authorization"] == "Bearer s3cr3t-access"


@pytest.mark.parametrize("name", CALLS)
def test_without_a_token_nothing_is_sent(world: World, name: str) -> None:
    assert refuse(world, name).code is Code.INVALID_GRANT
    assert world.transport.sent == []


def test_create_sends_the_appointment(world: World) -> None:
    world.sign_in_already()
    world.transport.reply(201, MEETING)
    call(world, "create")
    assert json.loads(world.transport.sent[0].body or b"") == {
        "topic": "Topic",
        "type": 2,
        "start_time": "2026-03-05T18:00:00",
        "timezone": "America/New_York",
        "duration": 45,
    }


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("failure", ["drop_before", "drop_after"])
def test_a_write_without_an_answer_is_never_repeated(world: World, name: str, failure: str) -> None:
    world.sign_in_already()
    getattr(world.transport, failure)()
    assert refuse(world, name).code is Code.NETWORK
    assert len(world.transport.sent) == 1


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_write_that_zoom_failed_is_never_repeated(world: World, name: str, status: int) -> None:
    world.sign_in_already()
    world.transport.reply(status, b"<html>")
    assert refuse(world, name).code is Code.ZOOM_ERROR
    assert len(world.transport.sent) == 1


@pytest.mark.parametrize("name", READS)
def test_a_read_is_tried_three_times(world: World, name: str) -> None:
    world.sign_in_already()
    world.transport.drop_before()
    world.transport.reply(503)
    world.transport.reply(CALLS[name][1], CALLS[name][2])
    assert call(world, name)
    assert len(world.transport.sent) == 3
    first, second = world.clock.slept
    assert 0.5 <= first <= 1
    assert 1 <= second <= 2


@pytest.mark.parametrize(("byte", "slept"), [(0, [0.5, 1]), (51, [0.6, 1.2]), (255, [1, 2])])
def test_a_pause_is_at_most_doubled_by_chance(world: World, byte: int, slept: list[float]) -> None:
    class Dice(CountedRandomness):
        def token_bytes(self, count: int) -> bytes:
            return bytes([byte]) * count

    page = replace(world, randomness=Dice())
    page.sign_in_already()
    page.transport.drop_before()
    page.transport.drop_before()
    page.transport.reply(*CALLS["read"][1:])
    assert call(page, "read")
    assert page.clock.slept == pytest.approx(slept)


@pytest.mark.parametrize("name", READS)
def test_a_read_gives_up_after_three_tries(world: World, name: str) -> None:
    world.sign_in_already()
    world.transport.reply(500)
    world.transport.drop_after()
    world.transport.drop_before(Code.TIMEOUT)
    assert refuse(world, name).code is Code.TIMEOUT
    assert len(world.transport.sent) == 3


@pytest.mark.parametrize("name", READS)
def test_nothing_more_is_asked_of_whoever_is_not_zoom(world: World, name: str) -> None:
    world.sign_in_already()
    world.transport.refuse(CertificateRefusedError(("unknown-issuer",)))
    assert refuse(world, name).code is Code.CERTIFICATE_REFUSED
    assert len(world.transport.sent) == 1


def test_a_forwarder_that_is_started_again_is_waited_for(world: World) -> None:
    world.sign_in_already()
    world.transport.refuse(build_closed_way_error(Code.TUNNEL_FAILED))
    world.transport.reply(CALLS["read"][1], CALLS["read"][2])
    assert call(world, "read")


@pytest.mark.parametrize("name", READS)
def test_a_read_that_stays_broken_is_told(world: World, name: str) -> None:
    world.sign_in_already()
    for _ in range(3):
        world.transport.reply(500)
    assert refuse(world, name).code is Code.ZOOM_ERROR


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429])
def test_what_zoom_refuses_is_not_asked_twice(world: World, status: int) -> None:
    world.sign_in_already()
    world.transport.reply(status, {})
    refuse(world, "read")
    assert len(world.transport.sent) == 1


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        (name, refusal)
        for name in CALLS
        for refusal, (error, _code) in REFUSALS.items()
        if name in WRITES or error.answer.status < 500  # reads repeat the others
    ],
)
def test_the_token_is_dropped_when_it_is_dead_and_only_then(
    world: World, name: str, refusal: str
) -> None:
    error, code = REFUSALS[refusal]
    world.sign_in_already()
    world.transport.reply(error.answer.status, error.answer.body)
    assert refuse(world, name).code is code
    assert len(world.transport.sent) == 1
    assert world.session.is_signed_in is (code is not Code.INVALID_GRANT)
    assert ("pywidget:v1:token" in world.storage.items) is (code is not Code.INVALID_GRANT)


def test_a_newer_token_survives_the_death_of_an_older_one(world: World) -> None:
    """Somebody signed in again while the answer was on its way."""

    async def test() -> None:
        world.sign_in_already()
        gate = world.transport.reply_later(401, {"code": 124, "message": "expired"})
        task = asyncio.ensure_future(world.client.read_user())
        await settle()
        newer = Token(Secret("newer"), None, world.clock.now() + timedelta(hours=1), None)
        world.tokens.save(newer)
        world.transport.reply(200, USER)
        gate.set()
        assert (await task).id == "host-1"
        assert world.tokens.load() == newer
        authorizations = [each.headers["Authorization"] for each in world.transport.sent]
        assert authorizations == ["Bearer s3cr3t-access", "Bearer newer"]

    run(test())


def test_a_token_near_its_end_does_not_count_as_signed_in(world: World) -> None:
    assert not world.session.is_signed_in
    world.sign_in_already(timedelta(seconds=61))
    assert world.session.is_signed_in
    world.clock.jump(1)
    assert not world.session.is_signed_in


@pytest.mark.parametrize("name", CALLS)
def test_refused_storage_is_told(world: World, name: str) -> None:
    world.storage.is_refused = True
    assert refuse(world, name).code is Code.STORAGE_UNAVAILABLE


# Renewing


def test_a_token_that_zoom_refuses_is_renewed_once_and_the_call_repeated(world: World) -> None:
    """Even a create: it was refused for its token, so nothing was done."""
    for name in CALLS:
        world.sign_in_already(refresh="s3cr3t-refresh")
        world.transport.reply(401, EXPIRED)
        world.transport.reply(200, {**TOKEN, "access_token": "s3cr3t-renewed"})
        world.transport.reply(CALLS[name][1], CALLS[name][2])
        before = len(world.transport.sent)
        assert call(world, name)
        refused, renewal, repeated = world.transport.sent[before:]
        assert renewal.url == "https://zoom.us/oauth/token"
        assert (refused.method, refused.url, refused.body) == (
            repeated.method,
            repeated.url,
            repeated.body,
        )
        assert repeated.headers["Authorization"] == "Bearer s3cr3t-renewed"


@pytest.mark.parametrize("name", CALLS)
def test_a_renewed_token_that_is_refused_too_ends_the_connection(world: World, name: str) -> None:
    """Uninstalled, or the clock of the machine is far off: no third try, no circle."""
    world.sign_in_already(refresh="s3cr3t-refresh")
    world.transport.reply(401, EXPIRED)
    world.transport.reply(200, {**TOKEN, "access_token": "s3cr3t-renewed"})
    world.transport.reply(401, EXPIRED)
    assert refuse(world, name).code is Code.INVALID_GRANT
    assert not world.session.is_signed_in
    assert len(world.transport.sent) == 3


# Limits


def limit(text: str | None = None, words: str = "maximum per-second rate limit") -> dict[str, Any]:
    return {
        "status": 429,
        "body": {"code": 429, "message": f"You have reached the {words}"},
        "headers": {} if text is None else {"retry-after": text},
    }


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("7", 7), ("60", 60), ("2026-03-02T15:00:30Z", 30)],
)
def test_a_short_wait_is_waited_and_the_call_repeated(
    world: World, name: str, text: str, seconds: float
) -> None:
    world.sign_in_already()
    world.transport.reply(**limit(text))
    world.transport.reply(CALLS[name][1], CALLS[name][2])
    assert call(world, name)
    assert len(world.transport.sent) == 2
    assert world.clock.slept == [seconds]


def test_a_limit_on_the_renewal_is_sat_out_too(world: World) -> None:
    """A refused renewal has not used up the refresh token."""
    world.sign_in_already(timedelta(), refresh="s3cr3t-refresh")
    world.transport.reply(429, b"", {"retry-after": "7"})
    world.transport.reply(200, {**TOKEN, "access_token": "s3cr3t-new"})
    world.transport.reply(201, MEETING)
    assert call(world, "create")
    first, second, create = world.transport.sent
    assert first.body == second.body
    assert create.headers["Authorization"] == "Bearer s3cr3t-new"


def test_a_limit_on_the_renewal_that_lasts_is_told_and_nothing_else_is_sent(world: World) -> None:
    world.sign_in_already(timedelta(), refresh="s3cr3t-refresh")
    world.transport.reply(429, b"", {"retry-after": "600"})
    error = refuse(world, "create")
    assert isinstance(error, RateLimitedError)
    assert error.reopens_at is not None
    assert len(world.transport.sent) == 1
    assert world.session.is_signed_in


def test_zoom_is_asked_again_only_once(world: World) -> None:
    world.sign_in_already()
    for _ in range(2):
        world.transport.reply(**limit("1"))
    error = refuse(world, "create")
    assert error.code is Code.RATE_LIMITED
    assert len(world.transport.sent) == 2


@pytest.mark.parametrize(
    ("answer", "reopens"),
    [
        (limit(), None),
        (limit("soon"), None),
        (limit("61"), "2026-03-02T15:01:01"),
        (limit("2026-03-02T16:00:00Z"), "2026-03-02T16:00"),
        (limit(None, "daily rate limit"), "2026-03-03T00:00"),
    ],
)
def test_a_longer_wait_is_told_and_not_sat_out(
    world: World, answer: dict[str, Any], reopens: str | None
) -> None:
    world.sign_in_already()
    world.transport.reply(**answer)
    error = refuse(world, "create")
    assert isinstance(error, RateLimitedError)
    assert error.reopens_at == (None if reopens is None else at(reopens))
    assert len(world.transport.sent) == 1
    assert world.clock.slept == []


# Lists


def test_all_pages_of_a_list_are_read(world: World) -> None:
    world.sign_in_already()
    for number, token in enumerate(["two", "three +&", ""]):
        meeting = {**MEETING, "id": 86012345670 + number}
        world.transport.reply(200, {"meetings": [meeting], "next_page_token": token})
    listed = call(world, "list")
    assert isinstance(listed, list)
    assert [meeting.id for meeting in listed] == ["86012345670", "86012345671", "86012345672"]
    queries = [parse_qs(urlsplit(each.url).query) for each in world.transport.sent]
    assert [query.get("next_page_token") for query in queries] == [None, ["two"], ["three +&"]]
    assert {tuple(query[name][0] for name in ("type", "from", "to")) for query in queries} == {
        ("scheduled", "2026-11-10", "2026-11-12")
    }


def test_a_list_without_an_end_is_given_up(world: World) -> None:
    world.sign_in_already()
    page = {"meetings": [MEETING], "next_page_token": "again"}
    world.transport.always("GET", "/v2/users/me/meetings", 200, page)
    assert call(world, "list")
    assert len(world.transport.sent) == 50


def test_a_page_that_fails_fails_the_list(world: World) -> None:
    """Half a list must not look like a whole one: a meeting might be made twice."""
    world.sign_in_already()
    world.transport.reply(200, {"meetings": [], "next_page_token": "two"})
    for _ in range(3):
        world.transport.reply(500)
    assert refuse(world, "list").code is Code.ZOOM_ERROR
