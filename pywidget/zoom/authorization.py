"""The authorization request and its response: RFC 6749 section 4.1, RFC 7636, RFC 9207, RFC 9700.

Facts: Zoom assumes `plain` if the challenge method is missing, so S256 is always sent. `scope` is
not sent: the app's settings decide. Zoom sends no `iss`; if one comes, it must be right all the
same. A code without `state` was not requested (the Marketplace's *Add* button creates one).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from pywidget.domain.errors import Code, NotDoneError, SignInRefusedError, UnexpectedAnswerError
from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.oauth_text import is_oauth_value
from pywidget.zoom.pkce import METHOD, derive_challenge

LIFETIME = timedelta(minutes=10)
_NOT_FOR_US = frozenset({"access_token", "id_token"})
# RFC 6749 section 4.1.2.1; any other text there may come from anyone.
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
    """One attempt to sign in. `state` binds everything else to the response; used once."""

    state: str = field(repr=False)
    verifier: Secret
    client_id: str
    redirect_uri: str
    appointment: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class AuthorizationCode:
    """A code from a validated response; only `parse_authorization_response` creates one."""

    code: Secret
    attempt: SignInAttempt


def build_authorization_url(endpoints: Endpoints, attempt: SignInAttempt) -> str:
    """Build the address of Zoom's consent page for this attempt, RFC 6749 section 4.1.1."""
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
    """Validate the query that the redirect URI was called with, in a safe order.

    Args:
        query: With or without its `?`.
        attempt: What was requested; the caller has made sure that it is used only this once.
        endpoints: Whose response it has to be.
        now: UTC.

    Raises:
        UnexpectedAnswerError: Repeated parameters, a wrong or old state, another issuer, tokens in
            the URL, or no code.
        NotDoneError: The user denied the permission.
        SignInRefusedError: Any other error in the response.
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
    if not is_oauth_value(answer.get("code", "")):
        raise _invalid("no code")
    return AuthorizationCode(Secret(answer["code"]), attempt)


def _invalid(problem: str) -> UnexpectedAnswerError:
    return UnexpectedAnswerError(Code.RESPONSE_INVALID, problem=problem)


def _explain_error(error: str) -> NotDoneError | SignInRefusedError:
    if error == "access_denied":
        return NotDoneError(Code.ACCESS_DENIED)
    return SignInRefusedError(error if error in _ERRORS else "unknown error")
