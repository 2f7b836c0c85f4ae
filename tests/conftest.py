"""Fixtures that every part of the tests may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doubles.transport import ScriptedTransport


@pytest.fixture
def transport() -> Iterator[ScriptedTransport]:
    transport = ScriptedTransport()
    yield transport
    transport.verify()
