"""Two meetings from one create: the one that nobody was told of is deleted, and no other ever."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from pywidget.meetings.day_list import SETTLING
from pywidget.meetings.intent_store import CreateIntent
from pywidget.meetings.twins import Aftermath, Answered
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.meetings import parse_created_meeting
from pywidget.zoom.scopes import Scope
from tests.doubles.clock import run, settle
from tests.in_loop import in_loop
from tests.world import LINE, OnePage, World, at
from tests.zoom.answers import MEETING, USER, answer

CREATE, LIST = "POST /users/me/meetings", "GET /users/me/meetings"
TWIN_ID = "99912345678"
DELETE = f"DELETE /meetings/{TWIN_ID}"
TWIN: dict[str, Any] = {
    **MEETING,
    "id": int(TWIN_ID),
    "join_url": f"https://us02web.zoom.us/j/{TWIN_ID}",
}
WHO = "GET /users/me"  # asked for the host's plan, once the day is known
NO_SCOPE = {"code": 4711, "message": "does not contain scopes:[x]"}
GONE = {"code": 3001, "message": f"Meeting does not exist: {TWIN_ID}."}


@pytest.fixture(autouse=True)
def _user(world: World) -> None:
    world.transport.always("GET", "/v2/users/me", 200, USER)


def paths(world: World) -> list[str]:
    return [path for path in world.transport.paths() if path != WHO]


async def create(world: World, *, scopes: frozenset[str] | None = None) -> OnePage:
    """A click, and its meeting; what the browser did twice is not known yet."""
    world.sign_in_already(scopes=scopes)
    world.transport.reply(201, MEETING)
    page = world.add()
    page.widget.act("add")
    await settle()
    assert (page.state, world.notes.text) == ("ready", LINE)
    return page


def without(*scopes: Scope) -> frozenset[str]:
    return frozenset(scope.value for scope in Scope if scope not in scopes)


def expect_told(page: OnePage) -> None:
    notice = page.model.notice
    assert notice is not None
    assert (page.state, notice.code) == ("ready", "second_meeting")
    assert "Thursday, March 5 2026 6:00 pm" in page.text
    assert "ends in 5678" in page.text
    assert notice.links_to_zoom
    assert page.host.find("error")["code"] == "second_meeting"


def expect_told_of_time_alone(page: OnePage) -> None:
    """It is another appointment's, and at the same time."""
    assert (page.state, page.notice) == ("ready", "overlap")
    assert "error" not in page.host.names


def expect_silence(page: OnePage) -> None:
    assert (page.state, page.notice) == ("ready", None)
    assert "error" not in page.host.names


@in_loop
async def test_the_twin_is_deleted_in_silence_after_the_panel_is_there(world: World) -> None:
    page = await create(world)
    world.transport.reply(200, {"meetings": [TWIN, MEETING]})
    world.transport.reply(204)
    await world.clock.advance(SETTLING)
    assert paths(world) == [CREATE, LIST, DELETE]
    (deletion,) = [each for each in world.transport.sent if each.method == "DELETE"]
    assert "cancel_meeting_reminder=false" in deletion.url
    expect_silence(page)
    assert world.notes.text == LINE


@pytest.mark.parametrize(
    "other",
    [
        {"topic": "Appointment with Kim"},
        {"start_time": "2026-03-05T22:00:00Z"},
        {"start_time": "2026-03-05T23:00:01Z"},
        {"start_time": None},
        {"host_id": "host-2"},
        {"created_at": "2026-03-02T14:59:58Z"},  # made by hand, just before
        {"created_at": "2026-02-02T15:00:00Z"},
        {"created_at": "2026-03-02T15:00:01Z"},  # the request that was answered is the last one
        {"id": MEETING["id"]},
    ],
)
def test_a_meeting_that_is_like_it_is_no_twin(world: World, other: dict[str, object]) -> None:
    async def test() -> None:
        page = await create(world)
        world.transport.reply(200, {"meetings": [MEETING, {**TWIN, **other}]})
        await world.clock.advance(SETTLING)
        assert paths(world) == [CREATE, LIST]
        assert page.notice in {None, "overlap"}
        assert "error" not in page.host.names

    run(test())


@in_loop
async def test_the_longer_the_answer_took_the_older_a_twin_may_be(world: World) -> None:
    world.sign_in_already()
    gate = world.transport.reply_later(201, {**MEETING, "created_at": "2026-03-02T15:00:08Z"})
    page = world.add()
    page.widget.act("add")
    await world.clock.advance(8)
    gate.set()
    await settle()
    world.transport.reply(200, {"meetings": [MEETING, TWIN]})
    world.transport.reply(204)
    await world.clock.advance(SETTLING)
    assert paths(world) == [CREATE, LIST, DELETE]
    expect_silence(page)


