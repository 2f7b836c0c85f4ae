"""What pytest is told besides inside Pyodide: what is skipped there, and how the rest can run.

Facts: Pyodide has no sockets, no threads, no other processes, and no native modules but its own.
Its event loop is JavaScript's, which goes on only when Python has returned: `asyncio.run` can't
wait there. Our tests wait for nothing outside, so a loop of Python's own will do.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from asyncio import base_events, events
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
_IS_ABOUT_FILES: Final = "is about the repository's files, which are the same in every Python"
_IS_ABOUT_TESTS: Final = "is about the programs that test and measure"
_STARTS_ONE: Final = "starts a process, which a browser cannot"
_IS_A_SERVER: Final = "is about a server, which runs beside the browser"
NOT_HERE: Final = {
    "tests/architecture": _IS_ABOUT_FILES,
    "tests/bench": _IS_ABOUT_TESTS,
    "tests/check/test_terminal.py::test_what_cannot_be_checked_ends_with_2": _STARTS_ONE,
    "tests/delivery": _IS_A_SERVER,
    "tests/engines/test_abilities.py": _STARTS_ONE,
    "tests/fuzz": "compares with a browser's URL parser, which is native code",
    "tests/http": "speaks to the simulator over sockets",
    "tests/measured": _IS_ABOUT_TESTS,
    "tests/mutants": _IS_ABOUT_TESTS,
    "tests/openapi": _IS_ABOUT_FILES,
    "tests/public_contract": _IS_ABOUT_FILES,
    "tests/rooms": _IS_ABOUT_FILES,
    "tests/simulator": _IS_A_SERVER,
    "tests/tunnel": "speaks TLS with another implementation, which is native code",
}
"""Folders and single tests that need what a browser has not, and why."""


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


class _JudgesNothing(ModuleType):
    """Stands in for `zoom_meeting_testing.openapi.watch`, whose validator is native code."""

    def register(self, _config: pytest.Config) -> None:
        """Do without."""


_WATCH: Final = "zoom_meeting_testing.openapi.watch"
sys.modules[_WATCH] = _JudgesNothing(_WATCH)  # before conftests ask


def _refuse_socket(*_values: object, **_options: object) -> None:
    pytest.skip("needs a socket, of which a browser has none")


def pytest_configure() -> None:
    """Give tests what they need here; an event loop, since Pyodide's own is said to run always."""
    stale = [name for name in NOT_HERE if not (ROOT / name.partition("::")[0]).exists()]
    assert not stale, stale
    events._set_running_loop(None)  # noqa: SLF001 - nothing else unsets it
    for module in (asyncio, events):
        module.new_event_loop = _TurnLoop  # type: ignore[attr-defined]
    socket.socket.__init__ = _refuse_socket  # type: ignore[method-assign]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what can't even be imported here."""
    return True if collection_path.relative_to(ROOT).as_posix() in NOT_HERE else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip single tests."""
    for item in items:
        reason = NOT_HERE.get(item.nodeid.partition("[")[0])
        if reason is not None:
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not run, and why."""
    terminalreporter.section("not in Pyodide")
    for name, reason in NOT_HERE.items():
        terminalreporter.line(f"{name}: {reason}")
    skipped = terminalreporter.stats.get("skipped", [])
    for reason, times in Counter(str(report.longrepr[-1]) for report in skipped).items():
        terminalreporter.line(f"{times} tests: {reason.removeprefix('Skipped: ')}")
