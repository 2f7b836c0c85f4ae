"""One meeting for one appointment, and its line in the notes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import pytest

from pywidget.connection.tab_messages import TabMessages
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    Consequence,
    OutcomeUnknownError,
    SetbackError,
    UnreachableError,
    WidgetError,
    ZoomRefusedError,
    build_closed_way_error,
)
from pywidget.domain.join_link import LinkKind
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import FoundMeeting
from pywidget.domain.wall_clock import format_wall_clock
from pywidget.meetings.completion import NewMeeting
from pywidget.meetings.day_list import SETTLING
from pywidget.meetings.intent_store import CreateIntent, format_intent
from pywidget.meetings.notes_record import NotesRecord
from pywidget.settings import Settings
from pywidget.zoom.scopes import Scope
from tests.doubles.clock import run, settle
from tests.doubles.notes import FakeNotes
from tests.doubles.transport import ScriptedTransport
from tests.in_loop import in_loop
from tests.world import LINE, SETTINGS, World
from tests.zoom.answers import EXPIRED, MEETING, TOKEN, USER

APPOINTMENT = Appointment(
    "812",
    datetime.fromisoformat("2026-03-05T18:00"),
    "America/New_York",
    "#notes",
    client="Dana Lee",
    minutes=45,
)
SPOKEN = "Thursday, March 5 2026 6:00 pm"  # the appointment's time


def signed_in(world: World) -> World:
    world.sign_in_already()
    return world


def record_of(notes: FakeNotes) -> NotesRecord:
    return NotesRecord(lambda: notes, SETTINGS.endpoints.trusted_hosts)


def ensure(world: World, appointment: Appointment = APPOINTMENT) -> NewMeeting | FoundMeeting:
    return run(world.creation.ensure_meeting(appointment, world.record))


def make(world: World) -> Meeting:
    made = ensure(world)
    assert isinstance(made, NewMeeting)
    return made.meeting


def test_a_meeting_is_made_and_not_written_yet(world: World) -> None:
    signed_in(world).transport.reply(201, MEETING)
    meeting = make(world)
    assert meeting.link.url == "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
    assert world.notes.text == ""
    assert world.creation.find_unwritten(APPOINTMENT) == NewMeeting(meeting)


def test_who_may_not_schedule_for_the_host_hosts_it(world: World) -> None:
    """Zoom lists them, and refuses all the same: nothing was created, so it is asked again."""
    kim = "kim@lotus-spa.example"
    listed = {"schedulers": [{"id": "kim", "email": kim}]}
    signed_in(world).transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("GET", "/v2/users/me/schedulers", 200, listed)
    for _ in range(2):  # the second time without the zone, which 300 may be about, too
        world.transport.reply(400, {"code": 300, "message": "You can not schedule for this user."})
    world.transport.reply(201, MEETING)
    made = ensure(world, replace(APPOINTMENT, host_email=kim))
    assert isinstance(made, NewMeeting)
    bodies = [
        json.loads(sent.body or b"") for sent in world.transport.sent if sent.method == "POST"
    ]
    assert [body.get("schedule_for") for body in bodies] == [kim, kim, None]


def test_the_topic_is_ours_whatever_zoom_makes_of_it(world: World) -> None:
    signed_in(world).transport.reply(201, {**MEETING, "topic": "APPOINTMENT WITH D."})
    assert make(world).topic == "Appointment with Dana Lee"


def test_the_line_is_written_as_the_contract_has_it(world: World) -> None:
    signed_in(world).transport.reply(201, MEETING)
    world.notes.text = "Allergic to latex."
    meeting = make(world)
    assert run(world.creation.write_note(APPOINTMENT, meeting, world.record)) == LINE
    assert world.notes.text == f"Allergic to latex.\n{LINE}"
    assert world.creation.find_unwritten(APPOINTMENT) is None


def test_a_meeting_in_the_notes_is_the_meeting(world: World) -> None:
    signed_in(world)
    world.notes.text = LINE
    found = ensure(world)
    assert isinstance(found, FoundMeeting)
    assert world.transport.sent == []


@pytest.mark.parametrize(
    ("starts", "zone"),
    [
        ("2026-03-02T09:15", "America/New_York"),  # over now, to the second
        ("2025-03-02T18:00", "America/New_York"),
        ("2026-03-03T03:00", "Pacific/Auckland"),  # tomorrow there, over an hour ago here
        ("0001-01-01T00:00", "Asia/Kolkata"),
    ],
)
def test_what_is_over_is_refused_with_nothing_sent(world: World, starts: str, zone: str) -> None:
    signed_in(world)
    past = replace(APPOINTMENT, starts=datetime.fromisoformat(starts), time_zone=zone)
    with pytest.raises(WidgetError) as caught:
        ensure(world, past)
    assert caught.value.code is Code.STARTS_IN_PAST
    assert world.transport.sent == []


def test_the_next_minute_is_not_the_past(world: World) -> None:
    signed_in(world).transport.reply(201, {**MEETING, "start_time": "2026-03-02T15:01:00Z"})
    soon = replace(APPOINTMENT, starts=datetime.fromisoformat("2026-03-02T10:01"))
    made = ensure(world, soon)
    assert isinstance(made, NewMeeting)
    assert made.problem is None


@pytest.mark.parametrize(
    ("starts", "zone", "told"),
    [
        ("2026-03-02T10:00", "America/New_York", "2026-03-02T10:01:00"),
        ("2026-03-02T09:17", "America/New_York", "2026-03-02T10:01:00"),
        ("2026-03-02T09:16", "America/New_York", "2026-03-02T10:00:00"),  # the last minute of it
        ("2026-03-03T03:30", "Pacific/Auckland", "2026-03-03T04:01:00"),
    ],
)
@pytest.mark.parametrize("answered", ["2026-03-02T15:00:02Z", "2026-03-02T15:00:59Z"])
def test_what_has_begun_gets_a_meeting_for_now(
    world: World, starts: str, zone: str, told: str, answered: str
) -> None:
    """It is a minute ahead, or Zoom's own now; the note has the appointment's time all the same."""
    running = replace(APPOINTMENT, starts=datetime.fromisoformat(starts), time_zone=zone)
    answer = {**MEETING, "start_time": answered}
    signed_in(world).transport.reply(201, answer)
    made = ensure(world, running)
    assert isinstance(made, NewMeeting)
    assert made.problem is None
    body = json.loads(world.transport.sent[0].body or b"")
    assert (body["start_time"], body["timezone"], body["duration"]) == (told, zone, 45)
    line = run(world.creation.write_note(running, made.meeting, world.record))
    assert line is not None
    assert line == LINE.replace(SPOKEN, format_wall_clock(running.starts))


def test_all_who_ask_at_once_get_the_one_meeting(world: World) -> None:
    """Two clicks, and two widgets whose notes are two fields."""

    async def test() -> None:
        signed_in(world)
        gate = world.transport.reply_later(201, MEETING)
        other = FakeNotes()
        tasks = [
            asyncio.ensure_future(world.creation.ensure_meeting(APPOINTMENT, record_of(notes)))
            for notes in (world.notes, world.notes, other)
        ]
        await settle()
        gate.set()
        first, second, third = await asyncio.gather(*tasks)
        assert first == second == third
        assert isinstance(third, NewMeeting)
        assert len(world.transport.sent) == 1
        assert await world.creation.write_note(APPOINTMENT, third.meeting, world.record) == LINE
        assert await world.creation.write_note(APPOINTMENT, third.meeting, world.record) is None
        assert await world.creation.write_note(APPOINTMENT, third.meeting, record_of(other)) == LINE
        assert (world.notes.text, other.text) == (LINE, LINE)

    run(test())


def test_all_who_ask_hear_of_the_failure_and_the_next_click_tries_again(world: World) -> None:
    async def test() -> None:
        signed_in(world).transport.reply(400, {"code": 3161, "message": "no"})
        outcomes = await asyncio.gather(
            *(world.creation.ensure_meeting(APPOINTMENT, world.record) for _ in range(2)),
            return_exceptions=True,
        )
        assert [type(each).__name__ for each in outcomes] == ["ZoomRefusedError"] * 2
        assert len(world.transport.sent) == 1
        world.transport.reply(201, MEETING)
        assert isinstance(
            await world.creation.ensure_meeting(APPOINTMENT, world.record), NewMeeting
        )

    run(test())


def test_one_who_stops_waiting_does_not_stop_the_others(world: World) -> None:
    async def test() -> None:
        signed_in(world)
        gate = world.transport.reply_later(201, MEETING)
        impatient = asyncio.ensure_future(world.creation.ensure_meeting(APPOINTMENT, world.record))
        patient = asyncio.ensure_future(world.creation.ensure_meeting(APPOINTMENT, world.record))
        await settle()
        impatient.cancel()
        await settle()
        gate.set()
        assert isinstance(await patient, NewMeeting)

    run(test())


@pytest.mark.parametrize("trouble", ["rejects", "reverts", "is_gone"])
def test_a_meeting_that_was_not_written_is_kept_and_not_made_again(
    world: World, trouble: str
) -> None:
    signed_in(world).transport.reply(201, MEETING)
    meeting = make(world)
    setattr(world.notes, trouble, True)
    with pytest.raises(WidgetError):
        run(world.creation.write_note(APPOINTMENT, meeting, world.record))
    setattr(world.notes, trouble, False)
    assert make(world) == meeting
    assert run(world.creation.write_note(APPOINTMENT, meeting, world.record)) == LINE
    assert len(world.transport.sent) == 1


def test_a_field_that_is_gone_before_the_request_stops_it(world: World) -> None:
    signed_in(world).notes.is_gone = True
    with pytest.raises(WidgetError) as caught:
        ensure(world)
    assert caught.value.code is Code.NOTES_NOT_FOUND
    assert world.transport.sent == []


# An answer that got lost


CREATE, LIST = "POST /users/me/meetings", "GET /users/me/meetings"
READ, MOVE = "GET /meetings/86012345678", "PATCH /meetings/86012345678"
INTENT_KEY = "pywidget:v1:create:812"
LISTED = {name: MEETING[name] for name in ("id", "topic", "start_time", "join_url", "host_id")}
ALL_BUT_LIST = frozenset(scope.value for scope in Scope if scope is not Scope.LIST)


def start(
    world: World, appointment: Appointment = APPOINTMENT, **changes: bool
) -> asyncio.Task[NewMeeting | FoundMeeting]:
    making = world.creation.ensure_meeting(appointment, world.record, **changes)
    return asyncio.ensure_future(making)


async def finish(world: World, task: asyncio.Task[NewMeeting | FoundMeeting]) -> NewMeeting:
    """The meeting, after as much time as Zoom may need."""
    await world.clock.advance(60)
    made = await task
    assert isinstance(made, NewMeeting)
    return made


async def refuse(world: World, task: asyncio.Task[NewMeeting | FoundMeeting]) -> WidgetError:
    await world.clock.advance(60)
    with pytest.raises(WidgetError) as caught:
        await task
    return caught.value


@in_loop
async def test_the_intent_is_kept_before_anything_is_sent_and_until_the_line_is_written(
    world: World,
) -> None:
    gate = signed_in(world).transport.reply_later(201, MEETING)
    task = start(world)
    await settle()
    assert world.transport.paths() == [CREATE]
    assert INTENT_KEY in world.storage.items
    assert world.locks.held == {"pywidget:v1:create:812"}  # in every version
    gate.set()
    made = await finish(world, task)
    assert INTENT_KEY in world.storage.items
    await world.creation.write_note(APPOINTMENT, made.meeting, world.record)
    assert INTENT_KEY not in world.storage.items


@in_loop
async def test_without_storage_nothing_is_sent(world: World) -> None:
    signed_in(world)
    world.storage.quota = sum(len(f"{key}{text}") for key, text in world.storage.items.items())
    error = await refuse(world, start(world))
    assert error.code is Code.STORAGE_UNAVAILABLE
    assert world.transport.sent == []


LOST: dict[str, Callable[[World], object]] = {
    "cut before": lambda world: world.transport.drop_before(),
    "cut after": lambda world: world.transport.drop_after(),
    "too slow": lambda world: world.transport.drop_after(Code.TIMEOUT),
    "500": lambda world: world.transport.reply(500),
    "504": lambda world: world.transport.reply(504, b"<html>"),
    "201 with HTML": lambda world: world.transport.reply(201, b"<html>"),
    "201 with a foreign link": lambda world: world.transport.reply(
        201, {**MEETING, "join_url": "https://evil.example/j/86012345678"}
    ),
}


@pytest.mark.parametrize("lost", LOST)
def test_a_meeting_whose_answer_got_lost_is_found_and_not_made_twice(
    world: World, lost: str
) -> None:
    async def test() -> None:
        LOST[lost](signed_in(world))
        others = [
            {**LISTED, "id": 99912345671, "topic": "Appointment with Kim"},
            {**LISTED, "id": 99912345672, "start_time": "2026-03-06T23:00:00Z"},
            {"id": 5, "join_url": None},  # makes no sense: nothing to adopt
        ]
        world.transport.reply(200, {"meetings": others, "next_page_token": "two"})
        world.transport.reply(200, {"meetings": [LISTED], "next_page_token": ""})
        world.transport.reply(200, MEETING)
        made = await finish(world, start(world))
        assert made.meeting.link.url == "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
        assert made.meeting.passcode is not None  # only the meeting itself tells it
        assert world.transport.paths() == [CREATE, LIST, LIST, READ]
        assert world.clock.slept[0] == SETTLING  # Zoom may need a moment to finish

    run(test())


@in_loop
async def test_a_meeting_that_was_found_but_cannot_be_read_is_adopted_all_the_same(
    world: World,
) -> None:
    signed_in(world).transport.drop_after()
    world.transport.reply(200, {"meetings": [LISTED]})
    world.transport.reply(403, {"code": 4711, "message": "does not contain scopes:[x]"})
    made = await finish(world, start(world))
    assert made.meeting.id == "86012345678"


@in_loop
async def test_a_create_that_never_arrived_is_told_and_the_next_click_looks_first(
    world: World,
) -> None:
    signed_in(world).transport.drop_before()
    world.transport.reply(200, {"meetings": []})
    assert (await refuse(world, start(world))).code is Code.NETWORK
    assert INTENT_KEY in world.storage.items  # Zoom may be slower than we waited
    world.transport.reply(200, {"meetings": []})
    world.transport.reply(201, MEETING)
    assert (await finish(world, start(world))).meeting.id == "86012345678"
    assert world.transport.paths() == [CREATE, LIST, LIST, CREATE]


@in_loop
async def test_a_meeting_that_zoom_was_slow_to_make_is_found_by_the_next_click(
    world: World,
) -> None:
    signed_in(world).transport.drop_after()
    world.transport.reply(200, {"meetings": []})
    await refuse(world, start(world))
    world.transport.reply(200, {"meetings": [LISTED]})
    world.transport.reply(200, MEETING)
    await finish(world, start(world))
    assert world.transport.paths().count(CREATE) == 1


@pytest.mark.parametrize("lost", ["cut after", "500"])
@pytest.mark.parametrize("trouble", ["cut before", "500"])
def test_while_it_cannot_be_looked_for_nothing_is_sent_again(
    world: World, lost: str, trouble: str
) -> None:
    async def test() -> None:
        LOST[lost](signed_in(world))
        causes = []
        for _ in range(2):  # clicks
            for _ in range(3):  # tries of a read
                LOST[trouble](world)
            error = await refuse(world, start(world))
            assert isinstance(error, OutcomeUnknownError)
            assert not error.is_for_user
            causes.append(type(error.__cause__))
        assert world.transport.paths() == [CREATE, *[LIST] * 6]
        # The create's own error first; then there is only that of the look.
        kinds = {"cut after": UnreachableError, "cut before": UnreachableError}
        assert causes == [kinds.get(each, ZoomRefusedError) for each in (lost, trouble)]

    run(test())


@in_loop
async def test_where_no_answer_can_be_read_at_all_that_is_said(world: World) -> None:
    """Trying again is no way out."""
    signed_in(world).transport.drop_after(Code.CORS_BLOCKED)
    for _ in range(3):
        world.transport.drop_after(Code.CORS_BLOCKED)
    error = await refuse(world, start(world))
    assert error.code is Code.CORS_BLOCKED
    assert INTENT_KEY in world.storage.items


@in_loop
async def test_whoever_is_refused_for_good_while_it_is_looked_for_hears_that(world: World) -> None:
    world.sign_in_already(refresh="s3cr3t-refresh")
    world.transport.drop_after()
    world.transport.reply(401, EXPIRED)
    world.transport.reply(200, {**TOKEN, "access_token": "s3cr3t-renewed"})
    world.transport.reply(401, EXPIRED)
    assert (await refuse(world, start(world))).code is Code.INVALID_GRANT
    assert world.transport.paths().count(CREATE) == 1


@in_loop
async def test_what_was_looked_for_and_not_found_is_no_open_outcome_when_it_is_over(
    world: World,
) -> None:
    over = replace(APPOINTMENT, starts=datetime.fromisoformat("2026-03-02T09:00"))
    topic = "Appointment with Dana Lee"
    signed_in(world).intents.save(
        CreateIntent("812", topic, datetime.fromisoformat("2026-03-02T14:00Z"))
    )
    world.transport.reply(200, {"meetings": []})
    assert (await refuse(world, start(world, over))).code is Code.STARTS_IN_PAST
    assert not world.creation.has_open_outcome(over)


@pytest.mark.parametrize("told", ["by the token", "by the refusal"])
def test_where_zoom_does_not_let_us_look_the_user_has_to(world: World, told: str) -> None:
    async def test() -> None:
        world.sign_in_already(scopes=ALL_BUT_LIST if told == "by the token" else None)
        world.transport.drop_after()

        def refuse_list() -> None:
            if told == "by the refusal":
                world.transport.reply(400, {"code": 4711, "message": "does not contain scopes:[x]"})

        for _ in range(2):
            refuse_list()
            error = await refuse(world, start(world))
            assert isinstance(error, OutcomeUnknownError)
            assert error.is_for_user
            assert (error.__cause__ is None) is (told == "by the token")
        assert world.transport.paths().count(CREATE) == 1
        world.transport.reply(201, MEETING)
        made = await finish(world, start(world, even_if_unknown=True))
        assert made.meeting.id == "86012345678"
        assert world.transport.paths().count(CREATE) == 2

    run(test())


@in_loop
async def test_whoever_is_signed_out_while_it_is_looked_for_hears_that(world: World) -> None:
    signed_in(world).transport.drop_after()
    world.transport.reply(401, EXPIRED)
    error = await refuse(world, start(world))
    assert error.code is Code.INVALID_GRANT
    assert world.transport.paths() == [CREATE, LIST]


@pytest.mark.parametrize("status_and_code", [(400, 3161), (403, 4711), (404, 1001), (429, 429)])
def test_a_clear_no_settles_it(world: World, status_and_code: tuple[int, int]) -> None:
    async def test() -> None:
        status, code = status_and_code
        signed_in(world).transport.reply(status, {"code": code, "message": "no"})
        await refuse(world, start(world))
        assert INTENT_KEY not in world.storage.items
        world.transport.reply(201, MEETING)
        await finish(world, start(world))
        assert world.transport.paths() == [CREATE, CREATE]

    run(test())


@in_loop
async def test_an_answer_that_got_lost_in_the_other_form_is_looked_for(world: World) -> None:
    signed_in(world).transport.reply(400, {"code": 300, "message": "Invalid time zone"})
    world.transport.drop_after()
    world.transport.reply(200, {"meetings": [LISTED]})
    world.transport.reply(200, MEETING)
    assert (await finish(world, start(world))).meeting.id == "86012345678"
    assert world.transport.paths() == [CREATE, CREATE, LIST, READ]


@in_loop
async def test_a_lost_meeting_is_looked_for_on_its_day(world: World) -> None:
    """Zoom's list of upcoming meetings ends after six months."""
    signed_in(world).transport.drop_after()
    world.transport.reply(200, {"meetings": []})
    await refuse(world, start(world))
    assert urlsplit(world.transport.sent[-1].url).query == (
        "type=scheduled&from=2026-03-04&to=2026-03-06&page_size=300"
    )


