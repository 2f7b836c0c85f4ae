"""The meeting as the panel shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pywidget.domain.admission import Admission
from pywidget.domain.invitation import Invitation
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.moment import Moment, TimeStyle
from pywidget.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class Drift:
    """The difference between Zoom's time and the appointment's.

    Attributes:
        zoom_starts_at: Zoom's time, in UTC.
        zoom_starts: The same in the appointment's zone; naive.
        appointment_starts_at: The appointment's time, in UTC.
        is_same_day: Whether both are on one day for the viewer.
        note_agrees: Whether the note already has Zoom's time.
    """

    zoom_starts_at: datetime
    zoom_starts: datetime
    appointment_starts_at: datetime
    is_same_day: bool
    note_agrees: bool

    @property
    def times(self) -> dict[str, Moment]:
        """Both, for one sentence, which names their day once."""
        style = TimeStyle.TIME if self.is_same_day else TimeStyle.FULL
        return {
            "zoom_start": Moment(self.zoom_starts_at),
            "appointment_start": Moment(self.appointment_starts_at, style),
        }


@dataclass(frozen=True, slots=True)
class Span:
    """The time of another meeting: all that is told of it."""

    start: Moment
    end: Moment


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """The meeting on the panel, from the note alone or from Zoom's answer.

    A bare link in the notes has neither topic nor start; only Zoom's answer has a passcode.

    Attributes:
        starts_at: The start in UTC, according to the note.
        elsewhere: The appointment's zone, if its clocks show another time then than the viewer's;
            else empty.
        minutes: Its duration.
        written_at: When it was read or created, in UTC: the date of its calendar file.
        has_registration: Whether Zoom emails those who are registered.
        mailed_to: The address that this page has registered, and Zoom emailed; empty if none is
            known.
        drift: The difference in time that a look at Zoom has shown, if any.
        admission: How clients get in; `None` as long as Zoom has not been asked.
        is_started: Whether it is in progress, as far as has been seen.
        is_noted: Whether the notes contain it; if not, it has to be saved again.
        is_gone: Whether Zoom has said that there is no such meeting, and nobody has said otherwise
            since.
        is_kept: Whether the user keeps it although the appointment was cancelled.
        host_email: The address of its host, as far as Zoom has said; else empty.
    """

    link: JoinLink
    topic: str | None
    starts_at: datetime | None
    elsewhere: str
    passcode: Secret | None
    invitation: Invitation
    minutes: int
    written_at: datetime
    is_noted: bool
    has_registration: bool = False
    mailed_to: str = ""
    drift: Drift | None = None
    is_gone: bool = False
    admission: Admission | None = None
    is_started: bool = False
    is_kept: bool = False
    host_email: str = ""

    @property
    def is_mailed_by_zoom(self) -> bool:
        """Whether Zoom has emailed the link; then it is a registrant's own."""
        return self.link.kind is LinkKind.REGISTRANT

    def follow(self, noted: ShownMeeting) -> ShownMeeting:
        """Return the same meeting with what `noted` has from an appointment that has changed."""
        client_zone = noted.invitation.client_zone
        return replace(
            self,
            elsewhere=noted.elsewhere,
            invitation=replace(self.invitation, client_zone=client_zone),
            minutes=noted.minutes,
        )
