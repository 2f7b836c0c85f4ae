"""The start in words: on the viewer's clocks, and at the appointment's place where they differ."""

from __future__ import annotations

from datetime import datetime

import pytest

from pywidget.widget.start_text import StartText, describe_start
from tests.doubles.zones import TzdataZones

SIX = datetime.fromisoformat("2025-11-11T18:00")


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        ("America/New_York", "America/New_York", StartText("Tuesday, November 11 2025 6:00 pm")),
        # Another name, the same clocks: nothing to tell.
        ("America/New_York", "America/Toronto", StartText("Tuesday, November 11 2025 6:00 pm")),
        (
            "America/New_York",
            "Europe/Berlin",
            StartText(
                "Wednesday, November 12 2025 12:00 am",
                "Tuesday, November 11 2025 6:00 pm",
                "New York",
            ),
        ),
        (
            "America/Argentina/Buenos_Aires",
            "UTC",
            StartText(
                "Tuesday, November 11 2025 9:00 pm",
                "Tuesday, November 11 2025 6:00 pm",
                "Buenos Aires",
            ),
        ),
    ],
)
def test_a_start_is_told_once_or_twice(zone: str, local: str, expected: StartText) -> None:
    assert describe_start(SIX, zone, TzdataZones(local)) == expected


def test_zones_are_compared_on_that_day() -> None:
    """London and Lisbon agree all year, Phoenix and Denver only in winter."""
    zones = TzdataZones("America/Denver")
    assert describe_start(SIX, "America/Phoenix", zones).elsewhere is None
    summer = SIX.replace(month=7)
    assert describe_start(summer, "America/Phoenix", zones).elsewhere is not None


def test_another_language_writes_in_its_own_way() -> None:
    zones = TzdataZones("Europe/Berlin", language="de")
    assert describe_start(SIX, "America/New_York", zones) == StartText(
        "de: 12.11.2025 00:00", "de: 11.11.2025 18:00", "New York"
    )