@in_loop
async def test_a_lost_meeting_that_zoom_has_set_to_another_zone_is_found_and_corrected(
    world: World,
) -> None:
    """Before anybody is told of it: 6 pm in Berlin is noon in New York."""
    signed_in(world).transport.drop_after()
    there = {"timezone": "Europe/Berlin", "start_time": "2026-03-05T17:00:00Z"}
    world.transport.reply(200, {"meetings": [{**LISTED, **there}]})
    world.transport.reply(200, {**MEETING, **there})
    world.transport.reply(204)
    world.transport.reply(200, MEETING)
    made = await finish(world, start(world))
    assert made.problem is None
    assert world.transport.paths() == [CREATE, LIST, READ, MOVE, READ]
    assert json.loads(world.transport.sent[3].body or b"")["start_time"] == "2026-03-05T23:00:00Z"


@pytest.mark.parametrize(
    "other",
    [
        {"timezone": "Europe/Berlin"},  # another instant, and another time on the clocks there
        {"timezone": ""},
        {"timezone": "Mars/Olympus"},
    ],
)
def test_a_meeting_at_another_time_is_not_the_lost_one(world: World, other: dict[str, str]) -> None:
    async def test() -> None:
        signed_in(world).transport.drop_before()
        body = {**LISTED, **other, "start_time": "2026-03-05T16:30:00Z"}
        world.transport.reply(200, {"meetings": [body]})
        assert (await refuse(world, start(world))).code is Code.NETWORK

    run(test())


