"""Whether a client gets in, and what is kept: told where it surprises, else listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pywidget.domain.admission import UNTOLD, Admission, Entry, Recording
from pywidget.widget.admission import find_surprises, list_details
from tests.doubles.clock import run, settle
from tests.doubles.english import WORDS
from tests.in_loop import in_loop
from tests.world import LINE, OnePage, World
from tests.zoom.answers import MEETING, USER

SIGN_IN = "Clients need a Zoom account to join this meeting. You can change this in Zoom."
RECORDED = "Zoom records this meeting from the start. Tell the client before it begins."
SUMMARIZED = (
    "Zoom's AI takes notes in this meeting from the start. Tell the client before it begins."
)
BOTH = (
    "Zoom records this meeting from the start. Zoom's AI takes notes in this meeting from the"
    " start. Tell the client before it begins."
)
LOCKED, CLOUD = {"meeting_authentication": True}, {"auto_recording": "cloud"}
AI = {"auto_start_meeting_summary": True}


def meeting(settings: Mapping[str, object]) -> dict[str, Any]:
    return {**MEETING, "settings": {"approval_type": 2, **settings}}


async def create(world: World, settings: Mapping[str, object]) -> OnePage:
    world.sign_in_already()
    world.transport.reply(201, meeting(settings))
    page = world.add()
    page.widget.act("add")
    await settle()
    assert (page.state, world.notes.text) == ("ready", LINE)
    return page


async def look(world: World, settings: Mapping[str, object]) -> OnePage:
    """The appointment is opened, and Zoom is asked about its meeting."""
    world.sign_in_already()
    world.notes.text = LINE
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.reply(200, meeting(settings))
    page = world.add()
    await settle()
    return page


def details(page: OnePage) -> dict[str, str]:
    admission = page.model.meeting.admission
    assert admission is not None
    return {WORDS.say(key): WORDS.write(message) for key, message in list_details(admission)}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, ""),
        ({"waiting_room": True, "auto_recording": "none"}, ""),
        (LOCKED, SIGN_IN),
        (CLOUD, RECORDED),
        ({"auto_recording": "local"}, RECORDED),
        (AI, SUMMARIZED),
        ({**CLOUD, **AI}, BOTH),
        ({**LOCKED, **CLOUD, **AI}, f"{SIGN_IN} {BOTH}"),
    ],
)
def test_a_new_meeting_is_told_with_what_surprises(
    world: World, settings: Mapping[str, object], told: str
) -> None:
    async def test() -> None:
        page = await create(world, settings)
        assert page.text == told
        assert page.notice == ("admission" if told else None)
        assert page.offers == []
        assert page.host.said[-1] == f"The Zoom meeting is ready. {told}".strip()
        assert page.host.alarms == []
        assert "error" not in page.host.names

    run(test())


@pytest.mark.parametrize(
    ("settings", "told"),
    [({}, ""), (LOCKED, SIGN_IN), ({**CLOUD, **AI}, ""), ({**LOCKED, **CLOUD}, SIGN_IN)],
)
def test_opened_again_only_a_client_who_is_stuck_is_told_of(
    world: World, settings: Mapping[str, object], told: str
) -> None:
    async def test() -> None:
        page = await look(world, settings)
        assert (page.state, page.text) == ("ready", told)

    run(test())


@in_loop
async def test_a_message_that_was_read_does_not_come_back_with_each_look(world: World) -> None:
    page = await look(world, LOCKED)
    page.widget.act("dismiss-notice")
    world.transport.reply(200, meeting(LOCKED))
    page.open(starts="2026-03-05T18:30")  # a look at Zoom follows
    await settle()
    assert page.model.notice is None
    world.transport.reply(200, meeting({**LOCKED, **CLOUD}))
    page.open()
    await settle()
    assert page.text == RECORDED  # that is news


@in_loop
async def test_who_can_change_it_is_led_to_zoom_and_nobody_else(world: World) -> None:
    page = await create(world, LOCKED)
    assert page.model.notice is not None
    assert page.model.notice.links_to_zoom
    page = OnePage(world)
    world.notes.text = ""
    world.transport.reply(201, meeting(CLOUD))
    page.open(appointment="813")
    page.widget.act("add")
    await settle()
    assert page.model.notice is not None
    assert not page.model.notice.links_to_zoom


@in_loop
async def test_what_went_wrong_comes_before_what_surprises(world: World) -> None:
    world.sign_in_already()
    world.notes.rejects = True
    world.transport.reply(201, meeting(LOCKED))
    page = world.add()
    page.widget.act("add")
    await settle()
    assert page.notice == "notes_write_failed"
    assert page.text.endswith(SIGN_IN)
    assert page.offers == ["save-again", "remove"]
    assert page.host.alarms[-1].endswith(SIGN_IN)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"waiting_room": True}, {"Getting in": "Clients wait until the host lets them in."}),
        (
            {"waiting_room": False, "join_before_host": False},
            {"Getting in": "Clients wait until the host starts the meeting."},
        ),
        (
            {"waiting_room": False, "join_before_host": True, "jbh_time": 10},
            {"Getting in": "Clients can join 10 minutes early, without the host."},
        ),
        (
            {"waiting_room": False, "join_before_host": True, "jbh_time": 0},
            {"Getting in": "Clients can join at any time, without the host."},
        ),
        (
            {**LOCKED, **CLOUD, **AI},
            {
                "Sign-in": "Clients need a Zoom account.",
                "Recording": "From the start, in Zoom's cloud.",
                "AI summary": "From the start.",
            },
        ),
        (
            {"auto_recording": "local"},
            {"Recording": "From the start, on the host's computer."},
        ),
        ({}, {}),
    ],
)
def test_the_details_say_all_that_is_known(
    world: World, settings: Mapping[str, object], expected: dict[str, str]
) -> None:
    async def test() -> None:
        page = await look(world, settings)
        assert details(page) == expected

    run(test())


@pytest.mark.parametrize(
    ("settings", "expected"), [(CLOUD, True), ({"auto_recording": "local"}, True), (AI, False)]
)
def test_the_invitation_knows_whether_the_meeting_is_recorded(
    world: World, *, settings: Mapping[str, object], expected: bool
) -> None:
    async def test() -> None:
        page = await create(world, settings)
        assert page.model.meeting.invitation.is_recorded is expected
        again = await look(world, settings)
        assert again.model.meeting.invitation.is_recorded is expected
        again.widget.act("dismiss-notice")

    run(test())


@in_loop
async def test_from_the_note_alone_nothing_is_known(world: World) -> None:
    world.notes.text = LINE
    page = world.add()
    assert page.model.meeting.admission is None
    assert not page.model.meeting.invitation.is_recorded


def test_only_what_has_changed_is_news() -> None:
    strict = Admission(Entry.ADMITTED, 0, needs_sign_in=True, recording=Recording.LOCAL)
    assert find_surprises(strict, strict) == ()
    assert find_surprises(strict, UNTOLD) == ()
    assert find_surprises(strict, replace(strict, recording=Recording.CLOUD)) == ()
