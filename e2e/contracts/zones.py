"""`ports.Zones`: the time zones that this machine knows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from pywidget.domain.moment import TimeStyle
from pywidget.domain.zone_time import to_utc, to_wall_clock
from pywidget.ports import Zones


class Bench(Protocol):
    zones: Zones


KNOWN = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
# Instants in UTC around changes of the clocks, and the zones' offsets then, in minutes.
OFFSETS = (
    ("America/New_York", "2025-01-15T12:00", -300),
    ("America/New_York", "2025-07-15T12:00", -240),
    ("America/New_York", "2025-03-09T06:59:59", -300),
    ("America/New_York", "2025-03-09T07:00", -240),
    ("America/New_York", "2025-11-02T05:59:59", -240),
    ("America/New_York", "2025-11-02T06:00", -300),
    ("Europe/Berlin", "2025-03-30T00:59:59", 60),
    ("Europe/Berlin", "2025-03-30T01:00", 120),
    ("Asia/Kolkata", "2025-06-01T00:00", 330),
    ("Asia/Kathmandu", "2025-06-01T00:00", 345),
    ("Australia/Lord_Howe", "2025-01-15T00:00", 660),
    ("Australia/Lord_Howe", "2025-07-15T00:00", 630),
    ("America/St_Johns", "2025-01-15T00:00", -210),
    ("Pacific/Kiritimati", "2025-01-15T00:00", 840),
    ("Pacific/Apia", "2011-12-30T09:59:59", -600),
    ("Pacific/Apia", "2011-12-30T10:00", 840),
    ("UTC", "2025-01-15T23:59:59", 0),
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def check_known_zones_are_known(bench: Bench) -> None:
    for name in KNOWN:
        assert bench.zones.is_zone(name), name


async def check_others_are_not(bench: Bench) -> None:
    for name in ("", " ", "Mars/Olympus", "+01:00", "-05", "../etc/passwd", "Europe/", "\x00", "🕰"):
        assert not bench.zones.is_zone(name), name


async def check_the_local_zone_is_one(bench: Bench) -> None:
    assert bench.zones.is_zone(bench.zones.local), bench.zones.local


async def check_offsets_are_right_to_the_second(bench: Bench) -> None:
    for name, instant, minutes in OFFSETS:
        offset = bench.zones.offset(name, _at(instant))
        assert offset == timedelta(minutes=minutes), (name, instant, offset)


async def check_offsets_with_seconds_are_too(bench: Bench) -> None:
    """Before there were zones, clocks showed local solar time; a note may hold any year."""
    offset = bench.zones.offset("America/New_York", _at("1850-01-01T12:00"))
    assert offset == -timedelta(hours=4, minutes=56, seconds=2), offset
    first = bench.zones.offset("Asia/Tokyo", datetime.min.replace(tzinfo=UTC) + timedelta(days=3))
    assert first == timedelta(hours=9, minutes=18, seconds=59), first
    last = bench.zones.offset("Asia/Tokyo", datetime.max.replace(tzinfo=UTC) - timedelta(days=3))
    assert last == timedelta(hours=9), last


async def check_fractions_of_a_second_do_not_matter(bench: Bench) -> None:
    instant = _at("2025-07-15T12:00:00") + timedelta(microseconds=987_654)
    assert bench.zones.offset("America/New_York", instant) == timedelta(hours=-4)


async def check_midnight_is_the_new_day(bench: Bench) -> None:
    """Some engines write it as 24 o'clock by default."""
    for hour in range(24):
        instant = _at("2025-07-15T00:00") + timedelta(hours=hour)
        assert bench.zones.offset("America/New_York", instant) == timedelta(hours=-4), hour


async def check_dates_that_nobody_means_do_no_harm(bench: Bench) -> None:
    for text in ("0001-01-04T00:00", "0099-06-01T00:00", "1500-01-01T00:00", "9999-12-28T00:00"):
        for name in KNOWN:
            offset = bench.zones.offset(name, _at(text))
            assert abs(offset) < timedelta(days=1), (name, text, offset)


async def check_wall_clock_times_go_there_and_back(bench: Bench) -> None:
    for name in KNOWN:

        def offset(instant: datetime, name: str = name) -> timedelta:
            return bench.zones.offset(name, instant)

        for day in range(0, 365, 13):
            wall_clock = datetime.fromisoformat("2025-01-01T18:30") + timedelta(days=day)
            assert to_wall_clock(to_utc(wall_clock, offset), offset) == wall_clock, (name, day)


async def check_instants_are_written_in_a_language(bench: Bench) -> None:
    for style, has in ((TimeStyle.FULL, "11"), (TimeStyle.BRIEF, "11"), (TimeStyle.TIME, "18")):
        text = bench.zones.write(_at("2025-11-11T23:00"), "America/New_York", "de", style)
        assert text is not None
        assert "18:00" in text, text
        assert has in text, text
        assert not set(text) & {"\u00a0", "\u202f"}, ascii(text)


async def check_zones_are_named(bench: Bench) -> None:
    for language in ("en", "de"):
        names = {
            bench.zones.describe("Europe/Berlin", _at("2025-11-11T23:00"), language, is_short=short)
            for short in (True, False)
        }
        assert all(names), (language, names)
        assert len(names) == 2, (language, names)


async def check_what_is_no_language_is_refused(bench: Bench) -> None:
    for tag in ("none at all", "x", "_", "de_DE", "🕰"):
        instant = _at("2025-11-11T23:00")
        assert bench.zones.write(instant, "UTC", tag, TimeStyle.FULL) is None, tag
        assert bench.zones.describe("UTC", instant, tag, is_short=False) is None, tag