@in_loop
async def test_a_lost_meeting_that_was_to_begin_at_once_is_found(world: World) -> None:
    running = replace(APPOINTMENT, starts=datetime.fromisoformat("2026-03-02T09:45"))
    signed_in(world).transport.drop_after()
    body = {"start_time": "2026-03-02T15:01:00Z"}
    world.transport.reply(200, {"meetings": [{**LISTED, **body}]})
    world.transport.reply(200, {**MEETING, **body})
    made = await finish(world, start(world, running))
    assert (made.meeting.id, made.problem) == ("86012345678", None)


@in_loop
async def test_a_lost_meeting_for_now_is_found_although_the_minute_ended_before_it_was_asked_for(
    world: World,
) -> None:
    world.clock.set_by(10)
    signed_in(world)
    running = replace(
        APPOINTMENT,
        starts=datetime.fromisoformat("2026-03-02T09:45"),
        client_email="dana@example.com",
    )
    gate = world.transport.reply_later(200, USER)  # who hosts it, before it is created
    creating = start(world, running)
    await settle()
    await world.clock.advance(55)
    world.transport.drop_after()
    body = {"start_time": "2026-03-02T15:03:00Z"}
    world.transport.reply(200, {"meetings": [{**LISTED, **body}]})
    world.transport.always("GET", "/v2/meetings/86012345678", 200, {**MEETING, **body})
    gate.set()
    made = await finish(world, creating)
    assert made.meeting.id == "86012345678"


