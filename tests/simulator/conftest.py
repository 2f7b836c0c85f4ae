from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from zoom_meeting_testing.simulator import Clock, Simulator, SimulatorServer

from tests.simulator.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def server() -> Iterator[SimulatorServer]:
    with SimulatorServer(Simulator(Clock(NOW))) as server:
        yield server


@pytest.fixture
def client(server: SimulatorServer) -> Iterator[Client]:
    server.simulator.reset()
    yield Client(server)
    assert not server.simulator.list_faults(), "a fault was prepared and never happened"


@pytest.fixture
def token(client: Client) -> str:
    return client.token_of()


@pytest.fixture
def may_send_what_zoom_refuses() -> bool:
    return True
