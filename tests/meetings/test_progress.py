"""The watch over a meeting: when Zoom is asked whether it has started, and when not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from pywidget.meetings.progress import EVERY, Progress, make_window
from pywidget.zoom.scopes import Scope
from tests.doubles.clock import run, settle
from tests.in_loop import in_loop
from tests.world import LINE, OnePage, World
from tests.zoom.answers import MEETING, USER

PATH = "/v2/meetings/86012345678"
READ = "GET /meetings/86012345678"
STARTED: dict[str, Any] = {**MEETING, "status": "started"}
GONE = {"code": 3001, "message": "Meeting does not exist: 86012345678."}
SIX = datetime(2026, 3, 5, 23, 0, tzinfo=UTC)  # when the meeting begins; it takes 45 minutes


def set_clock(world: World, minutes: float) -> None:
    """It is so many minutes after the start of the appointment."""
    world.clock.set_by((SIX - world.clock.now()).total_seconds() + 60 * minutes)


async def show(world: World, minutes: float, *, scopes: frozenset[str] | None = None) -> OnePage:
    """The appointment is opened at that time, and its meeting was looked up."""
    set_clock(world, minutes)
    world.sign_in_already(timedelta(hours=9), scopes=scopes)
    world.notes.text = LINE
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("GET", PATH, 200, MEETING)
    page = world.add()
    await settle()
    return page


def count(world: World) -> int:
    return world.transport.paths().count(READ)


def answer(world: World, status: int, body: object) -> None:
    world.transport.always("GET", PATH, status, body)


def is_started(page: OnePage) -> bool:
    return page.model.meeting.is_started


@in_loop
async def test_it_is_asked_every_half_minute_from_ten_minutes_before(world: World) -> None:
    page = await show(world, -15)
    assert count(world) == 1  # the look that every opening has
    await world.clock.advance(5 * 60 - 1)
    assert count(world) == 1
    await world.clock.advance(61)
    assert count(world) in {3, 4}
    assert not is_started(page)
    before = count(world)
    await world.clock.advance(30 * 30)
    assert count(world) == before + 30


@in_loop
async def test_that_it_has_begun_is_shown_and_said_once(world: World) -> None:
    page = await show(world, -5)
    said = len(page.host.said)
    answer(world, 200, STARTED)
    await world.clock.advance(3 * EVERY)
    assert is_started(page)
    assert page.host.said[said:] == ["The meeting is in progress."]
    answer(world, 200, MEETING)
    await world.clock.advance(EVERY)
    assert not is_started(page)
    assert page.host.said[said:] == ["The meeting is in progress."]


@in_loop
async def test_the_first_look_says_it_too(world: World) -> None:
    set_clock(world, 5)
    world.transport.always("GET", PATH, 200, STARTED)
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.sign_in_already(timedelta(hours=9))
    world.notes.text = LINE
    page = world.add()
    await settle()
    assert is_started(page)
    assert page.host.said == ["The meeting is in progress."]


@pytest.mark.parametrize("minutes", [-10.1, 45])
def test_at_another_time_it_is_nobodys_business(world: World, minutes: float) -> None:
    """Nobody would take it back."""

    async def test() -> None:
        set_clock(world, minutes)
        world.transport.always("GET", PATH, 200, STARTED)
        world.transport.always("GET", "/v2/users/me", 200, USER)
        world.sign_in_already(timedelta(hours=9))
        world.notes.text = LINE
        page = world.add()
        await settle()
        assert not is_started(page)

    run(test())


@in_loop
async def test_at_the_end_it_is_over_and_nobody_is_asked_any_more(world: World) -> None:
    page = await show(world, 40)
    answer(world, 200, STARTED)
    await world.clock.advance(EVERY)
    assert is_started(page)
    await world.clock.advance(5 * 60)
    assert not is_started(page)
    before = count(world)
    await world.clock.advance(3600)
    assert count(world) == before
    assert world.clock.sleepers == 0  # and no timer is left


@in_loop
async def test_what_nobody_sees_is_not_asked_about(world: World) -> None:
    page = await show(world, 0)
    page.host.is_in_sight = False
    await world.clock.advance(10 * EVERY)
    assert count(world) == 1
    page.host.is_in_sight = True
    await world.clock.advance(EVERY)
    assert count(world) == 2


@in_loop
async def test_it_is_watched_on_when_the_same_appointment_gets_another_id(world: World) -> None:
    """A page may give a new one its ID when it is saved."""
    page = await show(world, 0)
    page.open(appointment="813")
    await settle()
    answer(world, 200, STARTED)
    await world.clock.advance(EVERY)
    assert is_started(page)


@in_loop
async def test_a_watch_that_fails_takes_no_other_one_with_it(world: World) -> None:
    await show(world, 0)

    def fail() -> bool:
        raise RuntimeError("a defect")

    window = make_window("99912345678", SIX, 45)
    world.services.progress.watch(window, is_in_sight=fail, tell=lambda _is_started: None)
    await world.clock.advance(EVERY)
    before = count(world)
    await world.clock.advance(3 * EVERY)
    assert count(world) == before + 3


@pytest.mark.parametrize("how", ["the element goes", "the meeting goes", "the user goes"])
def test_the_watch_ends_with_what_it_was_for(world: World, how: str) -> None:
    async def test() -> None:
        page = await show(world, 0)
        match how:
            case "the element goes":
                page.widget.dispose()
            case "the meeting goes":
                world.notes.text = ""
                page.widget.act("notes-edited")
            case _:
                world.transport.always("POST", "/oauth/revoke", 200, {})
                page.widget.act("disconnect")
        await world.clock.advance(10 * EVERY)
        assert count(world) == 1
        assert world.clock.sleepers == 0

    run(test())


@in_loop
async def test_without_the_permission_nobody_is_asked(world: World) -> None:
    scopes = frozenset(scope.value for scope in Scope) - {Scope.READ.value}
    page = await show(world, 0, scopes=scopes)
    before = count(world)
    await world.clock.advance(10 * EVERY)
    assert (page.state, count(world)) == ("ready", before)


@in_loop
async def test_nobody_signed_in_nobody_asked(world: World) -> None:
    set_clock(world, 0)
    world.notes.text = LINE
    world.add()
    await world.clock.advance(10 * EVERY)
    assert world.transport.paths() == []


@pytest.mark.parametrize(
    ("status", "body"), [(404, GONE), (400, {"code": 3000, "message": "x"}), (403, {})]
)
def test_a_no_is_taken_for_an_answer(world: World, status: int, body: object) -> None:
    async def test() -> None:
        page = await show(world, 0)
        answer(world, 200, STARTED)
        await world.clock.advance(EVERY)
        assert is_started(page)
        answer(world, status, body)
        await world.clock.advance(EVERY)
        before = count(world)
        assert not is_started(page)
        await world.clock.advance(10 * EVERY)
        assert count(world) == before
        # It is the next look's business what becomes of the line.
        assert (page.state, page.notice, world.notes.text) == ("ready", None, LINE)
        assert "error" not in page.host.names

    run(test())


@in_loop
async def test_after_each_failure_it_waits_longer_and_then_as_ever(world: World) -> None:
    page = await show(world, 0)
    answer(world, 200, b"<html>")
    asked = []
    for _ in range(40):
        before = count(world)
        await world.clock.advance(EVERY)
        asked.append(count(world) > before)
    rounds = [at for at, was in enumerate(asked) if was]
    gaps = [later - earlier for earlier, later in pairwise(rounds)]
    assert gaps[:3] == [2, 4, 8]
    assert "error" not in page.host.names
    answer(world, 200, STARTED)
    await world.clock.advance(16 * EVERY)
    before = count(world)
    await world.clock.advance(3 * EVERY)
    assert count(world) == before + 3
    assert is_started(page)


@in_loop
async def test_a_limit_is_for_all_meetings_and_is_waited_for(world: World) -> None:
    page = await show(world, 0)
    world.notes.text = LINE
    other = world.add(appointment="813")
    await settle()
    asked = count(world)
    reopens = (world.clock.now() + timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    world.transport._always.clear()  # noqa: SLF001 - the limit needs a header
    world.transport.reply(429, {"code": 429, "message": "x"}, {"retry-after": reopens})
    await world.clock.advance(9 * 60)
    assert count(world) == asked + 1
    assert (page.state, other.state) == ("ready", "ready")
    assert page.model.held_up == 0
    world.transport.always("GET", PATH, 200, STARTED)
    await world.clock.advance(2 * 60)
    assert is_started(page)
    assert is_started(other)


@in_loop
async def test_an_answer_that_comes_too_late_tells_nothing(world: World) -> None:
    page = await show(world, 0)
    world.transport._always.pop(("GET", PATH))  # noqa: SLF001
    gate = world.transport.reply_later(200, STARTED)
    await world.clock.advance(EVERY)
    shown = len(page.shown)
    page.widget.dispose()
    gate.set()
    await settle()
    assert len(page.shown) == shown
    assert page.host.said == []


@in_loop
async def test_one_timer_is_enough_for_a_whole_page(world: World) -> None:
    await show(world, 0)
    for number in range(20):
        world.add(appointment=f"9{number}")
    await settle()
    assert world.clock.sleepers == 1


@in_loop
async def test_a_meeting_at_another_time_is_watched_then(world: World) -> None:
    """Zoom's time counts: a colleague has moved it by two hours."""
    set_clock(world, 0)
    moved = {**MEETING, "start_time": "2026-03-06T01:00:00Z"}
    world.transport.always("GET", PATH, 200, moved)
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.sign_in_already(timedelta(hours=9))
    world.notes.text = LINE
    page = world.add()
    await world.clock.advance(10 * EVERY)
    assert count(world) == 1
    answer(world, 200, {**moved, "status": "started"})
    await world.clock.advance(2 * 3600)
    assert is_started(page)


def test_a_window_ends_when_the_next_begins() -> None:
    window = make_window("86012345678", SIX, 45)
    assert window == replace(
        window, begins_at=SIX - timedelta(minutes=10), ends_at=SIX + timedelta(minutes=45)
    )
    assert window.has(window.begins_at)
    assert not window.has(window.ends_at)
    assert not window.has(window.begins_at - timedelta(seconds=1))


@in_loop
async def test_who_stops_twice_stops(world: World) -> None:
    progress = Progress(world.client, world.clock)
    stop = progress.watch(
        make_window("86012345678", SIX, 45), is_in_sight=lambda: True, tell=lambda _started: None
    )
    stop()
    stop()
    await world.clock.advance(EVERY)
    assert world.clock.sleepers == 0
