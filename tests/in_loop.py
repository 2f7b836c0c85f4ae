"""Lets pytest call a coroutine function that takes the world."""

from __future__ import annotations

from collections.abc import Callable, Coroutine

from tests.doubles.clock import run
from tests.world import World

Test = Callable[[World], Coroutine[None, None, None]]


def in_loop(test: Test) -> Callable[[World], None]:
    def call(world: World) -> None:
        run(test(world))

    call.__name__ = test.__name__
    return call
