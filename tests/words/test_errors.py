"""Every error has a sentence for the user and a line for support."""

from __future__ import annotations

import pytest

from pywidget.domain.errors import (
    BadAttributeError,
    CertificateRefusedError,
    Code,
    Consequence,
    HostPageError,
    InternalError,
    NotDoneError,
    Reason,
    SetbackError,
    SignInRefusedError,
    UnexpectedAnswerError,
    WidgetError,
    ZoomRefusedError,
    build_closed_way_error,
)
from pywidget.words.errors import describe_for_support
from tests.doubles.english import write_error

FULL = HostPageError(Code.NOTES_WRITE_FAILED, Reason.FULL, limit=20)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (FULL, "The notes are full: they hold 20 characters at most. Shorten them first."),
        (BadAttributeError("starts", Reason.MISSING), "The attribute “starts” is missing."),
        (
            BadAttributeError("data-tunnel", Reason.NO_PLACE, place="{target}"),
            "The attribute “data-tunnel” does not have “{target}” once in its path or query.",
        ),
        (
            build_closed_way_error(Code.CORS_BLOCKED),
            "Zoom can't be reached from this page. Tell your administrator: cors_blocked.",
        ),
        (
            SetbackError(Consequence.NOT_DELETED, FULL),
            "The meeting was not deleted. The notes are full: they hold 20 characters at most.",
        ),
        (CertificateRefusedError(("wrong-name",)), "Nothing was sent to it. Tell your"),
        (CertificateRefusedError(("expired",)), "Check this computer's date and time. If they"),
        (CertificateRefusedError(("expired",)), "certificate_refused (expired)."),
    ],
)
def test_an_error_is_said_in_a_sentence_with_its_evidence(error: WidgetError, text: str) -> None:
    assert text in write_error(error)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (NotDoneError(Code.POPUP_CLOSED), "popup_closed"),
        (
            ZoomRefusedError(Code.ZOOM_ERROR, status=400, zoom_code=300),
            "zoom_error · HTTP 400 · Zoom code 300",
        ),
        (
            ZoomRefusedError(Code.ZOOM_ERROR, Reason.SERVER, status=503),
            "zoom_error/server · HTTP 503",
        ),
        (InternalError("TypeError"), "internal_error · TypeError"),
        (SignInRefusedError("server_error"), "zoom_error/sign_in · server_error"),
        (
            CertificateRefusedError(("expired", "weak-key")),
            "certificate_refused/check_clock · expired, weak-key",
        ),
        (
            UnexpectedAnswerError(Code.ZOOM_ERROR, Reason.UNREADABLE, problem="no join link"),
            "zoom_error/unreadable · no join link",
        ),
        (UnexpectedAnswerError(Code.STATE_MISMATCH), "state_mismatch"),
        (SetbackError(Consequence.LINE_STAYED, FULL), "notes_write_failed/full"),
        (
            SetbackError(
                Consequence.CLIENT_NOT_REGISTERED,
                ZoomRefusedError(Code.ZOOM_ERROR, Reason.SERVER, status=500),
            ),
            "zoom_error/server · HTTP 500",
        ),
    ],
)
def test_support_gets_what_it_asks_for(error: WidgetError, text: str) -> None:
    assert describe_for_support(error) == text


STAFF_WORDS = ("status", "JSON", "whoever", "somebody", "meanwhile", "Click", "e-mail", "TypeError")


@pytest.mark.parametrize(
    "error",
    [
        ZoomRefusedError(Code.ZOOM_ERROR, status=400, zoom_code=300),
        ZoomRefusedError(Code.ZOOM_ERROR, Reason.SERVER, status=503),
        UnexpectedAnswerError(Code.ZOOM_ERROR, Reason.UNREADABLE, problem="no JSON object"),
        InternalError("TypeError"),
    ],
)
def test_staff_are_spared_numbers_and_names_of_classes(error: WidgetError) -> None:
    text = write_error(error)
    assert not any(character.isdigit() for character in text)
    assert not any(word in text for word in STAFF_WORDS)
