"""The check that a meeting begins when its appointment does.

Facts: only Zoom's response tells which time it has set. A meeting that is created while its
appointment is under way begins soon after it is created: Zoom has no meetings in the past.
"""

from __future__ import annotations

from datetime import datetime, timedelta


def agrees(
    meeting_start: datetime | None, appointment_start: datetime, *, minutes: int, now: datetime
) -> bool:
    """Tell whether the meeting is at the appointment's time. All instants are in UTC.

    Once the appointment has begun, any moment of it is right: nobody can join before now.
    """
    if meeting_start == appointment_start:
        return True
    if meeting_start is None or now < appointment_start:
        return False
    return appointment_start <= meeting_start < find_end(appointment_start, minutes)


def round_up_to_minute(instant: datetime) -> datetime:
    """Round up to a whole minute."""
    whole = instant.replace(second=0, microsecond=0)
    return whole if whole == instant else whole + timedelta(minutes=1)


def find_end(start: datetime, minutes: int) -> datetime:
    """Return the end of the appointment; at the calendar's end, that is `start`."""
    try:
        return start + timedelta(minutes=minutes)
    except OverflowError:
        return start
