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
        is_recorded: Whether Zoom records the meeting from its start on, as far as is known.
    """

    topic: str
    starts_at: datetime | None
    time_zone: str
    link: JoinLink
    passcode: Secret | None = None
    client_zone: str = ""
    business: str = ""
    is_recorded: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "topic", put_on_one_line(self.topic))
        object.__setattr__(self, "business", put_on_one_line(self.business))
