"""What pytest is told besides inside Pyodide: what is skipped there, and how the rest can run.

Facts: Pyodide has no sockets, no threads, no other processes, and no native modules but its own.
Its event loop is JavaScript's, which goes on only when Python has returned: `asyncio.run` can't
wait there. Our tests wait for nothing outside, so a loop of Python's own will do.
"""

from __future__ import annotations

import asyncio
import time
from asyncio import base_events, events
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest

_T = TypeVar("_T")
ROOT: Final = Path(__file__).resolve().parents[2]
NOT_HERE: Final = {
    "tests/nothing": "nothing",
}
"""Tests that need what a browser has not, and what that is."""
LEFT_OUT: Final[Counter[str]] = Counter()


class _NothingToSelect:
    """No sockets, so nothing comes but the time."""

    def select(self, timeout: float | None) -> list[object]:
        if timeout is None:
            raise RuntimeError("the test waits for what never comes")
        time.sleep(timeout)
        return []


class _TurnLoop(base_events.BaseEventLoop):
    """An event loop without input and output."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _NothingToSelect()

    def _process_events(self, event_list: list[object]) -> None:
        """Nothing has happened."""

    def _write_to_self(self) -> None:
        """Nobody is to be woken: there is no other thread."""


def run_here(main: Coroutine[Any, Any, _T], *, debug: bool | None = None) -> _T:
    """Do as `asyncio.run`, although Pyodide's own loop is always said to be running."""
    outer = events._get_running_loop()  # noqa: SLF001 - all that tells without raising
    events._set_running_loop(None)  # noqa: SLF001
    try:
        with asyncio.Runner(debug=debug, loop_factory=_TurnLoop) as runner:
            return runner.run(main)
    finally:
        events._set_running_loop(outer)  # noqa: SLF001


def pytest_configure() -> None:
    """Let tests call `asyncio.run`."""
    asyncio.run = run_here


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what can't even be imported here."""
    name = collection_path.relative_to(ROOT).as_posix()
    return True if name in NOT_HERE else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip single tests."""
    for item in items:
        name = item.nodeid.partition("[")[0]
        if name in NOT_HERE:
            item.add_marker(pytest.mark.skip(reason=NOT_HERE[name]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, and why."""
    terminalreporter.section("not run in Pyodide")
    for name, reason in NOT_HERE.items():
        terminalreporter.line(f"{name}: {reason}")
