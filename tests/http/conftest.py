from __future__ import annotations

from collections.abc import Iterator

import pytest
from zoom_meeting_testing.simulator import Clock, Simulator, SimulatorServer

from tests.doubles.clock import NOW
from tests.http.desk import Desk


@pytest.fixture(scope="session")
def server() -> Iterator[SimulatorServer]:
    with SimulatorServer(Simulator(Clock(NOW))) as server:
        yield server


@pytest.fixture
def desk(server: SimulatorServer) -> Iterator[Desk]:
    server.simulator.reset()
    yield Desk(server)
    assert not server.simulator.list_faults(), "a fault was prepared and never happened"
