from __future__ import annotations

from collections.abc import Iterator

import pytest
from zoom_meeting_testing.simulator import Simulator, SimulatorServer

from tests.doubles.clock import ManualClock
from tests.life.any_order import COUNTED
from tests.life.zoom import ManualSimulatorClock

MATRIX = "test_fault_matrix.py"


@pytest.fixture(scope="session")
def server() -> Iterator[SimulatorServer]:
    """Its clock is the test's own: `desk` sets it."""
    with SimulatorServer(Simulator(ManualSimulatorClock(ManualClock()))) as server:
        yield server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    cells = {
        outcome: sum(
            MATRIX in report.nodeid and report.when == "call"
            for report in terminalreporter.stats.get(outcome, [])
            if isinstance(report, pytest.TestReport)
        )
        for outcome in ("passed", "failed", "skipped")
    }
    total = sum(cells.values())
    if total:
        terminalreporter.write_line(f"fault matrix: {cells['passed']} of {total} cells passed")
    if COUNTED:
        counts = ", ".join(f"{name} {count}" for name, count in sorted(COUNTED.items()))
        terminalreporter.write_line(f"in any order: {counts}")
