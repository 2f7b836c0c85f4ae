"""A short hunt on every target, the same each time; `make fuzz` is the long one."""

from __future__ import annotations

import pytest

from tests.fuzz.hunt import hunt
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

_INPUTS = {"tab-messages": 150, "sign-in": 200, "names": 20, "notes": 400, "rest-answers": 200}


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
def test_hostile_input_does_no_harm(target: Target) -> None:
    outcome = hunt(target, inputs=_INPUTS.get(target.name, 1000))
    assert outcome.findings == {}
