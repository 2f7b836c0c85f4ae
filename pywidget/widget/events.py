"""The events of a widget: the user's clicks, and the outcomes of effects.

`Event` is the union of them; each has its row in `pywidget.widget.machine`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pywidget.connection.account import Connection
from pywidget.connection.route import STRAIGHT, Route
from pywidget.connection.wanted import Wanted
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import WidgetError
from pywidget.domain.join_link import JoinLink
from pywidget.domain.link_hint import Hint
from pywidget.widget.actions import Action
from pywidget.widget.model import ABLE, Abilities, Channel, Copyable
from pywidget.widget.shown_meeting import ShownMeeting, Span

# The page


@dataclass(frozen=True, slots=True)
class Opened:
    """The opening of an appointment; `shown` is the meeting in its notes.

    `is_unsettled` says that a create was begun whose outcome nobody knows; `route` names the hosts
    that a sign-in passes through; `has_begun`, that the appointment is under way.
    """

    appointment: Appointment
    shown: ShownMeeting | None
    connection: Connection | None = None
    is_unsettled: bool = False
    route: Route = STRAIGHT
    abilities: Abilities = ABLE
    has_begun: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """An error in the settings, the attributes or the notes: there is no appointment to show."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class NotesEdited:
    """The end of an edit of the notes; `shown` is the meeting that they contain now."""

    shown: ShownMeeting | None


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """A sign-in or its end, in this widget, another one or another tab."""

    connection: Connection | None


# Clicks


@dataclass(frozen=True, slots=True)
class AddClicked:
    """A click on *Add Meeting* or *Add again*.

    `hint` is what the notes hint at; `was_closed` says that Zoom did not answer this page when it
    was last asked, `has_choices` that the host page offers other kinds of meetings.
    """

    is_signed_in: bool
    hint: Hint | None = None
    was_closed: bool = False
    has_choices: bool = False


@dataclass(frozen=True, slots=True)
class ConnectClicked:
    """A click on *Add Zoom Meeting* or *Connect to Zoom*: sign in, then carry out the request."""

    hint: Hint | None = None


class CreateAnywayClicked:
    """A click on *Create anyway*: Zoom has no such meeting, or the link in the notes is none."""


class Dismissed:
    """A click on *Cancel* in a question, or a focus that went elsewhere."""


class NoticeDismissed:
    """A click on *Dismiss*: the message was read."""


class Escaped:
    """The Escape key, which calls off whatever can be called off."""


class ShowWindowClicked:
    """A click on *Show window*: the user is looking for the sign-in window."""


class CancelClicked:
    """A click on *Cancel* while a sign-in is awaited."""


class CopyClicked:
    """A click on *Copy*."""


class SendClicked:
    """A click on *Send to client*."""


class InviteAnotherClicked:
    """A click on *Invite another person*."""


@dataclass(frozen=True, slots=True)
class InvitationSubmitted:
    """A click on *Send* beside the address; it is empty if the browser has refused it."""

    address: str


class CopyGuestLinkClicked:
    """A click on *Copy link*."""


@dataclass(frozen=True, slots=True)
class ChannelClicked:
    """A click on *Email*, *Text message* or *Copy invitation*."""

    channel: Channel


class StartClicked:
    """A click on *Start meeting*."""


class RemoveClicked:
    """A click on *Remove meeting*, which asks first."""


@dataclass(frozen=True, slots=True)
class RemoveConfirmed:
    """The confirmation of a removal, with or without Zoom telling those who are registered."""

    tells_registrants: bool = False


class UpdateZoomClicked:
    """A click on *Update Zoom*: move the meeting to the appointment's time."""


class UpdateNoteClicked:
    """A click on *Update note*: write Zoom's time into the note."""


class HandOverClicked:
    """A click on *Move to* somebody: give the meeting to the appointment's host."""


class SaveAgainClicked:
    """A click on *Save again*: the line is still missing."""


class CleanClicked:
    """A click on *Remove from notes*."""


class KeepClicked:
    """A click on *Keep*."""


class UndoClicked:
    """A click on *Undo*: the line was removed, and is wanted back."""


class AccountClicked:
    """A click on the account button, which shows who is connected."""


class SwitchAccountClicked:
    """A click on *Switch account*."""


class DisconnectClicked:
    """A click on *Disconnect*."""


# Outcomes


class SignedIn:
    """The success of the sign-in that this widget was waiting for."""


class SignInCancelled:
    """The end of a shared sign-in that the user of another widget has called off."""


class TokenFound:
    """A token from another tab."""


class WayOpened:
    """The finding that Zoom answers this page."""


@dataclass(frozen=True, slots=True)
class WayClosed:
    """The finding that Zoom does not answer this page; nobody is asked for consent."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Resumed:
    """The return from Zoom's consent page; `wanted` is the request from before."""

    wanted: Wanted


class DraftMerged:
    """A change to the notes while the page was away: they contain both versions now."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The failure of whatever was in progress; `again` is the action that repeats it."""

    error: WidgetError
    again: Action | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """A meeting that exists; `line` was added to the notes, `problem` did not go as requested.

    `is_new` is False for a meeting that was known already, and only its line was missing.
    """

    shown: ShownMeeting
    line: str | None
    problem: WidgetError | None
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Hinted:
    """A create that was not sent: the notes hint at a meeting."""

    hint: Hint


