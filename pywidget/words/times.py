"""Instants and zones in words.

Facts: the browser's `Intl` knows how each language writes dates, times and the names of zones. It
does not have the form of the note line, which pages in American English get, and those in English
that name no country: `Tuesday, November 11 2025 6:00 pm`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final, Protocol

from pywidget.domain.moment import Moment, TimeStyle
from pywidget.domain.wall_clock import format_briefly, format_time, format_wall_clock
from pywidget.domain.zone_time import to_wall_clock

AMERICAN: Final = frozenset({"en", "en-us"})
_OWN_FORMS: Final = {
    TimeStyle.FULL: format_wall_clock,
    TimeStyle.BRIEF: format_briefly,
    TimeStyle.TIME: format_time,
}


class WritingZones(Protocol):
    """What is needed of `ports.Zones`."""

    @property
    def local(self) -> str:
        """The viewer's own zone."""

    def offset(self, name: str, instant: datetime) -> timedelta:
        """Return how far the zone's clocks are ahead of UTC."""

    def write(self, instant: datetime, name: str, language: str, style: TimeStyle) -> str | None:
        """Write the instant in a language, or return `None` if the language is none."""

    def describe(
        self, name: str, instant: datetime, language: str, *, is_short: bool
    ) -> str | None:
        """Name the zone in a language, or return `None` if the language is none."""


class Times:
    """The writer of instants, in any language.

    `language` is a tag (BCP 47) such as `de-AT`, as the page has it.
    """

    def __init__(self, zones: WritingZones) -> None:
        self._zones = zones

    def write(self, moment: Moment, language: str) -> str:
        """Write what the zone's clocks show at that moment."""
        zone = moment.zone or self._zones.local
        if language.lower() not in AMERICAN:
            written = self._zones.write(moment.instant, zone, language, moment.style)
            if written is not None:
                return written
        shown = to_wall_clock(moment.instant, partial(self._zones.offset, zone))
        return _OWN_FORMS[moment.style](shown)

    def describe_zone(
        self, zone: str, instant: datetime, language: str, *, is_short: bool = False
    ) -> str:
        """Name the zone as people do at that time of the year, `Eastern Time` or short `ET`."""
        named = self._zones.describe(zone, instant, language, is_short=is_short)
        return named or zone.rpartition("/")[2].replace("_", " ")
