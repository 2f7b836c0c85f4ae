"""An appointment's start in words, in the viewer's time zone and in the appointment's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pywidget.domain.wall_clock import format_wall_clock
from pywidget.domain.zone_time import to_utc, to_wall_clock
from pywidget.ports import Zones


@dataclass(frozen=True, slots=True)
class StartText:
    """The start in words; `elsewhere` is in the appointment's zone, if its clocks differ."""

    local: str
    elsewhere: str | None = None
    place: str = ""


def describe_start(starts: datetime, time_zone: str, zones: Zones) -> StartText:
    """Describe a wall-clock time in `time_zone` in the viewer's words."""
    instant = to_utc(starts, partial(zones.offset, time_zone))
    local = describe_instant(instant, zones.local, zones)
    if zones.offset(time_zone, instant) == zones.offset(zones.local, instant):
        return StartText(local)
    place = time_zone.rpartition("/")[2].replace("_", " ")
    return StartText(local, describe_instant(instant, time_zone, zones), place)


def describe_instant(instant: datetime, zone: str, zones: Zones) -> str:
    """Describe an instant in a zone's time, in the words of the page's language."""
    translated = zones.write(instant, zone)
    if translated is not None:
        return translated
    return format_wall_clock(to_wall_clock(instant, partial(zones.offset, zone)))
