"""The carriers that create a meeting and write its line."""

from __future__ import annotations

from pywidget.domain.appointment import Appointment, is_other_account
from pywidget.domain.errors import Consequence, SetbackError, WidgetError
from pywidget.domain.note_line import FoundMeeting
from pywidget.meetings.completion import NewMeeting
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.carriers.limits import Timed, find_limits
from pywidget.widget.carriers.meeting import check
from pywidget.widget.reading import present_found
from pywidget.widget.widget import Widget


def create(widget: Widget, wanted: do.CreateMeeting) -> None:
    """Create the appointment's meeting, unless it has one."""
    # With other kinds of meetings, the camera opens their menu: another try is for Zoom's.
    again = Action.CONNECT if widget.host.has_choices() else Action.ADD
    widget.spawn_openly(_create(widget, widget.appointment, wanted, again), again)


async def _create(
    widget: Widget, appointment: Appointment, wanted: do.CreateMeeting, again: Action
) -> None:
    services = widget.services
    record = widget.find_record(appointment)
    try:
        hint = None if wanted.even_if_hinted else record.find_hint()
        if hint is not None:
            widget.dispatch_for(appointment, on.Hinted(hint))
            return
        other = await _find_other_account(widget, appointment)
        if other and other != wanted.accepted_account:
            widget.dispatch_for(appointment, on.OtherAccount(other))
            return
        ensured = await services.creation.ensure_meeting(
            appointment, record, even_if_unknown=wanted.even_if_unknown
        )
    except WidgetError as error:
        widget.dispatch_for(appointment, on.Failed(widget.to_widget_error(error), again))
        return
    if isinstance(ensured, FoundMeeting):
        shown = present_found(services, appointment, ensured)
        widget.dispatch_for(appointment, on.Found(shown))
    else:
        await _write(widget, appointment, ensured)
        await _look_around(widget, appointment, ensured)


async def _find_other_account(widget: Widget, appointment: Appointment) -> str:
    """Find who is connected, if the page has named somebody else; empty if not, or not known."""
    if not appointment.zoom_account:
        return ""  # and nobody is asked
    user = await widget.services.account.find_user()
    email = "" if user is None else user.email
    return email if is_other_account(appointment.zoom_account, email) else ""


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
        await _look_around(widget, appointment, new)


async def _look_around(widget: Widget, appointment: Appointment, new: NewMeeting) -> None:
    """Delete any second meeting of the create; tell of one that is left, and of limits."""
    if new.answered is None:
        return
    services, meeting = widget.services, new.meeting
    aftermath = await services.twins.remove(new.answered)
    for twin in aftermath.left:
        widget.dispatch_for(appointment, on.SecondLeft(services.presenter.explain_second(twin)))
    if meeting.starts_at is not None:
        timed = Timed(meeting.id, meeting.starts_at, meeting.host_id)
        await find_limits(widget, appointment, timed, aftermath.others)


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
