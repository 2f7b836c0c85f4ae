"""Meetings, wherever they come from, in the form in which the panel shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from pywidget.domain.appointment import MAX_TOPIC, Appointment
from pywidget.domain.errors import Code, Reason, WidgetError
from pywidget.domain.invitation import Invitation
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import Meeting
from pywidget.domain.moment import Moment, TimeStyle
from pywidget.domain.note_line import FoundMeeting
from pywidget.domain.one_line import put_on_one_line, shorten
from pywidget.domain.overlap import Overlap
from pywidget.domain.start_time import agrees
from pywidget.domain.zone_time import to_utc, to_wall_clock
from pywidget.meetings.completion import NewMeeting
from pywidget.meetings.progress import make_window
from pywidget.ports import Clock, Zones
from pywidget.widget.shown_meeting import Drift, ShownMeeting, Span


class Presenter:
    """The presenter of meetings, for the whole page.

    `business` is the salon's name, `note` and `recording_notice` are its own words for clients; all
    may be empty.
    """

    def __init__(
        self,
        clock: Clock,
        zones: Zones,
        business: str = "",
        *,
        note: str = "",
        recording_notice: str = "",
    ) -> None:
        self._clock = clock
        self._zones = zones
        self._business = business
        self._note = note
        self._recording_notice = recording_notice

    def present_found(self, found: FoundMeeting, appointment: Appointment) -> ShownMeeting:
        """Present the meeting as the note has it."""
        zone = appointment.time_zone
        starts_at = None if found.starts is None else self._to_utc(found.starts, zone)
        topic = None if found.topic is None else _clip(found.topic)
        invitation = self._invite(topic or "", starts_at, appointment, found.link)
        return ShownMeeting(
            link=found.link,
            topic=topic,
            starts_at=starts_at,
            elsewhere=self._find_elsewhere(starts_at, zone),
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
        invitation = self._invite(topic, starts_at, appointment, meeting.link)
        return ShownMeeting(
            link=meeting.link,
            topic=topic,
            starts_at=starts_at,
            elsewhere=self._find_elsewhere(starts_at, zone),
            passcode=meeting.passcode,
            invitation=_complete(invitation, meeting, appointment),
            minutes=appointment.minutes,
            written_at=self._clock.now(),
            is_noted=is_noted,
            has_registration=meeting.has_registration,
            mailed_to=new.mailed_to,
            drift=self._find_drift(starts_at, meeting, appointment),
            admission=None if new.is_taken_over else meeting.admission,
            host_email=meeting.host_email,
        )

    def present_checked(
        self, shown: ShownMeeting, meeting: Meeting, appointment: Appointment
    ) -> ShownMeeting:
        """Present the same meeting after a look at Zoom: its details, and any drift."""
        return replace(
            shown,
            topic=_clip(meeting.topic) or shown.topic,
            passcode=meeting.passcode,
            invitation=_complete(shown.invitation, meeting, appointment),
            has_registration=meeting.has_registration,
            drift=self._find_drift(shown.starts_at, meeting, appointment),
            admission=meeting.admission,
            is_started=meeting.is_started
            and appointment.is_booked
            and self._is_time(shown, meeting),
            host_email=meeting.host_email,
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
        client_zone = self._find_client_zone(starts_at, appointment)
        return replace(
            shown,
            starts_at=starts_at,
            elsewhere=self._find_elsewhere(starts_at, zone),
            invitation=replace(shown.invitation, starts_at=starts_at, client_zone=client_zone),
            minutes=appointment.minutes,
            written_at=self._clock.now(),
            drift=drift,
            is_started=False,
        )

    def _is_time(self, shown: ShownMeeting, meeting: Meeting) -> bool:
        """Tell whether it is watched now: what was seen of it at another time nobody takes back."""
        starts_at = meeting.starts_at or shown.starts_at
        if starts_at is None:
            return False
        return make_window(meeting.id, starts_at, shown.minutes).has(self._clock.now())

    def explain_second(self, twin: Meeting) -> WidgetError:
        """Build the error about a second meeting that is still there."""
        ending = twin.id[-4:]
        if twin.starts_at is None:
            return WidgetError(Code.SECOND_MEETING, ending=ending)
        when = Moment(twin.starts_at)
        return WidgetError(Code.SECOND_MEETING, Reason.TIMED, when=when, ending=ending)

    def tell_overlap(self, overlap: Overlap, starts_at: datetime) -> Span:
        """Tell when the other meeting is: by the time alone, if all is on the same day."""
        both = (overlap.starts_at, overlap.ends_at)
        is_same_day = all(self._is_same_day(each, starts_at) for each in both)
        style = TimeStyle.TIME if is_same_day else TimeStyle.BRIEF
        return Span(*(Moment(each, style) for each in both))

    def tell_soon(self, instant: datetime) -> Moment:
        """Tell an instant of today by its time alone."""
        is_today = self._is_same_day(self._clock.now(), instant)
        return Moment(instant, TimeStyle.TIME if is_today else TimeStyle.FULL)

    def _is_same_day(self, one: datetime, other: datetime) -> bool:
        offsets = partial(self._zones.offset, self._zones.local)
        return to_wall_clock(one, offsets).date() == to_wall_clock(other, offsets).date()

    def _invite(
        self, topic: str, starts_at: datetime | None, appointment: Appointment, link: JoinLink
    ) -> Invitation:
        return Invitation(
            topic,
            starts_at,
            appointment.time_zone,
            link,
            client_zone=self._find_client_zone(starts_at, appointment),
            business=self._business,
            note=self._note,
            recording_notice=self._recording_notice,
        )

    def _find_client_zone(self, starts_at: datetime | None, appointment: Appointment) -> str:
        zone = appointment.client_time_zone
        return zone if self._differ(zone, appointment.time_zone, starts_at) else ""

    def _find_elsewhere(self, starts_at: datetime | None, zone: str) -> str:
        return zone if self._differ(zone, self._zones.local, starts_at) else ""

    def _differ(self, zone: str, other: str, instant: datetime | None) -> bool:
        """Tell whether the clocks show different times then; nobody's clocks do not."""
        if instant is None or not zone:
            return False
        return self._zones.offset(zone, instant) != self._zones.offset(other, instant)

    def _find_drift(
        self, noted_at: datetime | None, meeting: Meeting, appointment: Appointment
    ) -> Drift | None:
        if not appointment.is_booked:
            return None
        starts_at, zone = meeting.starts_at, appointment.time_zone
        wanted_at = self._to_utc(appointment.starts, zone)
        if starts_at is None or agrees(
            starts_at, wanted_at, minutes=appointment.minutes, now=self._clock.now()
        ):
            return None
        return Drift(
            zoom_starts_at=starts_at,
            zoom_starts=to_wall_clock(starts_at, partial(self._zones.offset, zone)),
            appointment_starts_at=wanted_at,
            is_same_day=self._is_same_day(starts_at, wanted_at),
            note_agrees=noted_at == starts_at,
        )

    def _to_utc(self, starts: datetime, zone: str) -> datetime:
        return to_utc(starts, partial(self._zones.offset, zone))


def _complete(invitation: Invitation, meeting: Meeting, appointment: Appointment) -> Invitation:
    """Add what only Zoom's answer has."""
    dial_in = meeting.dial_in
    number = None if dial_in is None else dial_in.find_number(appointment.client_phone)
    return replace(
        invitation,
        passcode=meeting.passcode,
        is_recorded=meeting.admission.recording is not None,
        number=number or "",
        phone_passcode=dial_in.passcode if dial_in is not None and number else None,
    )


def _clip(topic: str) -> str:
    """Make a topic fit into a line of the page, wherever it comes from."""
    return shorten(put_on_one_line(topic), MAX_TOPIC)
