"""One element on the page: feeds events to the state machine and carries out its effects.

One way in, one way out: attribute or click -> event -> state machine -> effect -> port -> event.
Everything up to an effect's first `await` runs inside the click that caused it, because a browser
opens a popup and writes to the clipboard only there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from pywidget.app import effects as do
from pywidget.app import events as on
from pywidget.app.machine import Model, update
from pywidget.app.meeting_maker import MeetingMaker
from pywidget.app.ports import Clipboard, Clock, Notes, Page, Zones
from pywidget.app.shown import Shown
from pywidget.app.sign_in import Progress, SignIn, explain_closed
from pywidget.app.start_text import describe_start
from pywidget.app.zoom_client import ZoomClient
from pywidget.domain.appointment import Appointment, parse_appointment
from pywidget.domain.errors import Code, HostPageError, UnexpectedAnswerError, WidgetError
from pywidget.domain.meeting import Meeting
from pywidget.domain.note_line import Edit, FoundMeeting
from pywidget.domain.zone_time import to_utc

COPIED_FOR = 2.0  # seconds that "Copied" stays


@dataclass(frozen=True, slots=True)
class Services:
    """What all widgets of a page share."""

    clock: Clock
    zones: Zones
    clipboard: Clipboard
    client: ZoomClient
    sign_in: SignIn
    maker: MeetingMaker


class Widget:
    """One `<zoom-meeting>` element.

    `get_services` raises `BadAttributeError` while the script tag's settings make no sense: then
    every element says so, and none gets any further.
    """

    def __init__(
        self,
        get_services: Callable[[], Services],
        *,
        page: Page,
        find_notes: Callable[[str], Notes],
        show: Callable[[Model], None],
    ) -> None:
        self._get_services = get_services
        self._page = page
        self._find_notes = find_notes
        self._show = show
        self._model = Model()
        self._tasks: set[asyncio.Task[None]] = set()
        self._disposed = False

    def open(self, attributes: Mapping[str, str]) -> None:
        """Reads the attributes, at first and at every change; shows what the notes hold."""
        try:
            zones = self._services.zones
            appointment = parse_appointment(
                attributes, local_zone=zones.local, is_zone=zones.is_zone
            )
            shown = self._read_shown(appointment)
        except WidgetError as error:
            self._dispatch(on.Refused(error))
        else:
            self._dispatch(on.Opened(appointment, shown))

    def act(self, action: str) -> None:
        """Something was clicked or done; `action` is the control's `data-action`."""
        if self._model.appointment is None:
            return  # nothing was painted that could be clicked
        if action == "notes-edited":
            self._read_again()
        elif action == "add":
            self._dispatch(on.AddClicked(self._is_signed_in()))
        elif action in _CLICKS:
            self._dispatch(_CLICKS[action]())

    def dispose(self) -> None:
        """The element left the page. What runs goes on, but nothing of it reaches the page."""
        self._disposed = True

    def _dispatch(self, event: on.Event) -> None:
        if self._disposed:
            return
        self._model, effects = update(self._model, event)
        self._show(self._model)
        for effect in effects:
            self._carry_out(effect)

    def _dispatch_for(self, appointment: Appointment, event: on.Event) -> None:
        """What came of something slow counts only while the element stands for the same thing."""
        if self._stands_for(appointment):
            self._dispatch(event)

    def _carry_out(self, effect: do.Effect) -> None:
        match effect:
            case do.SignIn():
                self._sign_in(self._appointment)
            case do.ShowSignInWindow():
                self._services.sign_in.show_window()
            case do.AbandonSignIn():
                self._services.sign_in.abandon()
            case do.CreateMeeting():
                self._start(self._create(self._appointment))
            case do.SaveNote():
                self._save_note(self._appointment)
            case do.Copy(text):
                writing = self._services.clipboard.write(text)
                self._start(self._copy(self._appointment, writing))
            case do.ForgetCopied():
                self._start(self._forget_copied())
            case do.Emit(name, detail):
                self._emit(name, dict(detail))
            case do.EmitMeeting(name, line):
                self._emit(name, self._describe_meeting(line))
            case do.Complain(text):
                self._page.complain(text)

    @property
    def _services(self) -> Services:
        return self._get_services()

    @property
    def _appointment(self) -> Appointment:
        if self._model.appointment is None:
            raise RuntimeError("no appointment is open")
        return self._model.appointment

    def _is_signed_in(self) -> bool:
        try:
            return self._services.client.is_signed_in
        except WidgetError:
            return False  # no storage: the sign-in itself will say so

    # Reading the notes

    def _read_shown(self, appointment: Appointment) -> Shown | None:
        maker = self._services.maker
        found = maker.find_noted(self._find_notes(appointment.notes))
        if found is not None:
            return self._show_found(found, appointment)
        unwritten = maker.find_unwritten(appointment)
        return None if unwritten is None else self._show_made(unwritten, appointment, noted=False)

    def _read_again(self) -> None:
        try:
            shown = self._read_shown(self._appointment)
        except WidgetError:
            return  # the field went away, and there is nothing to show of it
        self._dispatch(on.NotesEdited(shown))

    def _show_found(self, found: FoundMeeting, appointment: Appointment) -> Shown:
        zones, zone = self._services.zones, appointment.time_zone
        starts_at, start = None, None
        if found.starts is not None:
            starts_at = to_utc(found.starts, lambda at: zones.offset(zone, at))
            start = describe_start(found.starts, zone, zones)
        return Shown(found.link, found.topic, starts_at, start, passcode=None, is_noted=True)

    def _show_made(self, meeting: Meeting, appointment: Appointment, *, noted: bool) -> Shown:
        return Shown(
            link=meeting.link,
            topic=meeting.topic,
            starts_at=self._services.maker.find_start(appointment),
            start=describe_start(appointment.starts, appointment.time_zone, self._services.zones),
            passcode=meeting.passcode,
            is_noted=noted,
        )

    # Signing in

    def _sign_in(self, appointment: Appointment) -> None:
        try:
            progress = self._services.sign_in.begin(appointment.id)
        except Exception as error:  # noqa: BLE001 - as in `_guard`
            self._dispatch(on.Failed(self._as_widget_error(error)))
            return
        self._start(self._follow(appointment, progress))

    async def _follow(self, appointment: Appointment, progress: Progress) -> None:
        """Waits for the sign-in; a window that seems closed is told, and still waited for."""
        finished = progress.finished
        gone = asyncio.ensure_future(progress.gone.wait())
        waiting: set[asyncio.Future[Any]] = {finished, gone}
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not finished.done():
            self._dispatch_for(appointment, on.Failed(explain_closed()))
        await asyncio.wait({finished})
        if finished.cancelled():
            return  # another click began a new one
        error = finished.exception()
        if error is None:
            self._dispatch_for(appointment, on.SignedIn())
        else:
            self._dispatch_for(appointment, on.Failed(self._as_widget_error(error)))

    # Making the meeting

    async def _create(self, appointment: Appointment) -> None:
        services = self._services
        notes = _BoundNotes(
            lambda: self._find_notes(appointment.notes), lambda: self._stands_for(appointment)
        )
        try:
            meeting = await services.maker.ensure_meeting(appointment, notes)
        except WidgetError as error:
            self._dispatch_for(appointment, on.Failed(error))
            return
        if not self._stands_for(appointment):
            return  # another appointment is open here: this one's meeting is kept until it is back
        if isinstance(meeting, FoundMeeting):
            self._dispatch(on.Found(self._show_found(meeting, appointment)))
            return
        problem: WidgetError | None = None
        line, noted = None, True
        try:
            line = services.maker.write_note(appointment, meeting, notes)
        except WidgetError as error:
            problem, noted = error, False
        problem = problem or services.maker.check_time(appointment, meeting)
        self._dispatch(on.Made(self._show_made(meeting, appointment, noted=noted), line, problem))

    def _stands_for(self, appointment: Appointment) -> bool:
        now = self._model.appointment
        return not self._disposed and now is not None and now.id == appointment.id

    def _save_note(self, appointment: Appointment) -> None:
        maker = self._services.maker
        meeting = maker.find_unwritten(appointment)
        try:
            notes = self._find_notes(appointment.notes)
            line = None if meeting is None else maker.write_note(appointment, meeting, notes)
        except WidgetError as error:
            self._dispatch(on.NotSaved(error))
        else:
            self._dispatch(on.Saved(line))

    # The rest

    async def _copy(self, appointment: Appointment, writing: Awaitable[bool]) -> None:
        self._dispatch_for(appointment, on.Copied(await writing))

    async def _forget_copied(self) -> None:
        await self._services.clock.sleep(COPIED_FOR)
        self._dispatch(on.CopiedForgotten())

    def _describe_meeting(self, line: str | None) -> dict[str, str]:
        shown = self._model.shown
        if shown is None:
            return {}
        detail = {"joinUrl": shown.link.url, "meetingId": shown.link.meeting_id, "line": line}
        detail["topic"] = shown.topic
        if shown.starts_at is not None:
            detail["startsAt"] = shown.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {name: text for name, text in detail.items() if text is not None}

    def _emit(self, name: str, detail: Mapping[str, str]) -> None:
        appointment = self._model.appointment
        own = {} if appointment is None else {"appointment": appointment.id}
        self._page.emit(name, {**own, **detail})

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(self._guard(work))
        self._tasks.add(task)  # asyncio itself keeps tasks by a weak reference
        task.add_done_callback(self._tasks.discard)

    async def _guard(self, work: Coroutine[None, None, None]) -> None:
        """A defect of ours must not leave the widget busy for ever."""
        try:
            await work
        except Exception as error:  # noqa: BLE001 - see above
            self._dispatch(on.Failed(self._as_widget_error(error)))

    def _as_widget_error(self, error: BaseException) -> WidgetError:
        if isinstance(error, WidgetError):
            return error
        # The error's own words may quote what must stay secret: only its kind is told.
        kind = type(error).__name__
        self._page.complain(f"internal error: {kind}")
        message = f"Something went wrong in the widget ({kind}). Click to try again."
        return UnexpectedAnswerError(Code.ZOOM_ERROR, message)


class _BoundNotes:
    """The notes of one appointment: not there any more once the element stands for another."""

    def __init__(self, find: Callable[[], Notes], is_current: Callable[[], bool]) -> None:
        self._find = find
        self._is_current = is_current

    @property
    def multiline(self) -> bool:
        return self._get().multiline

    def read(self) -> str:
        return self._get().read()

    def apply(self, edit: Edit) -> None:
        self._get().apply(edit)

    def _get(self) -> Notes:
        if not self._is_current():
            message = "The appointment was closed before the notes could be written."
            raise HostPageError(Code.NOTES_NOT_FOUND, message)
        return self._find()


_CLICKS: dict[str, Callable[[], on.Event]] = {
    "connect": on.ConnectClicked,
    "dismiss": on.Dismissed,
    "show-window": on.ShowWindowClicked,
    "cancel": on.CancelClicked,
    "save-again": on.SaveAgainClicked,
    "copy": on.CopyClicked,
}
