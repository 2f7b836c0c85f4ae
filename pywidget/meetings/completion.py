"""What a meeting needs before anybody is told of it: its time, its host's proof, its client.

Facts: Zoom may set another time than it was asked for, and mails a registered client at once. So
the time is put right first, and nobody is registered while it is wrong.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import TimeChangedError, WidgetError
from pywidget.domain.meeting import Meeting
from pywidget.meetings.hosted_store import HostedStore
from pywidget.meetings.intent_store import CreateIntent
from pywidget.meetings.registration import Registration
from pywidget.meetings.scheduler import Scheduler
from pywidget.meetings.twins import Answered

_LONGEST_REQUEST = timedelta(minutes=1)  # from sending it to its work being done, at most


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting for an appointment, not in the notes yet.

    Attributes:
        problem: What did not go as asked.
        is_taken_over: It was known already: from another tab, or with a line that went missing.
        answered: What Zoom said at first, if it was created just now.
    """

    meeting: Meeting
    problem: WidgetError | None = None
    is_taken_over: bool = False
    answered: Answered | None = field(default=None, compare=False)


class Completion:
    """One for the whole page."""

    def __init__(
        self, *, scheduler: Scheduler, registration: Registration, hosted: HostedStore
    ) -> None:
        self._scheduler = scheduler
        self._registration = registration
        self._hosted = hosted

    async def complete(
        self,
        appointment: Appointment,
        answered: Answered,
        other: datetime | None = None,
        *,
        register: bool,
    ) -> NewMeeting:
        """Sets the time right, then registers the client, if that was asked for and Zoom agreed.

        `other` is the form in which Zoom has not been told the time yet.
        """
        if answered.meeting.host_id:
            self._remember(answered.meeting)
        meeting = await self._scheduler.correct(appointment, answered.meeting, other)
        meeting = replace(meeting, topic=answered.topic)
        problem: WidgetError | None = None
        if not self._scheduler.agrees(appointment, meeting):
            problem = TimeChangedError()
        elif register and meeting.has_registration:
            meeting, problem = await self._registration.register(appointment, meeting)
        return NewMeeting(meeting, problem, answered=answered)

    async def adopt(
        self, appointment: Appointment, intent: CreateIntent, meeting: Meeting
    ) -> NewMeeting:
        """Completes a meeting whose create had no answer: its request may have been repeated."""
        answered = Answered(meeting, intent.topic, _LONGEST_REQUEST)
        return await self.complete(appointment, answered, register=meeting.has_registration)

    def _remember(self, meeting: Meeting) -> None:
        with suppress(WidgetError):  # without the proof the user is asked before a note is cleaned
            self._hosted.add(meeting.id, meeting.host_id)
