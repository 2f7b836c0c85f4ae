"""One meeting for one appointment, and its line in the notes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, WidgetError
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import FoundMeeting
from tests.app.world import LINE, World, at
from tests.doubles.clock import run, settle
from tests.doubles.notes import FakeNotes
from tests.zoom.answers import MEETING

APPOINTMENT = Appointment(
    "812",
    datetime.fromisoformat("2026-03-05T18:00"),
    "America/New_York",
    "#notes",
    client="Dana Lee",
    minutes=45,
)


def signed_in(world: World) -> World:
    world.sign_in_already()
    return world


def ensure(world: World, appointment: Appointment = APPOINTMENT) -> Meeting | FoundMeeting:
    return run(world.maker.ensure_meeting(appointment, world.notes))


def make(world: World) -> Meeting:
    meeting = ensure(world)
    assert isinstance(meeting, Meeting)
    return meeting


def test_a_meeting_is_made_and_not_written_yet(world: World) -> None:
    signed_in(world).transport.reply(201, MEETING)
    meeting = make(world)
    assert meeting.link.url == "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
    assert world.notes.text == ""
    assert world.maker.find_unwritten(APPOINTMENT) == meeting


def test_the_topic_is_ours_whatever_zoom_makes_of_it(world: World) -> None:
    signed_in(world).transport.reply(201, {**MEETING, "topic": "APPOINTMENT WITH D."})
    assert make(world).topic == "Appointment with Dana Lee"


def test_the_line_is_written_as_the_contract_has_it(world: World) -> None:
    signed_in(world).transport.reply(201, MEETING)
    world.notes.text = "Allergic to latex."
    meeting = make(world)
    assert world.maker.write_note(APPOINTMENT, meeting, world.notes) == LINE
    assert world.notes.text == f"Allergic to latex.\n{LINE}"
    assert world.maker.find_unwritten(APPOINTMENT) is None


def test_a_field_of_one_line_gets_it_behind_a_space(world: World) -> None:
    signed_in(world).transport.reply(201, MEETING)
    world.fields["#notes"] = FakeNotes("Latex!", multiline=False)
    world.maker.write_note(APPOINTMENT, make(world), world.notes)
    assert world.notes.text == f"Latex! {LINE}"


def test_a_meeting_in_the_notes_is_the_meeting(world: World) -> None:
    signed_in(world)
    world.notes.text = LINE
    found = ensure(world)
    assert isinstance(found, FoundMeeting)
    assert world.transport.sent == []


def test_a_bare_link_is_a_meeting_too(world: World) -> None:
    signed_in(world)
    world.notes.text = "see https://zoom.us/j/99912345678 please"
    assert isinstance(ensure(world), FoundMeeting)


def test_other_links_are_not(world: World) -> None:
    signed_in(world).transport.reply(201, MEETING)
    world.notes.text = "Google Meet: https://meet.google.com/abc-defg-hij"
    assert isinstance(ensure(world), Meeting)


@pytest.mark.parametrize(
    ("starts", "zone"),
    [
        ("2026-03-02T10:00", "America/New_York"),  # now, to the second
        ("2026-03-02T09:59", "America/New_York"),
        ("2025-03-02T18:00", "America/New_York"),
        ("2026-03-03T00:59", "Pacific/Auckland"),  # tomorrow there, an hour ago here
        ("0001-01-01T00:00", "Asia/Kolkata"),
    ],
)
def test_the_past_is_refused_with_nothing_sent(world: World, starts: str, zone: str) -> None:
    signed_in(world)
    past = replace(APPOINTMENT, starts=datetime.fromisoformat(starts), time_zone=zone)
    with pytest.raises(WidgetError) as caught:
        ensure(world, past)
    assert caught.value.code is Code.STARTS_IN_PAST
    assert world.transport.sent == []


def test_the_next_minute_is_not_the_past(world: World) -> None:
    signed_in(world).transport.reply(201, MEETING)
    soon = replace(APPOINTMENT, starts=datetime.fromisoformat("2026-03-02T10:01"))
    assert isinstance(ensure(world, soon), Meeting)


def test_all_who_ask_at_once_get_the_one_meeting(world: World) -> None:
    """Two clicks, and two widgets whose notes are two fields."""

    async def test() -> None:
        signed_in(world)
        gate = world.transport.reply_later(201, MEETING)
        other = FakeNotes()
        tasks = [
            asyncio.ensure_future(world.maker.ensure_meeting(APPOINTMENT, notes))
            for notes in (world.notes, world.notes, other)
        ]
        await settle()
        gate.set()
        first, second, third = await asyncio.gather(*tasks)
        assert first == second == third
        assert isinstance(third, Meeting)
        assert len(world.transport.sent) == 1
        assert world.maker.write_note(APPOINTMENT, third, world.notes) == LINE
        assert world.maker.write_note(APPOINTMENT, third, world.notes) is None
        assert world.maker.write_note(APPOINTMENT, third, other) == LINE
        assert (world.notes.text, other.text) == (LINE, LINE)

    run(test())


def test_two_appointments_are_two_meetings(world: World) -> None:
    async def test() -> None:
        signed_in(world)
        for meeting_id in (86012345678, 86012345679):
            url = f"https://us02web.zoom.us/j/{meeting_id}"
            world.transport.reply(201, {**MEETING, "id": meeting_id, "join_url": url})
        made = await asyncio.gather(
            world.maker.ensure_meeting(APPOINTMENT, FakeNotes()),
            world.maker.ensure_meeting(replace(APPOINTMENT, id="813"), FakeNotes()),
        )
        assert len({meeting.link.room for meeting in made}) == 2

    run(test())


def test_all_who_ask_hear_of_the_failure_and_the_next_click_tries_again(world: World) -> None:
    async def test() -> None:
        signed_in(world).transport.drop_before()
        outcomes = await asyncio.gather(
            *(world.maker.ensure_meeting(APPOINTMENT, world.notes) for _ in range(2)),
            return_exceptions=True,
        )
        assert [type(each).__name__ for each in outcomes] == ["UnreachableError"] * 2
        assert len(world.transport.sent) == 1
        world.transport.reply(201, MEETING)
        assert isinstance(await world.maker.ensure_meeting(APPOINTMENT, world.notes), Meeting)

    run(test())


def test_one_who_stops_waiting_does_not_stop_the_others(world: World) -> None:
    async def test() -> None:
        signed_in(world)
        gate = world.transport.reply_later(201, MEETING)
        impatient = asyncio.ensure_future(world.maker.ensure_meeting(APPOINTMENT, world.notes))
        patient = asyncio.ensure_future(world.maker.ensure_meeting(APPOINTMENT, world.notes))
        await settle()
        impatient.cancel()
        await settle()
        gate.set()
        assert isinstance(await patient, Meeting)

    run(test())


@pytest.mark.parametrize("trouble", ["rejects", "reverts", "is_gone"])
def test_a_meeting_that_was_not_written_is_kept_and_not_made_again(
    world: World, trouble: str
) -> None:
    signed_in(world).transport.reply(201, MEETING)
    meeting = make(world)
    setattr(world.notes, trouble, True)
    with pytest.raises(WidgetError):
        world.maker.write_note(APPOINTMENT, meeting, world.notes)
    setattr(world.notes, trouble, False)
    assert make(world) == meeting
    assert world.maker.write_note(APPOINTMENT, meeting, world.notes) == LINE
    assert len(world.transport.sent) == 1


def test_a_field_that_is_gone_before_the_request_stops_it(world: World) -> None:
    signed_in(world).notes.is_gone = True
    with pytest.raises(WidgetError) as caught:
        ensure(world)
    assert caught.value.code is Code.NOTES_NOT_FOUND
    assert world.transport.sent == []


@pytest.mark.parametrize("text", ["2026-03-02T15:00:05Z", "2026-03-05T18:00:00Z", None, "soon"])
def test_another_time_than_the_asked_one_is_told(world: World, text: str | None) -> None:
    signed_in(world).transport.reply(201, {**MEETING, "start_time": text})
    problem = world.maker.check_time(APPOINTMENT, make(world))
    assert problem is not None
    assert problem.code is Code.TIME_CHANGED


def test_the_asked_time_is_fine(world: World) -> None:
    signed_in(world).transport.reply(201, MEETING)
    assert world.maker.check_time(APPOINTMENT, make(world)) is None
    assert world.maker.find_start(APPOINTMENT) == at("2026-03-05T23:00")
