"""What the panel shows of a meeting, wherever it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pywidget.domain.appointment import MAX_TOPIC, Appointment
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import find_meeting
from pywidget.domain.secret import Secret
from pywidget.meetings.completion import NewMeeting
from pywidget.widget.presenter import Presenter
from pywidget.widget.shown_meeting import Drift, ShownMeeting
from tests.doubles.clock import ManualClock
from tests.doubles.zones import TzdataZones
from tests.world import LINE, at

SIX = datetime.fromisoformat("2026-03-05T18:00")
NINE = datetime.fromisoformat("2026-03-06T09:00")
APPOINTMENT = Appointment("812", SIX, "America/New_York", "#notes", client="Dana Lee", minutes=45)
LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x")
MEETING = Meeting(
    id="86012345678",
    topic="Appointment with Dana Lee",
    link=LINK,
    starts_at=at("2026-03-05T23:00"),
    passcode=Secret("123456"),
    host_id="host-1",
)


def make(local: str = "America/New_York") -> Presenter:
    return Presenter(ManualClock(), TzdataZones(local))


def show_found(text: str = LINE, *, presenter: Presenter | None = None) -> ShownMeeting:
    found = find_meeting(text)
    assert found is not None
    return (presenter or make()).present_found(found, APPOINTMENT)


def test_a_note_is_enough_for_the_panel() -> None:
    shown = show_found()
    assert (shown.link, shown.topic, shown.is_noted) == (LINK, "Appointment with Dana Lee", True)
    assert shown.starts_at == at("2026-03-05T23:00")
    assert shown.start_text is not None
    assert (shown.start_text.local, shown.start_text.elsewhere) == (
        "Thursday, March 5 2026 6:00 pm",
        None,
    )
    assert (shown.passcode, shown.drift, shown.has_registration) == (None, None, False)
    assert shown.invitation.starts == SIX
    assert shown.minutes == APPOINTMENT.minutes


def test_a_bare_link_has_no_time_and_no_calendar_file() -> None:
    shown = show_found(f"see {LINK.url} please")
    assert (shown.topic, shown.starts_at, shown.start_text) == (None,) * 3
    assert shown.invitation.topic == ""


@pytest.mark.parametrize(
    "time", ["Monday, January 1 1 1:01 am", "Friday, December 31 9999 11:59 pm"]
)
def test_no_date_is_too_far_for_the_panel(time: str) -> None:
    shown = show_found(LINE.replace("Thursday, March 5 2026 6:00 pm", time))
    assert shown.start_text is not None


@pytest.mark.parametrize("is_noted", [True, False])
def test_a_made_meeting_brings_its_passcode(*, is_noted: bool) -> None:
    shown = make().present_new(NewMeeting(MEETING), APPOINTMENT, is_noted=is_noted)
    assert shown.is_noted is is_noted
    assert shown.passcode == Secret("123456") == shown.invitation.passcode
    assert shown.starts_at == at("2026-03-05T23:00")


# Whether Zoom agrees


@pytest.mark.parametrize("starts_at", [at("2026-03-05T23:00"), None])
def test_a_meeting_at_the_appointments_time_has_no_drift(starts_at: datetime | None) -> None:
    """One without a start of its own says nothing."""
    meeting = replace(MEETING, starts_at=starts_at)
    assert make().present_checked(show_found(), meeting, APPOINTMENT).drift is None


@pytest.mark.parametrize(
    ("local", "words", "own"),
    [
        ("America/New_York", "Friday, March 6 2026 9:00 am", "Thursday, March 5 2026 6:00 pm"),
        ("Europe/Berlin", "Friday, March 6 2026 3:00 pm", "Friday, March 6 2026 12:00 am"),
    ],
)
def test_another_time_in_zoom_is_a_drift(local: str, words: str, own: str) -> None:
    """Both times in the viewer's words, Zoom's on the appointment's clocks for the note."""
    presenter = make(local)
    moved = replace(MEETING, starts_at=at("2026-03-06T14:00"))
    shown = presenter.present_checked(show_found(presenter=presenter), moved, APPOINTMENT)
    assert shown.drift == Drift(words, NINE, own, note_agrees=False)
    assert shown.starts_at == at("2026-03-05T23:00")  # the note still says so


def test_a_second_is_a_drift_too() -> None:
    late = replace(MEETING, starts_at=at("2026-03-05T23:00:01"))
    assert make().present_checked(show_found(), late, APPOINTMENT).drift is not None


