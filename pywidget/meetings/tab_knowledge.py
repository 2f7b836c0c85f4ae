"""The knowledge that the tabs of a browser share about the meetings they create.

Facts: people open one appointment in two tabs, and a tab may be closed before its create is
answered. So a tab tells the others what it is about to create, what it has created and what is gone
again, and a new tab asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from pywidget.connection.tab_messages import TabMessages
from pywidget.domain.errors import WidgetError
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import Meeting
from pywidget.meetings.hosted_store import HostedStore
from pywidget.meetings.intent_store import CreateIntent, IntentStore, format_intent, parse_intent
from pywidget.meetings.known_meetings import KnownMeetings
from pywidget.meetings.twins import Answered


class TabKnowledge:
    """This page's part of the shared knowledge.

    Args:
        messages: The messages between the tabs.
        intents: The creates whose outcome is open.
        hosted: The meetings that are known to be the user's own.
        trusted_hosts: The hosts of join links besides Zoom's own.
    """

    def __init__(
        self,
        *,
        messages: TabMessages,
        intents: IntentStore,
        hosted: HostedStore,
        trusted_hosts: frozenset[str],
    ) -> None:
        self._messages = messages
        self._intents = intents
        self._hosted = hosted
        self._known = KnownMeetings(messages, trusted_hosts)
        self._claimed: set[str] = set()
        self._listeners: list[Callable[[str, str], None]] = []
        messages.on("removed", self._hear_removed)
        messages.on("begun", self._hear_begun)
        messages.on("settled", self._hear_settled)
        messages.on("ask-made", self._answer)

    def ask_other_tabs(self) -> None:
        """Ask the other tabs what they have created, or may have created."""
        self._messages.tell("ask-made")

    def on_removed(self, listener: Callable[[str, str], None]) -> None:
        """Call `listener` with an appointment and the room that it no longer has; "" means any."""
        self._listeners.append(listener)

    def claim(self, appointment: str) -> None:
        """Ignore what other tabs say of the appointment's create: this page is working on it."""
        self._claimed.add(appointment)

    def release(self, appointment: str) -> None:
        """End what `claim` began."""
        self._claimed.discard(appointment)

    def record_intent(self, intent: CreateIntent) -> None:
        """Record what is about to be created, here and in the other tabs, before it is sent.

        Raises:
            WidgetError: `storage_unavailable`.
        """
        self._intents.save(intent)
        self._tell_begun(intent)

    def find_intent(self, appointment: str) -> CreateIntent | None:
        """Find the appointment's create whose outcome is open.

        Raises:
            WidgetError: `storage_unavailable`.
        """
        return self._intents.find(appointment)

    def settle(self, appointment: str) -> None:
        """Forget the create, here and in the other tabs: its outcome is known."""
        self._intents.settle(appointment)
        self._messages.tell("settled", appointment=appointment)

    def add(self, appointment: str, link: JoinLink) -> None:
        """Tell every tab of the appointment's meeting."""
        self._known.add(appointment, link)

    def find_link(self, appointment: str) -> JoinLink | None:
        """Find the link of the appointment's meeting, whichever tab created it."""
        return self._known.find(appointment)

    def remove(self, appointment: str, room: str) -> None:
        """Tell every tab that the appointment lost this meeting; an empty `room` means any."""
        self._drop(appointment, room)
        self._messages.tell("removed", appointment=appointment, room=room)

    def has_other(self, meeting_id: str, appointment: str) -> bool:
        """Tell whether the meeting is known to belong to an appointment other than this one."""
        return self._known.find_owner(meeting_id) not in {None, appointment}

    def is_known_to_anyone(self, meeting: Meeting) -> bool:
        """Tell whether anyone in this browser knows the meeting."""
        if self._known.find_owner(meeting.id) is not None:
            return True
        try:
            return self._hosted.has(meeting.id, meeting.host_id)
        except WidgetError:
            return False  # no storage, so nothing is known from there

    def may_belong_to_others(self, answered: Answered) -> bool:
        """Tell whether a create for another appointment may have led to such a meeting, too."""
        try:
            return any(
                intent.topic == answered.topic and self._known.find(intent.appointment) is None
                for intent in self._intents.find_all()
            )
        except WidgetError:
            return True

    def _drop(self, appointment: str, room: str) -> None:
        """Drop this meeting only: a tab may have just learned that an older one is gone."""
        self._known.drop(appointment, room)
        for listener in self._listeners:
            listener(appointment, room)

    def _hear_removed(self, fields: Mapping[str, str]) -> None:
        self._drop(fields.get("appointment", ""), fields.get("room", ""))

    def _hear_begun(self, fields: Mapping[str, str]) -> None:
        """Record another tab's create: that tab may be closed before it knows the outcome."""
        intent = parse_intent(fields.get("appointment", ""), fields.get("intent", ""))
        if intent is not None and intent.appointment not in self._claimed:
            with suppress(WidgetError):  # no storage, no token: nothing is created here
                self._intents.save(intent)

    def _hear_settled(self, fields: Mapping[str, str]) -> None:
        appointment = fields.get("appointment", "")
        if appointment not in self._claimed:
            with suppress(WidgetError):
                self._intents.settle(appointment)

    def _answer(self, _fields: Mapping[str, str]) -> None:
        """Tell a new tab everything: its notes may have been loaded before ours were saved."""
        self._known.tell_all()
        with suppress(WidgetError):
            for intent in self._intents.find_all():
                self._tell_begun(intent)

    def _tell_begun(self, intent: CreateIntent) -> None:
        self._messages.tell("begun", appointment=intent.appointment, intent=format_intent(intent))
