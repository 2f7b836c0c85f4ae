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

    `starts` is wall-clock time in `time_zone`; both may be unknown. The topic is put on one line,
    and may be empty.
    """

    topic: str
    starts: datetime | None
    time_zone: str
    link: JoinLink
    passcode: Secret | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "topic", put_on_one_line(self.topic))
