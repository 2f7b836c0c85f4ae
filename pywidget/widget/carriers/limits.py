"""The carrier that finds out what the host's plan makes of a meeting at its new time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pywidget.domain.appointment import Appointment, is_other_account
from pywidget.domain.meeting import Meeting
from pywidget.domain.overlap import find_overlap
from pywidget.domain.plan import LONGEST_FREE
from pywidget.widget import events as on
from pywidget.widget.widget import Widget


@dataclass(frozen=True, slots=True)
class Timed:
    """A meeting as far as its plan's limits are concerned: its ID, its start, and its host's ID."""

    id: str
    starts_at: datetime
    host_id: str


async def find_limits(
    widget: Widget, appointment: Appointment, meeting: Timed, others: Iterable[Meeting]
) -> None:
    """Compare the meeting with its host's plan, and with the day's other meetings."""
    services, minutes = widget.services, appointment.minutes
    if minutes > LONGEST_FREE:
        await services.account.find_user()  # it tells its listeners: the panel says the rest
    overlap = find_overlap(
        others, starts_at=meeting.starts_at, minutes=minutes, host_id=meeting.host_id
    )
    span = None if overlap is None else services.presenter.tell_overlap(overlap, meeting.starts_at)
    if widget.stands_for(appointment) and widget.rests_on(meeting.id):
        widget.dispatch(on.LimitsFound(span))


def look_again(widget: Widget, appointment: Appointment, meeting_id: str) -> None:
    """Do the same in the background for a meeting that was moved to the appointment's time."""
    widget.spawn(_look_again(widget, appointment, meeting_id))


async def _look_again(widget: Widget, appointment: Appointment, meeting_id: str) -> None:
    services = widget.services
    if widget.stands_for(appointment) and _is_somebody_elses(widget, meeting_id):
        return  # so are the others that would matter, and the list has the user's own
    starts_at = services.scheduler.find_start_time(appointment)
    listed = await services.day_list.read(starts_at)
    own = [meeting for meeting in listed if meeting.id == meeting_id]
    moved = Timed(meeting_id, starts_at, own[0].host_id if own else "")
    await find_limits(widget, appointment, moved, [each for each in listed if each not in own])


def _is_somebody_elses(widget: Widget, meeting_id: str) -> bool:
    """Tell whether the meeting is known to be hosted by somebody other than the user."""
    connection = widget.services.account.connection
    if connection is None or not widget.rests_on(meeting_id):
        return False
    return is_other_account(widget.shown.host_email, connection.email or "")
