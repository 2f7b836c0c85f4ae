"""This machine's time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """The system's `ports.Clock`."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait on the event loop, which in a page uses the browser's own timers."""
        await asyncio.sleep(seconds)
