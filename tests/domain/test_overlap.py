"""Which other meeting runs at the same time, and how long a free plan lets one run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.meeting import Meeting
from pywidget.domain.overlap import Overlap, find_overlap
from pywidget.domain.plan import is_cut_short

THREE = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return THREE + timedelta(minutes=minutes)


def meeting(start: int | None, minutes: int | None, host: str = "maya") -> Meeting:
    return Meeting(
        id="99912345678",
        topic="Appointment with Kim",
        link=JoinLink("zoom.us", LinkKind.JOIN, "99912345678"),
        starts_at=None if start is None else after(start),
        passcode=None,
        host_id=host,
        minutes=minutes,
    )


def find(*others: Meeting, host_id: str = "maya") -> Overlap | None:
    """What runs from three o'clock on, for 45 minutes."""
    return find_overlap(others, starts_at=THREE, minutes=45, host_id=host_id)


@pytest.mark.parametrize(
    ("start", "minutes"),
    [(0, 45), (-30, 31), (44, 60), (-60, 1440), (10, 5), (-1440, 1441)],
)
def test_a_meeting_of_these_minutes_is_found(start: int, minutes: int) -> None:
    assert find(meeting(start, minutes)) == Overlap(after(start), after(start + minutes))


@pytest.mark.parametrize(("start", "minutes"), [(-30, 30), (45, 60), (-90, 60), (600, 45)])
def test_ends_that_touch_and_other_times_are_no_obstacle(start: int, minutes: int) -> None:
    assert find(meeting(start, minutes)) is None


def test_a_meeting_without_a_time_does_not_count() -> None:
    assert find(meeting(None, 45), meeting(0, None)) is None
    assert find() is None


def test_only_the_same_hosts_meetings_count_as_far_as_hosts_are_known() -> None:
    assert find(meeting(0, 45, "kim")) is None
    assert find(meeting(0, 45, "")) is not None
    assert find(meeting(0, 45, "kim"), host_id="") is not None


def test_of_several_the_first_is_told() -> None:
    found = find(meeting(30, 45), meeting(-15, 20), meeting(10, 10))
    assert found == Overlap(after(-15), after(5))


@pytest.mark.parametrize(
    ("minutes", "is_licensed", "expected"),
    [
        (40, False, False),
        (41, False, True),
        (60, True, False),
        (60, None, False),
    ],
)
def test_only_a_free_plan_that_is_known_ends_a_long_meeting(
    *, minutes: int, is_licensed: bool | None, expected: bool
) -> None:
    assert is_cut_short(minutes, is_licensed=is_licensed) is expected
