"""What the client is sent: our own fields, never Zoom's invitation taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pywidget.domain.join_link import JoinLink
from pywidget.domain.one_line import put_on_one_line
from pywidget.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class Invitation:
    """All that a client needs.

    Attributes:
        topic: The meeting's, put on one line; may be empty.
        starts_at: In UTC; may be unknown.
        time_zone: Where the appointment is: an IANA name.
        client_zone: Where the client is, if the clocks there show another time then; else empty.
        business: Who invites, put on one line; may be empty.
        note: What else the salon says, put on one line; may be empty.
        recording_notice: What it says of a meeting that is recorded, put on one line; may be empty.
        is_recorded: Whether Zoom records the meeting from its start on, as far as is known.
        number: The telephone number that the client can call; may be empty.
        phone_passcode: What callers have to type; `None` if nothing.
    """

    topic: str
    starts_at: datetime | None
    time_zone: str
    link: JoinLink
    passcode: Secret | None = None
    client_zone: str = ""
    business: str = ""
    note: str = ""
    recording_notice: str = ""
    is_recorded: bool = False
    number: str = ""
    phone_passcode: Secret | None = None

    def __post_init__(self) -> None:
        for name in ("topic", "business", "note", "recording_notice"):
            object.__setattr__(self, name, put_on_one_line(getattr(self, name)))
