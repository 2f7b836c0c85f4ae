"""The carriers that look up, delete, move and start a meeting that exists."""

from __future__ import annotations

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    Consequence,
    NotDoneError,
    Reason,
    SetbackError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.join_link import JoinLink
from pywidget.meetings.notes_record import NotesRecord
from pywidget.ports import MeetingWindow
from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.carriers.limits import look_again
from pywidget.widget.carriers.note import clean, rewrite
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.widget.widget import Widget


def check(widget: Widget) -> None:
    """Look the meeting up in the background."""
    widget.spawn(_check(widget, widget.appointment, widget.shown))


async def _check(widget: Widget, appointment: Appointment, shown: ShownMeeting) -> None:
    services, meeting_id = widget.services, shown.link.meeting_id
    if meeting_id is None:
        return
    try:
        meeting = await services.hosted_meetings.look_up(meeting_id)
    except ZoomRefusedError as error:
        if error.code is Code.MEETING_GONE:
            await _handle_gone(widget, appointment, shown, meeting_id)
        elif error.reason is Reason.STRANGER:
            await _report_other_account(widget, appointment, error)
        return  # anything else says nothing about the meeting
    except CertificateRefusedError as error:
        widget.dispatch_for(appointment, on.CheckRefused(error))  # too serious to pass over
        return
    except WidgetError:
        return
    await services.hosting.learn_privileges(appointment, meeting)
    if _shows(widget, appointment, meeting_id):
        checked = services.presenter.present_checked(widget.shown, meeting, appointment)
        widget.dispatch(on.Checked(checked))


async def _handle_gone(
    widget: Widget, appointment: Appointment, shown: ShownMeeting, meeting_id: str
) -> None:
    """Handle Zoom's answer that there is no such meeting, which is certain only for its host."""
    meetings = widget.services.hosted_meetings
    if meetings.is_kept(meeting_id):
        return
    is_certain = await meetings.is_known_host(meeting_id)
    meetings.doubt(meeting_id)
    if not _shows(widget, appointment, meeting_id):
        return
    if is_certain and shown.is_noted and not widget.appointment.read_only:
        await clean(widget, appointment, shown, was_asked_for=False)
    else:
        widget.dispatch(on.Doubted())


async def _report_other_account(
    widget: Widget, appointment: Appointment, because: ZoomRefusedError
) -> None:
    await widget.services.account.find_user()  # the panel names the account, and no event does
    refused = ZoomRefusedError(Code.NOT_HOST, status=because.status, zoom_code=because.zoom_code)
    widget.dispatch_for(appointment, on.CheckRefused(refused))


def _shows(widget: Widget, appointment: Appointment, meeting_id: str) -> bool:
    return widget.stands_for(appointment) and widget.rests_on(meeting_id)


def delete(widget: Widget, *, tells_registrants: bool) -> None:
    """Delete the meeting in Zoom, and only then remove its line."""
    widget.spawn_openly(
        _delete(widget, widget.appointment, widget.shown, tells=tells_registrants), Action.REMOVE
    )


async def _delete(
    widget: Widget, appointment: Appointment, shown: ShownMeeting, *, tells: bool
) -> None:
    services, meeting_id = widget.services, shown.link.meeting_id
    try:
        if meeting_id is None:
            raise NotDoneError(Code.NOT_HOST, Reason.PERSONAL_ROOM)
        record = widget.find_record(appointment)
        if shown.is_noted:
            _check_removable(record, shown.link)
        await services.hosted_meetings.delete(meeting_id, tell_registrants=tells)
    except WidgetError as error:
        widget.dispatch_for(appointment, on.Failed(widget.to_widget_error(error), Action.REMOVE))
        return
    services.creation.tell_removed(appointment, shown.link)
    try:
        removed = await record.remove(shown.link) if shown.is_noted else None
    except WidgetError as error:
        widget.dispatch_for(
            appointment, on.LineStayed(SetbackError(Consequence.LINE_STAYED, error))
        )
    else:
        widget.dispatch_for(appointment, on.Removed(None if removed is None else removed.line))


def _check_removable(record: NotesRecord, link: JoinLink) -> None:
    """Check the notes now, while there still is a meeting."""
    try:
        record.check_removable(link)
    except WidgetError as error:
        raise SetbackError(Consequence.NOT_DELETED, error) from error


def move(widget: Widget) -> None:
    """Give the meeting the appointment's time, then correct its line."""
    widget.spawn_openly(_move(widget, widget.appointment, widget.shown), Action.UPDATE_ZOOM)


async def _move(widget: Widget, appointment: Appointment, shown: ShownMeeting) -> None:
    services, meeting_id = widget.services, shown.link.meeting_id
    if meeting_id is None:
        return
    try:
        await services.scheduler.move(meeting_id, appointment)
    except WidgetError as error:
        failed = on.Failed(widget.to_widget_error(error), Action.UPDATE_ZOOM)
        widget.dispatch_for(appointment, failed)
        return
    if widget.stands_for(appointment):
        again, starts = Action.UPDATE_ZOOM, appointment.starts
        await rewrite(widget, appointment, widget.shown, starts, drift=None, again=again)
        look_again(widget, appointment, meeting_id)


def keep_meeting(widget: Widget) -> None:
    """Remember, until the page closes, that the meeting outlives its cancelled appointment."""
    if widget.shown.link.meeting_id is not None:
        widget.services.hosted_meetings.spare(widget.shown.link.meeting_id)


def start_meeting(widget: Widget) -> None:
    """Open a window during the click, and fill it when Zoom has sent the host's link."""
    meeting_id = widget.shown.link.meeting_id
    if meeting_id is None:
        return
    window = widget.services.navigation.open_window()
    if window is None:
        widget.dispatch(on.Failed(NotDoneError(Code.POPUP_BLOCKED), Action.START))
    else:
        widget.spawn_openly(_start_meeting(widget, meeting_id, window), Action.START)


async def _start_meeting(widget: Widget, meeting_id: str, window: MeetingWindow) -> None:
    """Fill the window, or close it; the meeting starts even if the element leaves meanwhile."""
    try:
        window.go(await widget.services.hosted_meetings.find_start_link(meeting_id))
    except BaseException:  # whatever it is: an empty window would stay, and nobody would know why
        window.close()
        raise
