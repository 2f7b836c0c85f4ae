"""Zoom's rate limits, per second and per day.

Facts (Zoom's *Rate limits* page, developers.zoom.us/docs/api/rate-limits/):

- The limit per second is the account's, by the weight of the call (free plan: 4 light, 2 medium,
  1 heavy). All users of the simulator are one account.
- A host has 100 creates and updates a day; the day starts at 00:00 UTC.
- Creating, reading, changing, deleting and registering are light, listing is medium. The simulator
  offers nothing heavy.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from zoom_meeting_testing.simulator.errors import ZoomError, rest_error
from zoom_meeting_testing.simulator.settings import RetryAfter

if TYPE_CHECKING:
    from datetime import date

    from zoom_meeting_testing.simulator.settings import Settings


class Weight(StrEnum):
    """Zoom's *rate limit label* of a call."""

    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"

    def allowance(self, settings: Settings) -> int:
        """Return how many calls of this weight one second may have."""
        match self:
            case Weight.LIGHT:
                return settings.light_per_second
            case Weight.MEDIUM:
                return settings.medium_per_second
            case Weight.HEAVY:
                return settings.heavy_per_second


class Limits:
    """Counts the calls of the current second and the changes of the current day."""

    def __init__(self) -> None:
        self._second: datetime | None = None
        self._in_second: Counter[Weight] = Counter()
        self._day: date | None = None
        self._in_day: Counter[str] = Counter()

    def count_call(self, weight: Weight, settings: Settings, now: datetime) -> None:
        """Count one request. Raises a 429 when this second's allowance is used up."""
        second = now.replace(microsecond=0)
        if second != self._second:
            self._second, self._in_second = second, Counter()
        self._in_second[weight] += 1
        if settings.per_second_limits and self._in_second[weight] > weight.allowance(settings):
            raise _too_many(
                "You have reached the maximum per-second rate limit for this API. Try again later.",
                settings,
                now,
                second + timedelta(seconds=1),
            )

    def count_change(self, host: str, settings: Settings, now: datetime) -> None:
        """Count one create or update. Raises a 429 when the host's day is used up."""
        if now.date() != self._day:
            self._day, self._in_day = now.date(), Counter()
        if self._in_day[host] >= settings.daily_limit:
            raise _too_many(
                f"You have exceeded the daily rate limit of ({settings.daily_limit}) for meeting"
                " create/update API requests permitted for this particular user.",
                settings,
                now,
                datetime.combine(now.date() + timedelta(days=1), time(), UTC),
            )
        self._in_day[host] += 1


def _too_many(message: str, settings: Settings, now: datetime, again_at: datetime) -> ZoomError:
    headers: dict[str, str] = {}
    match settings.retry_after:
        case RetryAfter.SECONDS:
            headers["retry-after"] = str(max(1, round((again_at - now).total_seconds())))
        case RetryAfter.DATE:
            headers["retry-after"] = again_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        case RetryAfter.MISSING:
            pass
    return rest_error(429, 429, message, headers)
