"""Time that stands still until a test moves it, and the way to run a test on it."""

from __future__ import annotations

import asyncio
import gc
import heapq
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
_T = TypeVar("_T")
_TURNS = 60  # of the event loop: more than the longest chain of awaits that needs no time
MOST_TURNS = 500_000  # only a test that waits for what never comes gets there


class ManualClock:
    """Implements `ports.Clock`. Sleepers wake in the order of their alarms, then of their calls."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now
        self._order = count()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        at = self._now + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (at, next(self._order), alarm))
        await alarm

    @property
    def sleepers(self) -> int:
        """How many are asleep; a cancelled sleep is none."""
        return sum(not alarm.done() for _at, _order, alarm in self._sleepers)

    async def advance(self, seconds: float) -> None:
        """Moves time on, alarm by alarm; everything that an alarm sets off happens at its time."""
        until = self._now + timedelta(seconds=seconds)
        await settle()
        while self._sleepers and self._sleepers[0][0] <= until:
            at, _order, alarm = heapq.heappop(self._sleepers)
            if alarm.done():
                continue
            self._now = max(self._now, at)
            alarm.set_result(None)
            await settle()
        self._now = until
        await settle()

    def jump(self, seconds: float) -> None:
        """The machine was asleep: time is later, and no timer has fired."""
        self._now += timedelta(seconds=seconds)

    def set_by(self, seconds: float) -> None:
        """Somebody sets the clock: it is another time, and timers go on as before."""
        step = timedelta(seconds=seconds)
        self._now += step
        self._sleepers = [(at + step, order, alarm) for at, order, alarm in self._sleepers]


async def settle() -> None:
    """Lets everything happen that can happen without time passing."""
    for _ in range(_TURNS):
        await asyncio.sleep(0)


def run(test: Coroutine[None, None, _T]) -> _T:
    """Runs an async test. What a task or a future of the widget raised unheard fails it."""
    unheard: list[str] = []

    async def watched() -> _T:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: unheard.append(str(context)))
        result = await _finish(test)
        await settle()
        gc.collect(1)  # a future complains when it is dropped; the old generations hold none of it
        await settle()
        return result

    result = asyncio.run(watched())
    assert not unheard, unheard
    return result


async def _finish(test: Coroutine[None, None, _T]) -> _T:
    """Counts turns, not seconds: how fast the machine is must not decide a test."""
    task = asyncio.ensure_future(test)
    for _ in range(MOST_TURNS):
        if task.done():
            return task.result()
        await asyncio.sleep(0)
    task.cancel()
    raise TimeoutError("the test waits for what never comes")
