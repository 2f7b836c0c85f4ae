"""Meetings, wherever they come from, in the form in which the panel shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from pywidget.domain.appointment import MAX_TOPIC, Appointment
from pywidget.domain.errors import Code, Reason, WidgetError
from pywidget.domain.invitation import Invitation
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import FoundMeeting
from pywidget.domain.one_line import put_on_one_line, shorten
from pywidget.domain.start_time import agrees
from pywidget.domain.wall_clock import format_time
from pywidget.domain.zone_time import to_utc, to_wall_clock
from pywidget.meetings.completion import NewMeeting
from pywidget.ports import Clock, Zones
from pywidget.widget.shown_meeting import Drift, ShownMeeting
from pywidget.widget.start_text import describe_instant, describe_start


class Presenter:
    """The presenter of meetings, for the whole page."""

    def __init__(self, clock: Clock, zones: Zones) -> None:
        self._clock = clock
        self._zones = zones

    def present_found(self, found: FoundMeeting, appointment: Appointment) -> ShownMeeting:
        """Present the meeting as the note has it."""
        zone = appointment.time_zone
        starts_at = None if found.starts is None else self._to_utc(found.starts, zone)
        start = None if found.starts is None else describe_start(found.starts, zone, self._zones)
        topic = None if found.topic is None else _clip(found.topic)
        invitation = Invitation(topic or "", found.starts, zone, found.link)
        return ShownMeeting(
            link=found.link,
            topic=topic,
            starts_at=starts_at,
            start_text=start,
            passcode=None,
            invitation=invitation,
            minutes=appointment.minutes,
            written_at=self._clock.now(),
            is_noted=True,
        )

    def present_new(
        self, new: NewMeeting, appointment: Appointment, *, is_noted: bool
    ) -> ShownMeeting:
        """Present a new meeting; its note has the appointment's time, whatever Zoom has."""
        meeting, zone = new.meeting, appointment.time_zone
        starts_at = self._to_utc(appointment.starts, zone)
        topic = _clip(meeting.topic)
        invitation = Invitation(topic, appointment.starts, zone, meeting.link, meeting.passcode)
        return ShownMeeting(
            link=meeting.link,
            topic=topic,
            starts_at=starts_at,
            start_text=describe_start(appointment.starts, zone, self._zones),
            passcode=meeting.passcode,
            invitation=invitation,
            minutes=appointment.minutes,
            written_at=self._clock.now(),
            is_noted=is_noted,
            has_registration=meeting.has_registration,
            mailed_to=new.mailed_to,
            drift=self._find_drift(starts_at, meeting, appointment),
        )

    def present_checked(
        self, shown: ShownMeeting, meeting: Meeting, appointment: Appointment
    ) -> ShownMeeting:
        """Present the same meeting after a look at Zoom: its details, and any drift."""
        return replace(
            shown,
            topic=_clip(meeting.topic) or shown.topic,
            passcode=meeting.passcode,
            invitation=replace(shown.invitation, passcode=meeting.passcode),
            has_registration=meeting.has_registration,
            drift=self._find_drift(shown.starts_at, meeting, appointment),
        )

    def present_moved(
        self,
        shown: ShownMeeting,
        starts: datetime,
        appointment: Appointment,
        *,
        drift: Drift | None,
    ) -> ShownMeeting:
        """Present the same meeting with another time in its note; `starts` is naive."""
        zone = appointment.time_zone
        starts_at = self._to_utc(starts, zone)
        invitation = replace(shown.invitation, starts=starts)
        return replace(
            shown,
            starts_at=starts_at,
            start_text=describe_start(starts, zone, self._zones),
            invitation=invitation,
            minutes=appointment.minutes,
            written_at=self._clock.now(),
            drift=drift,
        )

    def explain_second(self, twin: Meeting) -> WidgetError:
        """Build the error about a second meeting that is still there."""
        ending = twin.id[-4:]
        if twin.starts_at is None:
            return WidgetError(Code.SECOND_MEETING, ending=ending)
        when = self.write_instant(twin.starts_at)
        return WidgetError(Code.SECOND_MEETING, Reason.TIMED, when=when, ending=ending)

    def write_instant(self, instant: datetime) -> str:
        """Write an instant in the viewer's words and time zone."""
        return describe_instant(instant, self._zones.local, self._zones)

    def write_soon(self, instant: datetime) -> str:
        """Write an instant of today by its time alone, where the page is in English."""
        here = self._zones.local
        if self._zones.write(instant, here) is not None:
            return self.write_instant(instant)
        now, then = (
            to_wall_clock(each, lambda at: self._zones.offset(here, at))
            for each in (self._clock.now(), instant)
        )
        return format_time(then) if then.date() == now.date() else self.write_instant(instant)

    def _find_drift(
        self, noted_at: datetime | None, meeting: Meeting, appointment: Appointment
    ) -> Drift | None:
        starts_at, zone = meeting.starts_at, appointment.time_zone
        wanted_at = self._to_utc(appointment.starts, zone)
        if starts_at is None or agrees(
            starts_at, wanted_at, minutes=appointment.minutes, now=self._clock.now()
        ):
            return None
        return Drift(
            zoom_start_text=self.write_instant(starts_at),
            zoom_starts=to_wall_clock(starts_at, partial(self._zones.offset, zone)),
            appointment_start_text=self.write_instant(wanted_at),
            note_agrees=noted_at == starts_at,
        )

    def _to_utc(self, starts: datetime, zone: str) -> datetime:
        return to_utc(starts, partial(self._zones.offset, zone))


def _clip(topic: str) -> str:
    """Make a topic fit into a line of the page, wherever it comes from."""
    return shorten(put_on_one_line(topic), MAX_TOPIC)
