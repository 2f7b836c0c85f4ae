"""The carriers that change a meeting's line in the notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Consequence, SetbackError, WidgetError
from pywidget.domain.note_line import find_meeting
from pywidget.meetings.notes_record import RemovedLine
from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.reading import present_found
from pywidget.widget.shown_meeting import Drift, ShownMeeting
from pywidget.widget.widget import Widget


def clean_note(widget: Widget) -> None:
    """Remove the line, as the user has asked."""
    widget.spawn(clean(widget, widget.appointment, widget.shown, was_asked_for=True))


async def clean(
    widget: Widget, appointment: Appointment, shown: ShownMeeting, *, was_asked_for: bool
) -> None:
    """Remove the line of a meeting that is gone; it can be put back."""
    try:
        removed = await widget.find_record(appointment).remove(shown.link)
    except WidgetError as error:
        if not was_asked_for:  # the meeting is gone all the same, and the ways out stand with that
            widget.dispatch_for(appointment, on.Doubted())
        widget.dispatch_for(appointment, on.Failed(error))
        return
    widget.services.creation.tell_removed(appointment, shown.link)
    if widget.stands_for(appointment):
        widget.remember_removed(removed)
        widget.dispatch(on.Cleaned("" if removed is None else removed.line, was_asked_for))


def restore_note(widget: Widget) -> None:
    """Put the cleaned line back; from now on it stays, and its meeting stays gone."""
    removed = widget.take_removed()
    if removed is not None:
        widget.spawn(_restore_note(widget, widget.appointment, removed))


async def _restore_note(widget: Widget, appointment: Appointment, removed: RemovedLine) -> None:
    try:
        await widget.find_record(appointment).restore(removed)
    except WidgetError as error:
        if widget.stands_for(appointment):
            widget.remember_removed(removed)
            widget.dispatch(on.RestoreFailed(error))
        return
    # From the line, not from the notes, which may show another meeting.
    found = find_meeting(removed.line, widget.services.trusted_hosts)
    if found is not None and widget.stands_for(appointment):
        if found.link.meeting_id is not None:
            widget.services.hosted_meetings.keep(found.link.meeting_id)
            widget.services.hosted_meetings.doubt(found.link.meeting_id)
        shown = present_found(widget.services, appointment, found)
        widget.dispatch(on.Restored(shown, removed.line))


def keep_line(widget: Widget) -> None:
    """Remember, until the page closes, that the line is to stay."""
    if widget.shown.link.meeting_id is not None:
        widget.services.hosted_meetings.keep(widget.shown.link.meeting_id)


def update_note(widget: Widget) -> None:
    """Write Zoom's time into the line."""
    shown = widget.shown
    if shown.drift is not None:
        starts, agreed = shown.drift.zoom_starts, replace(shown.drift, note_agrees=True)
        again = Action.UPDATE_NOTE
        work = rewrite(widget, widget.appointment, shown, starts, drift=agreed, again=again)
        widget.spawn(work, again)


async def rewrite(
    widget: Widget,
    appointment: Appointment,
    shown: ShownMeeting,
    starts: datetime,
    *,
    drift: Drift | None,
    again: Action,
) -> None:
    """Write another time into the line.

    `drift` is the difference that remains, `again` the action that repeats this.
    """
    try:
        line = await widget.find_record(appointment).rewrite(shown.link, starts)
    except WidgetError as error:
        was_moved = again is Action.UPDATE_ZOOM
        told = SetbackError(Consequence.OLD_TIME_STAYED, error) if was_moved else error
        widget.dispatch_for(appointment, on.Failed(told, again))
        return
    moved = widget.services.presenter.present_moved(shown, starts, appointment, drift=drift)
    widget.dispatch_for(appointment, on.Moved(moved, line))


def save_note(widget: Widget) -> None:
    """Write the line that is still missing."""
    widget.spawn(_save_note(widget, widget.appointment))


async def _save_note(widget: Widget, appointment: Appointment) -> None:
    creation = widget.services.creation
    made = creation.find_unwritten(appointment)
    line = None
    try:
        if made is not None:
            record = widget.find_record(appointment)
            line = await creation.write_note(appointment, made.meeting, record)
    except WidgetError as error:
        widget.dispatch_for(appointment, on.Failed(SetbackError(Consequence.NOT_NOTED, error)))
    else:
        widget.dispatch_for(appointment, on.Saved(line))
