"""What the panel shows of a meeting, wherever it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pywidget.domain.appointment import MAX_TOPIC, Appointment
from pywidget.domain.dial_in import DialIn
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.meeting import Meeting
from pywidget.domain.moment import Moment, TimeStyle
from pywidget.domain.note_line import find_meeting
from pywidget.domain.secret import Secret
from pywidget.meetings.completion import NewMeeting
from pywidget.widget.presenter import Presenter
from pywidget.widget.shown_meeting import Drift, ShownMeeting
from tests.doubles.clock import ManualClock
from tests.doubles.zones import TzdataZones
from tests.ui.models import PLAIN_DRIFT
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
    assert shown.elsewhere == ""
    assert (shown.passcode, shown.drift, shown.has_registration) == (None, None, False)
    assert shown.invitation.starts_at == shown.starts_at
    assert shown.minutes == APPOINTMENT.minutes


def test_a_bare_link_has_no_time_and_no_calendar_file() -> None:
    shown = show_found(f"see {LINK.url} please")
    assert (shown.topic, shown.starts_at, shown.elsewhere) == (None, None, "")
    assert shown.invitation.topic == ""


@pytest.mark.parametrize(
    "time", ["Monday, January 1 1 1:01 am", "Friday, December 31 9999 11:59 pm"]
)
def test_no_date_is_too_far_for_the_panel(time: str) -> None:
    shown = show_found(LINE.replace("Thursday, March 5 2026 6:00 pm", time))
    assert shown.starts_at is not None


@pytest.mark.parametrize("is_noted", [True, False])
def test_a_made_meeting_brings_its_passcode(*, is_noted: bool) -> None:
    shown = make().present_new(NewMeeting(MEETING), APPOINTMENT, is_noted=is_noted)
    assert shown.is_noted is is_noted
    assert shown.passcode == Secret("123456") == shown.invitation.passcode
    assert shown.starts_at == at("2026-03-05T23:00")


# What clients are sent

DIAL_IN = DialIn(("+1 646 555 0142", "+49 69 90009 0123"), Secret("480112"))


@pytest.mark.parametrize(
    ("phone", "number"),
    [("+1 (555) 01-00", "+1 646 555 0142"), ("+49 30 1234567", "+49 69 90009 0123")],
)
def test_the_client_is_sent_the_number_of_their_country(phone: str, number: str) -> None:
    called = replace(MEETING, dial_in=DIAL_IN)
    client = replace(APPOINTMENT, client_phone=phone)
    checked = make().present_checked(show_found(), called, client)
    new = make().present_new(NewMeeting(called), client, is_noted=True)
    for shown in (checked, new):
        assert shown.invitation.number == number
        assert shown.invitation.phone_passcode == Secret("480112")
    gone = make().present_checked(checked, MEETING, client)
    assert (gone.invitation.number, gone.invitation.phone_passcode) == ("", None)


@pytest.mark.parametrize("phone", ["", "555-0100", "+33 1 23 45 67 89"])
def test_where_no_number_is_the_clients_they_are_sent_none(phone: str) -> None:
    called = replace(MEETING, dial_in=DIAL_IN)
    client = replace(APPOINTMENT, client_phone=phone)
    invitation = make().present_checked(show_found(), called, client).invitation
    assert (invitation.number, invitation.phone_passcode) == ("", None)


def test_the_salons_own_words_are_in_every_invitation() -> None:
    presenter = Presenter(
        ManualClock(), TzdataZones(), "Glow", note="Late? Call.", recording_notice="We record."
    )
    invitation = show_found(presenter=presenter).invitation
    own = (invitation.business, invitation.note, invitation.recording_notice)
    assert own == ("Glow", "Late? Call.", "We record.")
    assert invitation.is_recorded is False


# Whether Zoom agrees


@pytest.mark.parametrize("starts_at", [at("2026-03-05T23:00"), None])
def test_a_meeting_at_the_appointments_time_has_no_drift(starts_at: datetime | None) -> None:
    """One without a start of its own says nothing."""
    meeting = replace(MEETING, starts_at=starts_at)
    assert make().present_checked(show_found(), meeting, APPOINTMENT).drift is None


@pytest.mark.parametrize(
    ("local", "is_same_day"), [("America/New_York", False), ("Europe/Berlin", True)]
)
def test_another_time_in_zoom_is_a_drift(local: str, *, is_same_day: bool) -> None:
    """Zoom's time also on the appointment's clocks, for the note."""
    presenter = make(local)
    moved = replace(MEETING, starts_at=at("2026-03-06T14:00"))
    shown = presenter.present_checked(show_found(presenter=presenter), moved, APPOINTMENT)
    assert shown.drift == Drift(
        zoom_starts_at=at("2026-03-06T14:00"),
        zoom_starts=NINE,
        appointment_starts_at=at("2026-03-05T23:00"),
        is_same_day=is_same_day,
        note_agrees=False,
    )
    assert shown.starts_at == at("2026-03-05T23:00")  # the note still says so


def test_a_second_is_a_drift_too() -> None:
    late = replace(MEETING, starts_at=at("2026-03-05T23:00:01"))
    assert make().present_checked(show_found(), late, APPOINTMENT).drift is not None


def test_an_appointment_that_moved_is_a_drift_that_the_note_does_not_share() -> None:
    """Note and Zoom still agree: only Zoom can be moved, or the appointment back."""
    moved = replace(APPOINTMENT, starts=NINE)
    shown = make().present_checked(show_found(), MEETING, moved)
    assert shown.drift == Drift(
        zoom_starts_at=at("2026-03-05T23:00"),
        zoom_starts=SIX,
        appointment_starts_at=at("2026-03-06T14:00"),
        is_same_day=False,
        note_agrees=True,
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
    assert (shown.link, shown.starts_at) == (before.link, before.starts_at)
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
    drifted = replace(show_found(), drift=PLAIN_DRIFT)
    shown = make().present_moved(drifted, NINE, APPOINTMENT, drift=None)
    assert shown.starts_at == at("2026-03-06T14:00")
    assert shown.invitation.starts_at == shown.starts_at
    assert shown.drift is None
    assert shown.link == drifted.link


@pytest.mark.parametrize(
    ("local", "style"),
    [("America/New_York", TimeStyle.TIME), ("Asia/Kolkata", TimeStyle.FULL)],
)
def test_what_is_still_today_for_the_viewer_is_told_by_its_time(
    local: str, style: TimeStyle
) -> None:
    now = at("2026-03-02T17:00")
    presenter = Presenter(ManualClock(now), TzdataZones(local))
    soon = now + timedelta(hours=3)
    assert presenter.tell_soon(soon) == Moment(soon, style)


@pytest.mark.parametrize(
    ("local", "zone", "elsewhere"),
    [
        ("America/New_York", "America/New_York", ""),
        # Another name, the same clocks: nothing to tell.
        ("America/Toronto", "America/New_York", ""),
        ("Europe/Berlin", "America/New_York", "America/New_York"),
        ("UTC", "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        # They agree in winter only.
        ("America/Denver", "America/Phoenix", ""),
    ],
)
def test_the_appointments_zone_is_told_where_its_clocks_differ(
    local: str, zone: str, elsewhere: str
) -> None:
    there = replace(APPOINTMENT, time_zone=zone)
    assert make(local).present_new(NewMeeting(MEETING), there, is_noted=True).elsewhere == elsewhere


def test_zones_are_compared_on_that_day() -> None:
    summer = replace(APPOINTMENT, starts=SIX.replace(month=7), time_zone="America/Phoenix")
    shown = make("America/Denver").present_new(NewMeeting(MEETING), summer, is_noted=True)
    assert shown.elsewhere == "America/Phoenix"


@pytest.mark.parametrize(
    ("zone", "told"),
    [("", ""), ("America/New_York", ""), ("America/Toronto", ""), ("Asia/Tokyo", "Asia/Tokyo")],
)
def test_the_clients_zone_is_told_where_its_clocks_differ(zone: str, told: str) -> None:
    theirs = replace(APPOINTMENT, client_time_zone=zone)
    found = find_meeting(LINE)
    assert found is not None
    presenter = make("Europe/Berlin")
    shown = presenter.present_found(found, theirs)
    assert shown.invitation.client_zone == told
    moved = presenter.present_moved(shown, NINE, theirs, drift=None)
    assert (moved.invitation.client_zone, moved.invitation.starts_at) == (told, moved.starts_at)


def test_the_invitation_names_the_business() -> None:
    presenter = Presenter(ManualClock(), TzdataZones(), "Glow\nSalon")
    assert presenter.present_new(
        NewMeeting(MEETING), APPOINTMENT, is_noted=True
    ).invitation.business == ("Glow Salon")