@in_loop
async def test_of_two_that_one_lost_create_has_made_the_newer_one_counts(world: World) -> None:
    signed_in(world).transport.drop_after()
    older = {**LISTED, "id": 99912345678, "created_at": "2026-03-02T15:00:00Z"}
    newer = {**LISTED, "created_at": "2026-03-02T15:00:01Z"}
    undated = {**LISTED, "id": 99812345678, "created_at": None}
    world.transport.reply(200, {"meetings": [undated, newer, older]})
    world.transport.reply(200, MEETING)
    assert (await finish(world, start(world))).meeting.id == "86012345678"
    assert world.transport.paths()[-1] == "GET /meetings/86012345678"


@in_loop
async def test_another_appointments_meeting_is_not_the_lost_one(world: World) -> None:
    """Two appointments of the same client at the same time, in two rooms."""
    signed_in(world)
    url = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
    world.channel.tell(json.dumps({"kind": "made", "appointment": "900", "link": url}))
    await settle()
    world.transport.drop_before()
    world.transport.reply(200, {"meetings": [LISTED]})
    assert (await refuse(world, start(world))).code is Code.NETWORK


@in_loop
async def test_a_create_that_never_left_is_told_and_not_looked_for(world: World) -> None:
    world.transport.never_leaves()
    assert (await refuse(signed_in(world), start(world))).code is Code.NETWORK
    assert INTENT_KEY not in world.storage.items
    assert world.transport.paths() == [CREATE]


