"""When a meeting is at its appointment's time, and when the appointment is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pywidget.domain.start_time import agrees, find_end

START = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize("now", [-1000, 0, 1000])
def test_the_same_instant_always_agrees(now: float) -> None:
    assert agrees(START, START, minutes=45, now=after(now))


@pytest.mark.parametrize("meeting", [None, -1, 1, 44, 45])
def test_before_the_appointment_no_other_instant_agrees(meeting: float | None) -> None:
    start = None if meeting is None else after(meeting)
    assert not agrees(start, START, minutes=45, now=after(-0.01))


@pytest.mark.parametrize("now", [0, 20, 1000])
@pytest.mark.parametrize(
    ("meeting", "is_right"),
    [(None, False), (-0.01, False), (0.01, True), (44.99, True), (45, False), (90, False)],
)
def test_once_it_has_begun_any_moment_of_it_agrees(
    now: float, meeting: float | None, *, is_right: bool
) -> None:
    start = None if meeting is None else after(meeting)
    assert agrees(start, START, minutes=45, now=after(now)) is is_right


def test_an_appointment_ends_after_its_minutes() -> None:
    assert find_end(START, 45) == after(45)


def test_at_the_calendars_end_it_ends_when_it_starts() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert find_end(last, 1) == last
