"""Authorization codes, access tokens and refresh tokens, and how each of them ends.

Facts (Zoom's *OAuth 2.0* page, developers.zoom.us/docs/integrations/oauth/):

- A code lives 5 minutes and is used once. The first attempt to exchange it spends it, even one
  that fails: a second try teaches nothing.
- A refresh token rotates: each use ends it and issues the next.
- One grant per user and app: tokens from a new authorization end the earlier ones.
- Uninstalling ends all tokens of that user.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator.consent import Consent
    from zoom_meeting_testing.simulator.settings import Settings

TOKEN_BYTES: Final = 825
"""They make 1,100 characters, about as many as Zoom's tokens have."""

CODE_BYTES: Final = 36


class End(StrEnum):
    """A reason, other than age, why a token no longer works."""

    ROTATED = "rotated"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


class Expirable(StrEnum):
    """What a test can let expire at once."""

    ACCESS_TOKENS = "access_tokens"
    REFRESH_TOKENS = "refresh_tokens"
    CODES = "codes"


@dataclass(frozen=True)
class Code:
    """An authorization code. One from the Marketplace has no challenge and is of no use."""

    value: str = field(repr=False)
    email: str
    client_id: str
    redirect_uri: str
    challenge: str | None
    scopes: tuple[str, ...]
    expires_at: datetime
    used: bool = False


@dataclass(frozen=True)
class Token:
    """An access token or a refresh token."""

    value: str = field(repr=False)
    email: str
    client_id: str
    scopes: tuple[str, ...]
    expires_at: datetime
    end: End | None = None


@dataclass(frozen=True)
class TokenPair:
    """The two tokens that one successful token request issues."""

    access: Token
    refresh: Token


def compute_challenge(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Grants:
    """All codes and tokens that were issued since the last reset."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}
        self._access: dict[str, Token] = {}
        self._refresh: dict[str, Token] = {}

    def issue_code(self, email: str, consent: Consent, expires_at: datetime) -> Code:
        """Issue a code for the scopes that this user was asked for and has allowed."""
        code = Code(
            value=secrets.token_urlsafe(CODE_BYTES),
            email=email,
            client_id=consent.client_id,
            redirect_uri=consent.redirect_uri,
            challenge=consent.challenge,
            scopes=consent.scopes,
            expires_at=expires_at,
        )
        self._codes[code.value] = code
        return code

    def spend_code(
        self, value: str, client_id: str, redirect_uri: str, verifier: str, now: datetime
    ) -> Code | None:
        """Use a code up (RFC 6749, section 4.1.3; RFC 7636, section 4.6).

        Returns it if client, redirect URI and verifier are the ones it is bound to, else `None`.
        """
        code = self._codes.get(value)
        if code is None or code.used:
            return None
        self._codes[value] = replace(code, used=True)
        agrees = (
            now < code.expires_at
            and code.client_id == client_id
            and code.redirect_uri == redirect_uri
            and code.challenge is not None
            and hmac.compare_digest(compute_challenge(verifier).encode(), code.challenge.encode())
        )
        return code if agrees else None

    def issue_tokens(
        self,
        email: str,
        client_id: str,
        scopes: tuple[str, ...],
        settings: Settings,
        now: datetime,
    ) -> TokenPair:
        """Issue an access token and a refresh token, with the lifetimes that the settings give."""
        access_end = now + timedelta(seconds=settings.token_lifetime)
        refresh_end = now + timedelta(days=settings.refresh_token_days)
        access = Token(_new_token(), email, client_id, scopes, access_end)
        refresh = Token(_new_token(), email, client_id, scopes, refresh_end)
        self._access[access.value] = access
        self._refresh[refresh.value] = refresh
        return TokenPair(access, refresh)

    def supersede(self, email: str, client_id: str, *, keep_access: bool) -> None:
        """End the earlier tokens of this user and app, since there is a new authorization."""
        _end_all(self._refresh, email, client_id, End.SUPERSEDED)
        if not keep_access:
            _end_all(self._access, email, client_id, End.SUPERSEDED)

    def spend_refresh_token(self, value: str, client_id: str, now: datetime) -> Token | None:
        """Use a refresh token up (RFC 6749, section 6; Zoom rotates them).

        Returns it if it was still good, else `None`.
        """
        token = self._refresh.get(value)
        if token is None or token.client_id != client_id:
            return None
        if token.end is not None or now >= token.expires_at:
            return None
        self._refresh[value] = replace(token, end=End.ROTATED)
        return token

    def find_access_token(self, value: str) -> Token | None:
        """Return the access token with this value, whether or not it still works."""
        return self._access.get(value)

    def revoke(self, value: str) -> None:
        """End the whole grant that this access or refresh token belongs to (RFC 7009, section 2.1).

        An unknown token is ignored.
        """
        token = self._access.get(value) or self._refresh.get(value)
        if token is not None:
            self.forget_user(token.email)

    def forget_user(self, email: str) -> None:
        """End every code and token of this user, as uninstalling the app does."""
        for tokens in (self._access, self._refresh):
            _end_all(tokens, email, None, End.REVOKED)
        for value, code in self._codes.items():
            if code.email == email:
                self._codes[value] = replace(code, used=True)

    def expire(self, what: Expirable, now: datetime) -> None:
        """Let everything of one kind expire now."""
        match what:
            case Expirable.ACCESS_TOKENS:
                _expire_all(self._access, now)
            case Expirable.REFRESH_TOKENS:
                _expire_all(self._refresh, now)
            case Expirable.CODES:
                for value, code in self._codes.items():
                    self._codes[value] = replace(code, expires_at=min(code.expires_at, now))


def _new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _end_all(tokens: dict[str, Token], email: str, client_id: str | None, end: End) -> None:
    for value, token in tokens.items():
        if token.email == email and client_id in (None, token.client_id) and token.end is None:
            tokens[value] = replace(token, end=end)


def _expire_all(tokens: dict[str, Token], now: datetime) -> None:
    for value, token in tokens.items():
        tokens[value] = replace(token, expires_at=min(token.expires_at, now))
