"""The carriers that pass something on: to the clipboard, and to the host page."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from datetime import UTC

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import WidgetError
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget.model import Copyable
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.widget.widget import Widget
from pywidget.words.errors import describe_for_support, find_messages
from pywidget.words.invitation import write_invitation

COPIED_FOR = 2.0  # seconds that "Copied" stays


def copy(widget: Widget, what: Copyable) -> None:
    """Put the text on the clipboard, during the click."""
    writing = widget.services.clipboard.write(_write(widget, what))
    widget.spawn(_tell_copied(widget, widget.appointment, what, writing))


def _write(widget: Widget, what: Copyable) -> str:
    match what:
        case Copyable.LINK:
            text = widget.shown.link.url
        case Copyable.GUEST_LINK:
            text = widget.guest_link.url
        case Copyable.INVITATION:
            text = write_invitation(widget.shown.invitation, widget.words.for_clients)
    return text


async def _tell_copied(
    widget: Widget, appointment: Appointment, what: Copyable, writing: Awaitable[bool]
) -> None:
    widget.dispatch_for(appointment, on.Copied(what, is_done=await writing))


def forget_copied(widget: Widget) -> None:
    """Take the confirmation away after a while."""
    widget.spawn(_forget_copied(widget, widget.appointment))


async def _forget_copied(widget: Widget, appointment: Appointment) -> None:
    await widget.services.clock.sleep(COPIED_FOR)
    widget.dispatch_for(appointment, on.CopiedForgotten())


def emit(widget: Widget, name: do.EventName, detail: Mapping[str, str]) -> None:
    """Fire an event on the element, with the appointment in it."""
    appointment = widget.open_appointment
    own = {} if appointment is None else {"appointment": appointment.id}
    widget.host.emit(name, {**own, **detail})


def report(widget: Widget, error: WidgetError) -> None:
    """Fire the event about an error, with what the user reads of it; the console has the rest."""
    message = widget.words.write_all(find_messages(error))
    widget.host.remark(describe_for_support(error))
    emit(widget, do.EventName.ERROR, {"code": error.code.value, "message": message})


def describe(shown: ShownMeeting, line: str | None) -> dict[str, str]:
    """Describe a meeting as its events do; what is not known is left out."""
    starts_at = None
    if shown.starts_at is not None:
        starts_at = shown.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    detail = {
        "joinUrl": shown.link.url,
        "meetingId": shown.link.meeting_id,
        "topic": shown.topic,
        "startsAt": starts_at,
        "line": line,
    }
    return {name: text for name, text in detail.items() if text is not None}
