from __future__ import annotations

import pytest

from tests.app.world import World
from tests.doubles.transport import ScriptedTransport


@pytest.fixture
def world(transport: ScriptedTransport) -> World:
    return World(transport)
