"""The browser's own time zones: `Intl` knows them all, so Python needs no zone data.

Facts: `Intl.DateTimeFormat` throws a RangeError for a name it does not know. Creating one is slow
(a third of a millisecond), so there is one for each zone. With `longOffset` it writes the zone's
offset itself: `1/1/2026, GMT-05:00`, with seconds if the offset has some, and `GMT` alone for none.
Each language writes dates in its own way. Some have narrow spaces in them, for which a text message
would cost double.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Final

import js
from pyodide.ffi import JsException

from pywidget.browser.values import make_options
from pywidget.domain.moment import TimeStyle

_NARROW: Final = re.compile("[\u00a0\u202f]")
_STYLES: Final = {
    TimeStyle.FULL: {"dateStyle": "full", "timeStyle": "short"},
    TimeStyle.BRIEF: {
        "weekday": "short",
        "month": "short",
        "day": "numeric",
        "hour": "numeric",
        "minute": "2-digit",
    },
    TimeStyle.TIME: {"timeStyle": "short"},
}


class BrowserZones:
    """The browser's `ports.Zones`."""

    @property
    def local(self) -> str:
        """The viewer's own zone; a traveler's changes while the page is open."""
        clock = str(js.Date())  # Wed Nov 25 2026 14:03:33 GMT-0500 (Eastern Standard Time)
        return _find_local(clock.partition("GMT")[2])

    def is_zone(self, name: str) -> bool:
        """Tell whether the browser knows the zone. `+01:00` is none: Zoom would not know it."""
        return name[:1].isalpha() and _is_known(name)

    def offset(self, name: str, instant: datetime) -> timedelta:
        """Find the zone's offset at an instant, according to `Intl`."""
        return _find_offset(name, _to_milliseconds(instant))

    def write(self, instant: datetime, name: str, language: str, style: TimeStyle) -> str | None:
        """Write the instant as `Intl` does in that language."""
        try:
            js_format = _make_writer(language, name, style)
        except JsException:
            return None  # the page's `lang` is not a language
        return _NARROW.sub(" ", str(js_format.format(_to_milliseconds(instant))))

    def describe(
        self, name: str, instant: datetime, language: str, *, is_short: bool
    ) -> str | None:
        """Name the zone as `Intl` does: `Eastern Time`, or `ET`."""
        try:
            js_format = _make_namer(language, name, is_short)
        except JsException:
            return None
        for js_part in js_format.formatToParts(_to_milliseconds(instant)):
            if js_part.type == "timeZoneName":
                return str(js_part.value)
        return None


def _to_milliseconds(instant: datetime) -> float:
    return instant.timestamp() * 1000


@lru_cache(8)
def _find_local(_clock: str) -> str:
    return str(js.Intl.DateTimeFormat.new().resolvedOptions().timeZone)


@cache
def _is_known(zone: str) -> bool:
    try:
        known = str(_make_clock(zone).resolvedOptions().timeZone)
    except JsException:
        return False
    # Browsers accept any case, Zoom does not. Another name for the same zone is fine.
    return known == zone or known.lower() != zone.lower()


@lru_cache(256)
def _find_offset(zone: str, milliseconds: float) -> timedelta:
    _, _, offset = str(_make_clock(zone).format(milliseconds)).partition("GMT")
    if not offset:
        return timedelta()
    hours, minutes, seconds = (int(part) for part in f"{offset[1:]}:0".split(":")[:3])
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if offset[0] in "-\u2212" else size


@cache
def _make_clock(zone: str) -> Any:
    options = {"timeZone": zone, "timeZoneName": "longOffset"}
    return js.Intl.DateTimeFormat.new("en-US", make_options(options))


@cache
def _make_writer(language: str, zone: str, style: TimeStyle) -> Any:
    options = {**_STYLES[style], "timeZone": zone}
    return js.Intl.DateTimeFormat.new(language, make_options(options))


@cache
def _make_namer(language: str, zone: str, is_short: bool) -> Any:  # noqa: FBT001 - for the cache
    options = {"timeZone": zone, "timeZoneName": "shortGeneric" if is_short else "longGeneric"}
    return js.Intl.DateTimeFormat.new(language, make_options(options))
