"""The meeting as the panel shows it, from the note alone or from Zoom's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pywidget.app.start_text import StartText
from pywidget.domain.join_link import JoinLink
from pywidget.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class Shown:
    """A bare link in the notes has neither topic nor start; a passcode only Zoom's answer has.

    Attributes:
        starts_at: In UTC.
        is_noted: Whether the notes hold it; else it has to be saved again.
    """

    link: JoinLink
    topic: str | None
    starts_at: datetime | None
    start: StartText | None
    passcode: Secret | None
    is_noted: bool
