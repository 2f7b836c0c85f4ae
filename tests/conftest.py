"""Fixtures that every part of the tests may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from zoom_meeting_testing.openapi import watch

from tests.doubles.transport import ScriptedTransport
from tests.world import World

settings.register_profile("unhurried", deadline=None)  # that a machine is busy is no defect
settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    watch.register(config)


@pytest.fixture
def transport() -> Iterator[ScriptedTransport]:
    transport = ScriptedTransport()
    yield transport
    transport.verify()


@pytest.fixture
def world(transport: ScriptedTransport) -> World:
    return World(transport)
