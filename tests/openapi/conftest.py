from __future__ import annotations

from collections.abc import Iterator

import pytest
from zoom_meeting_testing.openapi.ledger import Ledger
from zoom_meeting_testing.simulator import Clock, Simulator, SimulatorServer, exchanges

from tests.doubles.clock import NOW
from tests.simulator.client import Client


@pytest.fixture(scope="session")
def server() -> Iterator[SimulatorServer]:
    with SimulatorServer(Simulator(Clock(NOW))) as server:
        yield server


@pytest.fixture
def client(server: SimulatorServer) -> Client:
    server.simulator.reset()
    return Client(server)


@pytest.fixture
def token(client: Client) -> str:
    return client.token_of()


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Listens instead of the one that watches all tests."""
    ledger = Ledger()
    monkeypatch.setattr(exchanges, "LISTENERS", [ledger])
    return ledger
