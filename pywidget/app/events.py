"""What can happen to a widget: the user's clicks, and how the effects came out."""

from __future__ import annotations

from dataclasses import dataclass

from pywidget.app.model import Wanted
from pywidget.app.route import STRAIGHT, Route
from pywidget.app.shown import Connection, Shown
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import WidgetError


class Event:
    """The root; every event is one of the classes below."""


# The page


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """The element stands for an appointment; `shown` is what its notes hold.

    `is_unsettled` says that a create was begun that nobody knows the outcome of; `route` is what a
    sign-in passes through.
    """

    appointment: Appointment
    shown: Shown | None
    connection: Connection | None = None
    is_unsettled: bool = False
    route: Route = STRAIGHT


@dataclass(frozen=True, slots=True)
class Refused(Event):
    """The element stands for nothing that can be shown."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class NotesEdited(Event):
    """The user is done editing the notes; `shown` is what they hold now."""

    shown: Shown | None


@dataclass(frozen=True, slots=True)
class ConnectionChanged(Event):
    """Somebody signed in or out, in this widget, another one or another tab."""

    connection: Connection | None


# Clicks


@dataclass(frozen=True, slots=True)
class AddClicked(Event):
    """*Add Meeting*, or *Add again*.

    `is_hinted` says that the notes hint at a meeting, `was_closed` that Zoom did not answer this
    page when it was last asked.
    """

    is_signed_in: bool
    is_hinted: bool = False
    was_closed: bool = False


@dataclass(frozen=True, slots=True)
class ConnectClicked(Event):
    """*Add Zoom Meeting*, or *Connect to Zoom*: sign in, then carry on with what was asked."""

    is_hinted: bool = False


class CreateAnywayClicked(Event):
    """The user has looked: there is no such meeting in Zoom, or the link in the notes is none."""


class Dismissed(Event):
    """*Cancel* in a question, or the focus went elsewhere."""


class Escaped(Event):
    """Escape: whatever can be called off is."""


class ShowWindowClicked(Event):
    """Where is that window?"""


class CancelClicked(Event):
    """No more waiting for the sign-in."""


class CopyClicked(Event):
    """*Copy*."""


class CopyInvitationClicked(Event):
    """*Copy invitation*."""


class SendClicked(Event):
    """*Send to client*."""


class StartClicked(Event):
    """*Start meeting*."""


class RemoveClicked(Event):
    """*Remove meeting*: asks first."""


@dataclass(frozen=True, slots=True)
class RemoveConfirmed(Event):
    """Yes, remove it; and have Zoom tell those who are registered, or not."""

    tells_registrants: bool = False


class UpdateZoomClicked(Event):
    """*Update Zoom*: move the meeting to the appointment's time."""


class UpdateNoteClicked(Event):
    """*Update note*: write Zoom's time into the note."""


class SaveAgainClicked(Event):
    """*Save again*: the line is still missing."""


class CleanClicked(Event):
    """*Remove from notes*."""


class KeepClicked(Event):
    """*Keep*."""


class UndoClicked(Event):
    """*Undo*: the line was removed, and is wanted back."""


class AccountClicked(Event):
    """Who is connected?"""


class SwitchAccountClicked(Event):
    """*Switch account*."""


class DisconnectClicked(Event):
    """*Disconnect*."""


# What came of it


class SignedIn(Event):
    """The sign-in that this widget waited for was finished."""


class SignInCancelled(Event):
    """Another widget waited for the same sign-in, and its user called it off."""


class TokenFound(Event):
    """Another tab had a token."""


class WayOpened(Event):
    """Zoom answers this page."""


@dataclass(frozen=True, slots=True)
class WayClosed(Event):
    """Zoom does not answer this page: nobody is asked for their consent."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The page came back from Zoom's consent page; `wanted` is what was asked for before."""

    wanted: Wanted


class DraftMerged(Event):
    """The notes had changed while the page was away: they hold both versions now."""


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """What was under way did not work."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Made(Event):
    """The meeting exists; `line` was added to the notes, `problem` did not go as asked.

    `is_new` is False for one that was known already, and only its line was missing.
    """

    shown: Shown
    line: str | None
    problem: WidgetError | None
    is_new: bool = True


class Hinted(Event):
    """Nothing was sent: the notes hold a link that may be the appointment's meeting."""


@dataclass(frozen=True, slots=True)
class SecondLeft(Event):
    """Zoom has made two meetings, and the one that nobody needs is still there."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Found(Event):
    """There was a meeting in the notes after all."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class Checked(Event):
    """Zoom has the meeting; `shown` is what it says."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class CheckRefused(Event):
    """Zoom says that the meeting is somebody else's, or who answers is not Zoom."""

    error: WidgetError


class Doubted(Event):
    """Zoom says that there is no such meeting, and this user may not be its host."""


@dataclass(frozen=True, slots=True)
class Cleaned(Event):
    """The meeting is gone, and `line` was removed from the notes; asked for, or by itself."""

    line: str
    was_asked_for: bool


@dataclass(frozen=True, slots=True)
class Restored(Event):
    """The line that was cleaned is back."""

    shown: Shown
    line: str


@dataclass(frozen=True, slots=True)
class RestoreFailed(Event):
    """The line that was cleaned could not be put back, and can still be."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Removed(Event):
    """The meeting was deleted; `line` was removed from the notes, if it stood there."""

    line: str | None


@dataclass(frozen=True, slots=True)
class LineStayed(Event):
    """The meeting was deleted, and its line could not be removed from the notes."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Moved(Event):
    """Zoom, or the note, has another time now; `line` is the new one."""

    shown: Shown
    line: str | None


@dataclass(frozen=True, slots=True)
class Saved(Event):
    """The line is there; `line` if it was added now."""

    line: str | None


@dataclass(frozen=True, slots=True)
class Copied(Event):
    """It is on the clipboard, or the browser refused. `what` is `link` or `invitation`."""

    what: str
    is_done: bool


class CopiedForgotten(Event):
    """The confirmation has been up long enough."""


class Disconnected(Event):
    """The token is forgotten, everywhere."""
