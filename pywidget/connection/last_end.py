"""When somebody disconnected last in this browser: every token from before that is void.

Facts: a copy of a token can turn up later, in a duplicated tab, in one that the browser had put to
sleep, or in a window that got a copy of `sessionStorage`. Zoom may have refused to revoke it, so it
is this record that keeps the user disconnected. It is a time, in `localStorage`, and no secret.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pywidget.domain.errors import WidgetError
from pywidget.ports import Storage
from pywidget.zoom.token import Token

KEY = "pywidget:v1:ended"
_INSTANT = timedelta(microseconds=1)


class LastEnd:
    """The record of the last *Disconnect*."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def record(self, now: datetime, token: Token | None) -> None:
        """Record that the user disconnects now, with this token; clocks may have been set back."""
        ended = max(now, self._read() or now, now if token is None else token.signed_in_at)
        with suppress(WidgetError):  # no room for it: then only the tabs that are open hear of it
            self._storage.set(KEY, ended.isoformat())

    def voids(self, token: Token) -> bool:
        """Tell whether the token is from before the last *Disconnect*."""
        ended = self._read()
        return ended is not None and token.signed_in_at <= ended

    def let_in(self, token: Token) -> Token:
        """Return a new sign-in's token as one from after the end, even if clocks were set back."""
        ended = self._read()
        if ended is None or token.signed_in_at > ended:
            return token
        with suppress(OverflowError):  # nobody has disconnected in the year 9999
            return replace(token, signed_in_at=ended + _INSTANT)
        with suppress(WidgetError):
            self._storage.delete(KEY)
        return token

    def _read(self) -> datetime | None:
        try:
            text = self._storage.get(KEY)
            return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
        except (WidgetError, ValueError, OverflowError):
            return None
