"""Whoever is told to do something gets the button for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import (
    Code,
    Consequence,
    HostPageError,
    NotDoneError,
    OutcomeUnknownError,
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
from pywidget.widget.machine import update
from pywidget.widget.model import Model, State
from tests.ui.models import MODELS, ONE, READY, ZOOM
from tests.words.test_catalogue import ENTRIES, list_texts

OFFLINE = UnreachableError(Code.NETWORK)
LOCKED = HostPageError(Code.NOTES_WRITE_FAILED, Reason.READ_ONLY)
SIGNED_OUT = Model(State.SIGNING_IN, ONE)
CREATING = MODELS["creating"]
STARTING = replace(READY, connection=ZOOM, wanted=Wanted.START)
AGAIN, CONNECT = "button.try_again", "button.connect"


def find_offers(model: Model, error: WidgetError) -> list[tuple[str, str]]:
    failed, _ = update(model, on.Failed(error))
    assert failed.notice is not None
    return [(offer.action.value, offer.key) for offer in failed.notice.offers]


@pytest.mark.parametrize(
    ("model", "error", "offer"),
    [
        (CREATING, OFFLINE, ("add", AGAIN)),
        (CREATING, OutcomeUnknownError(is_for_user=False), ("add", AGAIN)),
        (CREATING, ZoomRefusedError(Code.ZOOM_ERROR, status=400), ("add", AGAIN)),
        (CREATING, ZoomRefusedError(Code.SCOPE_MISSING, status=400), ("connect", CONNECT)),
        (SIGNED_OUT, OFFLINE, ("connect", AGAIN)),
        (SIGNED_OUT, NotDoneError(Code.POPUP_CLOSED), ("connect", AGAIN)),
        (replace(READY, state=State.SIGNING_IN), OFFLINE, ("connect", AGAIN)),
        (MODELS["updating"], OFFLINE, ("update-zoom", AGAIN)),
        (MODELS["removing"], OFFLINE, ("remove", AGAIN)),
        (MODELS["removing"], SetbackError(Consequence.NOT_DELETED, LOCKED), ("remove", AGAIN)),
        (MODELS["removing"], SessionEndedError(), ("connect", CONNECT)),
        (STARTING, OFFLINE, ("start", AGAIN)),
        (STARTING, NotDoneError(Code.POPUP_BLOCKED), ("start", AGAIN)),
        (MODELS["drift"], LOCKED, ("update-note", AGAIN)),
    ],
)
def test_what_failed_is_one_click_away(
    model: Model, error: WidgetError, offer: tuple[str, str]
) -> None:
    assert find_offers(model, error) == [offer]


@pytest.mark.parametrize(
    "error",
    [
        HostPageError(Code.POPUP_BLOCKED, Reason.IN_FRAME),
        UnreachableError(Code.NETWORK, Reason.PAGE_POLICY),
        UnreachableError(Code.CORS_BLOCKED),
        NotDoneError(Code.STARTS_IN_PAST),
        ZoomRefusedError(Code.NOT_ALLOWED_TO_HOST, status=400),
        ZoomRefusedError(Code.ZOOM_ERROR, Reason.INVALID_FIELDS, status=400),
    ],
)
def test_what_somebody_has_to_mend_first_is_not_offered_again(error: WidgetError) -> None:
    assert find_offers(CREATING, error) == []


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
    return key.startswith("error.") and any("ry again" in text for text in list_texts(ENTRIES[key]))


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
