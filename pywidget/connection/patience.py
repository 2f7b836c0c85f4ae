"""The wait for Zoom's limit as a user sees it: how long it takes, and called off if they like.

Facts: a task starts with the context of the one that begins it (PEP 567). So what waits deep inside
a piece of work finds the patience of whoever began the work, and nothing in between hands it on.
Browsers slow down the timers of a page that nobody sees: what is counted may be late, what is
waited for is not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from datetime import timedelta
from math import ceil

from pywidget.domain.errors import Code, NotDoneError, Reason
from pywidget.ports import Clock

_TICK = 1.0  # seconds


class Patience:
    """The patience of one piece of work; `tell` gets the seconds that are left, at last 0."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self.tell = tell
        self._called_off = asyncio.Event()

    def call_off(self) -> None:
        """Wait no longer, now and later."""
        self._called_off.set()

    async def have(self, work: Coroutine[None, None, None]) -> None:
        """Do the work; whatever it waits for is told."""
        _PATIENCE.set(self)
        await work

    async def wait(self, clock: Clock, pause: timedelta) -> None:
        """Wait that long, and tell each second how long it still takes.

        Raises:
            NotDoneError: The user has called it off.
        """
        ends = clock.now() + pause
        over = asyncio.ensure_future(clock.sleep(pause.total_seconds()))
        stopped = asyncio.ensure_future(self._called_off.wait())
        try:
            while not over.done() and not self._called_off.is_set():
                left = min(pause, max(timedelta(), ends - clock.now()))
                self.tell(max(1, ceil(left.total_seconds())))
                tick = asyncio.ensure_future(clock.sleep(_TICK))
                await asyncio.wait({over, stopped, tick}, return_when=asyncio.FIRST_COMPLETED)
                tick.cancel()
        finally:
            over.cancel()
            stopped.cancel()
            self.tell(0)
        if self._called_off.is_set():
            raise NotDoneError(Code.RATE_LIMITED, Reason.CALLED_OFF)


_PATIENCE: ContextVar[Patience | None] = ContextVar("patience", default=None)


async def wait_patiently(clock: Clock, pause: timedelta) -> None:
    """Wait that long; if somebody looks on, tell them, and stop when they say so.

    Raises:
        NotDoneError: They have.
    """
    patience = _PATIENCE.get()
    if patience is None:
        await clock.sleep(pause.total_seconds())
    else:
        await patience.wait(clock, pause)
