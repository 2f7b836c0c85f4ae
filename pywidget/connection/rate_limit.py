"""Repeating a call once that hit Zoom's rate limit, if Zoom says when and that is soon.

Facts: a request that is answered with 429 was not carried out, so even a write, or a token request,
may be repeated. The answer says when to come back in seconds, as a date, or not at all; a longer
wait is reported, not sat out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from pywidget.connection.patience import wait_patiently
from pywidget.domain.errors import RateLimitedError
from pywidget.ports import Clock
from pywidget.zoom.retry_after import find_reopening

LONGEST_WAIT = timedelta(minutes=1)

_Answer = TypeVar("_Answer")


async def retry_after_limit(clock: Clock, call: Callable[[], Awaitable[_Answer]]) -> _Answer:
    """Return the answer of `call`, repeating it once after a short rate limit.

    Raises:
        RateLimitedError: Its `reopens_at` is when Zoom accepts requests again, if Zoom has said so.
        NotDoneError: The user did not want to wait.
    """
    try:
        return await call()
    except RateLimitedError as error:
        pause = _find_pause(error, clock)
        if pause is None or pause > LONGEST_WAIT:
            raise
    await wait_patiently(clock, pause)
    try:
        return await call()
    except RateLimitedError as error:
        _find_pause(error, clock)
        raise


def _find_pause(error: RateLimitedError, clock: Clock) -> timedelta | None:
    now = clock.now()
    error.reopens_at = find_reopening(error, now)
    return None if error.reopens_at is None else error.reopens_at - now
