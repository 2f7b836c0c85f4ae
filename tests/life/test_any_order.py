"""Whatever happens, in whatever order: one meeting, no word lost, no secret told, never stuck.

`LIFE_EXAMPLES=2000 make test` (or any number) looks longer, and elsewhere each time.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.life.any_order import COUNTED, AnyOrder

EXAMPLES = os.environ.get("LIFE_EXAMPLES")

TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=int(EXAMPLES or 200),
    stateful_step_count=50,
    derandomize=EXAMPLES is None,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.skipif(EXAMPLES is not None, reason="only the fixed examples are known to get there")
def test_it_got_somewhere() -> None:
    """Runs after the machine: a test that never makes a meeting would hold everything."""
    for name in ("created", "removed", "updated", "cleaned", "disconnected"):
        assert COUNTED[f"event {name}"], f"no {name} in any example"
