"""Meetings about to be created, in `sessionStorage`: each is kept until its outcome is known.

An intent that is still there means that nobody knows the outcome of the request: the answer was
lost, or the tab was closed or reloaded before it came. The meeting may exist.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from pywidget.domain.json_text import read_json
from pywidget.ports import Storage

PREFIX = "pywidget:v1:create:"


@dataclass(frozen=True, slots=True)
class CreateIntent:
    """The contents of a create request: enough to recognize the meeting by.

    Attributes:
        starts_at: The start, in UTC.
        wall_clock: The same time, naive, as it was sent to Zoom; Zoom may have read it in another
            zone.
        host_email: The person for whom it was scheduled; empty for the user's own meeting.
    """

    appointment: str
    topic: str
    starts_at: datetime
    wall_clock: datetime | None = None
    host_email: str = ""


class IntentStore:
    """The unsettled intents of this tab, at most one for an appointment."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def save(self, intent: CreateIntent) -> None:
        """Store the intent, before anything is sent."""
        self._storage.set(PREFIX + intent.appointment, format_intent(intent))

    def find(self, appointment: str) -> CreateIntent | None:
        """Find the appointment's unsettled intent; return `None` if none can be read."""
        text = self._storage.get(PREFIX + appointment)
        return None if text is None else parse_intent(appointment, text)

    def find_all(self) -> list[CreateIntent]:
        """Find every unsettled intent of this tab."""
        keys = (key for key in self._storage.list_keys() if key.startswith(PREFIX))
        found = (self.find(key.removeprefix(PREFIX)) for key in keys)
        return [intent for intent in found if intent is not None]

    def settle(self, appointment: str) -> None:
        """Forget the appointment's intent: its outcome is known."""
        self._storage.delete(PREFIX + appointment)


def format_intent(intent: CreateIntent) -> str:
    """Format the intent as JSON, without its appointment, which travels beside it."""
    record = {"topic": intent.topic, "starts_at": intent.starts_at.isoformat()}
    if intent.wall_clock is not None:
        record["wall_clock"] = intent.wall_clock.isoformat()
    if intent.host_email:
        record["host_email"] = intent.host_email
    return json.dumps(record)


def parse_intent(appointment: str, text: str) -> CreateIntent | None:
    """Parse the output of `format_intent`; return `None` for anything else."""
    try:
        record = read_json(text)
        starts_at = datetime.fromisoformat(record["starts_at"]).astimezone(UTC)
        told = record.get("wall_clock")
        wall_clock = None if told is None else datetime.fromisoformat(told).replace(tzinfo=None)
        host_email = str(record.get("host_email") or "")
        return CreateIntent(appointment, str(record["topic"]), starts_at, wall_clock, host_email)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
