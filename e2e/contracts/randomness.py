"""`ports.Randomness`: unpredictable numbers; a check can only notice a source that is broken."""

from __future__ import annotations

from typing import Protocol

from pywidget.ports import Randomness


class Bench(Protocol):
    randomness: Randomness


async def check_there_are_as_many_bytes_as_asked_for(bench: Bench) -> None:
    for count in (0, 1, 16, 32, 100):
        drawn = bench.randomness.token_bytes(count)
        assert type(drawn) is bytes
        assert len(drawn) == count


async def check_nothing_comes_twice(bench: Bench) -> None:
    drawn = {bench.randomness.token_bytes(32) for _ in range(200)}
    assert len(drawn) == 200
    assert len({byte for each in drawn for byte in each}) == 256
