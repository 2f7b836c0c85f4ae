"""The token in this tab's `sessionStorage`: the only place where a token is stored.

Facts: anyone with the console can write there, a duplicated tab copies it, and a browser may refuse
access. Text that cannot be read as a token counts as no token.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from pywidget.domain.json_text import read_json
from pywidget.domain.secret import Secret
from pywidget.ports import Storage
from pywidget.zoom.token import Token

KEY = "pywidget:v1:token"


class TokenStore:
    """The store of this tab's token."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def load(self) -> Token | None:
        """Return the token, or `None` if there is none that can be read."""
        text = self._storage.get(KEY)
        return None if text is None else parse_token(text)

    def save(self, token: Token) -> None:
        """Store the token in place of any earlier one."""
        self._storage.set(KEY, format_token(token))

    def forget(self) -> None:
        """Delete the token."""
        self._storage.delete(KEY)


def format_token(token: Token) -> str:
    """Format the token as JSON: a secret, for storage and for tabs of the same origin."""
    record = {
        "access_token": token.access.reveal(),
        "refresh_token": None if token.refresh is None else token.refresh.reveal(),
        "expires_at": token.expires_at.isoformat(),
        "scopes": None if token.scopes is None else sorted(token.scopes),
        "origin": token.origin,
    }
    return json.dumps(record)


def parse_token(text: str) -> Token | None:
    """Parse the output of `format_token`; return `None` for anything else."""
    try:
        record = read_json(text)
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
    except (ValueError, TypeError, KeyError, OverflowError):
        return None
