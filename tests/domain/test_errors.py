"""Error codes are a public contract: stable texts, one root, evidence as attributes."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

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
    SignInRefusedError,
    TimeChangedError,
    UnexpectedAnswerError,
    UnreachableError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.moment import Moment, TimeStyle

ERRORS_PAGE = Path(__file__).resolve().parents[2] / "docs" / "errors.md"


def test_every_code_has_one_entry_in_the_documentation_and_no_other_has() -> None:
    entries = re.findall(r"^### `(.*)`$", ERRORS_PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(entries) == sorted(Code)


@pytest.mark.parametrize("code", list(Code))
def test_a_code_is_lower_case_words(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code.value)
    assert f"{code}" == code.value


ERRORS = [
    BadAttributeError("starts", Reason.MISSING),
    HostPageError(Code.NOTES_NOT_FOUND, Reason.NO_MATCH, selector="#n"),
    NotesChangedError(),
    NotDoneError(Code.POPUP_CLOSED),
    UnreachableError(Code.NETWORK),
    CertificateRefusedError(("expired",)),
    SessionEndedError(),
    SignInRefusedError("server_error"),
    TimeChangedError(),
    ZoomRefusedError(Code.ZOOM_ERROR, status=400, zoom_code=300),
    RateLimitedError(status=429, retry_after="7", is_daily=False),
    OutcomeUnknownError(is_for_user=True),
    UnexpectedAnswerError(Code.ZOOM_ERROR, Reason.UNREADABLE, problem="no join link"),
    InternalError("TypeError"),
    SetbackError(Consequence.LINE_STAYED, HostPageError(Code.NOTES_WRITE_FAILED)),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_error_has_the_one_root(error: WidgetError) -> None:
    assert isinstance(error, WidgetError)
    assert isinstance(error.code, Code)
    assert str(error).startswith(error.code)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (NotDoneError(Code.POPUP_CLOSED), "popup_closed"),
        (NotesChangedError(), "notes_conflict/changed"),
        (
            HostPageError(Code.NOTES_WRITE_FAILED, Reason.FULL, limit=20),
            "notes_write_failed/full (limit=20)",
        ),
        (
            ZoomRefusedError(Code.ZOOM_ERROR, status=400, zoom_code=300),
            "zoom_error (status=400, zoom_code=300)",
        ),
    ],
)
def test_an_error_as_text_is_technical_and_holds_its_evidence(
    error: WidgetError, text: str
) -> None:
    assert str(error) == text


@pytest.mark.parametrize(
    ("causes", "reason"),
    [
        (("wrong-name",), None),
        (("unknown-issuer", "weak-key"), None),
        (("expired",), Reason.CHECK_CLOCK),
        (("wrong-name", "not-yet-valid"), Reason.CHECK_CLOCK),
    ],
)
def test_a_refused_certificate_has_its_causes_and_may_be_the_clocks_fault(
    causes: tuple[str, ...], reason: Reason | None
) -> None:
    error = CertificateRefusedError(causes)
    assert error.causes == causes
    assert error.evidence["causes"] == ", ".join(causes)
    assert error.reason is reason
    assert not error.may_have_arrived


def test_errors_carry_their_evidence() -> None:
    refused = ZoomRefusedError(Code.ZOOM_ERROR, status=400, zoom_code=300)
    assert (refused.status, refused.zoom_code) == (400, 300)
    assert refused.evidence == {"status": 400, "zoom_code": 300}
    assert BadAttributeError("starts", Reason.MISSING).attribute == "starts"


def test_nobody_can_change_the_evidence_of_an_error() -> None:
    with pytest.raises(TypeError):
        InternalError("TypeError").evidence["kind"] = "s3cr3t"  # type: ignore[index]


@pytest.mark.parametrize(("status", "is_server_error"), [(499, False), (500, True), (503, True)])
def test_a_server_that_failed_may_have_done_it(status: int, *, is_server_error: bool) -> None:
    assert ZoomRefusedError(Code.ZOOM_ERROR, status=status).is_server_error is is_server_error


SOON = Moment(datetime.fromisoformat("2026-03-05T23:00Z"), TimeStyle.TIME)


@pytest.mark.parametrize(
    ("is_daily", "untold", "told"),
    [(False, None, Reason.UNTIL), (True, Reason.DAILY, Reason.DAILY_UNTIL)],
)
def test_a_limit_that_is_told_stays_the_same_limit(
    untold: Reason | None, told: Reason, *, is_daily: bool
) -> None:
    limit = RateLimitedError(status=429, zoom_code=429, retry_after="7", is_daily=is_daily)
    later = limit.tell(SOON)
    assert (limit.reason, later.reason) == (untold, told)
    assert later.evidence == {"status": 429, "zoom_code": 429, "when": SOON}
    assert (later.retry_after, later.is_daily) == ("7", is_daily)


def test_a_setback_is_the_failure_behind_it_and_more() -> None:
    because = HostPageError(Code.NOTES_WRITE_FAILED, Reason.FULL, limit=20)
    setback = SetbackError(Consequence.LINE_STAYED, because)
    assert (setback.code, setback.reason, setback.evidence) == (
        because.code,
        because.reason,
        because.evidence,
    )
    assert setback.because is because
