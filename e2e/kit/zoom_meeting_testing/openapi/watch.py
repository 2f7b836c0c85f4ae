"""A pytest plugin: each test fails whose exchanges with a simulated Zoom are not as described.

register(config)  # in a conftest's pytest_configure

It sums up what was judged at the end, over all processes.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest

from zoom_meeting_testing.openapi.ledger import Kind, Ledger
from zoom_meeting_testing.simulator.exchanges import LISTENERS

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME: Final = "zoom-description"
_MARK: Final = "undescribed"
LEDGER: Final = Ledger()


def register(config: pytest.Config) -> None:
    """Add the plugin, once however many conftests ask for it."""
    if not config.pluginmanager.has_plugin(_NAME):
        config.pluginmanager.register(sys.modules[__name__], _NAME)


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark, and listen."""
    config.addinivalue_line(
        "markers", f"{_MARK}(reason): sends what the description does not have, and it is accepted"
    )
    LISTENERS.append(LEDGER)


def pytest_unconfigure() -> None:
    """Stop listening."""
    LISTENERS.remove(LEDGER)


@pytest.fixture(scope="session", autouse=True)
def all_exchanges_are_judged() -> Iterator[None]:
    """Fails if something was wrong after the last test."""
    yield
    found = LEDGER.take()
    _refuse(found.problems + found.refused)


@pytest.fixture
def may_send_what_zoom_refuses() -> bool:
    """Whether refused requests need not fit; tests of the refusals override it."""
    return False


@pytest.fixture(autouse=True)
def exchanges_are_described(
    request: pytest.FixtureRequest, *, may_send_what_zoom_refuses: bool
) -> Iterator[None]:
    """Fails a test whose exchanges with a simulated Zoom are not as zoom.openapi.json says.

    It is set up first, so that it ends last: after the test's pages are closed.
    """
    yield
    found = LEDGER.take()
    counts = found.counts
    if not may_send_what_zoom_refuses:
        found.problems += found.refused
    marked = request.node.get_closest_marker(_MARK)
    if marked:
        counts[Kind.MARKED] += len(found.problems)
    if counts:
        named = {kind.value: number for kind, number in counts.items()}
        request.node.user_properties.append((_NAME, [named, sorted(found.operations)]))
    if not marked:
        _refuse(found.problems)
    elif not found.problems:
        pytest.fail(f"the mark `{_MARK}` is not needed", pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was judged."""
    counts: Counter[str] = Counter()
    operations: set[str] = set()
    for report in (each for group in terminalreporter.stats.values() for each in group):
        if isinstance(report, pytest.TestReport) and report.when == "teardown":
            for name, value in report.user_properties:
                if name == _NAME:
                    counts.update(value[0])  # type: ignore[index] # as it was put in above
                    operations.update(value[1])  # type: ignore[index]
    if counts:
        told = ", ".join(f"{counts[kind]} {kind.value}" for kind in Kind if counts[kind])
        terminalreporter.write_line(f"Zoom's description: {told}; {len(operations)} operations")


def _refuse(problems: list[str]) -> None:
    if problems:
        listed = "\n".join(f"  {each}" for each in problems)
        pytest.fail(f"not as zoom.openapi.json describes it:\n{listed}", pytrace=False)
