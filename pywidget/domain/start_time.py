"""Whether a meeting begins when its appointment does.

Facts: only Zoom's answer tells which time it took. A meeting that is created while its appointment
is under way begins when it is created: Zoom knows no meeting in the past.
"""

from __future__ import annotations

from datetime import datetime, timedelta


def agrees(
    meeting_start: datetime | None, appointment_start_text: datetime, *, minutes: int, now: datetime
) -> bool:
    """Whether the meeting is at the appointment's time. All instants are in UTC.

    Once the appointment has begun, any moment of it is right: nobody could come earlier than now.
    """
    if meeting_start == appointment_start_text:
        return True
    if meeting_start is None or now < appointment_start_text:
        return False
    return appointment_start_text <= meeting_start < find_end(appointment_start_text, minutes)


def find_end(start: datetime, minutes: int) -> datetime:
    """When the appointment is over; at the calendar's end, everything is."""
    try:
        return start + timedelta(minutes=minutes)
    except OverflowError:
        return start
