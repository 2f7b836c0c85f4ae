"""The authorization request and its answer: RFC 6749 section 4.1, RFC 7636, RFC 9207, RFC 9700.

Facts: Zoom takes `plain` for a missing challenge method, so S256 is always sent. `scope` is not
sent: the app's settings decide. Zoom sends no `iss`; one that comes must be right all the same.
A code that comes without `state` was not asked for (the Marketplace's *Add* button makes one).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from pywidget.domain.errors import Code, NotDoneError, SignInRefusedError, UnexpectedAnswerError
from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.pkce import METHOD, derive_challenge

LIFETIME = timedelta(minutes=10)
_NOT_FOR_US = frozenset({"access_token", "id_token"})
# RFC 6749 section 4.1.2.1; what else stands there is anybody's text.
_ERRORS = frozenset(
    {
        "invalid_request",
        "unauthorized_client",
        "unsupported_response_type",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
    }
)


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """One try at signing in. `state` binds everything else to the answer; used once."""

    state: str
    verifier: Secret
    client_id: str
    redirect_uri: str
    appointment: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class AuthorizationCode:
    """A code whose answer was validated; only `parse_authorization_response` makes one."""

    code: Secret
    attempt: SignInAttempt


def build_authorization_url(endpoints: Endpoints, attempt: SignInAttempt) -> str:
    """The address of Zoom's consent page for this attempt, RFC 6749 section 4.1.1."""
    parameters = {
        "response_type": "code",
        "client_id": attempt.client_id,
        "redirect_uri": attempt.redirect_uri,
        "state": attempt.state,
        "code_challenge": derive_challenge(attempt.verifier),
        "code_challenge_method": METHOD,
    }
    return f"{endpoints.authorize_url}?{urlencode(parameters)}"


def parse_authorization_response(
    query: str, attempt: SignInAttempt, *, endpoints: Endpoints, now: datetime
) -> AuthorizationCode:
    """Validates the query that the redirect URI was called with, in the order that is safe.

    Args:
        query: With or without its `?`.
        attempt: What was asked; the caller has already made sure it is used this once.
        endpoints: Whose answer it has to be.
        now: UTC.

    Raises:
        UnexpectedAnswerError: Repeated parameters, a wrong or old state, another issuer, tokens in
            the URL, or no code.
        NotDoneError: The user said no.
        SignInRefusedError: Any other error in the answer.
    """
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    answer = dict(pairs)
    if len(answer) != len(pairs):
        raise _invalid("repeated parameter")
    state = answer.get("state", "").encode(errors="replace")  # lone surrogates have no encoding
    if not hmac.compare_digest(state, attempt.state.encode()):
        raise UnexpectedAnswerError(Code.STATE_MISMATCH)
    if now - attempt.started_at > LIFETIME:
        raise UnexpectedAnswerError(Code.STATE_EXPIRED)
    if "iss" in answer and answer["iss"] != endpoints.issuer:
        raise _invalid("another issuer")
    if _NOT_FOR_US & answer.keys():
        raise _invalid("token in the URL")
    if "error" in answer:
        raise _explain_error(answer["error"])
    if not answer.get("code"):
        raise _invalid("no code")
    return AuthorizationCode(Secret(answer["code"]), attempt)


def _invalid(problem: str) -> UnexpectedAnswerError:
    return UnexpectedAnswerError(Code.RESPONSE_INVALID, problem=problem)


def _explain_error(error: str) -> NotDoneError | SignInRefusedError:
    if error == "access_denied":
        return NotDoneError(Code.ACCESS_DENIED)
    return SignInRefusedError(error if error in _ERRORS else "unknown error")