def test_an_appointment_that_moved_is_a_drift_that_the_note_does_not_share() -> None:
    """Note and Zoom still agree: only Zoom can be moved, or the appointment back."""
    moved = replace(APPOINTMENT, starts=NINE)
    shown = make().present_checked(show_found(), MEETING, moved)
    assert shown.drift == Drift(
        "Thursday, March 5 2026 6:00 pm", SIX, "Friday, March 6 2026 9:00 am", note_agrees=True
    )


def test_a_meeting_that_was_just_made_at_another_time_says_so() -> None:
    moved = replace(MEETING, starts_at=at("2026-03-06T14:00"))
    shown = make().present_new(NewMeeting(moved), APPOINTMENT, is_noted=True)
    assert shown.starts_at == at("2026-03-05T23:00")  # the note has the appointment's
    assert shown.drift is not None
    assert (shown.drift.zoom_starts, shown.drift.note_agrees) == (NINE, False)
    assert make().present_new(NewMeeting(MEETING), APPOINTMENT, is_noted=True).drift is None


def test_a_meeting_that_was_made_while_its_appointment_ran_has_not_drifted() -> None:
    """It is 10:00 in New York."""
    running = replace(APPOINTMENT, starts=datetime.fromisoformat("2026-03-02T09:30"))
    meeting = replace(MEETING, starts_at=at("2026-03-02T14:50"))
    assert make().present_new(NewMeeting(meeting), running, is_noted=True).drift is None
    assert make().present_checked(show_found(), meeting, running).drift is None
    over = replace(MEETING, starts_at=at("2026-03-02T15:15"))
    assert make().present_checked(show_found(), over, running).drift is not None


def test_clocks_that_were_changed_in_between_do_not_matter() -> None:
    """The night of March 8 has no 2:30 in New York."""
    night = replace(APPOINTMENT, starts=datetime.fromisoformat("2026-03-08T03:30"))
    meeting = replace(MEETING, starts_at=at("2026-03-08T07:30"))
    assert make().present_checked(show_found(), meeting, night).drift is None


def test_a_check_brings_what_only_zoom_knows_and_keeps_the_rest() -> None:
    before = show_found()
    checked = replace(MEETING, topic="Renamed in Zoom", has_registration=True)
    shown = make().present_checked(before, checked, APPOINTMENT)
    assert (shown.topic, shown.has_registration) == ("Renamed in Zoom", True)
    assert shown.passcode == shown.invitation.passcode == Secret("123456")
    assert (shown.link, shown.start_text) == (before.link, before.start_text)
    nameless = make().present_checked(before, replace(MEETING, topic=""), APPOINTMENT)
    assert nameless.topic == "Appointment with Dana Lee"


@pytest.mark.parametrize("length", [MAX_TOPIC, MAX_TOPIC + 1, 200_000])
def test_a_topic_is_a_short_line_wherever_it_comes_from(length: int) -> None:
    topic = "x" * length
    wanted = topic if length == MAX_TOPIC else "x" * (MAX_TOPIC - 1) + "…"
    meeting = replace(MEETING, topic=f"\u2028{topic}\n")
    known = show_found()
    for shown in (
        show_found(LINE.replace("Appointment with Dana Lee", topic)),
        make().present_new(NewMeeting(meeting), APPOINTMENT, is_noted=True),
        make().present_checked(known, meeting, APPOINTMENT),
    ):
        assert shown.topic == wanted
        assert shown.invitation.topic in {wanted, known.invitation.topic}


def test_a_topic_that_shows_nothing_is_none() -> None:
    shown = make().present_checked(show_found(), replace(MEETING, topic="\x85"), APPOINTMENT)
    assert shown.topic == "Appointment with Dana Lee"


def test_a_moved_meeting_has_its_new_time_everywhere() -> None:
    drifted = replace(show_found(), drift=Drift("x", NINE, "y", note_agrees=False))
    shown = make().present_moved(drifted, NINE, APPOINTMENT, drift=None)
    assert shown.starts_at == at("2026-03-06T14:00")
    assert shown.start_text is not None
    assert shown.start_text.local == "Friday, March 6 2026 9:00 am"
    assert shown.invitation.starts == NINE
    assert shown.drift is None
    assert shown.link == drifted.link


def test_an_instant_is_told_on_the_viewers_clocks() -> None:
    instant = at("2026-03-03T00:00")
    assert make("Asia/Kolkata").write_instant(instant) == "Tuesday, March 3 2026 5:30 am"
    assert make().write_instant(instant - timedelta(hours=1)) == "Monday, March 2 2026 6:00 pm"
