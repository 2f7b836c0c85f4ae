"""What was about to be created, in `sessionStorage`: kept until it is known what came of it.

An intent that is still there means that nobody knows what came of the request: the answer was
lost, or the tab was closed or reloaded in the middle. The meeting may exist.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from pywidget.ports import Storage

PREFIX = "pywidget:v1:create:"


@dataclass(frozen=True, slots=True)
class CreateIntent:
    """What the request said: enough to recognise the meeting by.

    Attributes:
        starts_at: In UTC.
        wall_clock: The same, naive, as Zoom was told it; Zoom may have read it in another zone.
    """

    appointment: str
    topic: str
    starts_at: datetime
    wall_clock: datetime | None = None


class IntentStore:
    """Keeps one intent for an appointment."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def save(self, intent: CreateIntent) -> None:
        """Keeps the intent, before anything is sent."""
        self._storage.set(PREFIX + intent.appointment, format_intent(intent))

    def find(self, appointment: str) -> CreateIntent | None:
        """The unsettled intent of an appointment; `None` if there is none that can be read."""
        text = self._storage.get(PREFIX + appointment)
        return None if text is None else parse_intent(appointment, text)

    def find_all(self) -> list[CreateIntent]:
        """Every unsettled intent of this tab."""
        keys = (key for key in self._storage.list_keys() if key.startswith(PREFIX))
        found = (self.find(key.removeprefix(PREFIX)) for key in keys)
        return [intent for intent in found if intent is not None]

    def settle(self, appointment: str) -> None:
        """It is known what came of it."""
        self._storage.delete(PREFIX + appointment)


def format_intent(intent: CreateIntent) -> str:
    """What the request says, as JSON; the appointment is told beside it."""
    record = {"topic": intent.topic, "starts_at": intent.starts_at.isoformat()}
    if intent.wall_clock is not None:
        record["wall_clock"] = intent.wall_clock.isoformat()
    return json.dumps(record)


def parse_intent(appointment: str, text: str) -> CreateIntent | None:
    """The intent that `format_intent` wrote, or `None` for anything else."""
    try:
        record = json.loads(text)
        starts_at = datetime.fromisoformat(record["starts_at"]).astimezone(UTC)
        told = record.get("wall_clock")
        wall_clock = None if told is None else datetime.fromisoformat(told).replace(tzinfo=None)
        return CreateIntent(appointment, str(record["topic"]), starts_at, wall_clock)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
