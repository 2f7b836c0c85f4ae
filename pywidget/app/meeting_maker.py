"""Making the one meeting of an appointment, and writing its line into the notes.

Facts: people click twice, two widgets or two tabs show one appointment, and an answer can get
lost after Zoom did the work. So, under a lock that all tabs share: the notes are read again, what
another tab made is taken over, and a create whose outcome is unknown, to whichever tab, is looked
for among that day's meetings before anything is sent again. A meeting whose line could not be
written is kept until it can. Nobody is told of a meeting before it is at the appointment's time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pywidget.app.account import Account
from pywidget.app.hosted_store import HostedStore
from pywidget.app.intent_store import CreateIntent, IntentStore, format_intent, parse_intent
from pywidget.app.known_meetings import KnownMeetings
from pywidget.app.lost_create import LostCreates, may_have_worked
from pywidget.app.notes_record import NotesRecord
from pywidget.app.ports import Clock, Locks, Zones
from pywidget.app.registration import Registration
from pywidget.app.scheduler import Scheduler
from pywidget.app.session import Session
from pywidget.app.settings import Settings
from pywidget.app.tab_messages import TabMessages
from pywidget.app.twins import SETTLING, Answered, Twins
from pywidget.app.zoom_client import ZoomClient
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, WidgetError, ZoomRefusedError
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import FoundMeeting, NoteLine

LOCK = "pywidget:v1:create:"
_LONGEST_REQUEST = timedelta(minutes=1)  # from sending it to its work being done, at most
_PAID_USERS_ONLY = 200


@dataclass(frozen=True, slots=True)
class Made:
    """A meeting for an appointment, not in the notes yet.

    Attributes:
        problem: What did not go as asked.
        is_taken_over: It was known already: from another tab, or with a line that went missing.
        answered: What Zoom said at first, if it was made just now.
    """

    meeting: Meeting
    problem: WidgetError | None = None
    is_taken_over: bool = False
    answered: Answered | None = field(default=None, compare=False)


class MeetingMaker:
    """One for the whole page."""

    def __init__(
        self,
        *,
        settings: Settings,
        client: ZoomClient,
        session: Session,
        account: Account,
        clock: Clock,
        zones: Zones,
        scheduler: Scheduler,
        locks: Locks,
        messages: TabMessages,
        intents: IntentStore,
        hosted: HostedStore,
    ) -> None:
        self._settings = settings
        self._client = client
        self._clock = clock
        self._scheduler = scheduler
        self._locks = locks
        self._messages = messages
        self._intents = intents
        self._hosted = hosted
        self._under_way: dict[str, asyncio.Task[Made]] = {}
        self._unwritten: dict[str, Made] = {}
        self._known = KnownMeetings(messages, settings.endpoints.own_hosts)
        self._registration = Registration(
            client, session, account, is_allowed=settings.registers_clients
        )
        self._lost = LostCreates(
            client=client, session=session, clock=clock, zones=zones, has_other=self._has_other
        )
        self.twins = Twins(
            client=client,
            session=session,
            clock=clock,
            is_told=self._is_told,
            may_be_others=self._may_be_others,
        )
        messages.on("removed", self._hear_removed)
        messages.on("begun", self._hear_begun)
        messages.on("settled", self._hear_settled)
        messages.on("ask-made", self._answer)

    def greet(self) -> None:
        """A new page asks the other tabs what they have made, or may have made."""
        self._messages.tell("ask-made")

    def find_unwritten(self, appointment: Appointment) -> Made | None:
        """A meeting that was made for the appointment and has no line yet."""
        return self._unwritten.get(appointment.id)

    def has_open_outcome(self, appointment: Appointment) -> bool:
        """Whether a create was begun that nobody knows the outcome of."""
        try:
            return self._intents.find(appointment.id) is not None
        except WidgetError:
            return False  # no storage, no intent; signing in will say so

    async def ensure_meeting(
        self, appointment: Appointment, record: NotesRecord, *, even_if_unknown: bool = False
    ) -> Made | FoundMeeting:
        """The appointment's meeting: the one in the notes, else one that has to be written there.

        Args:
            appointment: What the meeting is for.
            record: Its notes.
            even_if_unknown: The user looked, and wants a meeting although an earlier request may
                have made one.

        Raises:
            NotDoneError: `starts_in_past`; nothing was sent.
            OutcomeUnknownError: A meeting may have been made; the next try looks for it first.
            WidgetError: What `ZoomClient.create_meeting` and `NotesRecord.find` raise.
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
                self._settle(appointment.id)
            task = asyncio.ensure_future(self._make_alone(appointment))
            self._under_way[appointment.id] = task
        return await asyncio.shield(task)

    async def find_lost(self, appointment: Appointment) -> Made | None:
        """What became of a create that was cut short: the meeting, if Zoom has made one.

        Raises:
            WidgetError: It cannot be looked up now.
        """
        async with self._locks.hold(LOCK + appointment.id):
            intent = self._intents.find(appointment.id)
            found = None if intent is None else await self._lost.find(intent, appointment.minutes)
            if intent is None or found is None:
                return None
            made = await self._adopt(appointment, intent, found)
            self._keep(appointment, made)
            return made

    async def write_note(
        self, appointment: Appointment, meeting: Meeting, record: NotesRecord
    ) -> str | None:
        """Adds the meeting's line and returns it; `None` where a meeting stands already.

        Raises:
            WidgetError: What `NotesRecord.add` raises; the meeting is kept for another try.
        """
        line = await record.add(NoteLine(meeting.topic, appointment.starts, meeting.link))
        self.forget(appointment)
        return line

    def forget(self, appointment: Appointment) -> None:
        """The appointment's meeting is in the notes, or is not wanted any more."""
        self._unwritten.pop(appointment.id, None)
        self._settle(appointment.id)

    def tell_removed(self, appointment: Appointment, link: JoinLink | None = None) -> None:
        """The appointment does not have this meeting (or any) any more, in no tab."""
        room = "" if link is None else link.room
        self._drop(appointment.id, room)
        self._messages.tell("removed", appointment=appointment.id, room=room)

    async def _make_alone(self, appointment: Appointment) -> Made:
        try:
            async with self._locks.hold(LOCK + appointment.id):
                # While we waited for the lock, another tab may have told what it made.
                made = self._take_over(appointment) or await self._find_or_create(appointment)
                self._keep(appointment, made)
                return made
        finally:
            del self._under_way[appointment.id]

    def _keep(self, appointment: Appointment, made: Made) -> None:
        """Until it is in the notes. Under the lock: whoever waits for it has to know already."""
        self._unwritten[appointment.id] = made
        self._known.add(appointment.id, made.meeting.link)

    async def _find_or_create(self, appointment: Appointment) -> Made:
        intent = self._intents.find(appointment.id)
        if intent is not None:
            found = await self._lost.look_for(intent, appointment.minutes)
            if found is not None:
                return await self._adopt(appointment, intent, found)
            self._settle(appointment.id)
        start = self._scheduler.choose_start(appointment)
        await self._client.be_ready()
        register = await self._registration.is_wanted(appointment)
        topic = appointment.topic(self._settings.topic)
        intent = CreateIntent(appointment.id, topic, start.instant, start.wall_clock)
        self._intents.save(intent)
        self._messages.tell("begun", appointment=appointment.id, intent=format_intent(intent))
        sent_at = self._clock.now()
        try:
            meeting, other = await self._create(appointment, topic, register=register)
        except WidgetError as error:
            if not may_have_worked(error):
                self._settle(appointment.id)
                raise
            return await self._recover(appointment, intent, error)
        answered = Answered(replace(meeting, topic=topic), topic, self._clock.now() - sent_at)
        return await self._complete(appointment, answered, other, register=register)

    async def _create(
        self, appointment: Appointment, topic: str, *, register: bool
    ) -> tuple[Meeting, datetime]:
        try:
            return await self._scheduler.create(appointment, topic, register=register)
        except ZoomRefusedError as error:
            if not (register and error.zoom_code == _PAID_USERS_ONLY):
                raise
        # The host's plan does not allow what it seemed to: a meeting without registration, then.
        return await self._scheduler.create(appointment, topic)

    async def _recover(
        self, appointment: Appointment, intent: CreateIntent, error: WidgetError
    ) -> Made:
        """The answer got lost. The intent stays, so that the next try looks once more."""
        await self._clock.sleep(SETTLING)
        found = await self._lost.look_for(intent, appointment.minutes, because=error)
        if found is None:
            raise error
        return await self._adopt(appointment, intent, found)

    async def _adopt(
        self, appointment: Appointment, intent: CreateIntent, meeting: Meeting
    ) -> Made:
        """A meeting that was made without an answer: its request may have been repeated, too."""
        answered = Answered(meeting, intent.topic, _LONGEST_REQUEST)
        register = meeting.has_registration
        return await self._complete(appointment, answered, None, register=register)

    async def _complete(
        self,
        appointment: Appointment,
        answered: Answered,
        other: datetime | None,
        *,
        register: bool,
    ) -> Made:
        """Sets the time right, then registers the client, if that was asked for and Zoom agreed.

        `other` is the form in which Zoom has not been told the time yet.
        """
        if answered.meeting.host_id:
            self._remember(answered.meeting)
        meeting = await self._scheduler.correct(appointment, answered.meeting, other)
        meeting = replace(meeting, topic=answered.topic)
        problem: WidgetError | None = None
        if not self._scheduler.agrees(appointment, meeting):
            problem = _explain_time()
        elif register and meeting.has_registration:
            meeting, problem = await self._registration.register(appointment, meeting)
        return Made(meeting, problem, answered=answered)

    def _remember(self, meeting: Meeting) -> None:
        with suppress(WidgetError):  # without the proof the user is asked before a note is cleaned
            self._hosted.add(meeting.id, meeting.host_id)

    def _has_other(self, meeting_id: str, appointment: str) -> bool:
        """Whether the meeting is known to be another appointment's than this one."""
        return self._known.find_owner(meeting_id) not in {None, appointment}

    def _is_told(self, meeting: Meeting) -> bool:
        """Whether anybody in this browser knows the meeting."""
        if self._known.find_owner(meeting.id) is not None:
            return True
        try:
            return self._hosted.has(meeting.id, meeting.host_id)
        except WidgetError:
            return False  # no storage: then nothing is known from there

    def _may_be_others(self, answered: Answered) -> bool:
        """Whether a create for another appointment may have made such a meeting, too."""
        try:
            return any(
                intent.topic == answered.topic and self._known.find(intent.appointment) is None
                for intent in self._intents.find_all()
            )
        except WidgetError:
            return True

    def _hear_removed(self, fields: Mapping[str, str]) -> None:
        self._drop(fields.get("appointment", ""), fields.get("room", ""))

    def _drop(self, appointment: str, room: str) -> None:
        """This meeting, and no other: a tab may just have learnt that an older one is gone."""
        self._known.drop(appointment, room)
        unwritten = self._unwritten.get(appointment)
        if unwritten is not None and room in {"", unwritten.meeting.link.room}:
            del self._unwritten[appointment]
            self._settle(appointment)

    def _hear_begun(self, fields: Mapping[str, str]) -> None:
        """Another tab has sent a create, and may be closed before it knows what came of it."""
        intent = parse_intent(fields.get("appointment", ""), fields.get("intent", ""))
        if intent is not None and intent.appointment not in self._under_way:
            with suppress(WidgetError):  # no storage, no token: nothing is created here
                self._intents.save(intent)

    def _settle(self, appointment: str) -> None:
        """It is known what came of the create: the other tabs need not look for it either."""
        self._intents.settle(appointment)
        self._messages.tell("settled", appointment=appointment)

    def _hear_settled(self, fields: Mapping[str, str]) -> None:
        appointment = fields.get("appointment", "")
        if appointment not in self._under_way:
            with suppress(WidgetError):
                self._intents.settle(appointment)

    def _answer(self, _fields: Mapping[str, str]) -> None:
        """A new tab has opened: its notes may have been loaded before ours were saved."""
        self._known.tell_all()
        with suppress(WidgetError):
            for intent in self._intents.find_all():
                self._messages.tell(
                    "begun", appointment=intent.appointment, intent=format_intent(intent)
                )

    def _take_over(self, appointment: Appointment) -> Made | None:
        """The meeting that the appointment is known to have: what is needed to write its line."""
        link = self._known.find(appointment.id)
        if link is None or link.meeting_id is None:
            return None
        return Made(
            Meeting(
                id=link.meeting_id,
                topic=appointment.topic(self._settings.topic),
                link=link,
                starts_at=self._scheduler.find_start(appointment),
                minutes=appointment.minutes,
                passcode=None,
                host_id="",
            ),
            is_taken_over=True,
        )


def _explain_time() -> ZoomRefusedError:
    message = (
        "Zoom has set this meeting to another time than the appointment's, and e-mailed nobody. "
        "Correct it before you send the link."
    )
    return ZoomRefusedError(Code.TIME_CHANGED, message, status=201)
