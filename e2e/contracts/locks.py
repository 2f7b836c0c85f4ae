"""`ports.Locks`: one holder at a time in all tabs of the origin, and no lock stays held."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Protocol

from e2e.contracts.contract import refused
from pywidget.domain.errors import Code
from pywidget.ports import Locks


class Bench(Protocol):
    locks: Locks
    other: Locks  # another tab's

    async def hold_in_a_tab(self, name: str) -> None:
        """Open a tab that takes the lock and keeps it; return when it has the lock."""

    async def close_that_tab(self) -> None:
        """Close the tab, as the user does."""

    def refuse(self) -> None:
        """Refuse all locks, as in a sandboxed frame without an origin."""

    def take_away(self) -> None:
        """Remove the API of locks, as on a page over plain http."""

    async def wait(self) -> None:
        """Wait until a lock that is free, or was just released, has been granted."""


class _Log:
    def __init__(self) -> None:
        self.lines: list[str] = []

    async def hold(self, locks: Locks, name: str, who: str, until: asyncio.Event) -> None:
        async with locks.hold(name):
            self.lines.append(f"{who} in")
            await until.wait()
            self.lines.append(f"{who} out")

    def start(
        self, locks: Locks, who: str, until: asyncio.Event, name: str = "contract"
    ) -> asyncio.Task[None]:
        return asyncio.ensure_future(self.hold(locks, name, who, until))


def _now() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


async def check_one_holds_it_and_the_others_wait_in_turn(bench: Bench) -> None:
    log, until = _Log(), asyncio.Event()
    tasks = [log.start(bench.locks, "first", until)]
    await bench.wait()
    tasks.append(log.start(bench.other, "second", _now()))
    await bench.wait()
    tasks.append(log.start(bench.locks, "third", _now()))
    await bench.wait()
    assert log.lines == ["first in"], log.lines
    until.set()
    await asyncio.gather(*tasks)
    order = [f"{who} {way}" for who in ("first", "second", "third") for way in ("in", "out")]
    assert log.lines == order, log.lines


async def check_another_name_is_another_lock(bench: Bench) -> None:
    log, until = _Log(), asyncio.Event()
    task = log.start(bench.locks, "first", until)
    await bench.wait()
    await log.start(bench.other, "second", _now(), "contract: ünï \U0001f9d6")
    assert log.lines == ["first in", "second in", "second out"], log.lines
    until.set()
    await task


async def check_it_can_be_taken_again(bench: Bench) -> None:
    for _ in range(3):
        async with bench.locks.hold("contract"):
            pass


async def check_an_error_lets_go(bench: Bench) -> None:
    with suppress(ValueError):
        async with bench.locks.hold("contract"):
            int("a defect")
    await asyncio.wait_for(_Log().hold(bench.other, "contract", "next", _now()), 5)


async def check_whoever_is_cancelled_lets_go(bench: Bench) -> None:
    log = _Log()
    holder = log.start(bench.locks, "holder", asyncio.Event())
    await bench.wait()
    holder.cancel()
    await asyncio.wait_for(log.start(bench.other, "next", _now()), 5)
    assert log.lines == ["holder in", "next in", "next out"], log.lines


async def check_one_that_stops_waiting_is_passed_over(bench: Bench) -> None:
    log, until = _Log(), asyncio.Event()
    holder = log.start(bench.locks, "holder", until)
    await bench.wait()
    impatient = log.start(bench.locks, "impatient", _now())
    patient = log.start(bench.other, "patient", _now())
    await bench.wait()
    impatient.cancel()
    until.set()
    await asyncio.wait_for(asyncio.gather(holder, patient), 5)
    assert "impatient in" not in log.lines, log.lines
    assert log.lines[-1] == "patient out", log.lines


async def check_a_tab_that_closes_lets_go(bench: Bench) -> None:
    await bench.hold_in_a_tab("contract")
    log = _Log()
    task = log.start(bench.locks, "next", _now())
    await bench.wait()
    assert log.lines == [], log.lines
    await bench.close_that_tab()
    await asyncio.wait_for(task, 5)
    assert log.lines == ["next in", "next out"], log.lines


async def check_a_browser_that_refuses_is_told_and_nobody_waits(bench: Bench) -> None:
    bench.refuse()
    with refused(Code.STORAGE_UNAVAILABLE):
        async with bench.locks.hold("contract"):
            raise AssertionError("nothing is held")


async def check_a_page_without_locks_is_told_why(bench: Bench) -> None:
    bench.take_away()
    with refused(Code.INSECURE_CONTEXT):
        async with bench.locks.hold("contract"):
            raise AssertionError("nothing is held")
