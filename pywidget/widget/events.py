"""What can happen to a widget: the user's clicks, and how the effects came out.

`Event` is all of them; each has its row in `pywidget.widget.machine`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pywidget.connection.account import Connection
from pywidget.connection.departure import Wanted
from pywidget.connection.route import STRAIGHT, Route
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import WidgetError
from pywidget.widget.model import Copyable
from pywidget.widget.shown_meeting import ShownMeeting

# The page


@dataclass(frozen=True, slots=True)
class Opened:
    """The element stands for an appointment; `shown` is what its notes hold.

    `is_unsettled` says that a create was begun that nobody knows the outcome of; `route` is what a
    sign-in passes through.
    """

    appointment: Appointment
    shown: ShownMeeting | None
    connection: Connection | None = None
    is_unsettled: bool = False
    route: Route = STRAIGHT


@dataclass(frozen=True, slots=True)
class Refused:
    """The element stands for nothing that can be shown."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class NotesEdited:
    """The user is done editing the notes; `shown` is what they hold now."""

    shown: ShownMeeting | None


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """Somebody signed in or out, in this widget, another one or another tab."""

    connection: Connection | None


# Clicks


@dataclass(frozen=True, slots=True)
class AddClicked:
    """*Add Meeting*, or *Add again*.

    `is_hinted` says that the notes hint at a meeting, `was_closed` that Zoom did not answer this
    page when it was last asked.
    """

    is_signed_in: bool
    is_hinted: bool = False
    was_closed: bool = False


@dataclass(frozen=True, slots=True)
class ConnectClicked:
    """*Add Zoom Meeting*, or *Connect to Zoom*: sign in, then carry on with what was asked."""

    is_hinted: bool = False


class CreateAnywayClicked:
    """The user has looked: there is no such meeting in Zoom, or the link in the notes is none."""


class Dismissed:
    """*Cancel* in a question, or the focus went elsewhere."""


class Escaped:
    """Escape: whatever can be called off is."""


class ShowWindowClicked:
    """Where is that window?"""


class CancelClicked:
    """No more waiting for the sign-in."""


class CopyClicked:
    """*Copy*."""


class CopyInvitationClicked:
    """*Copy invitation*."""


class SendClicked:
    """*Send to client*."""


class StartClicked:
    """*Start meeting*."""


class RemoveClicked:
    """*Remove meeting*: asks first."""


@dataclass(frozen=True, slots=True)
class RemoveConfirmed:
    """Yes, remove it; and have Zoom tell those who are registered, or not."""

    tells_registrants: bool = False


class UpdateZoomClicked:
    """*Update Zoom*: move the meeting to the appointment's time."""


class UpdateNoteClicked:
    """*Update note*: write Zoom's time into the note."""


class SaveAgainClicked:
    """*Save again*: the line is still missing."""


class CleanClicked:
    """*Remove from notes*."""


class KeepClicked:
    """*Keep*."""


class UndoClicked:
    """*Undo*: the line was removed, and is wanted back."""


class AccountClicked:
    """Who is connected?"""


class SwitchAccountClicked:
    """*Switch account*."""


class DisconnectClicked:
    """*Disconnect*."""


# What came of it


class SignedIn:
    """The sign-in that this widget waited for was finished."""


class SignInCancelled:
    """Another widget waited for the same sign-in, and its user called it off."""


class TokenFound:
    """Another tab had a token."""


class WayOpened:
    """Zoom answers this page."""


@dataclass(frozen=True, slots=True)
class WayClosed:
    """Zoom does not answer this page: nobody is asked for their consent."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Resumed:
    """The page came back from Zoom's consent page; `wanted` is what was asked for before."""

    wanted: Wanted


class DraftMerged:
    """The notes had changed while the page was away: they hold both versions now."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What was under way did not work."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Created:
    """The meeting exists; `line` was added to the notes, `problem` did not go as asked.

    `is_new` is False for one that was known already, and only its line was missing.
    """

    shown: ShownMeeting
    line: str | None
    problem: WidgetError | None
    is_new: bool = True


class Hinted:
    """Nothing was sent: the notes hold a link that may be the appointment's meeting."""


@dataclass(frozen=True, slots=True)
class SecondLeft:
    """Zoom has made two meetings, and the one that nobody needs is still there."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Found:
    """There was a meeting in the notes after all."""

    shown: ShownMeeting


@dataclass(frozen=True, slots=True)
class Checked:
    """Zoom has the meeting; `shown` is what it says."""

    shown: ShownMeeting


@dataclass(frozen=True, slots=True)
class CheckRefused:
    """Zoom says that the meeting is somebody else's, or who answers is not Zoom."""

    error: WidgetError


class Doubted:
    """Zoom says that there is no such meeting, and this user may not be its host."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The meeting is gone, and `line` was removed from the notes; asked for, or by itself."""

    line: str
    was_asked_for: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """The line that was cleaned is back."""

    shown: ShownMeeting
    line: str


@dataclass(frozen=True, slots=True)
class RestoreFailed:
    """The line that was cleaned could not be put back, and can still be."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Removed:
    """The meeting was deleted; `line` was removed from the notes, if it stood there."""

    line: str | None


@dataclass(frozen=True, slots=True)
class LineStayed:
    """The meeting was deleted, and its line could not be removed from the notes."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Moved:
    """Zoom, or the note, has another time now; `line` is the new one."""

    shown: ShownMeeting
    line: str | None


@dataclass(frozen=True, slots=True)
class Saved:
    """The line is there; `line` if it was added now."""

    line: str | None


@dataclass(frozen=True, slots=True)
class Copied:
    """It is on the clipboard, or the browser refused."""

    what: Copyable
    is_done: bool


class CopiedForgotten:
    """The confirmation has been up long enough."""


class Disconnected:
    """The token is forgotten, everywhere."""


Event: TypeAlias = (
    Opened
    | Refused
    | NotesEdited
    | ConnectionChanged
    | AddClicked
    | ConnectClicked
    | CreateAnywayClicked
    | Dismissed
    | Escaped
    | ShowWindowClicked
    | CancelClicked
    | CopyClicked
    | CopyInvitationClicked
    | SendClicked
    | StartClicked
    | RemoveClicked
    | RemoveConfirmed
    | UpdateZoomClicked
    | UpdateNoteClicked
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
    | SecondLeft
    | Found
    | Checked
    | CheckRefused
    | Doubted
    | Cleaned
    | Restored
    | RestoreFailed
    | Removed
    | LineStayed
    | Moved
    | Saved
    | Copied
    | CopiedForgotten
    | Disconnected
)
