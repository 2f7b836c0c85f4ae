"""Runs the tests against each mutant, in forks of the process that has collected them."""

from __future__ import annotations

import ast
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cache
from typing import Final

import pytest

from tests.mutants.exchange import InvalidMutantError, exchange
from tests.mutants.mutant import PACKAGE, Mutant
from tests.mutants.touches import FOLDER, Touches, measure

_CPU_SECONDS: Final = 10
_WALL_SECONDS: Final = 120
_SLOWER: Final = 20
"""What a test gets: so many seconds, and so many times what it usually takes."""
_NEEDS_OTHERS: Final = ("::test_it_got_somewhere",)
"""How tests are called that pass only after others."""


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = auto()
    SURVIVED = auto()
    TIMEOUT = auto()
    """Tests that usually end did not: it counts as killed."""
    UNTESTED = auto()
    """No test runs its line."""
    INVALID = auto()
    """Not a program: it does not count."""


_EXITS: Final = {0: Fate.SURVIVED, 1: Fate.KILLED, 2: Fate.INVALID}
_TIME_IS_UP: Final = (signal.SIGALRM, signal.SIGPROF)


@dataclass
class Runner:
    """A plugin of pytest: it runs the collected tests in its own way.

    Attributes:
        mutants: What to run them against.
        jobs: How many processes at once.
        tell: Is called with each mutant's fate.
    """

    mutants: list[Mutant]
    jobs: int
    tell: Callable[[Mutant, Fate], None]
    _running: dict[int, Mutant] = field(default_factory=dict)

    def pytest_configure(self) -> None:
        """Let property tests stop at the first failure: nobody reads the smallest one."""
        from hypothesis import Phase, settings  # noqa: PLC0415 - pytest wants to load it itself

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile(
            "mutants", deadline=None, database=None, derandomize=True, phases=phases
        )
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run each mutant."""
        items = {
            item.nodeid: item for item in session.items if not item.nodeid.endswith(_NEEDS_OTHERS)
        }
        touches = measure(list(items.values()))
        for mutant in self.mutants:
            own = f"tests/{mutant.room}/"  # these know it best
            tests = sorted(
                _choose(mutant, touches),
                key=lambda test: (not test.startswith(own), touches.seconds[test], test),
            )
            if not tests:
                self.tell(mutant, Fate.UNTESTED)
                continue
            if len(self._running) == self.jobs:
                self._wait()
            child = os.fork()
            if child == 0:
                _be(mutant, [(items[test], touches.seconds[test]) for test in tests])
            self._running[child] = mutant
        while self._running:
            self._wait()
        return True

    def _wait(self) -> None:
        child, status = os.wait()
        mutant = self._running.pop(child)
        if os.WIFSIGNALED(status):
            fate = Fate.TIMEOUT if os.WTERMSIG(status) in _TIME_IS_UP else Fate.KILLED
        else:
            fate = _EXITS[os.WEXITSTATUS(status)]
        self.tell(mutant, fate)


def _choose(mutant: Mutant, touches: Touches) -> set[str]:
    """Return the tests that run what is changed; those of a constant are all that may use it."""
    if not mutant.scope.isupper():
        return set(touches.find(mutant.file, mutant.lines))
    return touches.find_all(mutant.file).union(
        *(touches.find(file, [line]) for file, line in _find_uses(mutant.scope))
    )


@cache
def _find_uses(name: str) -> list[tuple[str, int]]:
    return [
        (path.relative_to(PACKAGE).as_posix(), node.lineno)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name) and node.id == name
    ]


class _Listener:
    def __init__(self) -> None:
        self.has_failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.has_failed = self.has_failed or report.failed


def _be(mutant: Mutant, tests: list[tuple[pytest.Item, float]]) -> None:
    """Be this mutant, and run the tests until one fails. Does not return."""
    for each in _TIME_IS_UP:
        signal.signal(each, signal.SIG_DFL)
    log = os.open(FOLDER / "last.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, sys.__stdout__.fileno())  # type: ignore[union-attr]
    os.dup2(log, sys.__stderr__.fileno())  # type: ignore[union-attr]
    try:
        exchange(mutant)
    except InvalidMutantError:
        os._exit(2)
    listener = _Listener()
    plugins = tests[0][0].config.pluginmanager
    plugins.register(listener)
    plugins.unregister(name="terminalreporter")
    for (item, usual), following in _with_next(tests):
        signal.setitimer(signal.ITIMER_PROF, _CPU_SECONDS + _SLOWER * usual)
        signal.alarm(int(_WALL_SECONDS + _SLOWER * usual))
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if listener.has_failed:
            os._exit(1)
    os._exit(0)


def _with_next(
    tests: list[tuple[pytest.Item, float]],
) -> Iterator[tuple[tuple[pytest.Item, float], pytest.Item | None]]:
    yield from zip(tests, [*(item for item, _ in tests[1:]), None], strict=True)
