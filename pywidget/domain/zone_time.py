"""Wall-clock time in a named zone, converted to and from UTC.

Facts: a zone's offset changes with the instant, so a wall-clock time maps to UTC only through
the zone's rules. When clocks go forward some wall-clock times do not exist; when they go back
some happen twice. Like PEP 495 with fold=0, the offset before the change decides both.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Offsets = Callable[[datetime], timedelta]
_DAY = timedelta(days=1)
# Python's calendar ends, and people may type a date near its end into the notes. Nobody meets then.
_FIRST = datetime.min.replace(tzinfo=UTC) + 3 * _DAY
_LAST = datetime.max.replace(tzinfo=UTC) - 3 * _DAY


def to_utc(wall_clock: datetime, offset_at: Offsets) -> datetime:
    """Return the instant at which a zone's clocks show `wall_clock`.

    Args:
        wall_clock: Naive.
        offset_at: The zone's rules: takes an instant in UTC, returns the offset of the zone's
            clocks then.
    """
    naive_utc = min(max(wall_clock.replace(tzinfo=UTC), _FIRST), _LAST)
    before = offset_at(naive_utc - _DAY)
    after = offset_at(naive_utc + _DAY)
    for offset in (before, after):
        instant = naive_utc - offset
        if offset_at(instant) == offset:
            return instant
    return naive_utc - before  # skipped by the clocks: as if they had not moved yet


def to_wall_clock(instant: datetime, offset_at: Offsets) -> datetime:
    """Return what a zone's clocks show at `instant`; naive."""
    return (instant + offset_at(instant)).replace(tzinfo=None)
