"""The REST client: repeats what may be repeated, and knows when a token is dead."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, WidgetError
from pywidget.domain.secret import Secret
from pywidget.zoom.token import Token
from tests.app.world import World
from tests.doubles.clock import run, settle
from tests.zoom.answers import MEETING, REFUSALS, USER

APPOINTMENT = Appointment(
    "812", datetime.fromisoformat("2026-03-05T18:00"), "America/New_York", "#notes", minutes=45
)

CALLS: dict[str, tuple[Callable[[World], Awaitable[object]], int, object]] = {
    "create": (lambda world: world.client.create_meeting(APPOINTMENT, "Topic"), 201, MEETING),
    "read": (lambda world: world.client.read_meeting("86012345678"), 200, MEETING),
    "user": (lambda world: world.client.read_user(), 200, USER),
}
READS = ["read", "user"]


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


@pytest.mark.parametrize("failure", ["drop_before", "drop_after"])
def test_a_create_without_an_answer_is_never_repeated(world: World, failure: str) -> None:
    world.sign_in_already()
    getattr(world.transport, failure)()
    assert refuse(world, "create").code is Code.NETWORK
    assert len(world.transport.sent) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_create_that_zoom_failed_is_never_repeated(world: World, status: int) -> None:
    world.sign_in_already()
    world.transport.reply(status, b"<html>")
    assert refuse(world, "create").code is Code.ZOOM_ERROR
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


@pytest.mark.parametrize("name", READS)
def test_a_read_gives_up_after_three_tries(world: World, name: str) -> None:
    world.sign_in_already()
    world.transport.reply(500)
    world.transport.drop_after()
    world.transport.drop_before(Code.TIMEOUT)
    assert refuse(world, name).code is Code.TIMEOUT
    assert len(world.transport.sent) == 3


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
        if name == "create" or error.answer.status < 500  # reads repeat the others
    ],
)
def test_the_token_is_dropped_when_it_is_dead_and_only_then(
    world: World, name: str, refusal: str
) -> None:
    error, code = REFUSALS[refusal]
    world.sign_in_already()
    world.transport.reply(error.answer.status, error.answer.body)
    assert refuse(world, name).code is code
    assert world.client.is_signed_in is (code is not Code.INVALID_GRANT)
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
        gate.set()
        with pytest.raises(WidgetError):
            await task
        assert world.tokens.load() == newer

    run(test())


def test_a_token_near_its_end_does_not_count_as_signed_in(world: World) -> None:
    assert not world.client.is_signed_in
    world.sign_in_already(timedelta(seconds=61))
    assert world.client.is_signed_in
    world.clock.jump(1)
    assert not world.client.is_signed_in


@pytest.mark.parametrize("name", CALLS)
def test_refused_storage_is_told(world: World, name: str) -> None:
    world.storage.is_refused = True
    assert refuse(world, name).code is Code.STORAGE_UNAVAILABLE
