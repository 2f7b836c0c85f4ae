"""The steps between creating a meeting and telling anyone: its time, its host's proof, its client.

Facts: Zoom may set a time other than the one it was asked for, and emails a registered client at
once. So the time is corrected first, and nobody is registered while it is wrong.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import TimeChangedError, WidgetError
from pywidget.domain.join_link import LinkKind
from pywidget.domain.meeting import Meeting
from pywidget.meetings.hosted_store import HostedStore
from pywidget.meetings.intent_store import CreateIntent
from pywidget.meetings.registration import Registration
from pywidget.meetings.scheduler import Scheduler
from pywidget.meetings.twins import LONGEST_REQUEST, Answered


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting for an appointment, not in the notes yet.

    Attributes:
        problem: The part of the request that failed, if any.
        is_taken_over: Whether it was known already: from another tab, or because its line went
            missing.
        answered: Zoom's first answer, if the meeting was created just now.
        mailed_to: The address that was registered, if Zoom has emailed it.
    """

    meeting: Meeting
    problem: WidgetError | None = None
    is_taken_over: bool = False
    answered: Answered | None = field(default=None, compare=False)
    mailed_to: str = ""


class Completion:
    """The completion of new meetings, for the whole page."""

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
        """Correct the time, then register the client, if that was asked for and Zoom agreed.

        `other` is the form of the time that Zoom has not been sent yet.
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
        # Only a link of the client's own shows that Zoom has let them in, and so written to them.
        is_mailed = meeting.link.kind is LinkKind.REGISTRANT
        mailed_to = appointment.client_email if is_mailed else ""
        return NewMeeting(meeting, problem, answered=answered, mailed_to=mailed_to)

    async def adopt(
        self, appointment: Appointment, intent: CreateIntent, meeting: Meeting
    ) -> NewMeeting:
        """Complete a meeting whose create had no answer; the request may have been repeated."""
        answered = Answered(meeting, intent.topic, LONGEST_REQUEST)
        return await self.complete(appointment, answered, register=meeting.has_registration)

    def _remember(self, meeting: Meeting) -> None:
        with suppress(WidgetError):  # without the proof, the user is asked before cleaning
            self._hosted.add(meeting.id, meeting.host_id)
