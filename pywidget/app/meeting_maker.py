"""Making the one meeting of an appointment, and writing its line into the notes.

Facts: people click twice, two widgets show one appointment, and a field can vanish while Zoom
answers. So the notes are read again right before the request; for one appointment there is at
most one request on its way; and a meeting whose line could not be written is kept until it can,
for making it a second time would be worse than a missing line.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

from pywidget.app.ports import Clock, Notes, Zones
from pywidget.app.settings import Settings
from pywidget.app.zoom_client import ZoomClient
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, NotDoneError, ZoomRefusedError
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import (
    FoundMeeting,
    NoteLine,
    add_line,
    find_meeting,
    write_line,
)
from pywidget.domain.zone_time import to_utc


class MeetingMaker:
    """One for the whole page."""

    def __init__(
        self, *, settings: Settings, client: ZoomClient, clock: Clock, zones: Zones
    ) -> None:
        self._settings = settings
        self._client = client
        self._clock = clock
        self._zones = zones
        self._under_way: dict[str, asyncio.Task[Meeting]] = {}
        self._unwritten: dict[str, Meeting] = {}

    def find_noted(self, notes: Notes) -> FoundMeeting | None:
        """The meeting that the notes hold."""
        return find_meeting(notes.read(), self._settings.endpoints.own_hosts)

    def find_unwritten(self, appointment: Appointment) -> Meeting | None:
        """A meeting that was made for the appointment and has no line yet."""
        return self._unwritten.get(appointment.id)

    async def ensure_meeting(
        self, appointment: Appointment, notes: Notes
    ) -> Meeting | FoundMeeting:
        """The appointment's meeting: the one in the notes, else a new one, not written yet.

        Raises:
            NotDoneError: `starts_in_past`; nothing was sent.
            WidgetError: What `ZoomClient.create_meeting` and `Notes.read` raise.
        """
        found = self.find_noted(notes)
        if found is not None:
            return found
        unwritten = self._unwritten.get(appointment.id)
        if unwritten is not None:
            return unwritten
        task = self._under_way.get(appointment.id)
        if task is None:
            if self.find_start(appointment) <= self._clock.now():
                message = (
                    "This appointment has already begun or is over, and Zoom cannot schedule a "
                    "meeting in the past."
                )
                raise NotDoneError(Code.STARTS_IN_PAST, message)
            task = asyncio.ensure_future(self._make(appointment))
            self._under_way[appointment.id] = task
        return await asyncio.shield(task)

    async def _make(self, appointment: Appointment) -> Meeting:
        try:
            topic = appointment.topic(self._settings.topic)
            meeting = await self._client.create_meeting(appointment, topic)
            meeting = replace(meeting, topic=topic)
            self._unwritten[appointment.id] = meeting
            return meeting
        finally:
            del self._under_way[appointment.id]

    def write_note(self, appointment: Appointment, meeting: Meeting, notes: Notes) -> str | None:
        """Adds the meeting's line and returns it; `None` where a meeting stands already.

        Raises:
            WidgetError: What `Notes` raises; the meeting is kept for another try.
        """
        found = self.find_noted(notes)
        line = write_line(NoteLine(meeting.topic, appointment.starts, meeting.link))
        if found is None:
            notes.apply(add_line(notes.read(), line, multiline=notes.multiline))
        self._unwritten.pop(appointment.id, None)
        return line if found is None else None

    def check_time(self, appointment: Appointment, meeting: Meeting) -> ZoomRefusedError | None:
        """What to say if Zoom did not take the time that was asked for; it does so silently."""
        if meeting.starts_at == self.find_start(appointment):
            return None
        message = (
            "Zoom has set this meeting to another time than the appointment's. "
            "Check it in Zoom before you send the link."
        )
        return ZoomRefusedError(Code.TIME_CHANGED, message, status=201)

    def find_start(self, appointment: Appointment) -> datetime:
        """The appointment's start in UTC."""
        zone = appointment.time_zone
        return to_utc(appointment.starts, lambda instant: self._zones.offset(zone, instant))
