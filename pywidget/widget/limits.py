"""What is said of the host's plan, for those who see it and for those who hear it."""

from __future__ import annotations

from pywidget.domain.plan import LONGEST_FREE, is_cut_short
from pywidget.widget.model import Model
from pywidget.words.message import Message


def describe_limit(model: Model) -> tuple[Message, ...]:
    """Say that Zoom ends the meeting before the appointment is over, if it does."""
    if model.appointment is None or not model.appointment.is_booked or model.connection is None:
        return ()
    minutes = model.appointment.minutes
    if not is_cut_short(minutes, is_licensed=model.connection.is_licensed):
        return ()
    return (Message("limit.free_plan", {"limit": LONGEST_FREE, "minutes": minutes}),)
