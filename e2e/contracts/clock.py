"""`ports.Clock`: this machine's time. The checks measure order, never speed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Protocol

from pywidget.ports import Clock


class Bench(Protocol):
    clock: Clock

    async def let_pass(self, seconds: float) -> None:
        """Wait until this time is over; a double moves its clock."""


async def check_now_is_in_utc(bench: Bench) -> None:
    assert bench.clock.now().utcoffset() == timedelta(0)


async def check_time_does_not_go_back(bench: Bench) -> None:
    before = bench.clock.now()
    await bench.let_pass(0.02)
    assert bench.clock.now() > before


async def check_a_sleeper_lets_others_go_on_and_wakes(bench: Bench) -> None:
    order: list[str] = []

    async def sleep(name: str, seconds: float) -> None:
        await bench.clock.sleep(seconds)
        order.append(name)

    tasks = [asyncio.ensure_future(sleep(*each)) for each in (("late", 0.3), ("early", 0.01))]
    await asyncio.sleep(0)
    order.append("meanwhile")
    await bench.let_pass(0.6)
    await asyncio.gather(*tasks)
    assert order == ["meanwhile", "early", "late"], order


async def check_a_cancelled_sleep_ends(bench: Bench) -> None:
    task = asyncio.ensure_future(bench.clock.sleep(3600))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
