"""A short limit of Zoom's is waited for once; a longer one is told."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from pywidget.connection.patience import Patience
from pywidget.connection.rate_limit import retry_after_limit
from pywidget.domain.errors import NotDoneError, RateLimitedError, Reason
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


def test_who_looks_on_is_told_each_second_how_long_it_takes() -> None:
    async def test() -> None:
        clock, zoom, told = ManualClock(), Zoom("3"), list[int]()
        answers = list[str]()

        async def work() -> None:
            # In a task of its own, as a create is.
            answers.append(await asyncio.ensure_future(retry_after_limit(clock, zoom.call)))

        task = asyncio.ensure_future(Patience(told.append).have(work()))
        await clock.advance(2.9)
        assert told == [3, 2, 1]
        await clock.advance(0.1)
        await task
        assert (answers, told, clock.sleepers) == (["yes"], [3, 2, 1, 0], 0)

    run(test())


def test_who_calls_it_off_need_not_wait_and_nothing_is_sent() -> None:
    async def test() -> None:
        clock, zoom, told = ManualClock(), Zoom("45", "45"), list[int]()
        patience = Patience(told.append)

        async def work() -> None:
            for _ in range(2):  # nor is the next wait begun
                with pytest.raises(NotDoneError) as caught:
                    await retry_after_limit(clock, zoom.call)
                assert caught.value.reason is Reason.CALLED_OFF

        task = asyncio.ensure_future(patience.have(work()))
        await clock.advance(1)
        patience.call_off()
        await clock.advance(0)
        await task
        assert (zoom.asked, told, clock.sleepers) == (2, [45, 44, 0, 0], 0)

    run(test())


def test_nobody_else_is_told_and_a_clock_that_is_set_changes_nothing() -> None:
    async def test() -> None:
        clock, zoom, told = ManualClock(), Zoom("10"), list[int]()

        async def work() -> None:
            await retry_after_limit(clock, zoom.call)

        task = asyncio.ensure_future(Patience(told.append).have(work()))
        await clock.advance(1)
        clock.set_by(-3600)
        await clock.advance(9)
        await task
        assert (zoom.asked, max(told)) == (2, 10)
        zoom.waits.append("10")
        await asyncio.gather(retry_after_limit(clock, zoom.call), clock.advance(10))
        assert told[-1] == 0

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
