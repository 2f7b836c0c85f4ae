"""What a step of the state machine asks the outside world to do.

`Effect` is all of them; `pywidget.widget.carry_out` says what does each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pywidget.connection.departure import Wanted
from pywidget.domain.errors import WidgetError
from pywidget.widget.model import Copyable
from pywidget.widget.shown_meeting import ShownMeeting


class EventName(StrEnum):
    """What is fired on the element, after `zoom-meeting:`; part of the public contract."""

    CONNECTED = "connected"
    CREATED = "created"
    LOADED = "loaded"
    UPDATED = "updated"
    REMOVED = "removed"
    CLEANED = "cleaned"
    NOTES_CHANGED = "notes-changed"
    DISCONNECTED = "disconnected"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Open Zoom's consent page, now, inside the click; come back with what is wanted."""

    wanted: Wanted


class FollowSignIn:
    """Wait for the sign-in that was under way when the page was left."""


class FindAccount:
    """Find out who is connected."""


class ShowSignInWindow:
    """Bring it to the front."""


class AbandonSignIn:
    """Stop waiting for it."""


class Disconnect:
    """Forget the token, and have Zoom revoke it."""


class LookForToken:
    """Ask the other tabs for their token."""


class LookForWay:
    """Find out whether Zoom answers this page, before anybody's consent is asked for."""


@dataclass(frozen=True, slots=True)
class CreateMeeting:
    """Make the appointment's meeting and write its line.

    `even_if_unknown`: although a create whose outcome is unknown may have made it;
    `even_if_hinted`: although the notes hold a link that may be it.
    """

    even_if_unknown: bool = False
    even_if_hinted: bool = False


class FindLost:
    """Look for the meeting of a create that was cut short."""


class Check:
    """Look the meeting up in Zoom, in the background."""


@dataclass(frozen=True, slots=True)
class DeleteMeeting:
    """Delete the meeting in Zoom, then remove its line."""

    tells_registrants: bool


class MoveMeeting:
    """Give the meeting the appointment's time, then correct its line."""


class StartMeeting:
    """Open the meeting as its host, now, inside the click."""


class WriteNew:
    """Write the line of a meeting that was created while another appointment was open."""


class SaveNote:
    """Write the line of the meeting that is shown."""


class UpdateNote:
    """Write Zoom's time into the line."""


class CleanNote:
    """Remove the line, as the user has asked for."""


class RestoreNote:
    """Put the line back that was removed."""


class KeepMeeting:
    """Remember that the line is to stay, whatever Zoom says."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Put it on the clipboard, now, inside the click."""

    what: Copyable


class ForgetCopied:
    """Take the confirmation away after a while."""


@dataclass(frozen=True, slots=True)
class Emit:
    """Fire an event with the appointment."""

    name: EventName


@dataclass(frozen=True, slots=True)
class Report:
    """Fire the event about an error, with its code and its message."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class EmitMeeting:
    """Fire an event about a meeting, and about the line that was added or removed."""

    name: EventName
    shown: ShownMeeting
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Complain:
    """Tell the page's developer, in the console."""

    error: WidgetError


Effect: TypeAlias = (
    SignIn
    | FollowSignIn
    | FindAccount
    | ShowSignInWindow
    | AbandonSignIn
    | Disconnect
    | LookForToken
    | LookForWay
    | CreateMeeting
    | FindLost
    | Check
    | DeleteMeeting
    | MoveMeeting
    | StartMeeting
    | WriteNew
    | SaveNote
    | UpdateNote
    | CleanNote
    | RestoreNote
    | KeepMeeting
    | Copy
    | ForgetCopied
    | Emit
    | Report
    | EmitMeeting
    | Complain
)
