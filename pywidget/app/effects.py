"""What a step of the state machine asks the outside world to do."""

from __future__ import annotations

from dataclasses import dataclass

from pywidget.app.shown import Shown


class Effect:
    """The root; every effect is one of the classes below."""


class SignIn(Effect):
    """Open Zoom's consent page, now, inside the click."""


class FollowSignIn(Effect):
    """Wait for the sign-in that was under way when the page was left."""


class FindAccount(Effect):
    """Find out who is connected."""


class ShowSignInWindow(Effect):
    """Bring it to the front."""


class AbandonSignIn(Effect):
    """Stop waiting for it."""


class Disconnect(Effect):
    """Forget the token, and have Zoom revoke it."""


class LookForToken(Effect):
    """Ask the other tabs for their token."""


class LookForWay(Effect):
    """Find out whether Zoom answers this page, before anybody's consent is asked for."""


@dataclass(frozen=True, slots=True)
class CreateMeeting(Effect):
    """Make the appointment's meeting and write its line.

    `even_if_unknown`: although a create whose outcome is unknown may have made it;
    `even_if_hinted`: although the notes hold a link that may be it.
    """

    even_if_unknown: bool = False
    even_if_hinted: bool = False


class FindLost(Effect):
    """Look for the meeting of a create that was cut short."""


class Check(Effect):
    """Look the meeting up in Zoom, in the background."""


@dataclass(frozen=True, slots=True)
class DeleteMeeting(Effect):
    """Delete the meeting in Zoom, then remove its line."""

    tells_registrants: bool


class MoveMeeting(Effect):
    """Give the meeting the appointment's time, then correct its line."""


class StartMeeting(Effect):
    """Open the meeting as its host, now, inside the click."""


class WriteMade(Effect):
    """Write the line of a meeting that was made while another appointment was open."""


class SaveNote(Effect):
    """Write the line of the meeting that is shown."""


class UpdateNote(Effect):
    """Write Zoom's time into the line."""


class CleanNote(Effect):
    """Remove the line, as the user has asked for."""


class RestoreNote(Effect):
    """Put the line back that was removed."""


class KeepMeeting(Effect):
    """Remember that the line is to stay, whatever Zoom says."""


@dataclass(frozen=True, slots=True)
class Copy(Effect):
    """Put the text on the clipboard, now, inside the click. `what` is `link` or `invitation`."""

    what: str
    text: str


class ForgetCopied(Effect):
    """Take the confirmation away after a while."""


@dataclass(frozen=True, slots=True)
class Emit(Effect):
    """Fire an event with the appointment and these details."""

    name: str
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EmitMeeting(Effect):
    """Fire an event about a meeting, and about the line that was added or removed."""

    name: str
    shown: Shown
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Complain(Effect):
    """Tell whoever builds the page."""

    text: str
