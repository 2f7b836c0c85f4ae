"""What a screen reader says of each step: once, and only what has happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pywidget.connection.wanted import Wanted
from pywidget.domain.admission import Admission
from pywidget.domain.errors import (
    Code,
    HostPageError,
    NotDoneError,
    Reason,
    UnreachableError,
    WidgetError,
)
from pywidget.domain.link_hint import Hint
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.announcements import SILENCE, announce
from pywidget.widget.machine import counts, update
from pywidget.widget.model import Copyable, Menu, Model, State
from tests.doubles.english import WORDS
from tests.ui.models import MODELS, ONE, PLAIN_DRIFT, READY, SHOWN, UNNOTED, ZOOM

OFFLINE = UnreachableError(Code.NETWORK)
NOT_WRITTEN = HostPageError(Code.NOTES_WRITE_FAILED)
ZOOMED = replace(READY, connection=ZOOM)
IDLE = MODELS["idle, connected"]
BUSY = {
    state: replace(ZOOMED, state=state)
    for state in (State.SIGNING_IN, State.CREATING, State.UPDATING, State.REMOVING)
}
SECOND = WidgetError(Code.SECOND_MEETING, ending="9988")
TWO_TIMES = (
    "Zoom has this meeting at Thursday, March 5 2026 7:30 pm. The appointment is at 6:00 pm."
)
DELETED = "This meeting was deleted in Zoom, so its line was removed from the notes."
LOST = "Zoom does not show this meeting: it was deleted, or it belongs to a colleague."
OPENED = on.Opened(ONE, SHOWN)
OTHER = on.Opened(replace(ONE, id="813"), SHOWN)
DRIFTED = replace(SHOWN, drift=PLAIN_DRIFT)


def hear(model: Model, *events: on.Event) -> list[str]:
    """What is said, in order; what interrupts has an exclamation mark before it."""
    heard = []
    for event in events:
        after, _effects = update(model, event)
        said = announce(model, event, after) if counts(model, event) else None
        if said is not None:
            heard.append(("! " if said.is_urgent else "") + WORDS.write_all(said.messages))
        model = after
    return heard


@pytest.mark.parametrize(
    ("model", "event", "words"),
    [
        # Signing in
        (
            MODELS["menu"],
            on.ConnectClicked(),
            "Zoom asks for your permission in another window.",
        ),
        (MODELS["idle"], on.Resumed(Wanted.CREATE), "Waiting for Zoom…"),
        (
            MODELS["signing in"],
            on.SignedIn(),
            "Zoom is connected. Zoom is creating the meeting.",
        ),
        (
            replace(MODELS["signing in again"], wanted=Wanted.MOVE),
            on.SignedIn(),
            "Zoom is connected. Zoom is moving the meeting.",
        ),
        (
            replace(MODELS["signing in again"], wanted=Wanted.START),
            on.SignedIn(),
            "Zoom is connected.",
        ),
        (MODELS["signing in"], on.CancelClicked(), "Sign-in canceled."),
        (
            MODELS["signing in"],
            on.Failed(NotDoneError(Code.ACCESS_DENIED)),
            "Zoom was not connected, because permission was denied. Nothing was changed.",
        ),
        (ZOOMED, on.Disconnected(), "Disconnected. Your meetings and links keep working."),
        # Creating
        (IDLE, on.AddClicked(is_signed_in=True), "Zoom is creating the meeting."),
        (MODELS["menu"], on.TokenFound(), "Zoom is creating the meeting."),
        (MODELS["creating"], on.Created(SHOWN, "line", None), "The Zoom meeting is ready."),
        (MODELS["creating"], on.Found(SHOWN), "The notes contain a Zoom meeting."),
        (
            MODELS["creating"],
            on.Failed(OFFLINE),
            "! Zoom could not be reached. Check the network connection, then try again.",
        ),
        (
            MODELS["creating"],
            on.Created(UNNOTED, None, NOT_WRITTEN),
            "! The notes did not take the change. Try again.",
        ),
        (
            MODELS["creating"],
            on.HeldUp(45),
            "Zoom is busy. Trying again in 45 s\u2026",
        ),
        (ZOOMED, on.HeldUp(45), "Zoom is busy. Trying again in 45 s\u2026"),
        (
            MODELS["held up"],
            on.Failed(NotDoneError(Code.RATE_LIMITED, Reason.CALLED_OFF)),
            "Canceled. Zoom was busy: try again in a minute.",
        ),
        # Sending
        (ZOOMED, on.Copied(Copyable.LINK, is_done=True), "Link copied."),
        (ZOOMED, on.Copied(Copyable.INVITATION, is_done=True), "Invitation copied."),
        (MODELS["copied"], on.Copied(Copyable.LINK, is_done=True), "Link copied."),
        (
            ZOOMED,
            on.Copied(Copyable.LINK, is_done=False),
            "Your browser blocked copying. Press Ctrl+C (⌘C on a Mac) to copy this link.",
        ),
        # Looking
        (ZOOMED, on.Checked(DRIFTED), TWO_TIMES),
        (MODELS["gone"], on.Checked(SHOWN), "The Zoom meeting is ready."),
        (ZOOMED, on.Doubted(), LOST),
        (ZOOMED, on.Cleaned("line", was_asked_for=False), DELETED),
        # Changing
        (MODELS["drift"], on.UpdateZoomClicked(), "Zoom is moving the meeting."),
        (
            BUSY[State.UPDATING],
            on.Moved(SHOWN, "line"),
            "Zoom has moved the meeting, and the notes have its new time.",
        ),
        (MODELS["drift"], on.Moved(SHOWN, "line"), "The notes now have Zoom's time."),
        (ZOOMED, on.RemoveConfirmed(), "Zoom is deleting the meeting."),
        (
            BUSY[State.REMOVING],
            on.Removed("line"),
            "Meeting deleted and removed from the notes.",
        ),
        (BUSY[State.REMOVING], on.Removed(None), "Meeting deleted. It was not in the notes."),
        (MODELS["gone"], on.KeepClicked(), "The link stays in the notes."),
        (
            MODELS["gone"],
            on.Cleaned("line", was_asked_for=True),
            "The line was removed from the notes.",
        ),
        (MODELS["cleaned"], on.Restored(SHOWN, "line"), f"The line is back in the notes. {LOST}"),
        (MODELS["not saved"], on.Saved("line"), "The link is saved in the notes."),
        (
            MODELS["not saved"],
            on.Failed(NOT_WRITTEN),
            "! The notes did not take the change. Try again.",
        ),
        # Sending
        (ZOOMED, on.SendingBegun(Action.SEND_TEXT), "Sending…"),
        (ZOOMED, on.Sent(Action.SEND_TEXT), "The message was sent."),
        (
            MODELS["not sent"],
            on.SendFailed(Action.SEND_TEXT, HostPageError(Code.SEND_FAILED)),
            "! The message was not sent.",
        ),
        (
            MODELS["copied, own link"],
            on.Copied(Copyable.LINK, is_done=True),
            "Link copied. It is for this client only.",
        ),
        # The notes
        (IDLE, on.NotesEdited(SHOWN), "The notes contain a Zoom meeting."),
        (ZOOMED, on.NotesEdited(None), "The notes no longer contain a Zoom meeting."),
    ],
)
def test_each_action_is_heard_once(model: Model, event: on.Event, words: str) -> None:
    assert hear(model, event) == [words]


@pytest.mark.parametrize(
    ("model", "event"),
    [
        (Model(), OPENED),
        (ZOOMED, OPENED),
        (IDLE, on.AddClicked(is_signed_in=False)),  # its menu has the focus
        (ZOOMED, on.SendClicked()),
        (ZOOMED, on.RemoveClicked()),
        (replace(ZOOMED, menu=Menu.SEND), on.Escaped()),
        (MODELS["copied"], on.CopiedForgotten()),
        (MODELS["held up"], on.HeldUp(44)),
        (MODELS["held up"], on.HeldUp(0)),
        (ZOOMED, on.Checked(SHOWN)),
        (MODELS["drift"], on.Checked(DRIFTED)),
        (ZOOMED, on.ConnectionChanged(None)),
        (ZOOMED, on.Created(SHOWN, "line", None)),  # twice
        (IDLE, on.Removed("line")),  # too late
        (IDLE, on.NotesEdited(None)),
    ],
)
def test_nothing_is_heard_that_did_not_happen(model: Model, event: on.Event) -> None:
    assert hear(model, event) == []


def test_what_is_said_of_another_appointment_is_taken_away() -> None:
    after, _effects = update(ZOOMED, OTHER)
    assert announce(ZOOMED, OTHER, after) == SILENCE


def test_what_is_said_in_a_message_goes_with_it() -> None:
    told = replace(MODELS["drift"], notice=notices.CONNECTED_TO_START)
    assert hear(told, on.UpdateNoteClicked()) == [""]


def test_a_message_that_says_more_than_before_is_heard_by_what_it_adds() -> None:
    (heard,) = hear(replace(ZOOMED, notice=notices.CONNECTED_TO_START), on.SecondLeft(SECOND))
    assert "second meeting" in heard
    assert "connected" not in heard


def test_one_look_at_zoom_is_heard_with_all_that_it_shows() -> None:
    strict = replace(DRIFTED, admission=Admission(needs_sign_in=True))
    (heard,) = hear(ZOOMED, on.Checked(strict))
    assert heard == f"{WORDS.say('notice.sign_in_required')} {TWO_TIMES}"


def test_only_failures_interrupt() -> None:
    refused = on.CheckRefused(WidgetError(Code.ZOOM_ERROR, Reason.STRANGER))
    assert [words[0] for words in hear(ZOOMED, refused)] == ["!"]
    assert hear(MODELS["idle"], on.Hinted(Hint.ZOOM))[0][0] != "!"
