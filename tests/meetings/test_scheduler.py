"""Meetings at the appointment's time: both forms are tried, and only Zoom's answer counts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest

from pywidget.connection.patience import Patience
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, WidgetError
from pywidget.domain.start_time import agrees
from pywidget.meetings.completion import NewMeeting
from pywidget.zoom.scopes import Scope
from tests.doubles.clock import run
from tests.in_loop import in_loop
from tests.world import World, at
from tests.zoom.answers import MEETING, USER

ID = "86012345678"
CREATE, MOVE, READ = "POST /users/me/meetings", f"PATCH /meetings/{ID}", f"GET /meetings/{ID}"
ME, REGISTER = "GET /users/me", f"POST /meetings/{ID}/registrants"
# 18:00 in Toronto is 23:00 UTC, as in New York; Zoom does not list Toronto.
APPOINTMENT = Appointment(
    "812",
    datetime.fromisoformat("2026-03-05T18:00"),
    "America/Toronto",
    "#notes",
    client="Dana Lee",
    minutes=45,
)
WALL_CLOCK = ("2026-03-05T18:00:00", "America/Toronto")
UTC_FORM = ("2026-03-05T23:00:00Z", None)
IN_BERLIN = {**MEETING, "start_time": "2026-03-05T17:00:00Z", "timezone": "Europe/Berlin"}
NO_SUCH_ZONE = {
    "code": 300,
    "message": "Validation Failed.",
    "errors": [{"field": "timezone", "message": "Invalid time zone."}],
}
GONE = {"code": 3001, "message": "Meeting does not exist: 86012345678."}
NO_SCOPE = {"code": 4711, "message": "does not contain scopes:[x]"}
_T = TypeVar("_T")


async def finish(world: World, call: Coroutine[Any, Any, _T]) -> _T:
    task = asyncio.ensure_future(call)
    await world.clock.advance(60)
    return await task


async def refuse(world: World, call: Coroutine[Any, Any, object]) -> WidgetError:
    with pytest.raises(WidgetError) as caught:
        await finish(world, call)
    return caught.value


async def make(
    world: World,
    appointment: Appointment = APPOINTMENT,
    *,
    scopes: frozenset[str] | None = None,
) -> NewMeeting:
    world.sign_in_already(scopes=scopes)
    made = await finish(world, world.creation.ensure_meeting(appointment, world.record))
    assert isinstance(made, NewMeeting)
    return made


def forms(world: World) -> list[tuple[str, str | None]]:
    """How Zoom was told the time, each time."""
    bodies = [json.loads(request.body or b"{}") for request in world.transport.sent]
    return [(body["start_time"], body.get("timezone")) for body in bodies if "start_time" in body]


# Creating


@in_loop
async def test_a_zone_that_zoom_refuses_is_told_in_utc(world: World) -> None:
    world.transport.reply(400, NO_SUCH_ZONE)
    world.transport.reply(201, MEETING)
    made = await make(world)
    assert made.problem is None
    assert forms(world) == [WALL_CLOCK, UTC_FORM]


@in_loop
async def test_a_zone_that_zoom_silently_takes_for_another_is_corrected_in_utc(
    world: World,
) -> None:
    world.transport.reply(201, IN_BERLIN)
    world.transport.reply(204)
    world.transport.reply(200, MEETING)
    made = await make(world)
    assert (made.problem, made.meeting.starts_at) == (None, at("2026-03-05T23:00"))
    assert world.transport.paths() == [CREATE, MOVE, READ]
    assert forms(world) == [WALL_CLOCK, UTC_FORM]


@in_loop
async def test_a_utc_time_that_zoom_reads_otherwise_is_corrected_on_the_wall_clock(
    world: World,
) -> None:
    world.transport.reply(400, NO_SUCH_ZONE)
    world.transport.reply(201, IN_BERLIN)
    world.transport.reply(204)
    world.transport.reply(200, MEETING)
    assert (await make(world)).problem is None
    assert forms(world) == [WALL_CLOCK, UTC_FORM, WALL_CLOCK]


@pytest.mark.parametrize("start", ["2026-03-05T22:59:59Z", "2026-03-02T15:00:05Z", None, "soon"])
@pytest.mark.parametrize(
    "correction",
    [
        [(204, b""), (200, "the same")],
        [(204, b""), (404, GONE)],
        [(204, b""), (403, NO_SCOPE)],
        [(400, NO_SUCH_ZONE)],
        [(403, NO_SCOPE)],
        [(500, b"<html>")],
    ],
)
def test_a_time_that_stays_wrong_is_told_and_nobody_is_registered(
    world: World, start: str | None, correction: list[tuple[int, object]]
) -> None:
    async def test() -> None:
        wrong = {**MEETING, "start_time": start, "settings": {"approval_type": 0}}
        world.transport.reply(200, USER)
        world.transport.reply(201, wrong)
        for status, body in correction:
            world.transport.reply(status, wrong if body == "the same" else body)
        made = await make(world, replace(APPOINTMENT, client_email="dana@example.com"))
        assert made.problem is not None
        assert made.problem.code is Code.TIME_CHANGED
        assert made.meeting.id == ID
        assert REGISTER not in world.transport.paths()

    run(test())


@in_loop
async def test_a_corrected_meeting_keeps_our_topic_whatever_zoom_makes_of_it(world: World) -> None:
    world.transport.reply(201, IN_BERLIN)
    world.transport.reply(204)
    world.transport.reply(200, {**MEETING, "topic": "APPOINTMENT WITH D."})
    assert (await make(world)).meeting.topic == "Appointment with Dana Lee"


@in_loop
async def test_who_may_not_change_the_meeting_is_told_at_once(world: World) -> None:
    world.transport.reply(201, IN_BERLIN)
    scopes = frozenset(scope.value for scope in Scope if scope is not Scope.UPDATE)
    made = await make(world, scopes=scopes)
    assert made.problem is not None
    assert made.problem.code is Code.TIME_CHANGED
    assert world.transport.paths() == [CREATE]


@in_loop
async def test_the_client_is_registered_once_the_time_is_right(world: World) -> None:
    registering = {"settings": {"approval_type": 0}}
    world.transport.reply(200, USER)
    world.transport.reply(201, {**IN_BERLIN, **registering})
    world.transport.reply(204)
    world.transport.reply(200, {**MEETING, **registering})
    url = f"https://us02web.zoom.us/w/{ID}?tk=t1&pwd=Q2x"
    world.transport.reply(201, {"registrant_id": "r", "join_url": url})
    made = await make(world, replace(APPOINTMENT, client_email="dana@example.com"))
    assert (made.problem, made.meeting.link.url) == (None, url)
    assert world.transport.paths() == [ME, CREATE, MOVE, READ, REGISTER]


@in_loop
async def test_an_instant_that_is_written_otherwise_is_the_same(world: World) -> None:
    world.transport.reply(201, {**MEETING, "start_time": "2026-03-05T18:00:00-05:00"})
    assert (await make(world)).problem is None
    assert world.transport.paths() == [CREATE]


# Moving


def move(world: World, appointment: Appointment = APPOINTMENT) -> Coroutine[Any, Any, None]:
    world.sign_in_already()
    return world.scheduler.move(ID, appointment)


@in_loop
async def test_a_move_is_wall_clock_time_and_zone_and_is_looked_at_afterwards(
    world: World,
) -> None:
    world.transport.reply(204)
    world.transport.reply(200, MEETING)
    await finish(world, move(world))
    assert world.transport.paths() == [MOVE, READ]
    assert json.loads(world.transport.sent[0].body or b"") == {
        "start_time": "2026-03-05T18:00:00",
        "timezone": "America/Toronto",
        "duration": 45,
    }


@pytest.mark.parametrize("first", [[(400, NO_SUCH_ZONE)], [(204, b""), (200, IN_BERLIN)]])
def test_a_move_that_zoom_refuses_or_misreads_is_made_in_utc(
    world: World, first: list[tuple[int, object]]
) -> None:
    async def test() -> None:
        for status, body in first:
            world.transport.reply(status, body)
        world.transport.reply(204)
        world.transport.reply(200, MEETING)
        await finish(world, move(world))
        assert forms(world) == [WALL_CLOCK, UTC_FORM]

    run(test())


@pytest.mark.parametrize("start", ["2026-03-05T22:00:00Z", None, "soon"])
def test_a_move_that_zoom_did_not_make_is_told(world: World, start: str | None) -> None:
    async def test() -> None:
        for _ in range(2):
            world.transport.reply(204)
            world.transport.reply(200, {**MEETING, "start_time": start})
        assert (await refuse(world, move(world))).code is Code.TIME_CHANGED

    run(test())


@pytest.mark.parametrize("starts", ["2026-03-02T09:15", "2025-03-05T18:00"])
def test_what_is_over_is_refused_with_nothing_sent(world: World, starts: str) -> None:
    async def test() -> None:
        over = replace(APPOINTMENT, starts=datetime.fromisoformat(starts))
        assert (await refuse(world, move(world, over))).code is Code.STARTS_IN_PAST
        assert world.transport.sent == []

    run(test())


@in_loop
async def test_what_has_begun_is_moved_to_now(world: World) -> None:
    running = replace(APPOINTMENT, starts=datetime.fromisoformat("2026-03-02T09:30"))
    world.transport.reply(204)
    world.transport.reply(200, {**MEETING, "start_time": "2026-03-02T15:01:00Z"})
    await finish(world, move(world, running))
    assert forms(world) == [("2026-03-02T10:01:00", "America/Toronto")]


@pytest.mark.parametrize(
    ("passed", "minute"), [(0, 1), (0.75, 2), (1, 2), (59.5, 2), (60, 2), (60.5, 3)]
)
def test_now_is_a_whole_minute_that_is_still_to_come(
    world: World, passed: float, minute: int
) -> None:
    """As Zoom's answer has it, which the meeting is recognized by."""
    running = replace(APPOINTMENT, starts=datetime.fromisoformat("2026-03-02T09:30"))
    world.clock.jump(passed)
    start = world.scheduler.choose_start_time(running)
    assert start.instant == at(f"2026-03-02T15:0{minute}")
    assert start.wall_clock == datetime.fromisoformat(f"2026-03-02T10:0{minute}")
    assert timedelta(seconds=60) <= start.instant - world.clock.now() < timedelta(seconds=120)


