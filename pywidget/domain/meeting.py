"""A meeting as Zoom describes it, cut to what the widget shows or checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pywidget.domain.admission import UNTOLD, Admission
from pywidget.domain.dial_in import DialIn
from pywidget.domain.join_link import JoinLink
from pywidget.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class Meeting:
    """One scheduled Zoom meeting.

    Attributes:
        id: Nine to eleven digits.
        link: The link for the client. The host's own start link is not kept anywhere.
        starts_at: In UTC; `None` for an instant meeting, which has no start of its own.
        passcode: For typing in by hand; `None` if the host's settings ask for none.
        host_id: Zoom's id of the user who hosts it.
        host_email: The address of that user; empty if Zoom does not say.
        assistant_id: Zoom's id of the user who has scheduled it for the host; else empty.
        has_registration: Whether clients who register are admitted, and emailed by Zoom.
        time_zone: The zone that Zoom stores it in.
        dial_in: The ways in by telephone; `None` if there are none.
        created_at: In UTC, by Zoom's clock; `None` if Zoom does not say.
        minutes: Its duration; `None` if Zoom does not say.
        admission: How clients get in, as far as Zoom says.
        is_started: Whether it was in progress when Zoom answered.
    """

    id: str
    topic: str
    link: JoinLink
    starts_at: datetime | None
    passcode: Secret | None
    host_id: str
    has_registration: bool = False
    time_zone: str = ""
    created_at: datetime | None = None
    minutes: int | None = None
    admission: Admission = UNTOLD
    is_started: bool = False
    dial_in: DialIn | None = None
    host_email: str = ""
    assistant_id: str = ""


def group_meeting_id(meeting_id: str) -> str:
    """Group the ID's digits as Zoom does: 3-4-4 for eleven digits, else 3-3-3 or 3-3-4.

    >>> group_meeting_id("86012345678")
    '860 1234 5678'
    """
    middle = 7 if len(meeting_id) == len("86012345678") else 6
    return f"{meeting_id[:3]} {meeting_id[3:middle]} {meeting_id[middle:]}"
