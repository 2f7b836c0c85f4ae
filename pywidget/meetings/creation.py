"""Creating the one meeting of an appointment, and writing its line into the notes.

Facts: people click twice, two widgets or two tabs show one appointment, and an answer can get lost
after Zoom did the work. So the notes are read again first. Then, under a lock that all tabs share,
a meeting that another tab created is taken over, and if any tab has a create whose outcome is
unknown, that day's meetings are searched for it before anything is sent again. A meeting whose line
could not be written is kept until it can be. Nobody is told of a meeting before it is at the
appointment's time.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from functools import partial

from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Reason, WidgetError, ZoomRefusedError
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import FoundMeeting, NoteLine
from pywidget.meetings.completion import Completion, NewMeeting
from pywidget.meetings.day_list import SETTLING
from pywidget.meetings.hosting import Hosting, may_be_about_host
from pywidget.meetings.intent_store import CreateIntent
from pywidget.meetings.notes_record import NotesRecord
from pywidget.meetings.recovery import Recovery, may_have_worked
from pywidget.meetings.registration import Registration
from pywidget.meetings.scheduler import Scheduler, StartTime
from pywidget.meetings.tab_knowledge import TabKnowledge
from pywidget.meetings.twins import Answered
from pywidget.ports import Clock, Locks

LOCK = "pywidget:v1:create:"


class Creation:
    """The creation of meetings, for the whole page. `topic` is the embedder's template."""

    def __init__(
        self,
        *,
        topic: str,
        client: ZoomClient,
        clock: Clock,
        locks: Locks,
        scheduler: Scheduler,
        registration: Registration,
        hosting: Hosting,
        completion: Completion,
        recovery: Recovery,
        knowledge: TabKnowledge,
    ) -> None:
        self._topic = topic
        self._client = client
        self._clock = clock
        self._locks = locks
        self._scheduler = scheduler
        self._registration = registration
        self._hosting = hosting
        self._completion = completion
        self._recovery = recovery
        self._knowledge = knowledge
        self._under_way: dict[str, asyncio.Task[NewMeeting]] = {}
        self._unwritten: dict[str, NewMeeting] = {}
        knowledge.on_removed(self._drop)

    def find_unwritten(self, appointment: Appointment) -> NewMeeting | None:
        """Find the meeting that was created for the appointment and has no line yet."""
        return self._unwritten.get(appointment.id)

    def has_open_outcome(self, appointment: Appointment) -> bool:
        """Tell whether a create was begun whose outcome nobody knows."""
        try:
            return self._knowledge.find_intent(appointment.id) is not None
        except WidgetError:
            return False  # no storage, no intent; signing in will say so

    async def ensure_meeting(
        self, appointment: Appointment, record: NotesRecord, *, even_if_unknown: bool = False
    ) -> NewMeeting | FoundMeeting:
        """Return the appointment's meeting: the one in its notes, or else one to be written there.

        Args:
            appointment: The appointment that the meeting is for.
            record: Its notes.
            even_if_unknown: The user has looked, and wants a meeting although an earlier request
                may have created one.

        Raises:
            NotDoneError: `starts_in_past`; nothing was sent.
            OutcomeUnknownError: A meeting may exist; the next try looks for it first.
            WidgetError: Any error of `ZoomClient.create_meeting` and `NotesRecord.find`.
        """
        found = record.find()
        if found is not None:
            return found
        unwritten = self._unwritten.get(appointment.id)
        if unwritten is not None:
            return unwritten
        task = self._under_way.get(appointment.id)
        if task is None:
            if even_if_unknown:
                self._knowledge.settle(appointment.id)
            task = asyncio.ensure_future(self._create_alone(appointment))
            self._under_way[appointment.id] = task
        return await asyncio.shield(task)

    async def find_lost(self, appointment: Appointment) -> NewMeeting | None:
        """Find the meeting of a create that was cut short, if Zoom has created one.

        Raises:
            WidgetError: It cannot be looked up now.
        """
        async with self._locks.hold(LOCK + appointment.id):
            intent = self._knowledge.find_intent(appointment.id)
            if intent is None:
                return None
            found = await self._recovery.find(intent, appointment.minutes)
            if found is None:
                return None
            new = await self._completion.adopt(appointment, intent, found)
            self._remember(appointment, new)
            return new

    async def write_note(
        self, appointment: Appointment, meeting: Meeting, record: NotesRecord
    ) -> str | None:
        """Add the meeting's line and return it; return `None` if the meeting is there already.

        Raises:
            WidgetError: Any error of `NotesRecord.add`; the meeting is kept for another try.
        """
        line = await record.add(NoteLine(meeting.topic, appointment.starts, meeting.link))
        self._unwritten.pop(appointment.id, None)
        self._knowledge.settle(appointment.id)
        return line

    def tell_removed(self, appointment: Appointment, link: JoinLink) -> None:
        """Tell every tab that the appointment no longer has this meeting."""
        self._knowledge.remove(appointment.id, link.room)

    async def _create_alone(self, appointment: Appointment) -> NewMeeting:
        try:
            async with self._locks.hold(LOCK + appointment.id):
                # While we waited for the lock, another tab may have told us of its meeting, or of a
                # create that it did not live to finish. From now on there is no create but ours.
                self._knowledge.claim(appointment.id)
                new = self._take_over(appointment) or await self._find_or_create(appointment)
                self._remember(appointment, new)
                return new
        finally:
            del self._under_way[appointment.id]
            self._knowledge.release(appointment.id)

    def _remember(self, appointment: Appointment, new: NewMeeting) -> None:
        """Keep the meeting until it is noted; under the lock, before a waiting tab goes on."""
        self._unwritten[appointment.id] = new
        self._knowledge.add(appointment.id, new.meeting.link)

    async def _find_or_create(self, appointment: Appointment) -> NewMeeting:
        intent = self._knowledge.find_intent(appointment.id)
        if intent is not None:
            found = await self._recovery.look_for(intent, appointment.minutes)
            if found is not None:
                return await self._completion.adopt(appointment, intent, found)
            self._knowledge.settle(appointment.id)
        self._scheduler.choose_start_time(appointment)  # nothing is sent if it is over
        await self._client.be_ready()
        register = await self._registration.is_wanted(appointment)
        host = await self._hosting.find_host(appointment)
        try:
            return await self._carry_out(appointment, host, register=register)
        except ZoomRefusedError as error:
            if not (host and may_be_about_host(error)):
                raise
        # Refused, so nothing was created: let the user host it, as without the privilege.
        return await self._carry_out(appointment, register=register)

    async def _carry_out(
        self, appointment: Appointment, host: str = "", *, register: bool
    ) -> NewMeeting:
        """Send the create, after it is recorded; complete the meeting, or find a lost one."""
        topic = appointment.topic(self._topic)
        start = self._scheduler.choose_start_time(appointment)  # what is recorded is what is sent
        intent = CreateIntent(appointment.id, topic, start.instant, start.wall_clock, host)
        self._knowledge.record_intent(intent)
        sent_at = self._clock.now()
        try:
            meeting, other = await self._create(appointment, intent, start, register=register)
        except WidgetError as error:
            if not may_have_worked(error):
                self._knowledge.settle(appointment.id)
                raise
            return await self._recover(appointment, intent, error)
        answered = Answered(replace(meeting, topic=topic), topic, self._clock.now() - sent_at)
        return await self._completion.complete(appointment, answered, other, register=register)

    async def _create(
        self, appointment: Appointment, intent: CreateIntent, start: StartTime, *, register: bool
    ) -> tuple[Meeting, datetime]:
        topic, host = intent.topic, intent.host_email
        create = partial(self._scheduler.create, appointment, topic, start, host_email=host)
        try:
            return await create(register=register)
        except ZoomRefusedError as error:
            if not (register and error.reason is Reason.PAID_USERS_ONLY):
                raise
        # The host's plan does not allow registration after all: create a meeting without it.
        return await create()

    async def _recover(
        self, appointment: Appointment, intent: CreateIntent, error: WidgetError
    ) -> NewMeeting:
        """Search for the meeting of a lost answer; the intent stays, for the next try."""
        await self._clock.sleep(SETTLING)
        found = await self._recovery.look_for(intent, appointment.minutes, because=error)
        if found is None:
            raise error
        return await self._completion.adopt(appointment, intent, found)

    def _drop(self, appointment: str, room: str) -> None:
        unwritten = self._unwritten.get(appointment)
        if unwritten is not None and room in {"", unwritten.meeting.link.room}:
            del self._unwritten[appointment]
            self._knowledge.settle(appointment)

    def _take_over(self, appointment: Appointment) -> NewMeeting | None:
        """Return the meeting that the appointment is known to have, for its line to be written."""
        link = self._knowledge.find_link(appointment.id)
        if link is None or link.meeting_id is None:
            return None
        return NewMeeting(
            Meeting(
                id=link.meeting_id,
                topic=appointment.topic(self._topic),
                link=link,
                starts_at=self._scheduler.find_start_time(appointment),
                passcode=None,
                host_id="",
            ),
            is_taken_over=True,
        )
