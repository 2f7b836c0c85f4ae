"""Meeting IDs are written as Zoom writes them."""

from __future__ import annotations

import pytest

from pywidget.domain.meeting import group_meeting_id


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("86012345678", "860 1234 5678"),
        ("1234567890", "123 456 7890"),
        ("123456789", "123 456 789"),
    ],
)
def test_an_id_is_grouped(digits: str, shown: str) -> None:
    assert group_meeting_id(digits) == shown
