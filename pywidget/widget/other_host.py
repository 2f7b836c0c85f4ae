"""The meeting's host, where Zoom names another one than the appointment does.

Facts: that is no error. The desk may lack the privilege to schedule for the therapist, or the
appointment was given to another therapist after its meeting was created.
"""

from __future__ import annotations

from dataclasses import dataclass

from pywidget.connection.account import Connection
from pywidget.widget.model import Model
from pywidget.words.message import Message


@dataclass(frozen=True, slots=True)
class OtherHost:
    """The two hosts, by their addresses; `may_move` says whether Zoom may be asked to change it."""

    host: str
    wanted: str
    may_move: bool

    @property
    def message(self) -> Message:
        """The sentence about it."""
        return Message("panel.other_host", {"host": self.host, "wanted": self.wanted})


def find_other_host(model: Model) -> OtherHost | None:
    """Find the difference; `None` if there is none, or if either host is unknown."""
    appointment, shown = model.appointment, model.shown
    if appointment is None or shown is None or not appointment.host_email:
        return None
    if not appointment.is_booked:
        return None  # nobody hosts what does not take place
    host, wanted = shown.host_email, appointment.host_email
    if not host or shown.is_gone or host.casefold() == wanted.casefold():
        return None
    connection = model.connection or Connection()
    may_move = (
        not appointment.read_only and connection.may_move and connection.may_schedule_for(wanted)
    )
    return OtherHost(host, wanted, may_move and shown.link.meeting_id is not None)


def may_have_other_host(model: Model) -> bool:
    """Tell whether the meeting may have another host than it should; Zoom may not have said yet."""
    appointment, shown = model.appointment, model.shown
    if appointment is None or shown is None or not appointment.host_email:
        return False
    return shown.host_email.casefold() != appointment.host_email.casefold()
