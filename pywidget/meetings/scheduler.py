"""Meetings at the appointment's time, whatever Zoom makes of zones.

Facts: Zoom takes a time in two forms, a wall-clock time with a zone, or UTC. Its list of zones is
not all of IANA's, and what it does with another one is open: refuse it, or take the host's own
without a word. Only its answer tells which time it took. So the time is told in one form, and where
Zoom refuses it or takes another time, in the other one. A refused create did nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
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
from pywidget.domain.start_time import agrees, find_end
from pywidget.domain.zone_time import to_utc, to_wall_clock
from pywidget.ports import Clock, Zones
from pywidget.zoom.scopes import Scope


@dataclass(frozen=True, slots=True)
class Start:
    """One time in Zoom's two forms: naive in the appointment's zone, and in UTC."""

    wall_clock: datetime
    instant: datetime


class Scheduler:
    """One for the whole page."""

    def __init__(self, client: ZoomClient, session: Session, clock: Clock, zones: Zones) -> None:
        self._client = client
        self._session = session
        self._clock = clock
        self._zones = zones

    def find_start(self, appointment: Appointment) -> datetime:
        """The appointment's start in UTC."""
        zone = appointment.time_zone
        return to_utc(appointment.starts, partial(self._zones.offset, zone))

    def choose_start(self, appointment: Appointment) -> Start:
        """The time to ask for: the appointment's, or now if it is under way.

        Raises:
            NotDoneError: `starts_in_past`: the appointment is over.
        """
        starts_at, now = self.find_start(appointment), self._clock.now()
        if starts_at > now:
            return Start(appointment.starts, starts_at)
        if find_end(starts_at, appointment.minutes) <= now:
            raise NotDoneError(Code.STARTS_IN_PAST)
        now = now.replace(microsecond=0)
        zone = appointment.time_zone
        return Start(to_wall_clock(now, partial(self._zones.offset, zone)), now)

    def agrees(self, appointment: Appointment, meeting: Meeting) -> bool:
        """Whether the meeting is at the appointment's time."""
        return agrees(
            meeting.starts_at,
            self.find_start(appointment),
            minutes=appointment.minutes,
            now=self._clock.now(),
        )

    async def create(
        self, appointment: Appointment, topic: str, *, register: bool = False
    ) -> tuple[Meeting, datetime]:
        """A new meeting, and the form in which Zoom has not been told its time.

        Raises `NotDoneError` like `choose_start`, and what `ZoomClient.create_meeting` raises.
        """
        start = self.choose_start(appointment)

        async def create(starts: datetime) -> Meeting:
            return await self._client.create_meeting(
                appointment, topic, starts=starts, register=register
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
        """The meeting after one try to give it the appointment's time, if it has another.

        Nobody may have been told of it yet. `starts` is a form of the time; else it is UTC's.
        """
        if self.agrees(appointment, meeting) or not self._session.allows(Scope.UPDATE):
            return meeting
        with suppress(WidgetError):  # whoever asked for the meeting has it, and is told its time
            starts = starts or self.choose_start(appointment).instant
            await self._client.move_meeting(meeting.id, appointment, starts=starts)
            return await self._client.read_meeting(meeting.id)
        return meeting

    async def move(self, meeting_id: str, appointment: Appointment) -> None:
        """Gives the meeting the appointment's time; its link stays the same.

        Raises:
            NotDoneError: `starts_in_past`; nothing was sent.
            TimeChangedError: It was not done, although Zoom said so.
            WidgetError: What the calls raise.
        """
        start = self.choose_start(appointment)
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
        """Whether the meeting is at the appointment's time afterwards, as far as can be seen."""
        await self._client.move_meeting(meeting_id, appointment, starts=starts)
        try:
            return self.agrees(appointment, await self._client.read_meeting(meeting_id))
        except ZoomRefusedError as error:
            if error.code is Code.SCOPE_MISSING:
                return True  # allowed to move, not to look
            raise
