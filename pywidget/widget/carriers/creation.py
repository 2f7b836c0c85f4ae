"""The carriers that create a meeting and write its line."""

from __future__ import annotations

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Consequence, SetbackError, WidgetError
from pywidget.domain.note_line import FoundMeeting
from pywidget.meetings.completion import NewMeeting
from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.carriers.meeting import check
from pywidget.widget.reading import present_found
from pywidget.widget.widget import Widget


def create(widget: Widget, *, even_if_unknown: bool, even_if_hinted: bool) -> None:
    """Create the appointment's meeting, unless it has one."""
    appointment = widget.appointment
    widget.spawn_openly(
        _create(
            widget, appointment, even_if_unknown=even_if_unknown, even_if_hinted=even_if_hinted
        ),
        Action.ADD,
    )


async def _create(
    widget: Widget, appointment: Appointment, *, even_if_unknown: bool, even_if_hinted: bool
) -> None:
    services = widget.services
    record = widget.find_record(appointment)
    try:
        hint = None if even_if_hinted else record.find_hint()
        if hint is not None:
            widget.dispatch_for(appointment, on.Hinted(hint))
            return
        ensured = await services.creation.ensure_meeting(
            appointment, record, even_if_unknown=even_if_unknown
        )
    except WidgetError as error:
        widget.dispatch_for(appointment, on.Failed(widget.to_widget_error(error), Action.ADD))
        return
    if isinstance(ensured, FoundMeeting):
        shown = present_found(services, appointment, ensured)
        widget.dispatch_for(appointment, on.Found(shown))
    else:
        await _write(widget, appointment, ensured)
        await _remove_twins(widget, appointment, ensured)


def find_lost(widget: Widget) -> None:
    """Look for the meeting of a create that was cut short; if there is none, do nothing."""
    widget.spawn(_find_lost(widget, widget.appointment))


async def _find_lost(widget: Widget, appointment: Appointment) -> None:
    try:
        new = await widget.services.creation.find_lost(appointment)
    except WidgetError:
        return  # the next click looks again, and says what is wrong
    if new is not None:
        await _write(widget, appointment, new)
        await _remove_twins(widget, appointment, new)


async def _remove_twins(widget: Widget, appointment: Appointment, new: NewMeeting) -> None:
    """Delete any second meeting of the create; tell the user of one that is left."""
    if new.answered is None:
        return
    services = widget.services
    for twin in await services.twins.remove(new.answered):
        widget.dispatch_for(appointment, on.SecondLeft(services.presenter.explain_second(twin)))


async def _write(widget: Widget, appointment: Appointment, new: NewMeeting) -> None:
    """Write the line of a new meeting."""
    if not widget.stands_for(appointment):
        return  # kept until the appointment is open again
    services = widget.services
    problem, line, is_noted = new.problem, None, True
    try:
        record = widget.find_record(appointment)
        line = await services.creation.write_note(appointment, new.meeting, record)
    except WidgetError as error:
        problem, is_noted = SetbackError(Consequence.NOT_NOTED, error), False
    shown = services.presenter.present_new(new, appointment, is_noted=is_noted)
    widget.dispatch_for(appointment, on.Created(shown, line, problem, is_new=not new.is_taken_over))
    if not widget.stands_for(appointment):
        return
    if new.is_taken_over or widget.appointment.starts != appointment.starts:
        check(widget)  # its time may not be the appointment's


def write_new(widget: Widget) -> None:
    """Write the line of a meeting that was created while another appointment was open."""
    appointment = widget.appointment
    new = widget.services.creation.find_unwritten(appointment)
    if new is not None:
        widget.spawn(_write(widget, appointment, new))
