"""Hostile names, one by one, on their way into the note, the mail, the message and the calendar."""

from __future__ import annotations

import pytest

from tests.fuzz.target import join
from tests.fuzz.targets.names import HOSTILE, check


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_stays_a_name(name: str) -> None:
    check(join(name, "dana@example.com", "+1 555 0100"))


@pytest.mark.parametrize("address", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_address_or_number_adds_nothing(address: str) -> None:
    check(join("Dana Lee", address, address))
