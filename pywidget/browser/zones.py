"""The browser's own time zones: `Intl` knows them all, so Python needs no zone data.

Facts: `Intl.DateTimeFormat` throws a RangeError for a name it does not know. Making one is slow
(tens of microseconds and more), so there is one for each zone. Languages write dates each in
their own way; English pages get the note line's own form, which `Intl` does not have.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import js
from pyodide.ffi import JsException, to_js

_FIELDS = ("year", "month", "day", "hour", "minute", "second")


class BrowserZones:
    """Implements `ports.Zones`."""

    @property
    def local(self) -> str:
        """The viewer's own zone."""
        return str(js.Intl.DateTimeFormat.new().resolvedOptions().timeZone)

    def is_zone(self, name: str) -> bool:
        """Whether the browser knows the zone. `+01:00` is none: Zoom would not know it."""
        if not name[:1].isalpha():
            return False
        try:
            known = str(_make_clock(name).resolvedOptions().timeZone)
        except JsException:
            return False
        # Browsers take any case, Zoom does not. Another name for the same zone is fine.
        return known == name or known.lower() != name.lower()

    def offset(self, name: str, instant: datetime) -> timedelta:
        """Reads the zone's clocks at the instant, and compares."""
        js_parts = _make_clock(name).formatToParts(_to_milliseconds(instant))
        values = {part.type: part.value for part in js_parts}
        year, month, day, hour, minute, second = (int(values[name]) for name in _FIELDS)
        clocks = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        return clocks - instant.replace(microsecond=0)

    def write(self, instant: datetime, name: str) -> str | None:
        """The instant in the page's language; `None` where that is English."""
        language = str(js.document.documentElement.lang or "en")
        if language.lower().split("-")[0] == "en":
            return None
        try:
            js_format = _make_writer(language, name)
        except JsException:
            return None  # the page's language is no language
        return str(js_format.format(_to_milliseconds(instant)))


def _to_milliseconds(instant: datetime) -> float:
    return instant.timestamp() * 1000


@cache
def _make_clock(zone: str) -> Any:
    options = dict.fromkeys(_FIELDS, "numeric")
    options |= {"timeZone": zone, "hourCycle": "h23", "calendar": "iso8601"}
    return js.Intl.DateTimeFormat.new("en-US", _to_object(options))


@cache
def _make_writer(language: str, zone: str) -> Any:
    options = {"dateStyle": "full", "timeStyle": "short", "timeZone": zone}
    return js.Intl.DateTimeFormat.new(language, _to_object(options))


def _to_object(options: dict[str, str]) -> Any:
    return to_js(options, dict_converter=js.Object.fromEntries)
