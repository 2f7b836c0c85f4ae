"""Wall-clock time and UTC, through the zones' own rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.zone_time import to_utc, to_wall_clock
from tests.doubles.zones import TzdataZones

ZONES = TzdataZones()
NAMES = [
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Australia/Sydney",
    "America/St_Johns",
    "America/Santiago",  # changes at midnight
    "Pacific/Apia",  # left a whole day out in 2011
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Africa/Casablanca",  # daylight saving the other way round
    "UTC",
]


def rules(name: str) -> Callable[[datetime], timedelta]:
    return lambda instant: ZONES.offset(name, instant)


@pytest.mark.parametrize(
    ("zone", "wall_clock", "utc"),
    [
        ("America/New_York", "2025-11-11T18:00", "2025-11-11T23:00"),
        ("America/New_York", "2025-07-11T18:00", "2025-07-11T22:00"),
        # Spring forward on 9 March 2025 at 2:00: 2:30 does not exist.
        ("America/New_York", "2025-03-09T01:59", "2025-03-09T06:59"),
        ("America/New_York", "2025-03-09T02:30", "2025-03-09T07:30"),
        ("America/New_York", "2025-03-09T03:00", "2025-03-09T07:00"),
        # Fall back on 2 November 2025 at 2:00: 1:30 happens twice, and the first one counts.
        ("America/New_York", "2025-11-02T00:59", "2025-11-02T04:59"),
        ("America/New_York", "2025-11-02T01:30", "2025-11-02T05:30"),
        ("America/New_York", "2025-11-02T02:00", "2025-11-02T07:00"),
        # The southern hemisphere has it the other way round.
        ("Australia/Sydney", "2025-10-05T02:30", "2025-10-04T16:30"),
        ("Australia/Sydney", "2025-04-06T02:30", "2025-04-05T15:30"),
        ("Australia/Sydney", "2025-12-25T09:00", "2025-12-24T22:00"),
        ("Australia/Lord_Howe", "2025-04-06T01:45", "2025-04-05T14:45"),
        ("Australia/Lord_Howe", "2025-10-05T02:15", "2025-10-04T15:45"),
        ("Asia/Kolkata", "2025-11-11T18:00", "2025-11-11T12:30"),
        ("Asia/Kathmandu", "2025-11-11T18:00", "2025-11-11T12:15"),
        ("America/St_Johns", "2025-01-15T12:00", "2025-01-15T15:30"),
        ("America/Santiago", "2025-09-07T00:30", "2025-09-07T04:30"),
        ("Pacific/Apia", "2011-12-31T01:00", "2011-12-30T11:00"),
        ("UTC", "2025-11-11T18:00", "2025-11-11T18:00"),
    ],
)
def test_a_wall_clock_time_is_one_instant(zone: str, wall_clock: str, utc: str) -> None:
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert to_utc(datetime.fromisoformat(wall_clock), rules(zone)) == expected


@given(
    st.sampled_from(NAMES),
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2037, 12, 31)),  # noqa: DTZ001
)
def test_there_and_back_gives_the_same_time_except_in_gaps(zone: str, wall_clock: datetime) -> None:
    instant = to_utc(wall_clock, rules(zone))
    back = to_wall_clock(instant, rules(zone))
    if back != wall_clock:
        # No instant has this time on its clocks: looked for at every offset there is nearby.
        nearby = [ZONES.offset(zone, instant + timedelta(hours=hours)) for hours in range(-30, 31)]
        naive = wall_clock.replace(tzinfo=UTC)
        assert all(ZONES.offset(zone, naive - offset) != offset for offset in nearby)
        assert back > wall_clock  # as if the clocks had not moved yet


@given(
    st.sampled_from(NAMES),
    st.datetimes(
        min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - UTC is added below
        max_value=datetime(2037, 12, 31),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
)
def test_an_instant_comes_back_as_itself_or_as_its_first_double(zone: str, utc: datetime) -> None:
    back = to_utc(to_wall_clock(utc, rules(zone)), rules(zone))
    assert back <= utc
    assert to_wall_clock(back, rules(zone)) == to_wall_clock(utc, rules(zone))


def test_a_change_is_looked_for_a_day_to_either_side() -> None:
    """Clocks that go forward for two and a half days, and back again."""
    start = datetime(2025, 3, 1, tzinfo=UTC)
    hour = timedelta(hours=1)

    def offset_at(instant: datetime) -> timedelta:
        return hour if start <= instant < start + 60 * hour else timedelta(0)

    for hours in (0, 24, 36, 59):
        instant = start + hours * hour
        assert to_utc(to_wall_clock(instant, offset_at), offset_at) == instant


@pytest.mark.parametrize("text", ["0001-01-04T00:00", "9999-12-28T23:59:59.999999"])
def test_all_but_three_days_at_each_end_of_the_calendar_are_exact(text: str) -> None:
    moment = datetime.fromisoformat(text)
    assert to_utc(moment, rules("UTC")) == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", NAMES)
@pytest.mark.parametrize("text", ["0001-01-01T00:00", "0001-01-02T01:00", "9999-12-31T23:59"])
def test_times_at_the_ends_of_the_calendar_do_no_harm(zone: str, text: str) -> None:
    """Anybody may type such a date into the notes."""
    instant = to_utc(datetime.fromisoformat(text), rules(zone))
    assert abs(to_wall_clock(instant, rules(zone)).year - int(text[:4])) <= 1
