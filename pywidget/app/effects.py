"""What a step of the state machine asks the outside world to do."""

from __future__ import annotations

from dataclasses import dataclass


class Effect:
    """The root; every effect is one of the classes below."""


class SignIn(Effect):
    """Open Zoom's consent page, now, inside the click."""


class ShowSignInWindow(Effect):
    """Bring it to the front."""


class AbandonSignIn(Effect):
    """Stop waiting for it."""


class CreateMeeting(Effect):
    """Make the appointment's meeting and write its line."""


class SaveNote(Effect):
    """Write the line of the meeting that is shown."""


@dataclass(frozen=True, slots=True)
class Copy(Effect):
    """Put the text on the clipboard, now, inside the click."""

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
    """Fire an event about the meeting that is shown, and about the line that was added."""

    name: str
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Complain(Effect):
    """Tell whoever builds the page."""

    text: str