UNSENT = [
    CertificateRefusedError(("wrong-name",)),
    build_closed_way_error(Code.TUNNEL_FAILED),
    UnreachableError(Code.TUNNEL_REFUSED, may_have_arrived=False),
]


@pytest.mark.parametrize("error", UNSENT, ids=lambda error: error.code)
def test_what_a_tunnel_did_not_carry_has_made_no_meeting(
    world: World, error: UnreachableError
) -> None:
    @in_loop
    async def test(world: World) -> None:
        signed_in(world).transport.refuse(error)
        assert await refuse(world, start(world)) is error
        assert INTENT_KEY not in world.storage.items
        assert world.transport.paths() == [CREATE]

    test(world)


@pytest.mark.parametrize("error", UNSENT, ids=lambda error: error.code)
def test_a_tunnel_that_ends_before_the_lost_meeting_is_found_is_told_with_it(
    world: World, error: UnreachableError
) -> None:
    """Clicking again is no way out; but nothing is forgotten, and the next click looks first."""

    @in_loop
    async def test(world: World) -> None:
        signed_in(world).transport.drop_after()
        for _ in range(1 if error.code is Code.CERTIFICATE_REFUSED else 3):
            world.transport.refuse(error)
        told = await refuse(world, start(world))
        assert told.code is error.code
        assert isinstance(told, SetbackError)
        assert told.consequence is Consequence.MAY_EXIST
        assert told.because is error
        assert INTENT_KEY in world.storage.items
        sent = len(world.transport.sent)
        world.transport.reply(200, {"meetings": [LISTED]})
        world.transport.reply(200, MEETING)
        assert (await finish(world, start(world))).meeting.id == "86012345678"
        assert world.transport.paths(sent) == [LIST, READ]

    test(world)


# A reload, or a closed tab, in the middle


async def reload_in_the_middle(world: World) -> World:
    signed_in(world).transport.reply_later(201, MEETING)
    start(world)
    await settle()
    assert world.transport.paths() == [CREATE]
    return world.reload()


@in_loop
async def test_a_reloaded_page_finds_the_meeting_by_itself(world: World) -> None:
    page = await reload_in_the_middle(world)
    assert page.creation.has_open_outcome(APPOINTMENT)
    assert not page.creation.has_open_outcome(replace(APPOINTMENT, id="813"))
    world.transport.reply(200, {"meetings": [LISTED]})
    world.transport.reply(200, MEETING)
    made = await page.creation.find_lost(APPOINTMENT)
    assert made is not None
    assert page.creation.find_unwritten(APPOINTMENT) == made
    assert await page.creation.write_note(APPOINTMENT, made.meeting, page.record) == LINE
    assert not page.creation.has_open_outcome(APPOINTMENT)
    assert world.transport.paths().count(CREATE) == 1


