"""The token endpoint's answer: a token, or a refusal, and nothing in between."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from pywidget.connection.token_store import format_token, parse_token
from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Response
from pywidget.zoom.probe import parse_token_probe
from pywidget.zoom.token import (
    build_refresh_request,
    build_revoke_request,
    parse_refreshed_token,
    parse_token_response,
)
from pywidget.zoom.users import build_read_user
from tests.doubles.clock import NOW
from tests.fuzz.oracles import assert_shows_no_secret, refusal
from tests.fuzz.target import Target, join, split

_ENDPOINTS = Endpoints()
_GOOD = {
    "access_token": "s3cr3t-access",
    "token_type": "bearer",
    "refresh_token": "s3cr3t-refresh",
    "expires_in": 3599,
    "scope": "meeting:write:meeting user:read:user",
    "api_url": "https://api.zoom.us",
}
_STALE = parse_token_response(Response(200, {}, json.dumps(_GOOD).encode()), now=NOW)


def check(text: str) -> None:
    """Read the first part as the status, the rest as the body."""
    status, body = split(text, 2)
    answer = read_answer(status, body)
    with refusal():
        parse_token_probe(answer, _ENDPOINTS)
    for parse in (parse_token_response, lambda a, now: parse_refreshed_token(a, _STALE, now=now)):
        with refusal():
            token = parse(answer, now=NOW)
            assert_shows_no_secret(replace(token, scopes=None))
            assert answer.status == 200
            assert token.access.reveal()
            assert token.refresh is None or token.refresh.reveal()
            assert NOW <= token.expires_at <= NOW + timedelta(days=366)
            assert parse_token(format_token(token)) == token, "a tab would lose it"
            for secret in (token.access, token.refresh):
                check_can_be_sent(secret)


def check_can_be_sent(secret: Secret | None) -> None:
    """What was accepted has to fit into the requests that send it."""
    if secret is None:
        return
    build_refresh_request(_ENDPOINTS, "client-1", secret)
    build_revoke_request(_ENDPOINTS, "client-1", secret)
    header = build_read_user(_ENDPOINTS, secret).headers["Authorization"]
    assert header.isascii(), "no header holds it"
    assert header.isprintable(), "it would end the header"


def read_answer(status: str, body: str, headers: dict[str, str] | None = None) -> Response:
    """Make an answer of any text; what is no status is 200."""
    is_status = len(status) == len("200") and status.isascii() and status.isdecimal()
    return Response(int(status) if is_status else 200, headers or {}, body.encode(errors="replace"))


TARGET = Target(
    "token-answers",
    check,
    seeds=(
        join("200", json.dumps(_GOOD)),
        join("200", json.dumps({**_GOOD, "scope": None, "refresh_token": None})),
        join("200", json.dumps({**_GOOD, "expires_in": 1e9, "token_type": "Bearer"})),
        join("400", json.dumps({"reason": "Invalid code s3cr3t", "error": "invalid_grant"})),
        join("400", json.dumps({"reason": "redirect s3cr3t", "error": "invalid_request"})),
        join("400", json.dumps({"error": "invalid_client", "error_description": "s3cr3t"})),
        join("429", "<html>s3cr3t</html>"),
        join("503", '<?xml version="1.0"?><e>s3cr3t</e>'),
    ),
    pieces=(
        *("200", "400", "401", "429", "500", '"access_token"', '"refresh_token"', '"token_type"'),
        *('"expires_in"', '"scope"', '"error"', '"reason"', '"invalid_grant"', '"bearer"', "DPoP"),
        *(
            "1e999",
            "NaN",
            "-1",
            "-0.0",
            "Infinity",
            "true",
            "null",
            '"\\ud800"',
            '"\\u0000"',
            "[[[",
        ),
        *('"a\\r\\nX: b"', '""', "{}", "[]", '"é"', "9" * 5000, "\ufeff", "\ud800", "s3cr3t"),
    ),
)
