"""An instant that somebody will read, before it is put into their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


class TimeStyle(Enum):
    """How much of an instant is written."""

    FULL = auto()
    """Weekday, date and time."""
    BRIEF = auto()
    """The same without the year, in as few letters as are clear."""
    TIME = auto()
    """The time alone."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, as a zone's clocks show it.

    Attributes:
        instant: In UTC.
        style: How much of it is written.
        zone: An IANA name; empty for the viewer's own zone.
    """

    instant: datetime
    style: TimeStyle = TimeStyle.FULL
    zone: str = ""

    def __str__(self) -> str:
        """For support: `2025-11-11T23:00Z`."""
        return f"{self.instant:%Y-%m-%dT%H:%MZ}"