@in_loop
async def test_a_reloaded_page_that_finds_nothing_looks_again_at_the_click(world: World) -> None:
    page = await reload_in_the_middle(world)
    world.transport.reply(200, {"meetings": []})
    assert await page.creation.find_lost(APPOINTMENT) is None
    assert page.creation.has_open_outcome(APPOINTMENT)
    world.transport.reply(200, {"meetings": [LISTED]})
    world.transport.reply(200, MEETING)
    await finish(page, start(page))
    assert world.transport.paths().count(CREATE) == 1


@in_loop
async def test_a_click_while_the_page_looks_for_a_lost_meeting_makes_no_second_one(
    world: World,
) -> None:
    page = await reload_in_the_middle(world)
    gate = world.transport.reply_later(200, {"meetings": [LISTED]})
    world.transport.reply(200, MEETING)
    looking = asyncio.ensure_future(page.creation.find_lost(APPOINTMENT))
    await settle()
    clicked = start(page)
    await settle()

    async def look_and_write() -> None:
        lost = await looking
        assert lost is not None
        await page.creation.write_note(APPOINTMENT, lost.meeting, page.record)

    writing = asyncio.ensure_future(look_and_write())
    gate.set()
    await writing
    made = await finish(page, clicked)
    assert made.meeting.id == "86012345678"
    assert world.transport.paths().count(CREATE) == 1


@in_loop
async def test_nothing_to_look_for_asks_nothing(world: World) -> None:
    assert await signed_in(world).creation.find_lost(APPOINTMENT) is None
    world.storage.is_refused = True
    assert not world.creation.has_open_outcome(APPOINTMENT)
    assert world.transport.sent == []


@in_loop
async def test_what_a_closed_tab_had_begun_is_found_by_the_next(world: World) -> None:
    world.transport.reply_later(201, MEETING)
    signed_in(world)
    tab = world.duplicate()
    start(world)
    await settle()
    waiting = start(tab)
    await settle()
    assert world.transport.paths() == [CREATE]
    world.close()
    # The other tab knows that something was begun, so it looks before it sends.
    world.transport.reply(200, {"meetings": [LISTED]})
    world.transport.reply(200, MEETING)
    assert (await finish(tab, waiting)).meeting.id == "86012345678"
    assert world.transport.paths() == [CREATE, LIST, READ]


@in_loop
async def test_what_a_tab_had_begun_while_the_next_waited_for_it_is_found_all_the_same(
    world: World,
) -> None:
    """Both were clicked at once, so the one that waits has not heard of the create before."""
    world.transport.reply_later(201, MEETING)
    tab = signed_in(world).duplicate()
    start(world)
    waiting = start(tab)
    await settle()
    assert world.transport.paths() == [CREATE]
    world.close()
    world.transport.reply(200, {"meetings": [LISTED]})
    world.transport.reply(200, MEETING)
    assert (await finish(tab, waiting)).meeting.id == "86012345678"
    assert world.transport.paths() == [CREATE, LIST, READ]


def tell_begun(world: World) -> None:
    """Another tab has an older create of this appointment, and tells a new tab of it."""
    older = CreateIntent("812", "An older topic", datetime.fromisoformat("2026-03-04T23:00Z"))
    TabMessages(world.channel.open_tab()).tell(
        "begun", appointment="812", intent=format_intent(older)
    )


def tell_settled(world: World) -> None:
    """Another tab knows what came of an older create of this appointment."""
    TabMessages(world.channel.open_tab()).tell("settled", appointment="812")


@pytest.mark.parametrize("tell", [tell_begun, tell_settled])
def test_no_other_tab_knows_better_about_a_create_of_ours(
    world: World, tell: Callable[[World], None]
) -> None:
    """Else a page that is reloaded now would look for another meeting, or for none."""

    async def test() -> None:
        gate = signed_in(world).transport.reply_later(201, MEETING)
        task = start(world)
        await settle()
        ours = world.intents.find("812")
        tell(world)
        await settle()
        assert ours is not None
        assert world.intents.find("812") == ours
        gate.set()
        await finish(world, task)
        tell(world)
        await settle()
        assert world.intents.find("812") != ours  # it is not ours alone any more

    run(test())


# Two tabs


@in_loop
async def test_two_tabs_make_one_meeting(world: World) -> None:
    gate = signed_in(world).transport.reply_later(201, MEETING)
    tab = world.duplicate()
    tasks = [start(world), start(tab)]
    await settle()
    gate.set()
    first, second = [
        await finish(page, task) for page, task in zip((world, tab), tasks, strict=True)
    ]
    assert world.transport.paths() == [CREATE]
    assert first.meeting.link == second.meeting.link
    assert (first.is_taken_over, second.is_taken_over) == (False, True)
    for page, made in ((world, first), (tab, second)):
        assert await page.creation.write_note(APPOINTMENT, made.meeting, page.record) == LINE


@in_loop
async def test_two_tabs_of_two_appointments_do_not_wait_for_each_other(world: World) -> None:
    gate = signed_in(world).transport.reply_later(201, MEETING)
    tab = world.duplicate()
    waiting = start(world)
    await settle()
    world.transport.reply(201, {**MEETING, "id": 99912345678})
    made = await finish(tab, start(tab, replace(APPOINTMENT, id="813")))
    assert made.meeting.id == "99912345678"
    assert not waiting.done()
    gate.set()
    await finish(world, waiting)


