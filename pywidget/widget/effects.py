"""The effects: what a step of the state machine asks the outside world to do.

`Effect` is the union of them; `pywidget.widget.carry_out` says where each is carried out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import WidgetError
from pywidget.meetings.progress import Window
from pywidget.widget.model import Channel, Copyable
from pywidget.widget.shown_meeting import ShownMeeting


class EventName(StrEnum):
    """The name of an event on the element, after `zoom-meeting:`; part of the public contract."""

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
    """Open Zoom's consent page now, during the click; carry out what is wanted afterwards."""

    wanted: Wanted


class FollowSignIn:
    """Wait for the sign-in that was in progress when the page was left."""


class FindAccount:
    """Find out who is connected."""


class FocusSignInWindow:
    """Bring the consent page to the front."""


class AbandonSignIn:
    """Stop waiting for the sign-in."""


class CallOff:
    """Wait no longer for Zoom's limit."""


class Disconnect:
    """Forget the token, and have Zoom revoke it."""


class LookForToken:
    """Ask the other tabs for their token."""


class LookForWay:
    """Find out whether Zoom answers this page, before anyone is asked for consent."""


@dataclass(frozen=True, slots=True)
class CreateMeeting:
    """Create the appointment's meeting and write its line.

    `even_if_unknown`: although an earlier create, whose outcome is unknown, may have created it;
    `even_if_hinted`: although the notes contain a link that may be it; `accepted_account`: even
    with this account, although the page has named another one.
    """

    even_if_unknown: bool = False
    even_if_hinted: bool = False
    accepted_account: str = ""


class FindLost:
    """Look for the meeting of a create that was cut short."""


class Check:
    """Look the meeting up in Zoom, in the background."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Watch whether a meeting is in progress, from now on; without a window, none.

    No step asks for it: what is to be watched follows from the model.
    """

    window: Window | None


@dataclass(frozen=True, slots=True)
class DeleteMeeting:
    """Delete the meeting in Zoom, then remove its line."""

    tells_registrants: bool


class MoveMeeting:
    """Give the meeting the appointment's time, then correct its line."""


class HandOver:
    """Give the meeting to the appointment's host."""


class StartMeeting:
    """Open the meeting as its host now, during the click."""


class WriteNew:
    """Write the line of a meeting that was created while another appointment was open."""


class SaveNote:
    """Write the line of the meeting that is shown."""


class UpdateNote:
    """Write Zoom's time into the line."""


class CleanNote:
    """Remove the line, as the user has asked."""


class RestoreNote:
    """Put the removed line back."""


class KeepLine:
    """Remember that the line is to stay, whatever Zoom says."""


class KeepMeeting:
    """Remember that the meeting is to stay, although the appointment was cancelled."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Put the text on the clipboard now, during the click."""

    what: Copyable


@dataclass(frozen=True, slots=True)
class Send:
    """Ask the host page to send the meeting, during the click; else let the device do it."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class SendInvitation:
    """The same for an email to a person who is not the client."""

    address: str


@dataclass(frozen=True, slots=True)
class Register:
    """Register a person who is not the client; Zoom emails them a link of their own."""

    address: str


class KeepClick:
    """Keep the browser from following the link that was clicked."""


class ForgetSent:
    """Take *Sent* away after a while."""


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
    """Tell the developers of the page, in the console."""

    error: WidgetError


Effect: TypeAlias = (
    SignIn
    | FollowSignIn
    | FindAccount
    | FocusSignInWindow
    | AbandonSignIn
    | CallOff
    | Disconnect
    | LookForToken
    | LookForWay
    | CreateMeeting
    | FindLost
    | Check
    | Watch
    | DeleteMeeting
    | MoveMeeting
    | HandOver
    | StartMeeting
    | WriteNew
    | SaveNote
    | UpdateNote
    | CleanNote
    | RestoreNote
    | KeepLine
    | KeepMeeting
    | Copy
    | ForgetCopied
    | Send
    | SendInvitation
    | Register
    | KeepClick
    | ForgetSent
    | Emit
    | Report
    | EmitMeeting
    | Complain
)
