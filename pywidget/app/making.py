"""Carries out what makes a meeting and writes its line."""

from __future__ import annotations

from pywidget.app import events as on
from pywidget.app import keeping
from pywidget.app.meeting_maker import Made
from pywidget.app.stage import Stage
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import WidgetError
from pywidget.domain.note_line import FoundMeeting


def create(stage: Stage, *, even_if_unknown: bool, even_if_hinted: bool) -> None:
    """Makes the appointment's meeting, unless it has one."""
    appointment = stage.appointment
    stage.start(
        _create(stage, appointment, even_if_unknown=even_if_unknown, even_if_hinted=even_if_hinted)
    )


async def _create(
    stage: Stage, appointment: Appointment, *, even_if_unknown: bool, even_if_hinted: bool
) -> None:
    services = stage.services
    record = stage.find_record(appointment)
    try:
        if not even_if_hinted and record.only_hints():
            stage.dispatch_for(appointment, on.Hinted())
            return
        ensured = await services.maker.ensure_meeting(
            appointment, record, even_if_unknown=even_if_unknown
        )
    except WidgetError as error:
        stage.dispatch_for(appointment, on.Failed(stage.explain(error)))
        return
    if isinstance(ensured, FoundMeeting):
        shown = keeping.show_found(services, ensured, appointment)
        stage.dispatch_for(appointment, on.Found(shown))
    else:
        await _write(stage, appointment, ensured)
        await _remove_twins(stage, appointment, ensured)


def find_lost(stage: Stage) -> None:
    """Looks for the meeting of a create that was cut short; if there is none, nothing happens."""
    stage.start(_find_lost(stage, stage.appointment))


async def _find_lost(stage: Stage, appointment: Appointment) -> None:
    try:
        made = await stage.services.maker.find_lost(appointment)
    except WidgetError:
        return  # the next click looks again, and says what is wrong
    if made is not None:
        await _write(stage, appointment, made)
        await _remove_twins(stage, appointment, made)


async def _remove_twins(stage: Stage, appointment: Appointment, made: Made) -> None:
    """Sees to it that the create has made one meeting; the user is told of what is left."""
    if made.answered is None:
        return
    services = stage.services
    for twin in await services.maker.twins.remove(made.answered):
        stage.dispatch_for(appointment, on.SecondLeft(services.presenter.explain_second(twin)))


async def _write(stage: Stage, appointment: Appointment, made: Made) -> None:
    """Writes the line of a meeting that was just made."""
    if not stage.stands_for(appointment):
        return  # kept until the appointment is open again
    services = stage.services
    problem, line, is_noted = made.problem, None, True
    try:
        record = stage.find_record(appointment)
        line = await services.maker.write_note(appointment, made.meeting, record)
    except WidgetError as error:
        problem, is_noted = error, False
    shown = services.presenter.show_made(made.meeting, appointment, is_noted=is_noted)
    stage.dispatch_for(appointment, on.Made(shown, line, problem, is_new=not made.is_taken_over))
    if not stage.stands_for(appointment):
        return
    if made.is_taken_over or stage.appointment.starts != appointment.starts:
        keeping.check(stage)  # its time may not be the appointment's


def write_made(stage: Stage) -> None:
    """Writes the line of a meeting that was made while another appointment was open."""
    appointment = stage.appointment
    made = stage.services.maker.find_unwritten(appointment)
    if made is not None:
        stage.start(_write(stage, appointment, made))


def save_note(stage: Stage) -> None:
    """Writes the line that is still missing."""
    stage.start(_save_note(stage, stage.appointment))


async def _save_note(stage: Stage, appointment: Appointment) -> None:
    maker = stage.services.maker
    made = maker.find_unwritten(appointment)
    line = None
    try:
        if made is not None:
            record = stage.find_record(appointment)
            line = await maker.write_note(appointment, made.meeting, record)
    except WidgetError as error:
        stage.dispatch_for(appointment, on.Failed(error))
    else:
        stage.dispatch_for(appointment, on.Saved(line))
