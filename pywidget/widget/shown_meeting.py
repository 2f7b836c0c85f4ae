"""The meeting as the panel shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pywidget.domain.invitation import Invitation
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.secret import Secret
from pywidget.widget.start_text import StartText


@dataclass(frozen=True, slots=True)
class Drift:
    """Zoom has another time than the appointment.

    Attributes:
        zoom_start: Zoom's time, in words.
        zoom_starts: Zoom's time on the clocks at the appointment's place; naive.
        appointment_start: The appointment's time, in words.
        note_agrees: Whether the note already says what Zoom says.
    """

    zoom_start: str
    zoom_starts: datetime
    appointment_start: str
    note_agrees: bool


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """The meeting, from the note alone or from Zoom's answer.

    A bare link in the notes has neither topic nor start; a passcode only Zoom's answer has.

    Attributes:
        starts_at: In UTC, as the note says.
        minutes: How long it takes.
        written_at: When it was read or made, in UTC: the date of its calendar file.
        has_registration: Whether Zoom mails those who are registered.
        drift: What a look at Zoom has shown, if it was not the appointment's time.
        is_noted: Whether the notes hold it; else it has to be saved again.
        is_gone: Zoom has said that there is no such meeting, and nobody has said otherwise since.
    """

    link: JoinLink
    topic: str | None
    starts_at: datetime | None
    start: StartText | None
    passcode: Secret | None
    invitation: Invitation
    minutes: int
    written_at: datetime
    is_noted: bool
    has_registration: bool = False
    drift: Drift | None = None
    is_gone: bool = False

    @property
    def is_mailed_by_zoom(self) -> bool:
        """A registrant's own link is one that Zoom has mailed."""
        return self.link.kind is LinkKind.REGISTRANT
