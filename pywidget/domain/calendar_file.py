"""The meeting as a calendar file, RFC 5545.

Facts: lines end in CR LF and are folded after 75 octets, never inside a character (section 3.1).
Backslash, semicolon, comma and line break are escaped in texts (section 3.3.11); so is whatever a
reader might take for a line break, since it could begin a property of its own. Times are given in
UTC, so that no calendar needs our zone's rules. The UID comes from the meeting ID: if a meeting was
moved, a second file replaces the first entry.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from pywidget.domain.one_line import CONTROLS, unify_breaks

_FOLD = 75  # octets
_CONTINUES = 0x80  # the two highest bits of an octet that continues a character
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# Control characters are not allowed in a text, escaped or not.
_FORBIDDEN = re.compile(f"(?![\t\n])[{CONTROLS}]")


def write_calendar_file(
    *,
    topic: str,
    starts_at: datetime,
    minutes: int,
    join_url: str,
    description: str,
    meeting_id: str,
    now: datetime,
) -> str:
    """Write a calendar with one event. `starts_at` and `now` are in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SimpleSpa//Zoom meetings//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:zoom-{meeting_id}@simplespa",
        f"DTSTAMP:{_format(now)}",
        f"DTSTART:{_format(starts_at)}",
        f"DTEND:{_format(_find_end(starts_at, minutes))}",
        f"SUMMARY:{_escape(topic)}",
        f"LOCATION:{_escape(join_url)}",
        f"URL:{join_url}",
        f"DESCRIPTION:{_escape(description)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def build_calendar_url(text: str) -> str:
    """Build a `data:` URL of the file, for a download that involves no server."""
    return f"data:text/calendar;charset=utf-8,{quote(text, errors='replace')}"


def _find_end(starts_at: datetime, minutes: int) -> datetime:
    try:
        return starts_at + timedelta(minutes=minutes)
    except OverflowError:  # in the last hour of the year 9999
        return starts_at


def _format(instant: datetime) -> str:
    # Not `strftime`: it drops the leading zeros of early years.
    text = instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    return text.replace("-", "").replace(":", "") + "Z"


def _escape(text: str) -> str:
    return _FORBIDDEN.sub("", unify_breaks(text)).translate(_ESCAPES)


def _fold(line: str) -> str:
    octets = line.encode("utf-8", "replace")
    pieces, start, room = [], 0, _FOLD
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == _CONTINUES:
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, _FOLD - 1  # the space that marks a continued line counts too
    return b"\r\n ".join([*pieces, octets[start:]]).decode()
