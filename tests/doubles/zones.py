"""The world's time zones from Python's own data."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


class TzdataZones:
    """Implements `ports.Zones`. With a `language`, dates come out translated."""

    def __init__(self, local: str = "America/New_York", language: str = "en") -> None:
        self.local = local
        self.language = language

    def is_zone(self, name: str) -> bool:
        return name in _names()

    def offset(self, name: str, instant: datetime) -> timedelta:
        offset = instant.astimezone(ZoneInfo(name)).utcoffset()
        assert offset is not None
        return offset

    def write(self, instant: datetime, name: str) -> str | None:
        if self.language.lower().split("-")[0] == "en":
            return None
        return f"{self.language}: {instant.astimezone(ZoneInfo(name)):%d.%m.%Y %H:%M}"
