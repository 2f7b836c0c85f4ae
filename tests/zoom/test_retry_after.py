"""When Zoom may be asked again, in whichever of its ways it says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.errors import RateLimitedError
from pywidget.zoom.retry_after import find_reopening

NOW = datetime(2026, 3, 2, 15, 0, 30, tzinfo=UTC)


def find(text: str | None, *, is_daily: bool = False) -> str | None:
    error = RateLimitedError(status=429, retry_after=text, is_daily=is_daily)
    found = find_reopening(error, NOW)
    assert found is None or found.tzinfo is UTC
    return None if found is None else found.isoformat().removesuffix("+00:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Seconds, as RFC 9110 has it.
        ("0", "2026-03-02T15:00:30"),
        ("1", "2026-03-02T15:00:31"),
        (" 90 ", "2026-03-02T15:02:00"),
        ("86400", "2026-03-03T15:00:30"),
        ("172800", "2026-03-04T15:00:30"),
        # An ISO date, as Zoom was seen to write it.
        ("2026-03-02T15:01:00Z", "2026-03-02T15:01:00"),
        ("2026-03-02T15:01:00", "2026-03-02T15:01:00"),
        ("2026-03-02T10:01:00-05:00", "2026-03-02T15:01:00"),
        ("2026-03-03", "2026-03-03T00:00:00"),
        # An HTTP date.
        ("Mon, 02 Mar 2026 16:00:00 GMT", "2026-03-02T16:00:00"),
        ("Mon, 02 Mar 2026 16:00:00 -0000", "2026-03-02T16:00:00"),
        # No sense at all, or too far away to be meant.
        *((text, None) for text in ("", " ", "soon", "-5", "1.5", "1e3", "٣", "NaN", "inf")),
        *((text, None) for text in ("2026-03-02T14:00:00Z", "Mon, 02 Mar 2026 14:00:00 GMT")),
        *((text, None) for text in ("172801", "9999999", "9" * 30, "2026-03-05T15:00:00Z")),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("Mon, 99 Foo 2026", None),
        (None, None),
    ],
)
def test_a_wait_is_seconds_or_a_date_or_unknown(text: str | None, expected: str | None) -> None:
    assert find(text) == expected


@pytest.mark.parametrize("text", [None, "", "soon", "2026-03-01T00:00:00Z", "99999999"])
def test_a_days_limit_ends_at_midnight_utc(text: str | None) -> None:
    assert find(text, is_daily=True) == "2026-03-03T00:00:00"


def test_what_zoom_says_counts_more_than_midnight() -> None:
    assert find("60", is_daily=True) == "2026-03-02T15:01:30"


@given(st.text(max_size=40), st.booleans())
def test_any_header_is_an_instant_to_come_or_none(text: str, is_daily: bool) -> None:  # noqa: FBT001
    error = RateLimitedError(status=429, retry_after=text, is_daily=is_daily)
    found = find_reopening(error, NOW)
    assert found is None or found >= NOW
