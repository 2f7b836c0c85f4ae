"""The query that the redirect URI is called with: no code passes that was not asked for."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl

from pywidget.domain.secret import Secret
from pywidget.zoom.authorization import SignInAttempt, parse_authorization_response
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.token import build_token_request
from tests.doubles.clock import NOW
from tests.fuzz.oracles import assert_shows_no_secret, refusal
from tests.fuzz.target import Target

_STATE = "st-1"
_ATTEMPT = SignInAttempt(
    _STATE, Secret("s3cr3t-verifier"), "client-1", "https://app.example/cb", "812", NOW
)
_ENDPOINTS = Endpoints(issuer="https://zoom.us/some/path")


def check(query: str) -> None:
    """Parse it; what passes has to be the answer to this attempt by an independent reading."""
    with refusal():
        code = parse_authorization_response(
            query, _ATTEMPT, endpoints=_ENDPOINTS, now=NOW + timedelta(minutes=1)
        )
        assert_shows_no_secret(code)
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        assert [value for name, value in pairs if name == "state"] == [_STATE]
        assert [value for name, value in pairs if name == "code"] == [code.code.reveal()]
        assert [value for name, value in pairs if name == "iss"] in ([], [_ENDPOINTS.issuer])
        assert not {"error", "access_token", "id_token"} & {name for name, _value in pairs}
        assert code.code.reveal()
        request = build_token_request(_ENDPOINTS, code)
        assert_shows_no_secret(request)
        sent = dict(parse_qsl((request.body or b"").decode(), strict_parsing=True))
        assert sent["code"] == code.code.reveal()


TARGET = Target(
    "callback",
    check,
    seeds=(
        "?code=s3cr3t-code&state=st-1",
        "?code=s3cr3t-code&state=st-1&iss=https%3A%2F%2Fzoom.us%2Fsome%2Fpath",
        "?error=access_denied&state=st-1&error_description=s3cr3t",
        "?error=s3cr3t&state=st-1&iss=https%3A%2F%2Fzoom.us%2Fsome%2Fpath",
        "?code=s3cr3t-code&state=st-1&access_token=s3cr3t",
        "?code=s3cr3t-code",
        "?code=s3cr3t-1&code=s3cr3t-2&state=st-1",
    ),
    pieces=(
        *("code=", "state=", "state=st-1", "iss=", "error=", "access_token=", "id_token=", "&"),
        *(";", "?", "=", "#", "+", "%", "%26", "%3D", "%00", "%ff", "%ed%a0%80", "\ud800", "\0"),
        *(
            "https://zoom.us/some/path",
            "https://zoom.us",
            "access_denied",
            "s3cr3t",
            "server_error",
        ),
        *("St-1", "st-1%00", "%73t-1", "code%5b%5d=", "é", "\u2028", "invalid_scope"),
    ),
)
