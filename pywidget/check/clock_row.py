"""The row about the clock: the browser's decides what is over and what has expired.

Facts (RFC 9110 section 6.6.1, RFC 9111 section 5.1): `Date` has whole seconds and says when the
response was created; `Age` says how long it has been in a cache since. The response was created at
some moment between request and arrival.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pywidget.check.facts import BrowserFacts
from pywidget.check.page import Page
from pywidget.check.row import Row, Verdict

_ROW = ("clock", "Clock")
_BEARABLE = timedelta(seconds=60)
_SECOND = timedelta(seconds=1)
_MINUTE, _HOUR = 60, 3600


def judge_clock(page: Page, facts: BrowserFacts | None) -> Row:
    """Compare this machine's clock with the server's."""
    mine = "this machine's clock" if facts is None else "this browser's clock"
    made_at = _find_time(page)
    if made_at is None:
        finding = "The server does not say what time it is."
        remedy = "Compare the clocks yourself: a difference of one minute matters."
        return Row(*_ROW, Verdict.UNKNOWN, finding, remedy)
    behind = made_at - page.answered_at  # at least this much
    ahead = page.asked_at - made_at - _SECOND
    off = max(behind, ahead)
    if off <= _BEARABLE:
        return Row(*_ROW, Verdict.FINE, f"{mine.capitalize()} agrees with the server's.")
    direction = "behind" if behind > ahead else "ahead of"
    finding = f"{mine.capitalize()} is {_write(off)} {direction} the server's."
    remedy = (
        "Set the clock that is wrong. A wrong clock makes appointments seem to be over, and "
        "sign-ins seem to have expired."
    )
    return Row(*_ROW, Verdict.WRONG, finding, remedy)


def _find_time(page: Page) -> datetime | None:
    if page.response is None:
        return None
    try:
        made_at = parsedate_to_datetime(page.response.headers.get("date", ""))
        age = page.response.headers.get("age", "").strip()
        lay = timedelta(seconds=int(age)) if age.isdecimal() and len(age) < 10 else timedelta()  # noqa: PLR2004
        return (made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)) + lay
    except (ValueError, OverflowError):  # not a time, or one at the calendar's end
        return None


def _write(off: timedelta) -> str:
    seconds = int(off.total_seconds())
    if seconds < 2 * _MINUTE:
        return f"{seconds} s"
    if seconds < 2 * _HOUR:
        return f"{seconds // _MINUTE} min"
    return f"{seconds // _HOUR} h"
