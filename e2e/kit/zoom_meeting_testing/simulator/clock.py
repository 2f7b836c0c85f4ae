"""The simulator's clock, which tests can move.

Codes live for 5 minutes, access tokens for an hour, and the daily limit resets at 00:00 UTC. No
test has to wait for that: nothing else in the simulator asks the machine for the time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that runs with the machine's, or stands still at `start` until it is moved."""

    def __init__(self, start: datetime | None = None) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("start needs a time zone")
        self._start = start
        self._moved = timedelta()

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return (self._start or datetime.now(UTC)).astimezone(UTC) + self._moved

    def advance(self, seconds: float) -> None:
        """Move the clock, forward or (with a negative number) back."""
        self._moved += timedelta(seconds=seconds)

    def reset(self) -> None:
        """Undo every move."""
        self._moved = timedelta()
