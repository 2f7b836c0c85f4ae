"""The meeting that is to be watched: the one on the panel, if Zoom may be asked about it."""

from __future__ import annotations

from pywidget.meetings.progress import Window, make_window
from pywidget.widget.model import Model


def find_window(model: Model) -> Window | None:
    """Find the meeting and its time; `None` if there is nothing to watch, or nobody may.

    Nobody waits for the meeting of an appointment that does not take place, or has taken place.
    """
    shown, connection = model.shown, model.connection
    if model.appointment is None or not model.appointment.is_booked:
        return None
    if shown is None or shown.is_gone or connection is None or not connection.may_look:
        return None
    if shown.link.meeting_id is None or shown.starts_at is None:
        return None
    starts_at = shown.starts_at if shown.drift is None else shown.drift.zoom_starts_at
    return make_window(shown.link.meeting_id, starts_at, shown.minutes)
