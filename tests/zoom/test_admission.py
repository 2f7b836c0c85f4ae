"""Whether and how clients get in, as far as Zoom's answer says, and not a word further."""

from __future__ import annotations

import pytest

from pywidget.domain.admission import UNTOLD, Admission, Entry, Recording
from pywidget.zoom.admission import parse_admission
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.meetings import parse_created_meeting, parse_read_meeting
from tests.zoom.answers import MEETING, answer

OPEN = {"waiting_room": False, "join_before_host": True}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"waiting_room": True}, Admission(Entry.ADMITTED)),
        ({**OPEN, "waiting_room": True, "jbh_time": 5}, Admission(Entry.ADMITTED)),
        ({"waiting_room": False, "join_before_host": False}, Admission(Entry.WITH_HOST)),
        ({**OPEN, "jbh_time": 0}, Admission(Entry.ANY_TIME)),
        ({**OPEN, "jbh_time": 5}, Admission(Entry.EARLY, 5)),
        ({**OPEN, "jbh_time": 10}, Admission(Entry.EARLY, 10)),
        ({**OPEN, "jbh_time": 15}, Admission(Entry.EARLY, 15)),
        ({"meeting_authentication": True}, Admission(needs_sign_in=True)),
        ({"auto_recording": "local"}, Admission(recording=Recording.LOCAL)),
        ({"auto_recording": "cloud"}, Admission(recording=Recording.CLOUD)),
        ({"auto_start_meeting_summary": True}, Admission(is_summarized=True)),
    ],
)
def test_each_setting_says_what_it_does(settings: object, expected: Admission) -> None:
    assert parse_admission(settings) == expected


@pytest.mark.parametrize(
    "settings",
    [
        None,
        [],
        "cloud",
        {},
        {"waiting_room": 1},
        {"waiting_room": False},
        {"join_before_host": True, "jbh_time": 5},
        {"join_before_host": False},
        {"waiting_room": "false", "join_before_host": False},
        OPEN,
        {**OPEN, "jbh_time": 7},
        {**OPEN, "jbh_time": -5},
        {**OPEN, "jbh_time": False},
        {**OPEN, "jbh_time": "5"},
        {"waiting_room": False, "join_before_host": "true", "jbh_time": 5},
        {"meeting_authentication": "true"},
        {"meeting_authentication": 1},
        {"meeting_authentication": False},
        {"auto_recording": "none"},
        {"auto_recording": "CLOUD"},
        {"auto_recording": ["cloud"]},
        {"auto_recording": None},
        {"auto_start_meeting_summary": 1},
        {"auto_start_meeting_summary": False},
    ],
)
def test_what_is_missing_or_odd_says_nothing(settings: object) -> None:
    assert parse_admission(settings) == UNTOLD


def test_it_is_read_of_every_answer_about_a_meeting() -> None:
    strict = {**MEETING, "settings": {"meeting_authentication": True}}
    for meeting in (
        parse_created_meeting(answer(201, strict), Endpoints()),
        parse_read_meeting(answer(200, strict), Endpoints()),
    ):
        assert meeting.admission == Admission(needs_sign_in=True)
