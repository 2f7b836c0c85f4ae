"""The authorization request, and which answers to it are believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from pywidget.domain.errors import (
    Code,
    NotDoneError,
    SignInRefusedError,
    UnexpectedAnswerError,
    WidgetError,
)
from pywidget.domain.secret import Secret
from pywidget.zoom.authorization import (
    LIFETIME,
    AuthorizationCode,
    SignInAttempt,
    build_authorization_url,
    parse_authorization_response,
)
from pywidget.zoom.endpoints import Endpoints

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ATTEMPT = SignInAttempt(
    state="st-1",
    verifier=Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    client_id="client id&1",
    redirect_uri="https://app.example/zoom/callback.html?a=1&b=2",
    appointment="812",
    started_at=NOW,
)
CODE = "s3cr3t-code"


def parse(query: str, *, after: timedelta = timedelta(0)) -> AuthorizationCode:
    return parse_authorization_response(query, ATTEMPT, endpoints=Endpoints(), now=NOW + after)


def test_the_request_has_these_parameters_and_no_others() -> None:
    url = build_authorization_url(Endpoints(), ATTEMPT)
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://zoom.us/oauth/authorize"
    assert parse_qsl(parts.query, strict_parsing=True) == [
        ("response_type", "code"),
        ("client_id", "client id&1"),
        ("redirect_uri", "https://app.example/zoom/callback.html?a=1&b=2"),
        ("state", "st-1"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ]


def test_the_request_does_not_hold_the_verifier() -> None:
    assert ATTEMPT.verifier.reveal() not in build_authorization_url(Endpoints(), ATTEMPT)


def test_another_zoom_has_another_address() -> None:
    endpoints = Endpoints(authorize_url="http://127.0.0.1:8001/oauth/authorize")
    url = build_authorization_url(endpoints, ATTEMPT)
    assert url.startswith("http://127.0.0.1:8001/oauth/authorize?response_type=code&")


@pytest.mark.parametrize(
    "query",
    [
        f"?code={CODE}&state=st-1",
        f"code={CODE}&state=st-1",
        f"?state=st-1&code={CODE}&session=x&empty=",
        f"?state=st-1&code={CODE}&iss=https%3A%2F%2Fzoom.us",
    ],
)
def test_a_good_answer_gives_the_code_bound_to_its_attempt(query: str) -> None:
    code = parse(query)
    assert code.code == Secret(CODE)
    assert code.attempt is ATTEMPT


def test_a_code_keeps_every_character() -> None:
    assert parse("?code=a%2Bb%2F%3D%26+c&state=st-1").code.reveal() == "a+b/=& c"


# Each row has every later mistake in it as well: the first check that fails is the one that speaks.
LATER = "&access_token=x&error=access_denied"
IN_ORDER = [
    (
        "repeated state",
        "?state=st-1&state=st-1&iss=evil" + LATER,
        Code.RESPONSE_INVALID,
        "repeated parameter",
    ),
    (
        "repeated code",
        "?state=no&code=a&code=b&iss=evil" + LATER,
        Code.RESPONSE_INVALID,
        "repeated parameter",
    ),
    ("repeated, empty", "?state=st-1&x=&x=", Code.RESPONSE_INVALID, "repeated parameter"),
    ("wrong state", "?state=st-2&iss=evil" + LATER, Code.STATE_MISMATCH, "state_mismatch"),
    ("no state", f"?code={CODE}&iss=evil" + LATER, Code.STATE_MISMATCH, "state_mismatch"),
    ("empty state", f"?state=&code={CODE}", Code.STATE_MISMATCH, "state_mismatch"),
    ("state in another case", f"?state=ST-1&code={CODE}", Code.STATE_MISMATCH, "state_mismatch"),
    ("state not ASCII", f"?state=st-%C3%A9&code={CODE}", Code.STATE_MISMATCH, "state_mismatch"),
    ("state a surrogate", f"?state=\ud800&code={CODE}", Code.STATE_MISMATCH, "state_mismatch"),
    ("nothing", "", Code.STATE_MISMATCH, "state_mismatch"),
    (
        "another issuer",
        "?state=st-1&iss=https%3A%2F%2Fevil.example" + LATER,
        None,
        "another issuer",
    ),
    (
        "issuer with a path",
        "?state=st-1&iss=https%3A%2F%2Fzoom.us%2F" + LATER,
        None,
        "another issuer",
    ),
    ("empty issuer", "?state=st-1&iss=" + LATER, Code.RESPONSE_INVALID, "another issuer"),
    ("token", "?state=st-1&code=a&access_token=x&error=e", Code.RESPONSE_INVALID, "token"),
    ("ID token", "?state=st-1&code=a&id_token=", Code.RESPONSE_INVALID, "token"),
    ("denied", f"?state=st-1&error=access_denied&code={CODE}", Code.ACCESS_DENIED, "access_denied"),
    ("other error", f"?state=st-1&error=server_error&code={CODE}", Code.ZOOM_ERROR, "server_error"),
    ("empty error", f"?state=st-1&error=&code={CODE}", Code.ZOOM_ERROR, "unknown error"),
    ("no code", "?state=st-1", Code.RESPONSE_INVALID, "no code"),
    ("empty code", "?state=st-1&code=", Code.RESPONSE_INVALID, "no code"),
    ("code not ASCII", "?state=st-1&code=%C3%A9", Code.RESPONSE_INVALID, "no code"),
    ("code with a line break", "?state=st-1&code=a%0D%0Ab", Code.RESPONSE_INVALID, "no code"),
    ("code a surrogate", "?state=st-1&code=\ud800", Code.RESPONSE_INVALID, "no code"),
]


@pytest.mark.parametrize(
    ("query", "code", "words"), [row[1:] for row in IN_ORDER], ids=[row[0] for row in IN_ORDER]
)
def test_a_bad_answer_is_refused_in_the_safe_order(
    query: str, code: Code | None, words: str
) -> None:
    with pytest.raises(WidgetError, match=words) as caught:
        parse(query)
    assert caught.value.code is (code or Code.RESPONSE_INVALID)


@pytest.mark.parametrize(
    "error",
    [
        *("invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope"),
        *("server_error", "temporarily_unavailable"),
    ],
)
def test_an_error_of_the_standard_is_named_and_no_other(error: str) -> None:
    """RFC 6749 section 4.1.2.1."""
    for told, shown in ((error, error), (f"{error}x", "unknown error")):
        with pytest.raises(SignInRefusedError) as caught:
            parse(f"?state=st-1&error={told}")
        assert caught.value.evidence["error"] == shown


def test_who_said_no_and_what_broke_are_told_apart() -> None:
    with pytest.raises(NotDoneError):
        parse("?state=st-1&error=access_denied")
    with pytest.raises(SignInRefusedError):
        parse("?state=st-1&error=temporarily_unavailable")
    with pytest.raises(UnexpectedAnswerError):
        parse("?state=st-1")


def test_an_answer_counts_for_ten_minutes() -> None:
    assert timedelta(minutes=10) == LIFETIME
    parse(f"?state=st-1&code={CODE}", after=LIFETIME)
    with pytest.raises(UnexpectedAnswerError) as caught:
        parse(f"?state=st-1&code={CODE}", after=LIFETIME + timedelta(seconds=1))
    assert caught.value.code is Code.STATE_EXPIRED


def test_a_wrong_state_is_told_before_its_age() -> None:
    with pytest.raises(UnexpectedAnswerError) as caught:
        parse("?state=st-2", after=2 * LIFETIME)
    assert caught.value.code is Code.STATE_MISMATCH


@pytest.mark.parametrize(
    "query",
    [
        f"?state=st-2&code={CODE}",
        f"?state=st-1&code={CODE}&code={CODE}",
        f"?state=st-1&code={CODE}&error={CODE}&error_description={CODE}",
        f"?state=st-1&access_token={CODE}",
        f"?state={CODE}&code={CODE}",
        f"?state=st-1&iss={CODE}&code={CODE}",
    ],
)
def test_no_refusal_quotes_the_answer(query: str) -> None:
    with pytest.raises(WidgetError) as caught:
        parse(query)
    error = caught.value
    assert CODE not in f"{error} {error!r} {error.args} {vars(error)}"
    assert error.__context__ is None


def test_neither_code_nor_state_shows() -> None:
    shown = repr(parse(f"?state=st-1&code={CODE}"))
    assert CODE not in shown
    assert ATTEMPT.state not in shown


@pytest.mark.parametrize(
    ("issuer", "is_ours"),
    [
        ("https://id.example/salons", True),
        ("https://id.example", False),
        ("https://id.example/salons/", False),
        ("https://ID.example/salons", False),
    ],
)
def test_an_issuer_is_compared_as_text_path_included(issuer: str, *, is_ours: bool) -> None:
    endpoints = Endpoints(
        token_url="https://app.example/relay/oauth/token", issuer="https://id.example/salons"
    )
    query = f"?state=st-1&code={CODE}&iss={quote(issuer, safe='')}"
    if is_ours:
        code = parse_authorization_response(query, ATTEMPT, endpoints=endpoints, now=NOW)
        assert code.code == Secret(CODE)
    else:
        with pytest.raises(UnexpectedAnswerError, match="another issuer"):
            parse_authorization_response(query, ATTEMPT, endpoints=endpoints, now=NOW)
