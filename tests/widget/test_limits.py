"""What a host's plan makes of a meeting is told when it is created or moved; it never blocks."""

from __future__ import annotations

from typing import Any

import pytest

from pywidget.meetings.day_list import SETTLING
from pywidget.widget.limits import describe_limit
from pywidget.widget.model import Model
from pywidget.zoom.scopes import Scope
from tests.doubles.clock import run, settle
from tests.doubles.english import WORDS
from tests.in_loop import in_loop
from tests.world import LINE, OnePage, World
from tests.zoom.answers import MEETING, USER

CREATE, LIST, ME = "POST /users/me/meetings", "GET /users/me/meetings", "GET /users/me"
DELETE = "DELETE /meetings/86012345678"
OTHER: dict[str, Any] = {
    **MEETING,
    "id": 99912345678,
    "join_url": "https://us02web.zoom.us/j/99912345678",
    "topic": "Appointment with Kim",
    "start_time": "2026-03-05T23:30:00Z",
    "duration": 60,
    "created_at": "2026-03-01T15:00:00Z",
}
# The viewer is in New York, as the salon is.
BESIDES = (
    "This Zoom account has another meeting from 6:30 pm to 7:30 pm. Most plans run one at a time."
)
FREE = (
    "Zoom's free plan ends a meeting after 40 minutes; this appointment takes 60."
    " The same link can be opened again."
)


async def create(world: World, *others: object, plan: int = 2, **changes: str | None) -> OnePage:
    """A click, its meeting, and what Zoom lists afterwards; plan 1 is the free one."""
    world.zones.local = "America/New_York"
    world.sign_in_already()
    world.transport.reply(201, MEETING)
    page = world.add(**changes)
    page.widget.act("add")
    await settle()
    assert (page.state, page.notice, world.notes.text) == ("ready", None, LINE)
    world.transport.always("GET", "/v2/users/me", 200, {**USER, "type": plan})
    world.transport.reply(200, {"meetings": [MEETING, *others]})
    await world.clock.advance(SETTLING)
    return page


def limit(page: OnePage) -> str:
    return limit_of(page.model)


def limit_of(model: Model) -> str:
    return WORDS.write_all(describe_limit(model))


@in_loop
async def test_another_meeting_at_that_time_is_told_by_its_time_alone(world: World) -> None:
    page = await create(world, OTHER)
    assert (page.state, page.notice, page.text) == ("ready", "overlap", BESIDES)
    assert page.offers == ["remove", "keep"]
    assert page.host.said[-1] == BESIDES
    assert "error" not in page.host.names
    assert "Kim" not in str(page.shown)
    assert world.transport.paths() == [CREATE, LIST, ME]


@pytest.mark.parametrize(
    "other",
    [
        {"start_time": "2026-03-05T23:45:00Z"},  # when the new one ends
        {"start_time": "2026-03-05T22:00:00Z"},  # ends when the new one begins
        {"start_time": None},
        {"duration": None},
        {"duration": True},
        {"duration": 1441},
        {"duration": 0},
        {"host_id": "host-2"},
    ],
)
def test_no_other_meeting_is_told_of(world: World, other: dict[str, object]) -> None:
    async def test() -> None:
        page = await create(world, {**OTHER, **other})
        assert (page.state, page.notice) == ("ready", None)

    run(test())


@in_loop
async def test_a_meeting_into_another_day_is_told_with_its_dates(world: World) -> None:
    page = await create(world, {**OTHER, "duration": 720})
    assert "from Thu Mar 5 6:30 pm to Fri Mar 6 6:30 am" in page.text


@in_loop
async def test_the_meeting_beside_the_other_one_can_be_kept(world: World) -> None:
    page = await create(world, OTHER)
    page.widget.act("keep")
    await settle()
    assert (page.state, page.notice, world.notes.text) == ("ready", None, LINE)
    # Nothing else is kept by that: Zoom's word that it is gone counts as before.
    assert not world.hosted_meetings.is_kept("86012345678")


@in_loop
async def test_the_meeting_beside_the_other_one_can_be_removed(world: World) -> None:
    page = await create(world, OTHER)
    page.widget.act("remove")
    world.transport.reply(204)
    page.widget.act("confirm-remove")
    await settle()
    assert world.transport.paths()[-1] == DELETE
    assert (page.state, page.notice, world.notes.text) == ("idle", "removed", "")


