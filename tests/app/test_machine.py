"""The state machine: each event in each state either counts, or changes nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.app import effects as do
from pywidget.app import events as on
from pywidget.app.machine import Model, Notice, State, Tone, is_busy, update
from pywidget.app.shown import Shown
from pywidget.app.start_text import StartText
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    BadAttributeError,
    Code,
    HostPageError,
    NotDoneError,
    UnreachableError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.secret import Secret
from tests.app.world import at

SIX = datetime.fromisoformat("2026-03-05T18:00")
ONE = Appointment("812", SIX, "America/New_York", "#notes", client="Dana Lee")
TWO = Appointment("813", SIX, "America/New_York", "#notes", client="Kim")
LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x")
OTHER_LINK = JoinLink("zoom.us", LinkKind.JOIN, "99912345678")
SHOWN = Shown(
    link=LINK,
    topic="Appointment with Dana Lee",
    starts_at=at("2026-03-05T23:00"),
    start=StartText("6 pm"),
    passcode=None,
    is_noted=True,
)
UNNOTED = replace(SHOWN, is_noted=False)
OTHER = replace(SHOWN, link=OTHER_LINK)
CLOSED = NotDoneError(Code.POPUP_CLOSED, "closed")
OFFLINE = UnreachableError(Code.NETWORK, "offline")
NO_NOTES = HostPageError(Code.NOTES_WRITE_FAILED, "not written")
NOTICE = Notice(Code.NETWORK, "offline", Tone.ERROR)

MODELS = {
    State.LOADING: Model(),
    State.IDLE: Model(State.IDLE, ONE),
    State.SIGNING_IN: Model(State.SIGNING_IN, ONE),
    State.CREATING: Model(State.CREATING, ONE),
    State.READY: Model(State.READY, ONE, SHOWN),
    State.ERROR: Model(State.ERROR, ONE, notice=NOTICE),
}
EVENTS: dict[str, on.Event] = {
    "Opened": on.Opened(TWO, None),
    "Refused": on.Refused(BadAttributeError("starts", "is missing")),
    "AddClicked": on.AddClicked(is_signed_in=True),
    "AddClicked, signed out": on.AddClicked(is_signed_in=False),
    "ConnectClicked": on.ConnectClicked(),
    "Dismissed": on.Dismissed(),
    "ShowWindowClicked": on.ShowWindowClicked(),
    "CancelClicked": on.CancelClicked(),
    "SignedIn": on.SignedIn(),
    "Failed": on.Failed(OFFLINE),
    "Failed, closed": on.Failed(CLOSED),
    "Made": on.Made(SHOWN, "line", None),
    "Found": on.Found(SHOWN),
    "NotesEdited": on.NotesEdited(OTHER),
    "NotesEdited, empty": on.NotesEdited(None),
    "SaveAgainClicked": on.SaveAgainClicked(),
    "Saved": on.Saved("line"),
    "NotSaved": on.NotSaved(NO_NOTES),
    "CopyClicked": on.CopyClicked(),
    "Copied": on.Copied(is_done=True),
    "CopiedForgotten": on.CopiedForgotten(),
}
L, I, S, C, R, E = State  # noqa: E741 - one letter a column
# Where each event leads from each state in which it counts; anywhere else it must do nothing.
LEADS_TO: dict[str, dict[State, State]] = {
    "Opened": dict.fromkeys(State, I),
    "Refused": dict.fromkeys(State, E),
    "AddClicked": {I: C, E: C},
    "AddClicked, signed out": {I: I, E: E},
    "ConnectClicked": {I: S, E: S},
    "Dismissed": {I: I, E: E},
    "ShowWindowClicked": {S: S},
    "CancelClicked": {S: S},
    "SignedIn": {S: C, I: C, E: C},
    "Failed": {S: E, C: E},
    "Failed, closed": {S: I, C: I},
    "Made": {C: R},
    "Found": {I: R, E: R, C: R},
    "NotesEdited": {I: R, E: R, R: R},
    "NotesEdited, empty": {R: I, I: I, E: E},
    "SaveAgainClicked": {R: R},
    "Saved": {R: R},
    "NotSaved": {R: R},
    "CopyClicked": {R: R},
    "Copied": {R: R},
    "CopiedForgotten": {R: R},
}


@pytest.mark.parametrize(("name", "state"), list(product(EVENTS, State)))
def test_an_event_counts_or_changes_nothing(name: str, state: State) -> None:
    model, effects = update(MODELS[state], EVENTS[name])
    if state in LEADS_TO[name]:
        assert model.state is LEADS_TO[name][state]
    else:
        assert model is MODELS[state]
        assert effects == ()


@pytest.mark.parametrize("name", [name for name in EVENTS if name not in ("Opened", "Refused")])
def test_an_element_that_stands_for_nothing_does_nothing(name: str) -> None:
    nothing = Model(State.ERROR, notice=NOTICE)
    assert update(nothing, EVENTS[name]) == (nothing, ())


def test_every_event_is_in_the_table_above() -> None:
    names = {type(event).__name__ for event in EVENTS.values()}
    assert names == {each.__name__ for each in on.Event.__subclasses__()}
    assert set(LEADS_TO) == set(EVENTS)


def test_a_model_is_never_changed_in_place() -> None:
    for model, event in product(MODELS.values(), EVENTS.values()):
        before = repr(model)
        update(model, event)
        assert repr(model) == before


# What is asked of the outside world


def effects_of(model: Model, event: on.Event) -> tuple[do.Effect, ...]:
    return update(model, event)[1]


def kinds(effects: tuple[do.Effect, ...]) -> list[type[do.Effect]]:
    return [type(effect) for effect in effects]


def test_a_click_creates_when_signed_in_and_explains_first_when_not() -> None:
    assert kinds(effects_of(MODELS[I], EVENTS["AddClicked"])) == [do.CreateMeeting]
    opened, effects = update(MODELS[I], EVENTS["AddClicked, signed out"])
    assert opened.menu_open
    assert effects == ()
    assert not update(opened, EVENTS["AddClicked, signed out"])[0].menu_open
    assert not update(opened, EVENTS["Dismissed"])[0].menu_open


def test_connecting_opens_the_window_and_nothing_before_it() -> None:
    assert kinds(effects_of(MODELS[I], EVENTS["ConnectClicked"])) == [do.SignIn]


def test_signing_in_goes_on_to_create_with_no_further_click() -> None:
    effects = effects_of(MODELS[S], EVENTS["SignedIn"])
    assert effects[0] == do.Emit("connected")
    assert kinds(effects) == [do.Emit, do.CreateMeeting]


def test_a_disabled_element_starts_nothing() -> None:
    disabled = Model(State.IDLE, replace(ONE, disabled=True))
    for name in ("AddClicked", "AddClicked, signed out", "ConnectClicked"):
        assert update(disabled, EVENTS[name]) == (disabled, ())


def test_a_made_meeting_is_told_after_its_note() -> None:
    model, effects = update(MODELS[C], on.Made(SHOWN, "line", None))
    assert effects == (do.EmitMeeting("notes-changed", "line"), do.EmitMeeting("created", "line"))
    assert model == Model(State.READY, ONE, SHOWN)


def test_a_made_meeting_without_its_note_says_so() -> None:
    model, effects = update(MODELS[C], on.Made(UNNOTED, None, NO_NOTES))
    assert kinds(effects) == [do.EmitMeeting, do.Emit]
    assert model.notice == Notice(Code.NOTES_WRITE_FAILED, "not written", Tone.ERROR)
    assert model.shown == UNNOTED


def test_saving_again_ends_the_notice() -> None:
    noticed = Model(State.READY, ONE, UNNOTED, NOTICE)
    assert kinds(effects_of(noticed, on.SaveAgainClicked())) == [do.SaveNote]
    model, effects = update(noticed, on.Saved("line"))
    assert model == Model(State.READY, ONE, SHOWN)
    assert effects == (do.EmitMeeting("notes-changed", "line"),)
    assert effects_of(noticed, on.Saved(None)) == ()
    again, effects = update(noticed, on.NotSaved(NO_NOTES))
    assert again.notice is not None
    assert again.shown == UNNOTED
    assert kinds(effects) == [do.Emit]


@pytest.mark.parametrize(
    ("error", "state", "tone"),
    [
        (CLOSED, State.IDLE, Tone.INFO),
        (NotDoneError(Code.ACCESS_DENIED, "m"), State.IDLE, Tone.INFO),
        (NotDoneError(Code.POPUP_BLOCKED, "m"), State.ERROR, Tone.INFO),
        (NotDoneError(Code.STARTS_IN_PAST, "m"), State.ERROR, Tone.INFO),
        (OFFLINE, State.ERROR, Tone.ERROR),
        (ZoomRefusedError(Code.INVALID_GRANT, "m", status=401), State.ERROR, Tone.ERROR),
    ],
)
@pytest.mark.parametrize("state_before", [State.SIGNING_IN, State.CREATING])
def test_a_failure_is_told_and_what_the_user_chose_is_none(
    error: WidgetError, state: State, tone: Tone, state_before: State
) -> None:
    model, effects = update(MODELS[state_before], on.Failed(error))
    assert model.state is state
    assert model.notice == Notice(error.code, error.message, tone)
    assert effects == (do.Emit("error", (("code", error.code.value), ("message", error.message))),)
    # The way out of a dead token is right there.
    assert model.menu_open is (error.code is Code.INVALID_GRANT)


def test_bad_attributes_are_told_to_user_and_embedder() -> None:
    error = BadAttributeError("starts", "is missing")
    model, effects = update(MODELS[R], on.Refused(error))
    assert model == Model(State.ERROR, notice=Notice(error.code, error.message, Tone.ERROR))
    assert kinds(effects) == [do.Emit, do.Complain]


# The element stands for something else, or for the same thing a little changed


@pytest.mark.parametrize("state", State)
def test_another_appointment_starts_afresh(state: State) -> None:
    model = replace(MODELS[state], notice=NOTICE, menu_open=True, is_copied=True)
    assert update(model, on.Opened(TWO, None)) == (Model(State.IDLE, TWO), ())
    shown, effects = update(model, on.Opened(TWO, SHOWN))
    assert shown == Model(State.READY, TWO, SHOWN)
    assert effects == (do.EmitMeeting("loaded"),)


@pytest.mark.parametrize("state", [State.SIGNING_IN, State.CREATING])
def test_the_same_appointment_goes_on_with_what_runs(state: State) -> None:
    changed = replace(ONE, client="Dana L.")
    assert update(MODELS[state], on.Opened(changed, None)) == (
        replace(MODELS[state], appointment=changed),
        (),
    )


def test_the_same_appointment_keeps_its_notice() -> None:
    model, _ = update(Model(State.ERROR, ONE, notice=NOTICE), on.Opened(ONE, None))
    assert model == Model(State.IDLE, ONE, notice=NOTICE)


def test_the_same_meeting_keeps_what_only_zoom_told() -> None:
    """A framework sets attributes at every rendering: the passcode must not vanish for that."""
    shown = replace(SHOWN, passcode=Secret("123456"))
    model = Model(State.READY, ONE, shown, NOTICE, is_copied=True)
    changed = replace(ONE, client_email="dana@example.com")
    assert update(model, on.Opened(changed, SHOWN)) == (replace(model, appointment=changed), ())


def test_a_meeting_that_is_not_in_the_notes_yet_is_written_there() -> None:
    """Its element was away when Zoom answered; now it is back."""
    model, effects = update(Model(), on.Opened(ONE, UNNOTED))
    assert model == Model(State.READY, ONE, UNNOTED)
    assert kinds(effects) == [do.SaveNote]


# The notes are the user's


def test_a_line_that_the_user_removed_is_gone_without_a_word() -> None:
    assert update(MODELS[R], on.NotesEdited(None)) == (Model(State.IDLE, ONE), ())


def test_a_meeting_that_is_not_in_the_notes_does_not_vanish_with_them() -> None:
    model = Model(State.READY, ONE, UNNOTED, NOTICE)
    assert update(model, on.NotesEdited(None)) == (model, ())
    assert update(model, on.NotesEdited(UNNOTED)) == (model, ())


def test_a_line_that_the_user_wrote_by_hand_counts() -> None:
    model = Model(State.READY, ONE, UNNOTED, NOTICE)
    assert update(model, on.NotesEdited(SHOWN))[0] == MODELS[R]


def test_the_same_link_changes_nothing() -> None:
    model = replace(MODELS[R], notice=NOTICE, is_copied=True)
    assert update(model, on.NotesEdited(replace(SHOWN, topic="x"))) == (model, ())


def test_another_link_is_another_meeting() -> None:
    model, effects = update(MODELS[R], on.NotesEdited(OTHER))
    assert model == Model(State.READY, ONE, OTHER)
    assert effects == (do.EmitMeeting("loaded"),)


# Copying


def test_copying_takes_the_link_as_it_is() -> None:
    assert effects_of(MODELS[R], on.CopyClicked()) == (do.Copy(LINK.url),)


def test_a_copy_is_confirmed_and_the_confirmation_goes() -> None:
    copied, effects = update(MODELS[R], on.Copied(is_done=True))
    assert copied.is_copied
    assert kinds(effects) == [do.ForgetCopied]
    assert update(copied, on.CopiedForgotten())[0] == MODELS[R]


def test_a_refused_copy_is_told() -> None:
    model, effects = update(MODELS[R], on.Copied(is_done=False))
    assert not model.is_copied
    assert model.notice is not None
    assert model.notice.code is Code.CLIPBOARD_REFUSED
    assert effects == ()


# Whatever happens, in whatever order


def walk(names: list[str]) -> Iterator[tuple[Model, tuple[do.Effect, ...]]]:
    model = Model()
    for name in names:
        model, effects = update(model, EVENTS[name])
        yield model, effects


@given(st.lists(st.sampled_from(sorted(EVENTS)), max_size=25))
def test_no_order_of_events_breaks_the_invariants(names: list[str]) -> None:
    for model, effects in walk(["Opened", *names]):
        assert (model.shown is not None) == (model.state is State.READY)
        assert is_busy(model) == (model.state in {L, S, C})
        assert not (model.menu_open and model.state not in {I, E})
        assert not (is_busy(model) and model.notice is not None)
        assert model.is_copied <= (model.state is State.READY)
        assert model.appointment is not None or model.state is State.ERROR
        assert (do.CreateMeeting in kinds(effects)) <= (model.state is State.CREATING)
        assert (do.SignIn in kinds(effects)) <= (model.state is State.SIGNING_IN)
        assert kinds(effects).count(do.CreateMeeting) <= 1


@given(st.lists(st.sampled_from(sorted(EVENTS)), max_size=25))
def test_one_meeting_is_asked_for_at_a_time(names: list[str]) -> None:
    creating = False
    for model, effects in walk(["Opened", *names]):
        if do.CreateMeeting in kinds(effects):
            assert not creating
        creating = model.state is State.CREATING