@pytest.mark.parametrize("seconds", [61, 3600])
def test_what_is_older_than_any_request_is_named_and_not_deleted(
    world: World, seconds: int
) -> None:
    """The machine slept, or its clock was set, before the answer: a colleague may have made it."""

    async def test() -> None:
        world.sign_in_already(timedelta(hours=9))
        created_at = (world.clock.now() + timedelta(seconds=seconds)).isoformat()
        gate = world.transport.reply_later(201, {**MEETING, "created_at": created_at})
        page = world.add()
        page.widget.act("add")
        await settle()
        world.clock.set_by(seconds)
        gate.set()
        await settle()
        world.transport.reply(200, {"meetings": [MEETING, TWIN]})
        await world.clock.advance(SETTLING)
        assert paths(world) == [CREATE, LIST]
        expect_told(page)

    run(test())


@in_loop
async def test_a_twin_may_be_a_whole_second_older_because_zoom_gives_no_fractions(
    world: World,
) -> None:
    page = await create(world)
    twin = {**TWIN, "created_at": "2026-03-02T14:59:59Z"}
    world.transport.reply(200, {"meetings": [MEETING, twin]})
    world.transport.reply(204)
    await world.clock.advance(SETTLING)
    assert paths(world) == [CREATE, LIST, DELETE]
    expect_silence(page)


@in_loop
async def test_whoever_asks_after_a_search_has_ended_gets_another(world: World) -> None:
    world.sign_in_already(scopes=without(Scope.DELETE))
    meeting = parse_created_meeting(answer(201, MEETING), Endpoints())
    answered = Answered(meeting, meeting.topic, timedelta())
    for listed, left in (([MEETING, TWIN], [TWIN_ID]), ([MEETING], [])):
        world.transport.reply(200, {"meetings": listed})
        removing = asyncio.ensure_future(world.services.twins.remove(answered))
        await world.clock.advance(SETTLING)
        assert [twin.id for twin in (await removing).left] == left


# Who may have been told


@in_loop
async def test_another_tabs_meeting_is_never_deleted(world: World) -> None:
    """The same client at the same time, in two appointments."""
    page = await create(world)
    message = {"kind": "made", "appointment": "813", "link": TWIN["join_url"]}
    world.channel.tell(json.dumps(message))
    world.transport.reply(200, {"meetings": [MEETING, TWIN]})
    await world.clock.advance(SETTLING)
    assert paths(world) == [CREATE, LIST]
    expect_told_of_time_alone(page)


@in_loop
async def test_a_meeting_that_somebody_here_was_shown_is_never_deleted(world: World) -> None:
    page = await create(world)
    world.hosted.add(TWIN_ID, "host-1")
    world.transport.reply(200, {"meetings": [MEETING, TWIN]})
    await world.clock.advance(SETTLING)
    assert paths(world) == [CREATE, LIST]
    expect_told_of_time_alone(page)


@in_loop
async def test_while_another_create_may_have_made_it_it_is_named_and_not_deleted(
    world: World,
) -> None:
    page = await create(world)
    world.intents.save(CreateIntent("813", "Appointment with Dana Lee", at("2026-03-05T23:00")))
    world.transport.reply(200, {"meetings": [MEETING, TWIN]})
    await world.clock.advance(SETTLING + 29.9)  # as long as it may still be under way
    expect_silence(page)
    await world.clock.advance(0.1)
    assert paths(world) == [CREATE, LIST]
    expect_told(page)


@pytest.mark.parametrize("is_theirs", [True, False])
def test_another_create_that_is_under_way_is_waited_for(world: World, *, is_theirs: bool) -> None:
    async def test() -> None:
        page = await create(world)
        other = CreateIntent("813", "Appointment with Dana Lee", at("2026-03-05T23:00"))
        world.intents.save(other)
        world.transport.reply(200, {"meetings": [MEETING, TWIN]})
        await world.clock.advance(SETTLING * 5)
        if not is_theirs:
            world.transport.reply(204)
        link = TWIN["join_url"] if is_theirs else "https://us02web.zoom.us/j/99900000000"
        world.channel.tell(json.dumps({"kind": "made", "appointment": "813", "link": link}))
        await world.clock.advance(60)
        assert (DELETE in paths(world)) is not is_theirs
        if is_theirs:
            expect_told_of_time_alone(page)
        else:
            expect_silence(page)

    run(test())


@pytest.mark.parametrize("which", ["the twin", "both"])
def test_without_knowing_when_they_were_made_it_is_named_and_not_deleted(
    world: World, which: str
) -> None:
    async def test() -> None:
        world.sign_in_already()
        known = {**MEETING} if which == "the twin" else {**MEETING, "created_at": None}
        world.transport.reply(201, known)
        page = world.add()
        page.widget.act("add")
        await settle()
        world.transport.reply(200, {"meetings": [known, {**TWIN, "created_at": None}]})
        await world.clock.advance(SETTLING)
        assert paths(world) == [CREATE, LIST]
        expect_told(page)

    run(test())


