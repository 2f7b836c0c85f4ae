"""Error codes are a public contract: stable texts, one root, evidence as attributes."""

from __future__ import annotations

import re

import pytest

from pywidget.domain.errors import (
    BadAttributeError,
    CertificateRefusedError,
    Code,
    HostPageError,
    NotDoneError,
    UnexpectedAnswerError,
    UnreachableError,
    WidgetError,
    ZoomRefusedError,
)


def test_the_codes_are_the_documented_ones() -> None:
    """Others may be added; one of these that changes breaks somebody's page."""
    assert {code.value for code in Code} >= {
        "popup_blocked",
        "popup_closed",
        "sign_in_timeout",
        "insecure_context",
        "state_mismatch",
        "state_expired",
        "access_denied",
        "invalid_client",
        "invalid_grant",
        "redirect_mismatch",
        "token_response_invalid",
        "scope_missing",
        "network",
        "cors_blocked",
        "timeout",
        "rate_limited",
        "not_allowed_to_host",
        "meeting_gone",
        "starts_in_past",
        "time_changed_by_zoom",
        "zoom_error",
        "storage_unavailable",
        "notes_not_found",
        "notes_write_failed",
        "bad_attribute",
        "runtime_load_failed",
    }


@pytest.mark.parametrize("code", list(Code))
def test_a_code_is_lower_case_words(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code.value)
    assert f"{code}" == code.value


@pytest.mark.parametrize(
    "error",
    [
        BadAttributeError("starts", "is missing"),
        HostPageError(Code.NOTES_NOT_FOUND, "m"),
        NotDoneError(Code.POPUP_CLOSED, "m"),
        UnreachableError(Code.NETWORK, "m"),
        CertificateRefusedError(("expired",)),
        ZoomRefusedError(Code.ZOOM_ERROR, "m", status=400, zoom_code=300),
        UnexpectedAnswerError(Code.ZOOM_ERROR, "m"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_error_has_the_one_root(error: WidgetError) -> None:
    assert isinstance(error, WidgetError)
    assert isinstance(error.code, Code)
    assert str(error) == error.message


@pytest.mark.parametrize(
    ("causes", "may_be_the_clock"),
    [
        (("wrong-name",), False),
        (("unknown-issuer", "weak-key"), False),
        (("expired",), True),
        (("wrong-name", "not-yet-valid"), True),
    ],
)
def test_a_refused_certificate_is_told_with_its_causes(
    causes: tuple[str, ...], *, may_be_the_clock: bool
) -> None:
    error = CertificateRefusedError(causes)
    assert error.causes == causes
    assert all(cause in error.message for cause in causes)
    assert "Nothing was sent to it." in error.message
    assert "administrator: certificate_refused" in error.message
    assert "again" not in error.message
    assert ("date and time" in error.message) is may_be_the_clock
    assert not error.may_have_arrived


def test_errors_carry_their_evidence() -> None:
    refused = ZoomRefusedError(Code.ZOOM_ERROR, "m", status=400, zoom_code=300)
    assert (refused.status, refused.zoom_code) == (400, 300)
    bad = BadAttributeError("starts", "is missing")
    assert bad.attribute == "starts"
    assert bad.message == "The attribute “starts” is missing."
