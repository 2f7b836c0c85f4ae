"""The requests to the simulated Zoom, without their secrets: the only record there is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator.masking import mask_body, mask_fields, mask_headers, mask_text

if TYPE_CHECKING:
    from datetime import datetime

    from zoom_meeting_testing.simulator.messages import Call
    from zoom_meeting_testing.simulator.operations import Operation

MAXIMUM_ENTRIES: Final = 1000


@dataclass
class Entry:
    """One request. `status` is `None` while it is being answered, or if it never was."""

    at: datetime
    method: str
    path: str
    query: object
    headers: dict[str, str]
    body: object
    operation: Operation
    status: int | None = None
    fault: str | None = None

    def to_json(self) -> dict[str, object]:
        """Return the entry as the control API shows it."""
        return {**vars(self), "at": self.at.isoformat(timespec="milliseconds")}


class RequestLog:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=MAXIMUM_ENTRIES)

    def add(self, call: Call, operation: Operation, now: datetime) -> Entry:
        """Log a request, with its secrets masked."""
        entry = Entry(
            at=now,
            method=call.method,
            path=mask_text(call.path),
            query=mask_fields(call.query),
            headers=mask_headers(call.headers),
            body=mask_body(call),
            operation=operation,
        )
        self._entries.append(entry)
        return entry

    def to_json(self) -> list[dict[str, object]]:
        """Return all entries as the control API shows them, oldest first."""
        return [entry.to_json() for entry in self._entries]

    def clear(self) -> None:
        """Forget all entries."""
        self._entries.clear()
