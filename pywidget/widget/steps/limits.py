"""The step that tells of a plan's limits: the meeting stays, whatever the user makes of it."""

from __future__ import annotations

from dataclasses import replace

from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import Model
from pywidget.widget.steps.step import Step


def tell_limits(model: Model, event: on.LimitsFound) -> Step:
    """Warn of another meeting at that time; an earlier notice stays, and what it asks comes first.

    How long a free plan lets it run, the panel says anyway.
    """
    is_booked = model.appointment is not None and model.appointment.is_booked
    if event.overlap is None or not is_booked:
        return model, ()
    notice = notices.make_overlap_notice(event.overlap)
    return replace(model, notice=notices.join(model.notice, notice)), ()
