"""The token in this tab's `sessionStorage`: the only place where a token is stored.

Facts: anyone with the console can write there, a duplicated tab copies it, and a browser may refuse
access. Text that cannot be read as a token counts as no token, and so does a token from before the
last *Disconnect*, wherever a copy of it was kept.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from pywidget.connection.last_end import LastEnd
from pywidget.domain.json_text import read_json
from pywidget.domain.secret import Secret
from pywidget.ports import Storage
from pywidget.zoom.oauth_text import is_oauth_value
from pywidget.zoom.token import USUAL_LIFETIME, Token

KEY = "pywidget:v1:token"


class TokenStore:
    """The store of this tab's token."""

    def __init__(self, storage: Storage, last_end: LastEnd) -> None:
        self._storage = storage
        self._last_end = last_end

    def load(self) -> Token | None:
        """Return the token, or `None` if there is none that can be read and is not void."""
        text = self._storage.get(KEY)
        token = None if text is None else parse_token(text)
        if token is None or not self._last_end.voids(token):
            return token
        self.forget()
        return None

    def save_sign_in(self, token: Token) -> Token:
        """Store the token of a sign-in that the user has just made; return it as it is stored."""
        let_in = self._last_end.let_in(token)
        self.save(let_in)
        return let_in

    def save(self, token: Token) -> None:
        """Store a token of a sign-in that is there already, in place of any earlier one."""
        self._storage.set(KEY, format_token(token))

    def forget(self) -> None:
        """Delete the token."""
        self._storage.delete(KEY)

    def end(self, now: datetime) -> None:
        """Delete the token, and void every copy of it and every earlier one."""
        self._last_end.record(now, self.load())
        self.forget()


def format_token(token: Token) -> str:
    """Format the token as JSON: a secret, for storage and for tabs of the same origin."""
    record = {
        "access_token": token.access.reveal(),
        "refresh_token": None if token.refresh is None else token.refresh.reveal(),
        "expires_at": token.expires_at.isoformat(),
        "scopes": None if token.scopes is None else sorted(token.scopes),
        "signed_in_at": token.signed_in_at.isoformat(),
        "family": None if token.inherited is None else token.inherited.reveal(),
    }
    return json.dumps(record)


def parse_token(text: str) -> Token | None:
    """Parse the output of `format_token`; return `None` for anything else."""
    try:
        record = read_json(text)
        access, refresh = record["access_token"], record["refresh_token"]
        scopes, family = record["scopes"], record.get("family")
        whole = is_oauth_value(access) and (refresh is None or is_oauth_value(refresh))
        if not whole or not isinstance(scopes, list | None) or not isinstance(family, str | None):
            return None
        expires_at = _parse_instant(record["expires_at"])
        signed_in_at = record.get("signed_in_at")
        return Token(
            access=Secret(access),
            refresh=None if refresh is None else Secret(refresh),
            expires_at=expires_at,
            scopes=None if scopes is None else frozenset(map(str, scopes)),
            # A record of an earlier version does not say: not before Zoom granted this token.
            signed_in_at=_parse_instant(signed_in_at)
            if signed_in_at is not None
            else expires_at - USUAL_LIFETIME,
            inherited=None if family is None else Secret(family),
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None


def _parse_instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
