"""Takes a picture of each error as its user sees it, for the documentation.

    python -m e2e.error_pictures docs/images/errors

Facts: what stands on the page is what the state machine and the view make of the error; no page has
to be broken in forty ways for it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from e2e.accessibility.states import to_id, write_page
from e2e.browser import launch
from pywidget.domain.errors import (
    BadAttributeError,
    CertificateRefusedError,
    Code,
    Consequence,
    HostPageError,
    InternalError,
    NotDoneError,
    NotesChangedError,
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
from pywidget.domain.link_hint import Hint
from pywidget.domain.moment import Moment, TimeStyle
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.machine import update
from pywidget.widget.model import Copyable, Menu, Model, Notice, Tone
from pywidget.words.message import Message
from tests.ui.models import MODELS, ONE, PLAIN_DRIFT, READY, SHOWN, UNNOTED, ZOOM

if TYPE_CHECKING:
    from collections.abc import Iterable

_APPOINTMENT: Final = replace(ONE, client_email="dana@example.com")
_CREATING: Final = replace(MODELS["creating"], appointment=_APPOINTMENT)
_SIGNING_IN: Final = replace(MODELS["signing in"], appointment=_APPOINTMENT)
_CONNECTED: Final = replace(READY, connection=ZOOM, appointment=_APPOINTMENT)
_REMOVING: Final = replace(MODELS["removing"], appointment=_APPOINTMENT)
_UNKNOWN_ISSUER: Final = ("unknown-issuer",)
_FULL: Final = HostPageError(Code.NOTES_WRITE_FAILED, Reason.FULL, limit=200)

_OF_SIGN_IN: Final = (
    NotDoneError(Code.POPUP_CLOSED),
    NotDoneError(Code.SIGN_IN_TIMEOUT),
    HostPageError(Code.INSECURE_CONTEXT),
    WidgetError(Code.STATE_MISMATCH),
    WidgetError(Code.STATE_EXPIRED),
    NotDoneError(Code.ACCESS_DENIED),
    ZoomRefusedError(Code.INVALID_CLIENT, status=400),
    ZoomRefusedError(Code.REDIRECT_MISMATCH, status=400),
    WidgetError(Code.RESPONSE_INVALID),
    HostPageError(Code.STORAGE_UNAVAILABLE),
    UnreachableError(Code.CORS_BLOCKED),
    UnreachableError(Code.RELAY_FAILED),
    UnreachableError(Code.TUNNEL_FAILED),
    UnreachableError(Code.TUNNEL_REFUSED),
    CertificateRefusedError(_UNKNOWN_ISSUER),
)
SEVEN: Final = datetime.fromisoformat("2026-11-27T00:00Z")
_OF_CREATING: Final = (
    SessionEndedError(),
    UnreachableError(Code.NETWORK),
    UnreachableError(Code.TIMEOUT),
    RateLimitedError(
        status=429, retry_after=None, is_daily=True, when=Moment(SEVEN, TimeStyle.TIME)
    ),
    ZoomRefusedError(Code.SCOPE_MISSING, status=400, zoom_code=4711),
    ZoomRefusedError(Code.NOT_ALLOWED_TO_HOST, status=400),
    OutcomeUnknownError(is_for_user=True),
    NotDoneError(Code.STARTS_IN_PAST),
    ZoomRefusedError(Code.ZOOM_ERROR, status=400, zoom_code=300),
    InternalError("TypeError"),
)


def build_models() -> dict[str, Model]:
    """Build what each code looks like, by code."""
    models = {
        **_fail(_SIGNING_IN, _OF_SIGN_IN, Action.CONNECT),
        **_fail(_CREATING, _OF_CREATING, Action.ADD),
        **_fail(_CONNECTED, [NotDoneError(Code.POPUP_BLOCKED)], Action.START),
        **_fail(_REMOVING, [NotesChangedError()], Action.REMOVE),
        Code.MEETING_GONE: update(_CONNECTED, on.Doubted())[0],
        Code.NOT_HOST: _take(
            _CONNECTED, on.CheckRefused(ZoomRefusedError(Code.NOT_HOST, status=400))
        ),
        Code.SECOND_MEETING: _take(
            _CONNECTED, on.SecondLeft(WidgetError(Code.SECOND_MEETING, ending="5678"))
        ),
        Code.TIME_CHANGED: _take(
            _CREATING,
            on.Created(replace(SHOWN, drift=PLAIN_DRIFT), "line", TimeChangedError()),
        ),
        Code.NOTES_WRITE_FAILED: _take(
            _CREATING, on.Created(UNNOTED, None, SetbackError(Consequence.NOT_NOTED, _FULL))
        ),
        Code.LINK_IN_NOTES: _take(_CREATING, on.Hinted(Hint.ZOOM)),
        Code.CLIPBOARD_REFUSED: _take(_CONNECTED, on.Copied(Copyable.LINK, is_done=False)),
        Code.SEND_FAILED: _take(
            replace(_CONNECTED, menu=Menu.SEND),
            on.SendFailed(
                Action.SEND_TEXT,
                HostPageError(
                    Code.SEND_FAILED, Reason.EXPLAINED, explanation="No text messages are left"
                ),
            ),
        ),
        Code.BAD_ATTRIBUTE: _take(Model(), on.Refused(BadAttributeError("starts", Reason.MISSING))),
        Code.NOTES_NOT_FOUND: _take(
            Model(),
            on.Refused(HostPageError(Code.NOTES_NOT_FOUND, Reason.NO_MATCH, selector="#notes")),
        ),
        # The loader paints the same, and has no model.
        Code.RUNTIME_LOAD_FAILED: Model(
            notice=Notice(
                Code.RUNTIME_LOAD_FAILED,
                (Message("loader.not_loaded"),),
                Tone.ERROR,
                (notices.try_again(Action.ADD),),
            )
        ),
    }
    return {code.value: models[code] for code in Code}


def _fail(model: Model, errors: Iterable[WidgetError], again: Action) -> dict[Code, Model]:
    return {error.code: _take(model, on.Failed(error, again)) for error in errors}


def _take(model: Model, event: on.Event) -> Model:
    return update(model, event)[0]


def main(folder: Path) -> None:
    """Take the pictures, each of one code."""
    folder.mkdir(parents=True, exist_ok=True)
    models = build_models()
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(viewport={"width": 560, "height": 800}, color_scheme="light")
        page.set_content(write_page(models, client="Dana Lee"))
        for code in models:
            picture = page.locator(f"#{to_id(code)} zoom-meeting")
            picture.screenshot(path=folder / f"{code}.png", animations="disabled")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
