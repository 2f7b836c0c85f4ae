"""One element on the page: feeds events to the state machine and carries out its effects.

One way in, one way out: attribute or click -> event -> state machine -> effect -> port -> event.
Everything up to an effect's first `await` runs during the click that caused it, because only then
does a browser open a window or write to the clipboard.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta

from pywidget.connection.departure import Departure
from pywidget.connection.patience import Patience
from pywidget.connection.sign_in import ResumedSignIn
from pywidget.domain.appointment import Appointment, parse_appointment
from pywidget.domain.errors import (
    Code,
    HostPageError,
    InternalError,
    RateLimitedError,
    Reason,
    WidgetError,
)
from pywidget.domain.join_link import JoinLink
from pywidget.domain.link_hint import Hint
from pywidget.meetings.notes_record import NotesRecord, RemovedLine
from pywidget.meetings.progress import Window
from pywidget.ports import HostElement, Notes
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.announcements import Announcement, announce
from pywidget.widget.clicks import CLICKS
from pywidget.widget.machine import counts, update
from pywidget.widget.model import BUSY, Model
from pywidget.widget.reading import find_shown
from pywidget.widget.services import Services
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.widget.watching import find_window
from pywidget.words.errors import find_messages
from pywidget.words.words import Words

_ACTIONS = frozenset(Action)
_ALMOST_A_MINUTE = timedelta(seconds=59, microseconds=999_999)


class Widget:
    """One `<zoom-meeting>` element.

    `get_services` raises `BadAttributeError` while the script tag's settings are invalid: then
    every element says so, and does nothing else.
    """

    def __init__(
        self,
        get_services: Callable[[], Services],
        *,
        host: HostElement,
        find_notes: Callable[[str], Notes],
        show: Callable[[Model, Words], None],
        carry_out: Callable[[Widget, do.Effect], None],
        words: Words,
    ) -> None:
        self._get_services = get_services
        self.host = host
        self._find_notes = find_notes
        self._show = show
        self._carry_out = carry_out
        self.words = words
        self._model = Model()
        self._opened_notes = ""
        self._removed: RemovedLine | None = None
        self.resumed: ResumedSignIn | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._patiences: set[Patience] = set()  # of what the user waits for
        self._untold: on.Event | None = None  # dispatched once nothing is in progress
        self._reads_later = False
        self._keeps_click = False
        self._disposed = False
        self._window: Window | None = None  # of the meeting that is watched
        self._stop_watch: Callable[[], None] | None = None
        self._stop_listening: Callable[[], None] | None = None

    # Calls from the loader

    def open(self, attributes: Mapping[str, str], *, has_notes_adapter: bool = False) -> None:
        """Read the attributes, at first and at every change; show the meeting in the notes.

        `has_notes_adapter` says that the host page reads and writes the notes itself: then no
        attribute has to name their field.
        """
        try:
            zones = self.services.zones
            appointment = parse_appointment(
                attributes,
                local_zone=zones.local,
                is_zone=zones.is_zone,
                has_notes_adapter=has_notes_adapter,
            )
            opened = self._read(appointment)
        except WidgetError as error:
            self.dispatch(on.Refused(error))
            return
        if self._stop_listening is None:
            self._stop_listening = self.services.account.listen(self._hear_connection)
        self.dispatch(opened)
        self._resume(appointment)

    def act(self, action: str) -> bool:
        """Handle a click or another action; ignore anything that is not an `Action`.

        Returns:
            Whether the browser is not to do what it would do with the click.
        """
        self._keeps_click = False
        if self._model.appointment is None or action not in _ACTIONS:
            return False  # nothing was rendered that could be clicked
        match Action(action):
            case Action.NOTES_EDITED:
                self._read_again()
            case Action.ADD:
                is_signed_in = self.services.session.is_signed_in
                was_closed = self.services.way.was_closed
                has_choices = self.host.has_choices()
                click = on.AddClicked(is_signed_in, self._find_hint(), was_closed, has_choices)
                self.dispatch(click)
            case Action.CONNECT:
                self.dispatch(on.ConnectClicked(self._find_hint()))
            case Action.SEND_INVITATION:
                self.keep_click()  # or the browser would send the form itself
                self.dispatch(on.InvitationSubmitted(self.host.read_address()))
            case other:
                self.dispatch(CLICKS[other]())
        return self._keeps_click

    def speak(self, words: Words) -> None:
        """Say everything in another language from now on."""
        if words is not self.words:
            self.words = words
            self._show(self._model, words)

    def dispose(self) -> None:
        """Stop touching the page, which the element has left; running work goes on unseen."""
        self._disposed = True
        self.stop_watching()
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None  # it holds the widget: a cycle, and long in memory

    # What carriers use

    @property
    def services(self) -> Services:
        """The services that all widgets of the page share."""
        return self._get_services()

    @property
    def open_appointment(self) -> Appointment | None:
        """The appointment that the element stands for now, if there is one."""
        return self._model.appointment

    @property
    def appointment(self) -> Appointment:
        """The same; raises `RuntimeError` if there is none."""
        if self._model.appointment is None:
            raise RuntimeError("no appointment is open")
        return self._model.appointment

    @property
    def shown(self) -> ShownMeeting:
        """The meeting that is shown now; raises `RuntimeError` if there is none."""
        return self._model.meeting

    @property
    def guest_link(self) -> JoinLink:
        """The link of the person invited last; raises `RuntimeError` if it is not shown."""
        notice = self._model.notice
        if notice is None or notice.guest_link is None:
            raise RuntimeError("nobody's link is shown")
        return notice.guest_link

    @property
    def opened_notes(self) -> str:
        """The notes as they were when the appointment was opened."""
        return self._opened_notes

    def rests_on(self, meeting_id: str) -> bool:
        """Tell whether this meeting is shown, and nothing is being done with it."""
        shown, is_busy = self._model.shown, self._model.state in BUSY
        return not is_busy and shown is not None and shown.link.meeting_id == meeting_id

    def keep_click(self) -> None:
        """Keep the browser from following the link whose click is being handled."""
        self._keeps_click = True

    def remember_removed(self, removed: RemovedLine | None) -> None:
        """Keep the removed line, if there was one, for *Undo*."""
        self._removed = removed

    def take_removed(self) -> RemovedLine | None:
        """Return, once, the line that was removed last."""
        removed, self._removed = self._removed, None
        return removed

    def stands_for(self, appointment: Appointment) -> bool:
        """Tell whether the element is still there, and stands for this appointment."""
        now = self._model.appointment
        return not self._disposed and now is not None and now.id == appointment.id

    def find_record(self, appointment: Appointment) -> NotesRecord:
        """Return the appointment's notes, out of reach once the element stands for another one."""

        def find() -> Notes:
            if not self.stands_for(appointment):
                raise HostPageError(Code.NOTES_NOT_FOUND, Reason.CLOSED)
            return self._find_notes(self.appointment.notes)  # the selector may have changed

        def is_locked() -> bool:
            return self.stands_for(appointment) and self.appointment.read_only

        services = self.services
        return NotesRecord(find, services.trusted_hosts, turn=services.writing, is_locked=is_locked)

    def dispatch(self, event: on.Event) -> None:
        """Feed an event to the state machine."""
        if self._disposed:
            return
        before = self._model
        self._model, effects = update(before, event)
        if self._model != before:
            self._show(self._model, self.words)
        if counts(before, event):
            self._say(announce(before, event, self._model))
        for effect in effects:
            self._carry_out(self, effect)
        self._watch_meeting()
        is_quiet = self._model.state not in BUSY and self._model.notice is None
        if self._untold is not None and is_quiet:
            untold, self._untold = self._untold, None
            self.dispatch(untold)

    def keep_watching(self, stop: Callable[[], None]) -> None:
        """Remember how to stop what has begun to watch the meeting."""
        self._stop_watch = stop

    def stop_watching(self) -> None:
        """Have the meeting watched no longer."""
        if self._stop_watch is not None:
            self._stop_watch()
            self._stop_watch = None

    def dispatch_for(self, appointment: Appointment, event: on.Event) -> None:
        """Feed the outcome of slow work to the state machine; it counts only while `stands_for`."""
        if self.stands_for(appointment):
            self.dispatch(event)

    def spawn_openly(self, work: Coroutine[None, None, None], again: Action) -> None:
        """Run work that the user waits for: a wait for Zoom's limit is shown."""
        appointment = self.appointment

        def tell(seconds: int) -> None:
            self.dispatch_for(appointment, on.HeldUp(seconds))

        self.spawn(self._have_patience(Patience(tell), work), again)

    async def _have_patience(self, patience: Patience, work: Coroutine[None, None, None]) -> None:
        self._patiences.add(patience)
        try:
            await patience.have(work)
        finally:
            self._patiences.discard(patience)

    def call_off(self) -> None:
        """Wait no longer for Zoom's limit."""
        for patience in self._patiences:
            patience.call_off()

    def spawn(self, work: Coroutine[None, None, None], again: Action | None = None) -> None:
        """Run slow work in the background; `again` is the action that repeats it."""
        task = asyncio.ensure_future(self._guard(work, self.open_appointment, again))
        self._tasks.add(task)  # asyncio itself keeps tasks by a weak reference
        task.add_done_callback(self._tasks.discard)

    def to_widget_error(self, error: BaseException) -> WidgetError:
        """Turn any exception into a `WidgetError`; a defect of ours is named only by its kind."""
        if isinstance(error, RateLimitedError):
            return self._explain_limit(error)
        if isinstance(error, WidgetError):
            return error
        # The error's own words may quote secrets, so only its kind is named.
        kind = type(error).__name__
        internal = InternalError(kind)
        self.complain(internal)
        return internal

    def complain(self, error: WidgetError) -> None:
        """Tell the page's developer what is wrong, in plain words and in technical ones."""
        words = self.words.for_developers
        self.host.complain(f"{words.write_all(find_messages(error))} [{error}]")

    def _watch_meeting(self) -> None:
        """Have the meeting watched that is shown now, if another one was before."""
        window = find_window(self._model)
        if window != self._window and not self._disposed:
            self._window = window
            self._carry_out(self, do.Watch(window))

    def _say(self, announcement: Announcement | None) -> None:
        if announcement is not None:
            text = self.words.write_all(announcement.messages)
            self.host.say(text, is_urgent=announcement.is_urgent)

    def _explain_limit(self, error: RateLimitedError) -> RateLimitedError:
        if error.reopens_at is None:
            return error
        # Rounded up: a moment too early, and the user would be refused again.
        whole = (error.reopens_at + _ALMOST_A_MINUTE).replace(second=0, microsecond=0)
        return error.tell(self.services.presenter.tell_soon(whole))

    def _read(self, appointment: Appointment) -> on.Opened:
        """Read what the notes and the storage say about the appointment."""
        notes = self._find_notes(appointment.notes).read()  # once: they may be long
        now = self._model.appointment
        if now is None or now.id != appointment.id:
            self._opened_notes = notes
        return on.Opened(
            appointment,
            find_shown(self.services, appointment, notes),
            self.services.account.connection,
            self.services.creation.has_open_outcome(appointment),
            self.services.way.route,
            self.services.abilities,
            self.services.scheduler.is_under_way(appointment),
        )

    def _find_hint(self) -> Hint | None:
        """Find what the notes hint at now; they may have changed."""
        try:
            return self.find_record(self.appointment).find_hint()
        except WidgetError:
            return None  # no notes: creating will say so

    def _read_again(self) -> None:
        if self.services.writing.locked():
            if not self._reads_later:
                self._reads_later = True
                self.spawn(self._read_when_written())
            return
        try:
            notes = self._find_notes(self.appointment.notes).read()
            shown = find_shown(self.services, self.appointment, notes)
        except WidgetError:
            return  # the field is gone, so there is nothing to show
        self.dispatch(on.NotesEdited(shown))

    async def _read_when_written(self) -> None:
        """Read the notes after the widget's own edit: until then, events may be half the story."""
        async with self.services.writing:
            self._reads_later = False
        self._read_again()

    def _resume(self, appointment: Appointment) -> None:
        """Continue the sign-in that the page left for from this element, if it did."""
        resumed = self.services.sign_in.take_resumed(appointment.id)
        if resumed is None:
            return
        self.resumed = resumed
        self.spawn(self._come_back(appointment, resumed.departure))

    async def _come_back(self, appointment: Appointment, departure: Departure) -> None:
        agrees = True
        if departure.draft is not None:
            try:
                agrees = await self.find_record(appointment).restore_draft(departure.draft)
            except WidgetError as error:
                self.dispatch_for(appointment, on.Failed(error))
            if self.stands_for(appointment):
                self._read_again()  # the draft may contain a meeting that was not saved
        self.dispatch_for(appointment, on.Resumed(departure.wanted))
        self._untold = None if agrees else on.DraftMerged()

    def _hear_connection(self) -> None:
        self.dispatch(on.ConnectionChanged(self.services.account.connection))

    async def _guard(
        self,
        work: Coroutine[None, None, None],
        appointment: Appointment | None,
        again: Action | None,
    ) -> None:
        """Run the work; a defect of ours must not leave the widget busy forever."""
        try:
            await work
        except Exception as error:  # noqa: BLE001 - see above
            failed = on.Failed(self.to_widget_error(error), again)
            if appointment is not None:
                self.dispatch_for(appointment, failed)
