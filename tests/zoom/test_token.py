"""The token request, and what counts as a token."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.errors import (
    Code,
    RateLimitedError,
    UnexpectedAnswerError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.secret import Secret
from pywidget.zoom.authorization import AuthorizationCode, SignInAttempt
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Response
from pywidget.zoom.token import (
    LONG_AGO,
    Token,
    build_refresh_request,
    build_revoke_request,
    build_token_request,
    parse_refreshed_token,
    parse_token_response,
)
from tests.doubles.english import write_error

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ACCESS, REFRESH, CODE = "s3cr3t-access", "s3cr3t-refresh", "s3cr3t-code"
GOOD: dict[str, object] = {
    "access_token": ACCESS,
    "token_type": "bearer",
    "refresh_token": REFRESH,
    "expires_in": 3600,
    "scope": "meeting:write:meeting user:read:user",
    "api_url": "https://api.zoom.us",
}
MISSING = object()


def parse(body: object = None, *, status: int = 200, **changes: object) -> Token:
    if body is None:
        fields = {**GOOD, **changes}
        body = {name: value for name, value in fields.items() if value is not MISSING}
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return parse_token_response(Response(status, {}, raw), now=NOW)


def test_the_request_is_that_of_a_public_client() -> None:
    attempt = SignInAttempt(
        "st", Secret("verifier"), "client", "https://app.example/cb?x=1&y", "812", NOW
    )
    request = build_token_request(Endpoints(), AuthorizationCode(Secret("a+b/=&"), attempt))
    assert (request.method, request.url) == ("POST", "https://zoom.us/oauth/token")
    assert parse_qsl((request.body or b"").decode(), strict_parsing=True) == [
        ("grant_type", "authorization_code"),
        ("code", "a+b/=&"),
        ("client_id", "client"),
        ("redirect_uri", "https://app.example/cb?x=1&y"),
        ("code_verifier", "verifier"),
    ]
    # Only headers that need no preflight: it would fail where only the simple request works.
    assert request.headers == {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
    }
    assert not request.may_repeat


def test_a_renewal_names_the_client_and_uses_the_refresh_token() -> None:
    request = build_refresh_request(Endpoints(), "client", Secret("a+b/=&"))
    assert (request.method, request.url) == ("POST", "https://zoom.us/oauth/token")
    assert parse_qsl((request.body or b"").decode(), strict_parsing=True) == [
        ("grant_type", "refresh_token"),
        ("refresh_token", "a+b/=&"),
        ("client_id", "client"),
    ]
    assert not request.may_repeat


def test_a_revocation_names_the_client_and_the_token() -> None:
    request = build_revoke_request(Endpoints(), "client", Secret("a+b/=&"))
    assert (request.method, request.url) == ("POST", "https://zoom.us/oauth/revoke")
    assert parse_qsl((request.body or b"").decode(), strict_parsing=True) == [
        ("token", "a+b/=&"),
        ("client_id", "client"),
    ]


def renew(stale: Token, **changes: object) -> Token:
    fields = {**GOOD, "access_token": "s3cr3t-renewed", **changes}
    body = {name: value for name, value in fields.items() if value is not MISSING}
    response = Response(200, {}, json.dumps(body).encode())
    return parse_refreshed_token(response, stale, now=NOW + timedelta(hours=1))


def test_a_renewed_token_is_of_the_same_sign_in() -> None:
    first = parse()
    second = renew(first)
    third = renew(second)
    assert second.access == Secret("s3cr3t-renewed")
    assert second.expires_at == NOW + timedelta(hours=2)
    assert second.signed_in_at == third.signed_in_at == NOW
    assert first.inherited is None
    assert first.family == second.family == third.family == third.inherited
    assert first.family != parse(access_token="another").family


def test_what_a_renewal_does_not_say_stays_as_it_was() -> None:
    stale = parse()
    renewed = renew(stale, refresh_token=MISSING, scope=MISSING)
    assert (renewed.refresh, renewed.scopes) == (Secret(REFRESH), stale.scopes)
    renewed = renew(stale, refresh_token="s3cr3t-second", scope="")
    assert (renewed.refresh, renewed.scopes) == (Secret("s3cr3t-second"), frozenset())


def test_a_token_that_does_not_say_when_is_from_long_ago() -> None:
    token = Token(Secret(ACCESS), None, NOW, None)
    assert token.signed_in_at == LONG_AGO == datetime(1, 1, 1, tzinfo=UTC)


def test_a_good_answer_gives_the_token() -> None:
    assert parse() == Token(
        access=Secret(ACCESS),
        refresh=Secret(REFRESH),
        expires_at=NOW + timedelta(hours=1),
        scopes=frozenset({"meeting:write:meeting", "user:read:user"}),
        signed_in_at=NOW,
    )


@pytest.mark.parametrize("kind", ["bearer", "Bearer", "BEARER"])
def test_the_token_type_has_any_case(kind: str) -> None:
    assert parse(token_type=kind).access.reveal() == ACCESS


def test_what_may_be_missing_may_be_missing() -> None:
    token = parse(refresh_token=MISSING, expires_in=MISSING, scope=MISSING, api_url=MISSING)
    assert token.refresh is None
    assert token.scopes is None
    assert token.expires_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("value", "seconds"), [(3599, 3599), (0, 0), (59.5, 59.5), (31_622_400, 31_622_400)]
)
def test_a_lifetime_is_a_number_of_seconds(value: object, seconds: float) -> None:
    assert parse(expires_in=value).expires_at == NOW + timedelta(seconds=seconds)


def test_an_empty_scope_is_none_at_all() -> None:
    assert parse(scope="").scopes == frozenset()
    assert parse(scope="  a   b ").scopes == frozenset({"a", "b"})


WRONG: tuple[object, ...] = ([], {}, True, 5)
ODD_LIFETIMES: tuple[object, ...] = (
    *("3600", "", [], {}, True, False, -1, -0.5),
    *(1e12, 10**400, 31_622_401),
)
UNFIT = ("\ud800", "é", "a\r\nX-Evil: b", "a\0", "a\u2028")  # no header holds them
BAD_FIELDS: list[tuple[str, object]] = [
    *(("access_token", MISSING), ("access_token", None), ("access_token", "")),
    *(("access_token", text) for text in UNFIT),
    *(("refresh_token", text) for text in UNFIT),
    *(("token_type", MISSING), ("token_type", None), ("token_type", "")),
    *(("token_type", "mac"), ("token_type", "bearer "), ("token_type", "DPoP")),
    *(("access_token", value) for value in WRONG),
    *(("token_type", value) for value in WRONG),
    *(("refresh_token", value) for value in ("", *WRONG)),
    *(("scope", value) for value in WRONG),
    *(("expires_in", value) for value in ODD_LIFETIMES),
    *(("expires_in", float(text)) for text in ("nan", "inf", "-inf")),
]


@pytest.mark.parametrize(("name", "value"), BAD_FIELDS)
def test_an_answer_with_a_malformed_field_is_no_token(name: str, value: object) -> None:
    with pytest.raises(UnexpectedAnswerError) as caught:
        parse({**GOOD, name: value} if value is not MISSING else without(name))
    assert caught.value.code is Code.RESPONSE_INVALID
    assert "s3cr3t" not in f"{caught.value} {caught.value!r} {vars(caught.value)}"


def without(name: str) -> dict[str, object]:
    return {each: value for each, value in GOOD.items() if each != name}


BODIES = {
    "empty": b"",
    "HTML": b"<!doctype html><title>Zoom</title>" + ACCESS.encode(),
    "XML": b"<?xml version='1.0'?><response><code>200</code></response>",
    "truncated": json.dumps(GOOD).encode()[:-5],
    "followed by something": json.dumps(GOOD).encode() + b"x",
    "a list": json.dumps([GOOD]).encode(),
    "a text": json.dumps(ACCESS).encode(),
    "null": b"null",
    "deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep list": b"[" * 200_000,
    "no UTF-8": b'{"access_token": "\xff\xfe"}',
    "huge number": b'{"expires_in": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_is_no_json_object_is_no_token(body: bytes) -> None:
    with pytest.raises(UnexpectedAnswerError) as caught:
        parse(body)
    assert caught.value.code is Code.RESPONSE_INVALID
    assert ACCESS not in f"{caught.value!r}"


@pytest.mark.parametrize("status", [201, 204, 206, 301, 302, 304, 400, 403, 404, 429, 500, 503])
def test_only_status_200_brings_a_token(status: int) -> None:
    with pytest.raises(ZoomRefusedError) as caught:
        parse(GOOD, status=status)
    assert caught.value.status == status
    assert "s3cr3t" not in f"{caught.value!r} {vars(caught.value)}"


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"error": "invalid_client", "reason": f"Invalid {CODE}"}, Code.INVALID_CLIENT),
        (401, {"error": "invalid_client", "reason": CODE}, Code.INVALID_CLIENT),
        (400, {"error": "invalid_grant", "reason": f"Invalid code {CODE}"}, Code.INVALID_GRANT),
        (400, {"error": "invalid_request", "reason": f"Redirect URI {CODE}"}, "redirect_mismatch"),
        (400, {"error": "invalid_request", "reason": "Missing code"}, Code.ZOOM_ERROR),
        (400, {"error": "invalid_request"}, Code.ZOOM_ERROR),
        (400, {"error": "invalid_request", "reason": ["redirect"]}, Code.ZOOM_ERROR),
        (400, {"error": "unsupported_grant_type", "reason": CODE}, Code.ZOOM_ERROR),
        (400, {"error": "invalid_scope", "reason": "Redirect URI"}, Code.ZOOM_ERROR),
        (400, {"error": CODE, "reason": CODE}, Code.ZOOM_ERROR),
        (400, {"error": {"a": CODE}}, Code.ZOOM_ERROR),
        (400, [CODE], Code.ZOOM_ERROR),
        (400, CODE.encode(), Code.ZOOM_ERROR),
        (400, b"", Code.ZOOM_ERROR),
        (400, b"[" * 200_000, Code.ZOOM_ERROR),
        (502, b"<html>" + CODE.encode(), Code.ZOOM_ERROR),
        (429, b"<html>" + CODE.encode(), Code.RATE_LIMITED),
        (429, {"error": "invalid_grant", "reason": CODE}, Code.RATE_LIMITED),
    ],
)
def test_a_refusal_is_sorted_and_never_quoted(status: int, body: object, code: str) -> None:
    with pytest.raises(ZoomRefusedError) as caught:
        parse(body, status=status)
    error = caught.value
    assert error.code == code
    assert error.status == status
    assert CODE not in f"{error} {error!r} {error.args} {vars(error)}"
    assert error.__context__ is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(sorted(GOOD)), inner, max_size=6)
        ),
        max_leaves=12,
    ),
    st.sampled_from([200, 400]),
)
def test_any_json_is_a_token_or_an_explained_error(body: object, status: int) -> None:
    try:
        token = parse(body if body is not None else b"null", status=status)
    except WidgetError as error:
        assert write_error(error)  # noqa: PT017 - either outcome is fine, a crash is not
    else:
        assert token.access.reveal()


@given(st.binary(max_size=80))
def test_any_bytes_are_an_explained_error(body: bytes) -> None:
    with pytest.raises(WidgetError):
        parse(body)


def test_a_limit_says_when_it_ends() -> None:
    response = Response(429, {"retry-after": "7"}, b"")
    with pytest.raises(RateLimitedError) as caught:
        parse_token_response(response, now=NOW)
    assert (caught.value.retry_after, caught.value.is_daily) == ("7", False)


def test_a_token_is_fresh_until_a_minute_before_its_end() -> None:
    token = parse(expires_in=3600)
    assert token.is_fresh(NOW)
    assert token.is_fresh(NOW + timedelta(seconds=3539))
    assert not token.is_fresh(NOW + timedelta(seconds=3540))
    assert not token.is_fresh(NOW + timedelta(days=2))
    assert not parse(expires_in=0).is_fresh(NOW)


def test_the_token_does_not_show() -> None:
    assert "s3cr3t" not in f"{parse()!r}"