# What is not possible


@in_loop
async def test_who_may_not_delete_is_told(world: World) -> None:
    page = await create(world, scopes=without(Scope.DELETE))
    world.transport.reply(200, {"meetings": [MEETING, TWIN]})
    await world.clock.advance(SETTLING)
    assert paths(world) == [CREATE, LIST]
    expect_told(page)


@pytest.mark.parametrize(("status", "body"), [(403, NO_SCOPE), (500, b"<html>"), (400, b"")])
def test_a_twin_that_zoom_does_not_delete_is_told(world: World, status: int, body: object) -> None:
    async def test() -> None:
        page = await create(world)
        world.transport.reply(200, {"meetings": [MEETING, TWIN]})
        world.transport.reply(status, body)
        await world.clock.advance(SETTLING)
        assert paths(world) == [CREATE, LIST, DELETE]
        expect_told(page)

    run(test())


@in_loop
async def test_a_twin_that_is_gone_already_is_not_told(world: World) -> None:
    page = await create(world)
    world.transport.reply(200, {"meetings": [MEETING, TWIN]})
    world.transport.reply(404, GONE)
    await world.clock.advance(SETTLING)
    expect_silence(page)


@in_loop
async def test_without_a_time_no_day_is_looked_at(world: World) -> None:
    world.sign_in_already()
    meeting = parse_created_meeting(answer(201, {**MEETING, "start_time": None}), Endpoints())
    assert meeting.starts_at is None
    answered = Answered(meeting, meeting.topic, timedelta())
    assert await world.services.twins.remove(answered) == Aftermath()
    assert world.transport.sent == []


@in_loop
async def test_where_nothing_may_be_listed_nothing_is_looked_for(world: World) -> None:
    page = await create(world, scopes=without(Scope.LIST))
    await world.clock.advance(SETTLING)
    assert paths(world) == [CREATE]
    expect_silence(page)


@pytest.mark.parametrize(("status", "body"), [(403, NO_SCOPE), (400, b""), (200, b"<html>")])
def test_a_list_that_fails_says_nothing(world: World, status: int, body: object) -> None:
    async def test() -> None:
        page = await create(world)
        world.transport.reply(status, body)
        await world.clock.advance(SETTLING)
        assert paths(world) == [CREATE, LIST]
        expect_silence(page)

    run(test())


# Elements come and go


@in_loop
async def test_the_search_outlives_the_element(world: World) -> None:
    page = await create(world)
    page.widget.dispose()
    world.transport.reply(200, {"meetings": [MEETING, TWIN]})
    world.transport.reply(204)
    await world.clock.advance(SETTLING)
    assert paths(world) == [CREATE, LIST, DELETE]


@in_loop
async def test_two_elements_look_once_and_both_are_told(world: World) -> None:
    world.sign_in_already(scopes=without(Scope.DELETE))
    world.transport.reply(201, MEETING)
    pages = [world.add(), world.add()]
    for page in pages:
        page.widget.act("add")
    await settle()
    world.transport.reply(200, {"meetings": [MEETING, TWIN]})
    await world.clock.advance(SETTLING)
    assert paths(world).count(LIST) == 1
    for page in pages:
        expect_told(page)


@in_loop
async def test_what_was_said_before_stays_with_its_ways_out(world: World) -> None:
    world.sign_in_already(scopes=without(Scope.DELETE))
    world.transport.reply(201, MEETING)
    world.notes.rejects = True
    page = world.add()
    page.widget.act("add")
    await settle()
    assert page.notice == "notes_write_failed"
    world.transport.reply(200, {"meetings": [MEETING, TWIN]})
    await world.clock.advance(SETTLING)
    assert page.model.notice is not None
    assert page.offers == ["save-again", "remove"]
    assert "second meeting" in page.text
    assert page.model.notice.links_to_zoom


# A create whose answer got lost


@in_loop
async def test_of_two_that_were_made_without_an_answer_one_is_adopted_and_one_deleted(
    world: World,
) -> None:
    world.sign_in_already()
    world.transport.drop_after()
    newer = {**MEETING, "created_at": "2026-03-02T15:00:04Z"}
    world.transport.reply(200, {"meetings": [TWIN, newer]})
    world.transport.reply(200, newer)
    page = world.add()
    page.widget.act("add")
    await world.clock.advance(SETTLING)
    assert (page.state, world.notes.text) == ("ready", LINE)
    world.transport.reply(200, {"meetings": [TWIN, newer]})
    world.transport.reply(204)
    await world.clock.advance(SETTLING)
    assert paths(world)[-2:] == [LIST, DELETE]
    expect_silence(page)
