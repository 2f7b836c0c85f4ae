"""Carries out what has to do with a meeting that exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pywidget.app import events as on
from pywidget.app.notes_record import NotesRecord, RemovedLine
from pywidget.app.ports import MeetingWindow
from pywidget.app.services import Services
from pywidget.app.shown import Drift, Shown
from pywidget.app.stage import Stage
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    HostPageError,
    NotDoneError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.join_link import JoinLink
from pywidget.domain.note_line import FoundMeeting, find_meeting

_NOT_HOST = 3000  # what Zoom says to a stranger where it does not say 3001


def check(stage: Stage) -> None:
    """Looks the meeting up in the background."""
    stage.start(_check(stage, stage.appointment, stage.shown))


async def _check(stage: Stage, appointment: Appointment, shown: Shown) -> None:
    services, meeting_id = stage.services, shown.link.meeting_id
    if meeting_id is None:
        return
    try:
        meeting = await services.keeper.look_up(meeting_id)
    except ZoomRefusedError as error:
        if error.code is Code.MEETING_GONE:
            await _face_loss(stage, appointment, shown, meeting_id)
        elif error.zoom_code == _NOT_HOST:
            await _tell_stranger(stage, appointment, error)
        return  # anything else says nothing about the meeting
    except CertificateRefusedError as error:
        stage.dispatch_for(appointment, on.CheckRefused(error))  # too grave to pass over
        return
    except WidgetError:
        return
    if _shows(stage, appointment, meeting_id):
        checked = services.presenter.show_checked(stage.shown, meeting, appointment)
        stage.dispatch(on.Checked(checked))


async def _face_loss(stage: Stage, appointment: Appointment, shown: Shown, meeting_id: str) -> None:
    """Zoom says that there is no such meeting. That is certain only to its host."""
    keeper = stage.services.keeper
    if keeper.is_kept(meeting_id):
        return
    is_certain = await keeper.is_known_host(meeting_id)
    keeper.doubt(meeting_id)
    if not _shows(stage, appointment, meeting_id):
        return
    if is_certain and shown.is_noted:
        await _clean(stage, appointment, shown, was_asked_for=False)
    else:
        stage.dispatch(on.Doubted())


async def _tell_stranger(stage: Stage, appointment: Appointment, because: ZoomRefusedError) -> None:
    await stage.services.account.find_user()  # the panel names the account, and no event does
    message = "This meeting belongs to a different Zoom account. It can be changed only from there."
    refused = ZoomRefusedError(
        Code.NOT_HOST, message, status=because.status, zoom_code=because.zoom_code
    )
    stage.dispatch_for(appointment, on.CheckRefused(refused))


def _shows(stage: Stage, appointment: Appointment, meeting_id: str) -> bool:
    return stage.stands_for(appointment) and stage.shows(meeting_id)


def delete(stage: Stage, *, tells_registrants: bool) -> None:
    """Deletes the meeting in Zoom, and only then removes its line."""
    stage.start(_delete(stage, stage.appointment, stage.shown, tells=tells_registrants))


async def _delete(stage: Stage, appointment: Appointment, shown: Shown, *, tells: bool) -> None:
    services, meeting_id = stage.services, shown.link.meeting_id
    try:
        if meeting_id is None:
            message = "A personal room cannot be removed. Remove its link from the notes by hand."
            raise NotDoneError(Code.NOT_HOST, message)
        record = stage.find_record(appointment)
        if shown.is_noted:
            _check_removable(record, shown.link)
        await services.keeper.delete(meeting_id, tell_registrants=tells)
    except WidgetError as error:
        stage.dispatch_for(appointment, on.Failed(stage.explain(error)))
        return
    services.maker.tell_removed(appointment, shown.link)
    try:
        removed = await record.remove(shown.link) if shown.is_noted else None
    except WidgetError as error:
        stage.dispatch_for(appointment, on.LineStayed(error))
    else:
        stage.dispatch_for(appointment, on.Removed(None if removed is None else removed.line))


def _check_removable(record: NotesRecord, link: JoinLink) -> None:
    """Looks at the notes now, while there still is a meeting."""
    try:
        record.check_removable(link)
    except WidgetError as error:
        message = f"{error.message} The meeting was not deleted."
        raise HostPageError(error.code, message) from error


def clean_note(stage: Stage) -> None:
    """Removes the line, as the user has asked for."""
    stage.start(_clean(stage, stage.appointment, stage.shown, was_asked_for=True))


async def _clean(
    stage: Stage, appointment: Appointment, shown: Shown, *, was_asked_for: bool
) -> None:
    """Removes the line of a meeting that is gone; it can be put back."""
    try:
        removed = await stage.find_record(appointment).remove(shown.link)
    except WidgetError as error:
        stage.dispatch_for(appointment, on.Failed(error))
        return
    stage.services.maker.tell_removed(appointment, shown.link)
    if stage.stands_for(appointment):
        stage.remember_removed(removed)
        stage.dispatch(on.Cleaned("" if removed is None else removed.line, was_asked_for))


def restore_note(stage: Stage) -> None:
    """Puts back what was cleaned; from now on it stays, and stays gone."""
    removed = stage.take_removed()
    if removed is not None:
        stage.start(_restore_note(stage, stage.appointment, removed))


async def _restore_note(stage: Stage, appointment: Appointment, removed: RemovedLine) -> None:
    try:
        await stage.find_record(appointment).restore(removed)
    except WidgetError as error:
        if stage.stands_for(appointment):
            stage.remember_removed(removed)
            stage.dispatch(on.RestoreFailed(error))
        return
    # Not what the notes show: that may be another meeting.
    found = find_meeting(removed.line, stage.services.trusted_hosts)
    if found is not None and stage.stands_for(appointment):
        if found.link.meeting_id is not None:
            stage.services.keeper.keep(found.link.meeting_id)
            stage.services.keeper.doubt(found.link.meeting_id)
        shown = show_found(stage.services, found, appointment)
        stage.dispatch(on.Restored(shown, removed.line))


def keep_shown(stage: Stage) -> None:
    """Remembers for this page's life that the line is to stay."""
    if stage.shown.link.meeting_id is not None:
        stage.services.keeper.keep(stage.shown.link.meeting_id)