@in_loop
async def test_the_second_tab_tries_itself_when_the_first_one_failed(world: World) -> None:
    gate = signed_in(world).transport.reply_later(400, {"code": 3161, "message": "no"})
    tab = world.duplicate()
    tasks = [start(world), start(tab)]
    await settle()
    world.transport.reply(201, MEETING)
    gate.set()
    assert (await refuse(world, tasks[0])).code is Code.NOT_ALLOWED_TO_HOST
    assert not (await finish(tab, tasks[1])).is_taken_over


@in_loop
async def test_another_tabs_meeting_is_taken_over_until_it_is_removed(world: World) -> None:
    """Its notes are not saved yet, so this tab's notes do not hold the line."""
    tab = signed_in(world).duplicate()
    world.transport.reply(201, MEETING)
    made = await finish(world, start(world))
    assert "pywidget:v1:create:812" in tab.storage.items  # until it is known to be written
    await world.creation.write_note(APPOINTMENT, made.meeting, world.record)
    await settle()
    assert "pywidget:v1:create:812" not in tab.storage.items
    taken = await finish(tab, start(tab))
    assert taken.is_taken_over
    assert taken.meeting.host_id == ""  # the other tab has not said
    assert await tab.creation.write_note(APPOINTMENT, taken.meeting, tab.record) == LINE
    world.creation.tell_removed(APPOINTMENT, taken.meeting.link)
    await settle()
    tab.notes.text = ""
    world.transport.reply(201, {**MEETING, "id": 99912345678})
    assert (await finish(tab, start(tab))).meeting.id == "99912345678"
    assert world.transport.paths() == [CREATE, CREATE]


@in_loop
async def test_a_tab_that_opens_later_learns_what_was_made(world: World) -> None:
    """Its page was loaded before the other tab's notes were saved."""
    signed_in(world).transport.reply(201, MEETING)
    made = await finish(world, start(world))
    await world.creation.write_note(APPOINTMENT, made.meeting, world.record)
    tab = world.duplicate()
    tab.services.begin_page()
    await settle()
    assert (await finish(tab, start(tab))).is_taken_over
    assert world.transport.paths() == [CREATE]


@in_loop
async def test_a_tab_that_opens_later_learns_what_may_have_been_made(world: World) -> None:
    signed_in(world).transport.drop_after()
    world.transport.reply(200, {"meetings": []})
    await refuse(world, start(world))
    tab = world.open_tab()
    tab.sign_in_already()
    tab.services.begin_page()
    await settle()
    assert tab.creation.has_open_outcome(APPOINTMENT)
    world.transport.reply(200, {"meetings": [LISTED]})
    world.transport.reply(200, MEETING)
    assert (await finish(tab, start(tab))).meeting.id == "86012345678"
    await settle()
    assert world.transport.paths().count(CREATE) == 1


@pytest.mark.parametrize(
    ("room", "still_known"), [("86012345678", False), ("", False), ("99912345678", True)]
)
def test_only_the_meeting_that_was_removed_is_forgotten(
    world: World, room: str, *, still_known: bool
) -> None:
    async def test() -> None:
        signed_in(world)
        url = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
        for message in (
            {"kind": "made", "appointment": "812", "link": url},
            {"kind": "removed", "appointment": "812", "room": room},
        ):
            world.channel.tell(json.dumps(message))
        await settle()
        if not still_known:
            world.transport.reply(201, MEETING)
        assert (await finish(world, start(world))).is_taken_over is still_known

    run(test())


@pytest.mark.parametrize(
    ("room", "stays"), [("86012345678", False), ("", False), ("99912345678", True)]
)
def test_a_meeting_that_is_removed_before_it_has_its_line_gets_none(
    world: World, room: str, *, stays: bool
) -> None:
    async def test() -> None:
        signed_in(world).transport.reply(201, MEETING)
        await finish(world, start(world))
        world.channel.tell(json.dumps({"kind": "removed", "appointment": "812", "room": room}))
        await settle()
        assert (world.creation.find_unwritten(APPOINTMENT) is not None) is stays
        assert world.creation.has_open_outcome(APPOINTMENT) is stays

    run(test())


@in_loop
async def test_a_line_that_went_missing_is_written_again_and_not_made_again(world: World) -> None:
    signed_in(world).transport.reply(201, MEETING)
    made = await finish(world, start(world))
    await world.creation.write_note(APPOINTMENT, made.meeting, world.record)
    world.notes.text = "The host's autosave won."
    assert (await finish(world, start(world))).is_taken_over
    assert world.transport.paths() == [CREATE]


# Registering the client


WITH_EMAIL = replace(APPOINTMENT, client_email="dana@example.com")
REGISTERED = {**MEETING, "settings": {"approval_type": 0}}
REGISTER = "POST /meetings/86012345678/registrants"
OWN_URL = "https://us02web.zoom.us/w/86012345678?tk=t1&pwd=Q2x"
ME = "GET /users/me"


def bodies(world: World, path: str) -> list[dict[str, Any]]:
    paths = world.transport.paths()
    found = [request for at, request in zip(paths, world.transport.sent, strict=True) if at == path]
    return [json.loads(request.body or b"{}") for request in found]


