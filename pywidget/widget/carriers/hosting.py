"""The carrier that gives the meeting to another host."""

from __future__ import annotations

from dataclasses import replace

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import WidgetError
from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.widget.widget import Widget


def hand_over(widget: Widget) -> None:
    """Give the meeting to the appointment's host; its line stays as it is."""
    widget.spawn_openly(_hand_over(widget, widget.appointment, widget.shown), Action.HAND_OVER)


async def _hand_over(widget: Widget, appointment: Appointment, shown: ShownMeeting) -> None:
    services, meeting_id = widget.services, shown.link.meeting_id
    if meeting_id is None:
        return
    try:
        meeting = await services.hosting.hand_over(meeting_id, appointment.host_email)
    except WidgetError as error:
        failed = on.Failed(widget.to_widget_error(error), Action.HAND_OVER)
        widget.dispatch_for(appointment, failed)
        return
    if meeting is not None and widget.stands_for(appointment):  # by now perhaps at another time
        shown = services.presenter.present_checked(shown, meeting, widget.appointment)
    handed_over = replace(shown, host_email=appointment.host_email)
    widget.dispatch_for(appointment, on.HandedOver(handed_over))
