"""Status 429, and when Zoom accepts requests again.

Facts: `Retry-After` has been seen as seconds and as an ISO date (RFC 9110 section 10.2.3 has
seconds and an HTTP date), and is often missing or hidden by CORS. The daily count starts again at
00:00 UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from pywidget.domain.errors import RateLimitedError
from pywidget.zoom.http import Response

_LONGEST = timedelta(days=2)  # no limit of Zoom's lasts longer: anything else is a mistake


def build_limit_error(
    response: Response, *, zoom_code: int | None = None, is_daily: bool = False
) -> RateLimitedError:
    """Create the error for a 429."""
    return RateLimitedError(
        status=response.status,
        zoom_code=zoom_code,
        retry_after=response.headers.get("retry-after"),
        is_daily=is_daily,
    )


def find_reopening(error: RateLimitedError, now: datetime) -> datetime | None:
    """Find the instant from which Zoom accepts requests again, in UTC; `None` if it is unknown."""
    told = _parse(error.retry_after.strip(), now) if error.retry_after else None
    if told is not None and now <= told <= now + _LONGEST:
        return told
    if error.is_daily:
        return datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    return None


def _parse(text: str, now: datetime) -> datetime | None:
    if text.isascii() and text.isdecimal() and len(text) <= len("9999999"):
        return now + timedelta(seconds=int(text))
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            told = parse(text)
            return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
