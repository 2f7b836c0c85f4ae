"""How clients get into a meeting, and what is kept of it, as its host's settings have it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class Recording(StrEnum):
    """Where a meeting is recorded from its start on."""

    LOCAL = "local"
    CLOUD = "cloud"


class Entry(Enum):
    """When a client gets in."""

    ADMITTED = auto()
    """Once the host lets them in: there is a waiting room."""
    WITH_HOST = auto()
    """Once the host is there."""
    EARLY = auto()
    """Some minutes before the start, with or without the host."""
    ANY_TIME = auto()
    """Whenever they like, with or without the host."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What is known of it: nothing is said of what Zoom does not say.

    Attributes:
        entry: When a client gets in; `None` if it is not known.
        early_minutes: How early, for `Entry.EARLY`; else 0.
        needs_sign_in: Whether only those get in who are signed in to Zoom.
        recording: Where it is recorded from the start on; `None` if it is not, as far as is known.
        is_summarized: Whether Zoom's AI takes notes of it from the start on.
    """

    entry: Entry | None = None
    early_minutes: int = 0
    needs_sign_in: bool = False
    recording: Recording | None = None
    is_summarized: bool = False


UNTOLD = Admission()
"""What is known of a meeting of which Zoom says nothing."""