@dataclass(frozen=True, slots=True)
class OtherAccount:
    """A create that was not sent: `connected` is not the account that the page has named."""

    connected: str


@dataclass(frozen=True, slots=True)
class SecondLeft:
    """A second meeting that Zoom has created, that nobody needs, and that is still there."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class LimitsFound:
    """The end of a look at what the host's plan makes of a meeting at its new time."""

    overlap: Span | None


@dataclass(frozen=True, slots=True)
class Found:
    """A meeting that was in the notes after all."""

    shown: ShownMeeting


@dataclass(frozen=True, slots=True)
class Checked:
    """Zoom's answer that it has the meeting; `shown` is what it says."""

    shown: ShownMeeting


@dataclass(frozen=True, slots=True)
class ProgressSeen:
    """A look at whether the meeting is in progress now."""

    meeting_id: str
    is_started: bool


@dataclass(frozen=True, slots=True)
class CheckRefused:
    """Zoom's answer that the meeting is someone else's, or an answer that is not Zoom's."""

    error: WidgetError


class Doubted:
    """Zoom's answer that there is no such meeting, to a user who may not be its host."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The removal of the `line` of a meeting that is gone; requested, or automatic."""

    line: str
    was_asked_for: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """The return of the line that was cleaned."""

    shown: ShownMeeting
    line: str


@dataclass(frozen=True, slots=True)
class RestoreFailed:
    """A failure to put the cleaned line back; it can be tried again."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Removed:
    """The deletion of the meeting; `line` was removed from the notes, if it was there."""

    line: str | None


@dataclass(frozen=True, slots=True)
class LineStayed:
    """The deletion of the meeting, whose line could not be removed from the notes."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Moved:
    """A new time in Zoom, or in the note; `line` is the new line."""

    shown: ShownMeeting
    line: str | None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Zoom's agreement to another host; `shown` is the meeting as far as Zoom shows it."""

    shown: ShownMeeting


@dataclass(frozen=True, slots=True)
class Saved:
    """A line that is in the notes; `line` is set if it was added now."""

    line: str | None


@dataclass(frozen=True, slots=True)
class Copied:
    """The end of a copy: the text is on the clipboard, or the browser refused."""

    what: Copyable
    is_done: bool


@dataclass(frozen=True, slots=True)
class SendingBegun:
    """The host page's word that it is sending, and will say what comes of it."""

    by: Action


@dataclass(frozen=True, slots=True)
class SendingUntold:
    """A minute in which the host page has not said what came of it."""

    by: Action


@dataclass(frozen=True, slots=True)
class Sent:
    """The host page's word that it has sent what it was asked to."""

    by: Action


@dataclass(frozen=True, slots=True)
class SendFailed:
    """A message that was not sent."""

    by: Action
    error: WidgetError


@dataclass(frozen=True, slots=True)
class Invited:
    """The registration of another person; `link` is their own, `None` until the host approves."""

    address: str
    link: JoinLink | None


class SentForgotten:
    """The end of the time for which *Sent* is shown."""


class CopiedForgotten:
    """The end of the time for which a confirmation is shown."""


@dataclass(frozen=True, slots=True)
class HeldUp:
    """A wait for Zoom's limit: it takes that many more seconds, or with 0, it is over."""

    seconds: int


class Disconnected:
    """The end of the connection: the token is forgotten everywhere."""


Event: TypeAlias = (
    Opened
    | Refused
    | NotesEdited
    | ConnectionChanged
    | AddClicked
    | ConnectClicked
    | CreateAnywayClicked
    | Dismissed
    | NoticeDismissed
    | Escaped
    | ShowWindowClicked
    | CancelClicked
    | CopyClicked
    | SendClicked
    | ChannelClicked
    | InviteAnotherClicked
    | InvitationSubmitted
    | CopyGuestLinkClicked
    | StartClicked
    | RemoveClicked
    | RemoveConfirmed
    | UpdateZoomClicked
    | UpdateNoteClicked
    | HandOverClicked
    | SaveAgainClicked
    | CleanClicked
    | KeepClicked
    | UndoClicked
    | AccountClicked
    | SwitchAccountClicked
    | DisconnectClicked
    | SignedIn
    | SignInCancelled
    | TokenFound
    | WayOpened
    | WayClosed
    | Resumed
    | DraftMerged
    | Failed
    | Created
    | Hinted
    | OtherAccount
    | SecondLeft
    | LimitsFound
    | Found
    | Checked
    | ProgressSeen
    | CheckRefused
    | Doubted
    | Cleaned
    | Restored
    | RestoreFailed
    | Removed
    | LineStayed
    | Moved
    | HandedOver
    | Saved
    | Copied
    | CopiedForgotten
    | SendingBegun
    | SendingUntold
    | Sent
    | SendFailed
    | Invited
    | SentForgotten
    | HeldUp
    | Disconnected
)
