"""The token request of a public client and its response: RFC 6749 sections 4.1.3, 5.1 and 5.2.

Facts: no secret and no Authorization header. The redirect URI is sent byte for byte as before.
Zoom's errors are `{"reason": …, "error": …}`, and `reason` may echo the code, so it is read to
classify the error and never kept. `scope` may be missing, and may be less than the app asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from pywidget.domain.errors import Code, Reason, UnexpectedAnswerError, ZoomRefusedError
from pywidget.domain.secret import Secret
from pywidget.zoom.authorization import AuthorizationCode
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response, build_form_request, parse_json_object
from pywidget.zoom.oauth_text import is_oauth_value
from pywidget.zoom.retry_after import build_limit_error

_TOO_MANY = 429
EXPIRY_MARGIN = timedelta(seconds=60)
USUAL_LIFETIME = timedelta(hours=1)  # Zoom's
_LONGEST_LIFETIME = timedelta(days=366)
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Token:
    """A token that Zoom granted.

    Attributes:
        refresh: `None` if Zoom gave none, or if it stayed in the tab that got it.
        scopes: `None` if Zoom did not say.
        signed_in_at: When the user consented, however often the token was renewed since.
        inherited: The `family` of the token that it renews; `None` in a sign-in's first token.
    """

    access: Secret
    refresh: Secret | None
    expires_at: datetime
    scopes: frozenset[str] | None
    signed_in_at: datetime = LONG_AGO
    inherited: Secret | None = None

    @property
    def family(self) -> Secret:
        """What all tokens of one sign-in share, and only those who had one of them can know."""
        digest = sha256(self.access.reveal().encode()).hexdigest()
        return self.inherited or Secret(digest)

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether it can still be sent, with a margin because clocks and networks are slow."""
        return now < self.expires_at - EXPIRY_MARGIN


def build_token_request(endpoints: Endpoints, code: AuthorizationCode) -> Request:
    """Build the request that exchanges the code, RFC 6749 section 4.1.3, RFC 7636 section 4.5."""
    fields = {
        "grant_type": "authorization_code",
        "code": code.code.reveal(),
        "client_id": code.attempt.client_id,
        "redirect_uri": code.attempt.redirect_uri,
        "code_verifier": code.attempt.verifier.reveal(),
    }
    return build_form_request(endpoints.token_url, fields)


def build_refresh_request(endpoints: Endpoints, client_id: str, refresh: Secret) -> Request:
    """Build the request that renews a token, RFC 6749 section 6. It uses up the refresh token."""
    fields = {
        "grant_type": "refresh_token",
        "refresh_token": refresh.reveal(),
        "client_id": client_id,
    }
    return build_form_request(endpoints.token_url, fields)


def build_revoke_request(endpoints: Endpoints, client_id: str, access: Secret) -> Request:
    """Build the request that ends a grant, RFC 7009 section 2.1. Zoom may refuse public clients."""
    fields = {"token": access.reveal(), "client_id": client_id}
    return build_form_request(endpoints.revoke_url, fields)


def parse_refreshed_token(response: Response, stale: Token, *, now: datetime) -> Token:
    """Parse the renewed token; omitted fields stay as they were (RFC 6749 section 6).

    Raises as `parse_token_response` does.
    """
    token = parse_token_response(response, now=now)
    return replace(
        token,
        refresh=token.refresh or stale.refresh,
        scopes=stale.scopes if token.scopes is None else token.scopes,
        signed_in_at=stale.signed_in_at,
        inherited=stale.family,
    )


def parse_token_response(response: Response, *, now: datetime) -> Token:
    """Parse the token in a response, RFC 6749 section 5.1.

    Raises:
        ZoomRefusedError: Zoom responded with an error.
        UnexpectedAnswerError: The response is not a token; none of it may be kept.
    """
    body = parse_json_object(response.body)
    if response.status != 200:  # noqa: PLR2004 - HTTP's OK
        raise _explain_refusal(response, body or {})
    if body is None:
        raise _invalid("no JSON object")
    access = body.get("access_token")
    if not isinstance(access, str) or not is_oauth_value(access):
        raise _invalid("no access token")
    kind = body.get("token_type")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise _invalid("no bearer token")
    refresh = body.get("refresh_token")
    if refresh is not None and (not isinstance(refresh, str) or not is_oauth_value(refresh)):
        raise _invalid("malformed refresh token")
    scope = body.get("scope")
    if scope is not None and not isinstance(scope, str):
        raise _invalid("malformed scope")
    return Token(
        access=Secret(access),
        refresh=None if refresh is None else Secret(refresh),
        expires_at=now + _parse_lifetime(body.get("expires_in")),
        scopes=None if scope is None else frozenset(scope.split()),
        signed_in_at=now,
    )


def _parse_lifetime(value: object) -> timedelta:
    if value is None:
        return USUAL_LIFETIME
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _invalid("malformed lifetime")
    # Not math.isfinite: a whole number in JSON can be too large for it. NaN fails this too.
    if not 0 <= value <= _LONGEST_LIFETIME.total_seconds():
        raise _invalid("impossible lifetime")
    return timedelta(seconds=value)


def _invalid(problem: str) -> UnexpectedAnswerError:
    return UnexpectedAnswerError(Code.RESPONSE_INVALID, problem=problem)


def _explain_refusal(response: Response, body: dict[str, object]) -> ZoomRefusedError:
    status, error, reason = response.status, body.get("error"), body.get("reason")
    if status == _TOO_MANY:  # whatever it says: nothing was done, neither code nor token is used up
        return build_limit_error(response)
    if error == "invalid_client":
        return ZoomRefusedError(Code.INVALID_CLIENT, status=status)
    if error == "invalid_grant":
        return ZoomRefusedError(Code.INVALID_GRANT, Reason.USED, status=status)
    if error == "invalid_request" and isinstance(reason, str) and "redirect" in reason.lower():
        return ZoomRefusedError(Code.REDIRECT_MISMATCH, status=status)
    return ZoomRefusedError(Code.ZOOM_ERROR, Reason.SIGN_IN, status=status)