@in_loop
async def test_while_the_meeting_is_being_removed_nothing_is_told(world: World) -> None:
    world.sign_in_already()
    world.transport.reply(201, MEETING)
    page = world.add()
    page.widget.act("add")
    await settle()
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("DELETE", "/v2/meetings/86012345678", 204)
    world.transport.reply(200, {"meetings": [MEETING, OTHER]})
    page.widget.act("remove")
    page.widget.act("confirm-remove")
    await world.clock.advance(SETTLING)
    assert (page.state, page.notice) == ("idle", "removed")


@in_loop
async def test_a_line_that_is_missing_comes_first(world: World) -> None:
    world.zones.local = "America/New_York"
    world.sign_in_already()
    world.transport.reply(201, MEETING)
    world.notes.rejects = True
    page = world.add()
    page.widget.act("add")
    await settle()
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.reply(200, {"meetings": [MEETING, OTHER]})
    await world.clock.advance(SETTLING)
    assert page.notice == "notes_write_failed"
    assert page.text.endswith(BESIDES)
    assert page.offers == ["save-again", "remove"]


@in_loop
async def test_a_free_plan_is_told_of_a_long_appointment(world: World) -> None:
    page = await create(world, plan=1, duration="60")
    assert limit(page) == FREE
    assert page.host.said[-1] == FREE
    assert world.transport.paths() == [CREATE, LIST, ME]


@in_loop
async def test_both_limits_are_said_at_once(world: World) -> None:
    page = await create(world, OTHER, plan=1, duration="60")
    assert page.host.said[-1] == f"{FREE} {BESIDES}"


@in_loop
async def test_who_hosts_is_not_asked_for_a_short_appointment(world: World) -> None:
    page = await create(world, plan=1, duration="40")
    assert limit(page) == ""
    assert ME not in world.transport.paths()


@pytest.mark.parametrize("may_list", [True, False])
def test_the_limits_are_told_again_after_a_move(world: World, *, may_list: bool) -> None:
    async def test() -> None:
        world.zones.local = "America/New_York"
        scopes = {scope.value for scope in Scope} - ({Scope.LIST} if not may_list else set())
        world.sign_in_already(scopes=frozenset(scopes))
        world.notes.text = LINE
        world.transport.reply(200, {**MEETING, "start_time": "2026-03-05T20:00:00Z"})
        world.transport.always("GET", "/v2/users/me", 200, {**USER, "type": 1})
        page = world.add()
        await settle()
        assert page.notice is None  # a look at a meeting is no reason to list a day
        world.transport.reply(204)
        world.transport.reply(200, MEETING)
        page.widget.act("update-zoom")
        await settle()
        if may_list:
            world.transport.reply(200, {"meetings": [OTHER, MEETING]})
        await world.clock.advance(SETTLING)
        assert page.state == "ready"
        assert page.text == (BESIDES if may_list else "")
        assert (LIST in world.transport.paths()) is may_list

    run(test())


@in_loop
async def test_the_desks_own_meetings_are_no_obstacle_to_the_therapists(world: World) -> None:
    """Hers is in her own list, which the desk cannot read."""
    world.sign_in_already()
    world.notes.text = LINE
    hers = {**MEETING, "host_id": "host-2", "host_email": "kim@lotus-spa.example"}
    world.transport.reply(200, {**hers, "start_time": "2026-03-05T20:00:00Z"})
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("GET", "/v2/users/me/meetings", 200, {"meetings": [OTHER]})
    page = world.add()
    await settle()
    world.transport.reply(204)
    world.transport.reply(200, hers)
    page.widget.act("update-zoom")
    await settle()
    await world.clock.advance(SETTLING)
    assert (page.state, page.notice) == ("ready", None)


@in_loop
async def test_an_element_that_stands_for_another_appointment_tells_nothing(world: World) -> None:
    world.sign_in_already()
    world.transport.reply(201, MEETING)
    page = world.add()
    page.widget.act("add")
    await settle()
    world.notes.text = ""
    page.open(appointment="813")
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.reply(200, {"meetings": [MEETING, OTHER]})
    await world.clock.advance(SETTLING)
    assert (page.state, page.notice) == ("idle", None)
