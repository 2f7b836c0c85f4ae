"""What can happen to a widget: the user's clicks, and how the effects came out."""

from __future__ import annotations

from dataclasses import dataclass

from pywidget.app.shown import Shown
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import WidgetError


class Event:
    """The root; every event is one of the classes below."""


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """The element stands for an appointment; `shown` is what its notes hold."""

    appointment: Appointment
    shown: Shown | None


@dataclass(frozen=True, slots=True)
class Refused(Event):
    """The element stands for nothing that can be shown."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class AddClicked(Event):
    """*Add Meeting*."""

    is_signed_in: bool


class ConnectClicked(Event):
    """*Add Zoom Meeting*: connect, then create."""


class Dismissed(Event):
    """Escape, or the focus went elsewhere."""


class ShowWindowClicked(Event):
    """Where is that window?"""


class CancelClicked(Event):
    """No more waiting for the sign-in."""


class SignedIn(Event):
    """There is a token now."""


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """Signing in or creating did not work."""

    error: WidgetError


@dataclass(frozen=True, slots=True)
class Made(Event):
    """The meeting exists; `line` was added to the notes, `problem` did not go as asked."""

    shown: Shown
    line: str | None
    problem: WidgetError | None


@dataclass(frozen=True, slots=True)
class Found(Event):
    """There was a meeting in the notes after all."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class NotesEdited(Event):
    """The user is done editing the notes; `shown` is what they hold now."""

    shown: Shown | None


class SaveAgainClicked(Event):
    """*Save again*: the line is still missing."""


@dataclass(frozen=True, slots=True)
class Saved(Event):
    """The line is there; `line` if it was added now."""

    line: str | None


@dataclass(frozen=True, slots=True)
class NotSaved(Event):
    """The line is still missing."""

    error: WidgetError


class CopyClicked(Event):
    """*Copy*."""


@dataclass(frozen=True, slots=True)
class Copied(Event):
    """The link is on the clipboard, or the browser refused."""

    is_done: bool


class CopiedForgotten(Event):
    """The confirmation has been up long enough."""
