"""Making the one meeting of an appointment, and writing its line into the notes.

Facts: people click twice, two widgets or two tabs show one appointment, and an answer can get
lost after Zoom did the work. So, under a lock that all tabs share: the notes are read again, what
another tab made is taken over, and a create whose outcome is unknown, to whichever tab, is looked
for among the upcoming meetings before anything is sent again. A meeting whose line could not be
written is kept until it can.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from pywidget.app.account import Account
from pywidget.app.hosted_store import HostedStore
from pywidget.app.intent_store import CreateIntent, IntentStore, format_intent, parse_intent
from pywidget.app.notes_record import NotesRecord
from pywidget.app.ports import Clock, Locks, Zones
from pywidget.app.session import Session
from pywidget.app.settings import Settings
from pywidget.app.tab_messages import TabMessages
from pywidget.app.zoom_client import ZoomClient
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    Code,
    NotDoneError,
    OutcomeUnknownError,
    UnexpectedAnswerError,
    UnreachableError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.join_link import JoinLink, parse_join_link
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import FoundMeeting, NoteLine
from pywidget.domain.zone_time import to_utc
from pywidget.zoom.scopes import Scope

LOCK = "pywidget:v1:create:"
SETTLING = 1.0  # seconds that Zoom may need to finish what it was cut off from telling
_SERVER_ERRORS = 500
_PAID_USERS_ONLY = 200


@dataclass(frozen=True, slots=True)
class Made:
    """A meeting for an appointment, not in the notes yet.

    Attributes:
        problem: What did not go as asked.
        is_taken_over: It was known already: from another tab, or with a line that went missing.
    """

    meeting: Meeting
    problem: WidgetError | None = None
    is_taken_over: bool = False


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
        locks: Locks,
        messages: TabMessages,
        intents: IntentStore,
        hosted: HostedStore,
    ) -> None:
        self._settings = settings
        self._client = client
        self._session = session
        self._account = account
        self._clock = clock
        self._zones = zones
        self._locks = locks
        self._messages = messages
        self._intents = intents
        self._hosted = hosted
        self._under_way: dict[str, asyncio.Task[Made]] = {}
        self._unwritten: dict[str, Made] = {}
        # Which meeting an appointment has, whichever tab made it: another widget or another tab
        # may show notes that do not hold it.
        self._known: dict[str, JoinLink] = {}
        messages.on("made", self._hear_made)
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
            made = None if intent is None else await self._adopt(appointment, intent)
            if made is not None:
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
        self._known[appointment.id] = made.meeting.link
        self._messages.tell("made", appointment=appointment.id, link=made.meeting.link.url)

    async def _find_or_create(self, appointment: Appointment) -> Made:
        intent = self._intents.find(appointment.id)
        if intent is not None:
            adopted = await self._look_for(appointment, intent)
            if adopted is not None:
                return adopted
            self._settle(appointment.id)
        starts_at = self.find_start(appointment)
        if starts_at <= self._clock.now():
            message = (
                "This appointment has already begun or is over, and Zoom cannot schedule a "
                "meeting in the past."
            )
            raise NotDoneError(Code.STARTS_IN_PAST, message)
        await self._session.get_access()  # so that what fails from here on is the create itself
        register = await self._should_register(appointment)
        intent = CreateIntent(appointment.id, appointment.topic(self._settings.topic), starts_at)
        self._intents.save(intent)
        self._messages.tell("begun", appointment=appointment.id, intent=format_intent(intent))
        try:
            meeting = await self._create(appointment, intent.topic, register=register)
        except WidgetError as error:
            if not _may_have_worked(error):
                self._settle(appointment.id)
                raise
            return await self._recover(appointment, intent, error)
        meeting = replace(meeting, topic=intent.topic)
        return await self._complete(appointment, meeting, register=register)

    async def _create(self, appointment: Appointment, topic: str, *, register: bool) -> Meeting:
        try:
            return await self._client.create_meeting(appointment, topic, register=register)
        except ZoomRefusedError as error:
            if not (register and error.zoom_code == _PAID_USERS_ONLY):
                raise
        # The host's plan does not allow what it seemed to: a meeting without registration, then.
        return await self._client.create_meeting(appointment, topic)

    async def _recover(
        self, appointment: Appointment, intent: CreateIntent, error: WidgetError
    ) -> Made:
        """The answer got lost. The intent stays, so that the next try looks once more."""
        await self._clock.sleep(SETTLING)
        adopted = await self._look_for(appointment, intent, because=error)
        if adopted is None:
            raise error
        return adopted

    async def _look_for(
        self, appointment: Appointment, intent: CreateIntent, because: WidgetError | None = None
    ) -> Made | None:
        if not self._session.allows(Scope.LIST):
            raise _ask_user()
        try:
            return await self._adopt(appointment, intent)
        except ZoomRefusedError as error:
            if error.code is Code.INVALID_GRANT:
                raise
            if error.code is Code.SCOPE_MISSING:  # Zoom had not said so before
                raise _ask_user() from because or error
            raise _explain_unknown() from because or error
        except (UnreachableError, UnexpectedAnswerError) as error:
            if because is not None and because.code is Code.CORS_BLOCKED:
                raise because from error  # nothing can be read: clicking again is no way out
            raise _explain_unknown() from because or error

    async def _adopt(self, appointment: Appointment, intent: CreateIntent) -> Made | None:
        listed = await self._client.list_upcoming()
        same = [
            meeting
            for meeting in listed
            if (meeting.topic, meeting.starts_at) == (intent.topic, intent.starts_at)
        ]
        if not same:
            return None
        meeting = same[-1]
        with suppress(WidgetError):
            # The list tells less: neither the passcode nor whether clients are registered.
            meeting = replace(await self._client.read_meeting(meeting.id), topic=intent.topic)
        return await self._complete(appointment, meeting, register=meeting.has_registration)

    async def _complete(
        self, appointment: Appointment, meeting: Meeting, *, register: bool
    ) -> Made:
        """Registers the client, if that was asked for and Zoom agreed to it."""
        if meeting.host_id:
            self._remember(meeting)
        problem: WidgetError | None = self.check_time(appointment, meeting)
        if register and meeting.has_registration:
            try:
                link = await self._client.register_client(
                    meeting.id,
                    name=appointment.client or appointment.client_email,
                    email=appointment.client_email,
                )
            except WidgetError as error:
                message = (
                    "The meeting is made, but the client was not registered, so Zoom does not "
                    f"e-mail them: send them the link yourself. {error.message}"
                )
                problem = WidgetError(error.code, message)
            else:
                meeting = meeting if link is None else replace(meeting, link=link)
        return Made(meeting, problem)

    def _remember(self, meeting: Meeting) -> None:
        with suppress(WidgetError):  # without the proof the user is asked before a note is cleaned
            self._hosted.add(meeting.id, meeting.host_id)

    async def _should_register(self, appointment: Appointment) -> bool:
        if not (
            self._settings.registers_clients
            and appointment.client_email
            and self._session.allows(Scope.REGISTER)
        ):
            return False
        user = await self._account.find_user()
        return user is not None and user.is_licensed

    def _hear_made(self, fields: Mapping[str, str]) -> None:
        """Another tab made the meeting of an appointment that may be open here, too."""
        link = parse_join_link(fields.get("link", ""), self._settings.endpoints.own_hosts)
        appointment = fields.get("appointment")
        if link is None or link.meeting_id is None or not appointment:
            return
        self._known[appointment] = link

    def _hear_removed(self, fields: Mapping[str, str]) -> None:
        self._drop(fields.get("appointment", ""), fields.get("room", ""))

    def _drop(self, appointment: str, room: str) -> None:
        """This meeting, and no other: a tab may just have learnt that an older one is gone."""
        known, unwritten = self._known.get(appointment), self._unwritten.get(appointment)
        if known is not None and room in {"", known.room}:
            del self._known[appointment]
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
        for appointment, link in self._known.items():
            self._messages.tell("made", appointment=appointment, link=link.url)
        with suppress(WidgetError):
            for intent in self._intents.find_all():
                self._messages.tell(
                    "begun", appointment=intent.appointment, intent=format_intent(intent)
                )

    def _take_over(self, appointment: Appointment) -> Made | None:
        """The meeting that the appointment is known to have: what is needed to write its line."""
        link = self._known.get(appointment.id)
        if link is None or link.meeting_id is None:
            return None
        return Made(
            Meeting(
                id=link.meeting_id,
                topic=appointment.topic(self._settings.topic),
                link=link,
                starts_at=self.find_start(appointment),
                minutes=appointment.minutes,
                passcode=None,
                host_id="",
            ),
            is_taken_over=True,
        )


def _may_have_worked(error: WidgetError) -> bool:
    """Whether Zoom may have made the meeting although no good answer came."""
    if isinstance(error, ZoomRefusedError):
        return error.status >= _SERVER_ERRORS
    return isinstance(error, UnreachableError | UnexpectedAnswerError)


def _ask_user() -> OutcomeUnknownError:
    message = (
        "Zoom may have made this meeting already, but its answer was lost. "
        "Look at your upcoming meetings in Zoom before you make another one."
    )
    return OutcomeUnknownError(message, is_for_user=True)


def _explain_unknown() -> OutcomeUnknownError:
    message = (
        "Zoom may have made this meeting, but its answer was lost. "
        "Click again: it is looked for first, so that there will not be two."
    )
    return OutcomeUnknownError(message, is_for_user=False)
