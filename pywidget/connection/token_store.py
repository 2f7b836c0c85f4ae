"""The token in this tab's `sessionStorage`: the one place where a token is kept.

Facts: anybody with the console can write there, a duplicated tab copies it, and a browser may
refuse it. What cannot be read as a token is no token.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from pywidget.domain.secret import Secret
from pywidget.ports import Storage
from pywidget.zoom.token import Token

KEY = "pywidget:v1:token"


class TokenStore:
    """Keeps, finds and forgets the token."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def load(self) -> Token | None:
        """The token, or `None` if there is none that can be read."""
        text = self._storage.get(KEY)
        return None if text is None else parse_token(text)

    def save(self, token: Token) -> None:
        """Keeps the token in the place of any earlier one."""
        self._storage.set(KEY, format_token(token))

    def forget(self) -> None:
        """Drops the token."""
        self._storage.delete(KEY)


def format_token(token: Token) -> str:
    """The token as JSON: a secret, for storage and for tabs of the same origin."""
    record = {
        "access_token": token.access.reveal(),
        "refresh_token": None if token.refresh is None else token.refresh.reveal(),
        "expires_at": token.expires_at.isoformat(),
        "scopes": None if token.scopes is None else sorted(token.scopes),
        "origin": token.origin,
    }
    return json.dumps(record)


def parse_token(text: str) -> Token | None:
    """The token that `format_token` wrote, or `None` for anything else."""
    try:
        record = json.loads(text)
        access, refresh = record["access_token"], record["refresh_token"]
        expires_at = datetime.fromisoformat(record["expires_at"]).astimezone(UTC)
        scopes = record["scopes"]
        whole = isinstance(access, str) and isinstance(refresh, str | None) and access
        if not whole or not isinstance(scopes, list | None):
            return None
        return Token(
            access=Secret(access),
            refresh=None if refresh is None else Secret(refresh),
            expires_at=expires_at,
            scopes=None if scopes is None else frozenset(map(str, scopes)),
            origin=str(record.get("origin", "")),
        )
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
