"""Sign-in attempts in `sessionStorage`: one key for each, removed when it is first read.

An attempt survives a reload of the page, and it is used once, whatever the outcome. If the page
itself went to Zoom, `web/callback.js` puts the query of the answer into the record and returns to
the page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pywidget.connection.departure import Departure, format_departure, parse_departure
from pywidget.domain.json_text import read_json
from pywidget.domain.secret import Secret
from pywidget.ports import Storage
from pywidget.zoom.authorization import LIFETIME, SignInAttempt

PREFIX = "pywidget:v1:sign-in:"


@dataclass(frozen=True, slots=True)
class Returned:
    """An attempt for which the page itself went to Zoom, and the answer it came back with."""

    attempt: SignInAttempt
    departure: Departure
    query: str = field(repr=False)


class AttemptStore:
    """The sign-in attempts that are waiting for an answer."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def save(self, attempt: SignInAttempt, departure: Departure | None = None) -> None:
        """Store the attempt under its state."""
        record = {
            "verifier": attempt.verifier.reveal(),
            "client_id": attempt.client_id,
            "redirect_uri": attempt.redirect_uri,
            "appointment": attempt.appointment,
            "started_at": attempt.started_at.isoformat(),
        }
        if departure is not None:
            # The callback page reads return_to, and nothing else.
            record |= {
                "return_to": departure.return_to,
                "departure": format_departure(departure),
            }
        self._storage.set(PREFIX + attempt.state, json.dumps(record))

    def take(self, state: str) -> SignInAttempt | None:
        """Remove the attempt and return it; return `None` if there is none that can be read."""
        key = PREFIX + state
        text = self._storage.get(key)
        self._storage.delete(key)
        return None if text is None else _parse(state, text)

    def take_returned(self) -> list[Returned]:
        """Remove and return every attempt that has its answer."""
        returned = []
        for key in self._storage.list_keys():
            state = key.removeprefix(PREFIX)
            text = self._storage.get(key) if state != key else None
            found = None if text is None else _parse_returned(state, text)
            if found is not None:
                self._storage.delete(key)
                returned.append(found)
        return returned

    def sweep(self, now: datetime) -> timedelta | None:
        """Delete attempts that are too old to be answered; return when to look again.

        A page that is reloaded or left during a sign-in leaves its attempt behind. `None` if there
        is no attempt left.
        """
        ages = []
        for key in self._storage.list_keys():
            state = key.removeprefix(PREFIX)
            if state == key:
                continue
            attempt = _parse(state, self._storage.get(key) or "")
            if attempt is None or now - attempt.started_at > LIFETIME:
                self._storage.delete(key)
            else:
                ages.append(max(now - attempt.started_at, timedelta(0)))  # the clock was set back
        return LIFETIME - max(ages) if ages else None


def _parse(state: str, text: str) -> SignInAttempt | None:
    try:
        record = read_json(text)
        return SignInAttempt(
            state=state,
            verifier=Secret(str(record["verifier"])),
            client_id=str(record["client_id"]),
            redirect_uri=str(record["redirect_uri"]),
            appointment=str(record["appointment"]),
            started_at=datetime.fromisoformat(record["started_at"]).astimezone(UTC),
        )
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def _parse_returned(state: str, text: str) -> Returned | None:
    attempt = _parse(state, text)
    if attempt is None:
        return None
    record = read_json(text)
    query, departure = record.get("query"), parse_departure(str(record.get("departure")))
    if not isinstance(query, str) or departure is None:
        return None
    return Returned(attempt, departure, query)
