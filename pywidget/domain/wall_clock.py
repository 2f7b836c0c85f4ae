"""Wall-clock times: what the clock in the salon shows, with no zone and no offset.

Facts of the two formats:

* The note line has `Tuesday, November 11 2025 6:00 pm`: English names whatever the locale, no
  leading zeros, a 12-hour clock on which midnight is `12:00 am` and noon `12:00 pm`.
* People retype that by hand, and editors change it: a comma before the year, "at" before the time,
  `PM` or `p.m.`, no space before it, abbreviated names, and no-break spaces. People who move the
  date leave the weekday as it was, so the weekday is read but not trusted.
* The element's `starts` attribute has `2025-11-11T18:00`, as `<input type="datetime-local">`
  does. An offset or `Z` there would name an instant instead, and shift the meeting by hours.

>>> format_wall_clock(parse_starts("2025-11-11T18:00"))
'Tuesday, November 11 2025 6:00 pm'
"""

import re
from datetime import date, datetime, time

# Spelled out here because `calendar` and `strftime` use the machine's language.
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HALF_DAY = 12

# Matched after each run of whitespace has become one space. All repetitions are bounded, so the
# work is, too.
_WALL_CLOCK = re.compile(
    r"""(?:(?P<weekday>[a-z]{3,9})[.,\ ]{1,4})?
        (?P<month>[a-z]{3,9})\.?\ ?
        (?P<day>[0-9]{1,2})(?:\ ?,\ ?|\ )
        (?P<year>[0-9]{1,4})(?:\ ?,\ ?|\ )
        (?:at\ )?
        (?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))?\ ?
        (?P<half>[ap])\.?\ ?m\.?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_STARTS = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII
)
_LONGEST_ECHO = 40


def format_wall_clock(moment: datetime) -> str:
    """Format a wall-clock time as in the note line; seconds are left out.

    Raises:
        ValueError: The time has a zone, so it is not what a clock on the wall shows.
    """
    if moment.tzinfo is not None:
        raise ValueError("a wall-clock time has no zone")
    day = f"{_WEEKDAYS[moment.weekday()]}, {_MONTHS[moment.month - 1]} {moment.day} {moment.year}"
    return f"{day} {format_time(moment)}"


def format_briefly(moment: datetime) -> str:
    """Write a wall-clock time without its year, in as few letters as are clear: `Tue Nov 11 …`."""
    weekday, month = _WEEKDAYS[moment.weekday()][:3], _MONTHS[moment.month - 1][:3]
    return f"{weekday} {month} {moment.day} {format_time(moment)}"


def format_time(moment: datetime) -> str:
    """Write what a clock shows at that moment: `6:00 pm`."""
    half = "am" if moment.hour < _HALF_DAY else "pm"
    return f"{moment.hour % _HALF_DAY or _HALF_DAY}:{moment.minute:02} {half}"


def parse_wall_clock(text: str) -> datetime | None:
    """Parse a wall-clock time as people and editors write it.

    Returns:
        The time, without a zone; None if the text is no date and time, or not one that exists.
    """
    match = _WALL_CLOCK.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    if match["weekday"] and not _number_of(match["weekday"], _WEEKDAYS):
        return None
    month, hour = _number_of(match["month"], _MONTHS), int(match["hour"])
    if not month or not 1 <= hour <= _HALF_DAY:
        return None
    hour = hour % _HALF_DAY + (_HALF_DAY if match["half"] in "pP" else 0)
    try:
        day = date(int(match["year"]), month, int(match["day"]))
        return datetime.combine(day, time(hour, int(match["minute"] or 0)))
    except ValueError:
        return None


def parse_starts(attribute: str) -> datetime:
    """Read the element's `starts` attribute.

    Args:
        attribute: `YYYY-MM-DDTHH:MM`, with `:SS` if the host page likes.

    Returns:
        The appointment's wall-clock time, without a zone.

    Raises:
        ValueError: The text has another form, or names a date or time that doesn't exist.
    """
    match = _STARTS.fullmatch(attribute)
    if match is None:
        raise ValueError(
            "expected a wall-clock time such as 2025-11-11T18:00, with no offset and no Z,"
            f" but found {attribute[:_LONGEST_ECHO]!r}"
        )
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return datetime.combine(date(year, month, day), time(hour, minute, second))
    except ValueError as error:
        raise ValueError(f"no such date or time: {attribute!r} ({error})") from error


def _number_of(name: str, names: tuple[str, ...]) -> int:
    """Return a name's number, counted from 1, whether in full or abbreviated; 0 if it isn't one."""
    for number, full in enumerate(names, start=1):
        if full.lower().startswith(name.lower()):
            return number
    return 0
