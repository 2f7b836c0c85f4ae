"""The simulator's time, which tests can move.

Codes live for 5 minutes, access tokens for an hour, the daily limit resets at 00:00 UTC: nothing
in the simulator asks the machine for the time, so that no test has to wait for any of it.
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
        """Tell the time, in UTC."""
        return (self._start or datetime.now(UTC)).astimezone(UTC) + self._moved

    def advance(self, seconds: float) -> None:
        """Move the clock, forward or (with a negative number) back."""
        self._moved += timedelta(seconds=seconds)

    def reset(self) -> None:
        """Take back every move."""
        self._moved = timedelta()
