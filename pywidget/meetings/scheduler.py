"""Meetings at the appointment's time, however Zoom treats time zones.

Facts: Zoom accepts a time in two forms, a wall-clock time with a zone, or UTC. Its list of zones
lacks some of IANA's, and what it does with one of those is unknown: it may refuse the zone, or
silently use the host's own. Only its answer says which time it used. So the time is sent in one
form, and if Zoom refuses it or uses another time, in the other one. A refused create did nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from pywidget.connection.session import Session
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    Code,
    NotDoneError,
    Reason,
    TimeChangedError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.meeting import Meeting
from pywidget.domain.start_time import agrees, find_end, round_up_to_minute
from pywidget.domain.zone_time import to_utc, to_wall_clock
from pywidget.ports import Clock, Zones
from pywidget.zoom.scopes import Scope

# Zoom has said yes, and nobody may look now, or wants to wait for it: then Zoom is believed.
_UNSEEN = frozenset({Code.SCOPE_MISSING, Code.RATE_LIMITED})

_AHEAD = timedelta(minutes=1)  # longer than any request takes


@dataclass(frozen=True, slots=True)
class StartTime:
    """One time in Zoom's two forms: naive in the appointment's zone, and in UTC."""

    wall_clock: datetime
    instant: datetime


class Scheduler:
    """The scheduling of meetings, for the whole page."""

    def __init__(self, client: ZoomClient, session: Session, clock: Clock, zones: Zones) -> None:
        self._client = client
        self._session = session
        self._clock = clock
        self._zones = zones

    def find_start_time(self, appointment: Appointment) -> datetime:
        """Find the appointment's start in UTC."""
        zone = appointment.time_zone
        return to_utc(appointment.starts, partial(self._zones.offset, zone))

    def choose_start_time(self, appointment: Appointment) -> StartTime:
        """Choose the time to ask for: the appointment's, or if it is under way, as soon as can be.

        That is a whole minute that is still to come when the request arrives. In the appointment's
        last minutes there is none, and Zoom makes now of a time that has passed.

        Raises:
            NotDoneError: `starts_in_past`: the appointment is over.
        """
        starts_at, now = self.find_start_time(appointment), self._clock.now()
        if starts_at > now:
            return StartTime(appointment.starts, starts_at)
        end = find_end(starts_at, appointment.minutes)
        if end <= now:
            raise NotDoneError(Code.STARTS_IN_PAST)
        soon = round_up_to_minute(now + _AHEAD)
        start = soon if soon < end else now.replace(microsecond=0)
        zone = appointment.time_zone
        return StartTime(to_wall_clock(start, partial(self._zones.offset, zone)), start)

    def is_under_way(self, appointment: Appointment) -> bool:
        """Tell whether the appointment has begun and is not over."""
        starts_at, now = self.find_start_time(appointment), self._clock.now()
        return starts_at <= now < find_end(starts_at, appointment.minutes)

    def agrees(self, appointment: Appointment, meeting: Meeting) -> bool:
        """Tell whether the meeting is at the appointment's time."""
        return agrees(
            meeting.starts_at,
            self.find_start_time(appointment),
            minutes=appointment.minutes,
            now=self._clock.now(),
        )

    async def create(
        self,
        appointment: Appointment,
        topic: str,
        start: StartTime,
        *,
        register: bool = False,
        host_email: str = "",
    ) -> tuple[Meeting, datetime]:
        """Create a meeting; return it, and the form of its time that Zoom has not been sent.

        Raises what `ZoomClient.create_meeting` raises.
        """

        async def create(starts: datetime) -> Meeting:
            return await self._client.create_meeting(
                appointment, topic, starts=starts, register=register, host_email=host_email
            )

        try:
            return await create(start.wall_clock), start.instant
        except ZoomRefusedError as error:
            if error.reason is not Reason.INVALID_FIELDS:
                raise
        return await create(start.instant), start.wall_clock

    async def correct(
        self, appointment: Appointment, meeting: Meeting, starts: datetime | None = None
    ) -> Meeting:
        """Try once to give the meeting the appointment's time, if it has another; return it.

        Nobody may have been told of the meeting yet. `starts` is a form of the time; the default is
        UTC.
        """
        if self.agrees(appointment, meeting) or not self._session.allows(Scope.UPDATE):
            return meeting
        with suppress(WidgetError):  # the user has the meeting, and sees its time
            starts = starts or self.choose_start_time(appointment).instant
            await self._client.move_meeting(meeting.id, appointment, starts=starts)
            return await self._client.read_meeting(meeting.id)
        return meeting

    async def move(self, meeting_id: str, appointment: Appointment) -> None:
        """Give the meeting the appointment's time; its link stays the same.

        Raises:
            NotDoneError: `starts_in_past`; nothing was sent.
            ZoomRefusedError: `time_changed_by_zoom`: the meeting was not moved, although Zoom said
                so.
            WidgetError: Any error of the calls.
        """
        start = self.choose_start_time(appointment)
        try:
            if await self._move(meeting_id, appointment, start.wall_clock):
                return
        except ZoomRefusedError as error:
            if error.reason is not Reason.INVALID_FIELDS:
                raise
        if await self._move(meeting_id, appointment, start.instant):
            return
        raise TimeChangedError(Reason.NOT_MOVED)

    async def _move(self, meeting_id: str, appointment: Appointment, starts: datetime) -> bool:
        """Move the meeting; tell whether it is at the appointment's time, as far as can be seen."""
        await self._client.move_meeting(meeting_id, appointment, starts=starts)
        try:
            return self.agrees(appointment, await self._client.read_meeting(meeting_id))
        except (ZoomRefusedError, NotDoneError) as error:
            if error.code in _UNSEEN:
                return True
            raise
