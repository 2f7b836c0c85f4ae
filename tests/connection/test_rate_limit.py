"""A short limit of Zoom's is waited for once; a longer one is told."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from pywidget.connection.rate_limit import retry_after_limit
from pywidget.domain.errors import RateLimitedError
from tests.doubles.clock import NOW, ManualClock, run


class Zoom:
    """Answers with these waits in turn, and then with a word."""

    def __init__(self, *waits: str | None) -> None:
        self.waits = [*waits]
        self.asked = 0

    async def call(self) -> str:
        self.asked += 1
        if self.waits:
            raise RateLimitedError(status=429, retry_after=self.waits.pop(0), is_daily=False)
        return "yes"


@pytest.mark.parametrize("seconds", [1, 60])
def test_up_to_a_minute_is_waited_for(seconds: int) -> None:
    async def test() -> None:
        clock, zoom = ManualClock(), Zoom(str(seconds))
        answer = asyncio.ensure_future(retry_after_limit(clock, zoom.call))
        await clock.advance(seconds - 0.5)
        assert not answer.done()
        await clock.advance(0.5)
        assert await answer == "yes"
        assert zoom.asked == 2

    run(test())


@pytest.mark.parametrize("wait", ["61", "soon", None])
def test_whatever_is_longer_or_unknown_is_told_at_once(wait: str | None) -> None:
    async def test() -> None:
        clock, zoom = ManualClock(), Zoom(wait)
        with pytest.raises(RateLimitedError) as caught:
            await retry_after_limit(clock, zoom.call)
        assert caught.value.reopens_at == (NOW + timedelta(seconds=61) if wait == "61" else None)
        assert (zoom.asked, clock.slept) == (1, [])

    run(test())


def test_a_second_limit_is_told_with_its_own_end() -> None:
    async def test() -> None:
        clock, zoom = ManualClock(), Zoom("10", "20")
        answer = asyncio.ensure_future(retry_after_limit(clock, zoom.call))
        await clock.advance(10)
        with pytest.raises(RateLimitedError) as caught:
            await answer
        assert caught.value.reopens_at == NOW + timedelta(seconds=30)
        assert (zoom.asked, clock.slept) == (2, [10.0])

    run(test())
