"""The world's time zones from Python's own data."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from pywidget.domain.moment import TimeStyle

_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_STYLES = {
    TimeStyle.FULL: "%d.%m.%Y %H:%M",
    TimeStyle.BRIEF: "%d.%m. %H:%M",
    TimeStyle.TIME: "%H:%M",
}


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


class TzdataZones:
    """Implements `ports.Zones`."""

    def __init__(self, local: str = "America/New_York") -> None:
        self.local = local

    def is_zone(self, name: str) -> bool:
        return name in _names()

    def offset(self, name: str, instant: datetime) -> timedelta:
        offset = instant.astimezone(ZoneInfo(name)).utcoffset()
        assert offset is not None
        return offset

    def write(self, instant: datetime, name: str, language: str, style: TimeStyle) -> str | None:
        if not _TAG.fullmatch(language):
            return None
        return f"{language}: {instant.astimezone(ZoneInfo(name)):{_STYLES[style]}}"

    def describe(
        self, name: str, instant: datetime, language: str, *, is_short: bool
    ) -> str | None:
        if not _TAG.fullmatch(language):
            return None
        city = name.rpartition("/")[2].replace("_", " ")
        return f"{instant.astimezone(ZoneInfo(name)):%Z}" if is_short else f"{city} Time"