@in_loop
async def test_a_licensed_hosts_client_is_registered_and_gets_a_link_of_their_own(
    world: World,
) -> None:
    signed_in(world).transport.reply(200, USER)
    world.transport.reply(201, REGISTERED)
    world.transport.reply(201, {"registrant_id": "r", "join_url": OWN_URL})
    made = await finish(world, start(world, WITH_EMAIL))
    assert made.problem is None
    assert made.meeting.link.url == OWN_URL
    assert made.meeting.link.kind is LinkKind.REGISTRANT
    assert world.transport.paths() == [ME, CREATE, REGISTER]
    assert bodies(world, REGISTER) == [
        {"email": "dana@example.com", "first_name": "Dana", "last_name": "Lee"}
    ]
    (created,) = bodies(world, CREATE)
    assert created["settings"] == {
        "approval_type": 0,
        "registrants_email_notification": True,
        "registrants_confirmation_email": True,
    }


@pytest.mark.parametrize(
    ("appointment", "settings", "scopes", "plan", "asked"),
    [
        (APPOINTMENT, SETTINGS, None, 2, []),  # no address
        (WITH_EMAIL, replace(SETTINGS, registers_clients=False), None, 2, []),
        (WITH_EMAIL, SETTINGS, frozenset({"meeting:write:meeting"}), 2, []),
        (WITH_EMAIL, SETTINGS, frozenset({"meeting:write:meeting", "user:read:user"}), 2, []),
        (WITH_EMAIL, SETTINGS, None, 1, [ME]),  # Basic
        (WITH_EMAIL, SETTINGS, None, None, [ME]),  # Zoom does not say
    ],
)
def test_where_zoom_would_not_mail_nobody_is_registered(
    transport: ScriptedTransport,
    *,
    appointment: Appointment,
    settings: Settings,
    scopes: frozenset[str] | None,
    plan: int | None,
    asked: list[str],
) -> None:
    async def test() -> None:
        world = World(transport, settings=settings)
        world.sign_in_already(scopes=scopes)
        if asked:
            world.transport.reply(200 if plan else 404, {**USER, "type": plan})
        world.transport.reply(201, MEETING)
        made = await finish(world, start(world, appointment))
        assert made.problem is None
        assert world.transport.paths() == [*asked, CREATE]
        assert "settings" not in bodies(world, CREATE)[0]

    run(test())


@in_loop
async def test_a_plan_that_turns_out_not_to_allow_it_gets_a_meeting_without(world: World) -> None:
    signed_in(world).transport.reply(200, USER)
    world.transport.reply(400, {"code": 200, "message": "Only available for Paid user"})
    world.transport.reply(201, MEETING)
    made = await finish(world, start(world, WITH_EMAIL))
    assert made.problem is None
    assert world.transport.paths() == [ME, CREATE, CREATE]
    assert ["settings" in body for body in bodies(world, CREATE)] == [True, False]


@pytest.mark.parametrize(
    ("appointment", "number"), [(APPOINTMENT, 200), (WITH_EMAIL, 3161)], ids=["plain", "registered"]
)
def test_no_other_refusal_is_followed_by_a_second_create(
    world: World, appointment: Appointment, number: int
) -> None:
    async def test() -> None:
        signed_in(world)
        if appointment is WITH_EMAIL:
            world.transport.reply(200, USER)
        world.transport.reply(400, {"code": number, "message": "no"})
        await refuse(world, start(world, appointment))
        assert world.transport.paths().count(CREATE) == 1

    run(test())


@in_loop
async def test_a_host_whose_settings_win_has_nobody_registered(world: World) -> None:
    signed_in(world).transport.reply(200, USER)
    world.transport.reply(201, MEETING)  # approval_type 2: no registration after all
    made = await finish(world, start(world, WITH_EMAIL))
    assert made.problem is None
    assert world.transport.paths() == [ME, CREATE]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"code": 200, "message": "Only available for Paid user"}),
        (400, {"code": 300, "message": "Invalid email"}),
        (403, {"code": 4711, "message": "does not contain scopes:[x]"}),
        (500, b"<html>"),
        (201, b"<html>"),
    ],
)
def test_a_registration_that_fails_is_told_and_the_meeting_kept(
    world: World, status: int, body: object
) -> None:
    async def test() -> None:
        signed_in(world).transport.reply(200, USER)
        world.transport.reply(201, REGISTERED)
        world.transport.reply(status, body)
        made = await finish(world, start(world, WITH_EMAIL))
        assert made.problem is not None
        assert made.meeting.link.url == "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
        assert world.transport.paths() == [ME, CREATE, REGISTER]
        assert world.creation.find_unwritten(WITH_EMAIL) == made

    run(test())


@in_loop
async def test_a_client_who_has_to_be_approved_has_no_link_yet(world: World) -> None:
    signed_in(world).transport.reply(200, USER)
    world.transport.reply(201, REGISTERED)
    world.transport.reply(201, {"registrant_id": "r"})
    made = await finish(world, start(world, WITH_EMAIL))
    assert made.problem is None
    assert made.meeting.link.kind is LinkKind.JOIN


@pytest.mark.parametrize("refused", [True, False])
def test_a_made_meeting_is_known_to_be_its_hosts_own(world: World, *, refused: bool) -> None:
    async def test() -> None:
        signed_in(world).local_storage.is_refused = refused
        world.transport.reply(201, MEETING)
        await finish(world, start(world))  # without the proof, too
        world.local_storage.is_refused = False
        assert world.hosted.has("86012345678", "host-1") is not refused
        proof = sha256(b"86012345678 host-1").hexdigest()[:16]  # later versions find it, too
        kept = world.local_storage.items.get("pywidget:v1:hosted", "[]")
        assert json.loads(kept) == [proof] * (not refused)

    run(test())
