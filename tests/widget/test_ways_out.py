"""Whoever is told to do something gets the button for it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import (
    Code,
    Consequence,
    HostPageError,
    InternalError,
    NotDoneError,
    OutcomeUnknownError,
    RateLimitedError,
    Reason,
    SessionEndedError,
    SetbackError,
    TimeChangedError,
    UnreachableError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.machine import update
from pywidget.widget.model import Model, State
from pywidget.words.errors import find_messages
from tests.ui.models import MODELS, ONE, READY, ZOOM
from tests.words.test_catalogue import ENTRIES

OFFLINE = UnreachableError(Code.NETWORK)
LOCKED = HostPageError(Code.NOTES_WRITE_FAILED, Reason.READ_ONLY)
SIGNED_OUT = Model(State.SIGNING_IN, ONE)
CREATING = MODELS["creating"]
STARTING = replace(READY, connection=ZOOM, wanted=Wanted.START)
AGAIN, CONNECT = "button.try_again", "button.connect"


def find_offers(
    model: Model, error: WidgetError, again: Action | None = None
) -> list[tuple[str, str]]:
    failed, _ = update(model, on.Failed(error, again))
    assert failed.notice is not None
    return [(offer.action.value, offer.key) for offer in failed.notice.offers]


@pytest.mark.parametrize(
    ("model", "again", "error", "offer"),
    [
        (CREATING, Action.ADD, OFFLINE, ("add", AGAIN)),
        (CREATING, Action.ADD, OutcomeUnknownError(is_for_user=False), ("add", AGAIN)),
        (CREATING, Action.ADD, ZoomRefusedError(Code.ZOOM_ERROR, status=400), ("add", AGAIN)),
        (
            CREATING,
            Action.ADD,
            ZoomRefusedError(Code.SCOPE_MISSING, status=400),
            ("connect", CONNECT),
        ),
        (SIGNED_OUT, Action.CONNECT, OFFLINE, ("connect", AGAIN)),
        (SIGNED_OUT, Action.CONNECT, NotDoneError(Code.POPUP_CLOSED), ("connect", AGAIN)),
        (replace(READY, state=State.SIGNING_IN), Action.CONNECT, OFFLINE, ("connect", AGAIN)),
        (MODELS["updating"], Action.UPDATE_ZOOM, OFFLINE, ("update-zoom", AGAIN)),
        (MODELS["removing"], Action.REMOVE, OFFLINE, ("remove", AGAIN)),
        (
            MODELS["removing"],
            Action.REMOVE,
            SetbackError(Consequence.NOT_DELETED, LOCKED),
            ("remove", AGAIN),
        ),
        (MODELS["removing"], Action.REMOVE, SessionEndedError(), ("connect", CONNECT)),
        (STARTING, Action.START, OFFLINE, ("start", AGAIN)),
        (STARTING, Action.START, NotDoneError(Code.POPUP_BLOCKED), ("start", AGAIN)),
        (MODELS["drift"], Action.UPDATE_NOTE, LOCKED, ("update-note", AGAIN)),
    ],
)
def test_what_failed_is_one_click_away(
    model: Model, again: Action, error: WidgetError, offer: tuple[str, str]
) -> None:
    assert find_offers(model, error, again) == [offer]


@pytest.mark.parametrize("model", [MODELS["idle"], READY, MODELS["drift"], CREATING])
def test_what_nobody_has_asked_for_is_not_offered_again(model: Model) -> None:
    assert find_offers(model, InternalError("RuntimeError")) == []


@pytest.mark.parametrize(
    "error",
    [
        HostPageError(Code.POPUP_BLOCKED, Reason.IN_FRAME),
        UnreachableError(Code.NETWORK, Reason.PAGE_POLICY),
        UnreachableError(Code.CORS_BLOCKED),
        NotDoneError(Code.STARTS_IN_PAST),
        ZoomRefusedError(Code.NOT_ALLOWED_TO_HOST, status=400),
        ZoomRefusedError(Code.ZOOM_ERROR, Reason.INVALID_FIELDS, status=400),
        RateLimitedError(status=429, retry_after="3600", is_daily=True),
        ZoomRefusedError(Code.RATE_LIMITED, Reason.SAME_PERSON, status=429),
    ],
)
def test_what_somebody_has_to_mend_first_is_not_offered_again(error: WidgetError) -> None:
    assert find_offers(CREATING, error, Action.ADD) == []


@pytest.mark.parametrize("model", [CREATING, SIGNED_OUT, MODELS["removing"]])
def test_the_button_repeats_what_has_failed(model: Model) -> None:
    """Its click counts in the state that the failure leads to."""
    failed, _ = update(model, on.Failed(OFFLINE))
    clicks: dict[State, on.Event] = {
        State.CREATING: on.AddClicked(is_signed_in=True),
        State.SIGNING_IN: on.ConnectClicked(),
        State.REMOVING: on.RemoveClicked(),
    }
    again, effects = update(failed, clicks[model.state])
    assert again.state is model.state or again.menu is not None
    assert effects or again.menu is not None


def asks_to_try_again(key: str) -> bool:
    """Tell whether the sentence asks for it, and not only later: then a button could only fail."""
    sentence = ENTRIES[key].msgstr
    is_later = re.search(r"ry again (after|tomorrow)", sentence)
    return key.startswith("error.") and "ry again" in sentence and not is_later


@pytest.mark.parametrize("key", [key for key in ENTRIES if asks_to_try_again(key)])
def test_a_sentence_that_says_try_again_comes_with_its_button(key: str) -> None:
    _, code, *reasons = key.split(".")
    error = WidgetError(Code(code), *map(Reason, reasons))
    assert notices.may_work_next_time(error)


@pytest.mark.parametrize(
    "error",
    [
        OutcomeUnknownError(is_for_user=True),
        WidgetError(Code.SECOND_MEETING, ending="5678"),
        TimeChangedError(Reason.NOT_MOVED),
    ],
)
def test_whoever_has_to_look_in_zoom_gets_the_link(error: WidgetError) -> None:
    assert notices.make_notice(error).links_to_zoom


def test_what_was_called_off_is_told_and_no_more() -> None:
    called_off, _ = update(SIGNED_OUT, on.CancelClicked())
    assert called_off.notice == notices.SIGN_IN_CANCELLED
    assert called_off.notice.offers == ()


def test_a_disabled_element_still_connects_for_the_meeting_that_it_has() -> None:
    disabled = replace(READY, appointment=replace(ONE, disabled=True), wanted=Wanted.REMOVE)
    signing_in, _ = update(disabled, on.ConnectClicked())
    assert signing_in.state is State.SIGNING_IN


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (OFFLINE, State.CREATING),
        (ZoomRefusedError(Code.SCOPE_MISSING, status=400), State.SIGNING_IN),
    ],
)
def test_whoever_is_signed_in_by_now_signs_in_again_only_for_another_permission(
    error: WidgetError, state: State
) -> None:
    failed, _ = update(SIGNED_OUT, on.Failed(error, Action.CONNECT))
    connected, _ = update(failed, on.ConnectionChanged(ZOOM))
    assert update(connected, on.ConnectClicked())[0].state is state


def test_an_element_that_gets_disabled_offers_no_meeting_any_more() -> None:
    failed, _ = update(SIGNED_OUT, on.Failed(OFFLINE, Action.CONNECT))
    disabled, _ = update(failed, on.Opened(replace(ONE, disabled=True), None))
    assert disabled.notice is None


def test_a_client_who_was_not_registered_is_told_of_without_a_step_that_has_no_button() -> None:
    busy = RateLimitedError(status=429, retry_after=None, is_daily=False)
    (message,) = find_messages(SetbackError(Consequence.CLIENT_NOT_REGISTERED, busy))
    assert message.key == "consequence.client_not_registered"