def test_in_the_last_minutes_now_is_told_in_whole_seconds(world: World) -> None:
    """A minute more, and the meeting would look like one that was moved past the appointment."""
    ending = replace(APPOINTMENT, starts=datetime.fromisoformat("2026-03-02T09:16"))
    world.clock.jump(0.75)
    assert world.scheduler.choose_start_time(ending).instant == at("2026-03-02T15:00")


@pytest.mark.parametrize(
    ("starts", "is_it"),
    [("10:01", False), ("10:00", True), ("09:16", True), ("09:15", False)],
)
def test_an_appointment_is_under_way_from_its_start_to_its_end(
    world: World, starts: str, *, is_it: bool
) -> None:
    appointment = replace(APPOINTMENT, starts=datetime.fromisoformat(f"2026-03-02T{starts}"))
    assert world.scheduler.is_under_way(appointment) is is_it


@in_loop
async def test_a_move_that_cannot_be_looked_at_is_not_made_again(world: World) -> None:
    world.transport.reply(204)
    world.transport.reply(404, GONE)
    error = await refuse(world, move(world))
    assert error.code is Code.MEETING_GONE
    assert world.transport.paths() == [MOVE, READ]


@in_loop
async def test_who_may_move_and_not_look_is_believed(world: World) -> None:
    world.transport.reply(204)
    world.transport.reply(403, NO_SCOPE)
    await finish(world, move(world))


