from __future__ import annotations

from collections.abc import Iterator

import pytest
from zoom_meeting_testing.simulator import ServerThread, SimulatorServer

from tests.check.embedder import Desk, Embedder


@pytest.fixture(scope="session")
def zoom() -> Iterator[SimulatorServer]:
    with SimulatorServer() as server:
        yield server


@pytest.fixture
def desk(zoom: SimulatorServer) -> Iterator[Desk]:
    zoom.simulator.reset()
    embedder = Embedder(zoom.url)
    with ServerThread(embedder.create_app()) as server:
        yield Desk(zoom, embedder, server)