def show_found(services: Services, found: FoundMeeting, appointment: Appointment) -> Shown:
    """The meeting as the note has it, and gone if that is what Zoom has said of it."""
    shown = services.presenter.show_found(found, appointment)
    meeting_id = shown.link.meeting_id
    is_gone = meeting_id is not None and services.keeper.is_doubted(meeting_id)
    return replace(shown, is_gone=is_gone)


def move(stage: Stage) -> None:
    """Gives the meeting the appointment's time, then corrects its line."""
    stage.start(_move(stage, stage.appointment, stage.shown))


async def _move(stage: Stage, appointment: Appointment, shown: Shown) -> None:
    services, meeting_id = stage.services, shown.link.meeting_id
    if meeting_id is None:
        return
    try:
        await services.scheduler.move(meeting_id, appointment)
    except WidgetError as error:
        stage.dispatch_for(appointment, on.Failed(stage.explain(error)))
        return
    if stage.stands_for(appointment):
        await _rewrite(stage, appointment, stage.shown, appointment.starts, drift=None)


def update_note(stage: Stage) -> None:
    """Writes Zoom's time into the line."""
    shown = stage.shown
    if shown.drift is not None:
        starts, agreed = shown.drift.zoom_starts, replace(shown.drift, note_agrees=True)
        stage.start(_rewrite(stage, stage.appointment, shown, starts, drift=agreed))


async def _rewrite(
    stage: Stage, appointment: Appointment, shown: Shown, starts: datetime, *, drift: Drift | None
) -> None:
    try:
        line = await stage.find_record(appointment).rewrite(shown.link, starts)
    except WidgetError as error:
        stage.dispatch_for(appointment, on.Failed(error))
        return
    moved = stage.services.presenter.show_moved(shown, starts, appointment, drift=drift)
    stage.dispatch_for(appointment, on.Moved(moved, line))


def start_meeting(stage: Stage) -> None:
    """Opens a window inside the click, and fills it when Zoom has given the host's link."""
    window = stage.services.navigation.open_window()
    meeting_id = stage.shown.link.meeting_id
    if window is None:
        message = "The browser blocked the meeting's window. Allow pop-ups for this page."
        stage.dispatch(on.Failed(NotDoneError(Code.POPUP_BLOCKED, message)))
    elif meeting_id is not None:
        stage.start(_start_meeting(stage, stage.appointment, meeting_id, window))


async def _start_meeting(
    stage: Stage, appointment: Appointment, meeting_id: str, window: MeetingWindow
) -> None:
    try:
        link = await stage.services.keeper.find_start_link(meeting_id)
    except WidgetError as error:
        window.close()
        stage.dispatch_for(appointment, on.Failed(stage.explain(error)))
    else:
        window.go(link)