@in_loop
async def test_a_move_is_done_even_if_zoom_is_too_busy_to_show_it(world: World) -> None:
    world.transport.reply(204)
    world.transport.reply(429, {"code": 429, "message": "Busy"}, {"Retry-After": "3600"})
    await finish(world, move(world))


@in_loop
async def test_a_move_is_done_even_if_nobody_waits_to_see_it(world: World) -> None:
    patience = Patience(lambda seconds: patience.call_off() if seconds else None)
    world.transport.reply(204)
    world.transport.reply(429, {"code": 429, "message": "Busy"})
    await finish(world, patience.have(move(world)))


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, GONE, Code.MEETING_GONE),
        (403, NO_SCOPE, Code.SCOPE_MISSING),
        (500, b"<html>", Code.ZOOM_ERROR),
    ],
)
def test_a_move_that_is_refused_is_told(
    world: World, status: int, body: object, code: Code
) -> None:
    async def test() -> None:
        world.transport.reply(status, body)
        assert (await refuse(world, move(world))).code is code
        assert len(world.transport.sent) == 1

    run(test())


@in_loop
async def test_a_move_that_is_refused_in_both_forms_is_told(world: World) -> None:
    for _ in range(2):
        world.transport.reply(400, NO_SUCH_ZONE)
    assert (await refuse(world, move(world))).code is Code.ZOOM_ERROR


# Whether two times agree


START = at("2026-03-05T23:00")


@pytest.mark.parametrize(
    ("meeting", "now", "is_right"),
    [
        (0, -60, True),
        (0, 600, True),
        (1, -60, False),
        (-1, -60, False),
        (5, 5, True),  # made while it is under way
        (44, 300, True),
        (45, 50, False),  # after its end
        (-1, 5, False),
        (None, 5, False),
    ],
)
def test_an_appointment_that_has_begun_may_have_its_meeting_at_any_moment(
    meeting: int | None, now: int, *, is_right: bool
) -> None:
    def after(minutes: int) -> datetime:
        return START + timedelta(minutes=minutes)

    starts_at = None if meeting is None else after(meeting)
    assert agrees(starts_at, START, minutes=45, now=after(now)) is is_right


def test_the_end_of_the_calendar_is_no_error() -> None:
    last = at("9999-12-31T23:59")
    assert agrees(last, last, minutes=1440, now=START)
    assert not agrees(START, last, minutes=1440, now=last)
