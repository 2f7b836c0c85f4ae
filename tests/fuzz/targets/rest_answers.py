"""The answers of the REST API, each read by every parser that there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pywidget.domain.appointment import MAX_MINUTES
from pywidget.domain.dial_in import find_country_code
from pywidget.domain.errors import RateLimitedError
from pywidget.domain.join_link import JoinLink
from pywidget.domain.meeting import Meeting
from pywidget.domain.secret import Secret
from pywidget.meetings.hosted_store import HostedStore
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Response
from pywidget.zoom.meetings import (
    ListPage,
    build_list_days,
    build_read_meeting,
    parse_created_meeting,
    parse_deleted,
    parse_list,
    parse_moved,
    parse_read_meeting,
    parse_start_link,
)
from pywidget.zoom.probe import parse_api_probe
from pywidget.zoom.registrants import parse_registrant
from pywidget.zoom.retry_after import find_reopening
from pywidget.zoom.users import User, parse_user
from tests.doubles.clock import NOW
from tests.doubles.storage import TabStorage
from tests.fuzz.oracles import SECRET, assert_leads_to_zoom, assert_shows_no_secret, refusal
from tests.fuzz.target import Target, join, split
from tests.fuzz.targets.token_answer import read_answer
from tests.zoom.answers import MEETING, USER

_ENDPOINTS = Endpoints()
_ACCESS = Secret("s3cr3t-access")
_PARSERS: tuple[Callable[[Response], object], ...] = (
    lambda answer: parse_created_meeting(answer, _ENDPOINTS),
    lambda answer: parse_read_meeting(answer, _ENDPOINTS),
    lambda answer: parse_list(answer, _ENDPOINTS),
    lambda answer: parse_registrant(answer, _ENDPOINTS),
    lambda answer: parse_start_link(answer, _ENDPOINTS),
    lambda answer: parse_api_probe(answer, _ENDPOINTS),
    parse_user,
    parse_moved,
    parse_deleted,
)


def check(text: str) -> None:
    """Read the parts as the status, the header `Retry-After`, and the body."""
    status, retry_after, body = split(text, 3)
    retry_after = retry_after.replace(SECRET, "")  # the error keeps it, and it is none
    answer = read_answer(status, body, {"retry-after": retry_after} if retry_after else None)
    for parse in _PARSERS:
        with refusal():
            try:
                _check_result(parse(answer))
            except RateLimitedError as error:
                reopens_at = find_reopening(error, NOW)
                assert reopens_at is None or NOW <= reopens_at <= NOW + timedelta(days=2)
                raise


def _check_result(result: object) -> None:
    match result:
        case ListPage():
            for meeting in result.meetings:
                _check_meeting(meeting)
            build_list_days(_ENDPOINTS, _ACCESS, NOW.date(), NOW.date(), result.next_page)
        case Meeting():
            _check_meeting(result)
        case JoinLink():
            assert_shows_no_secret(replace(result, host="zoom.us", room="860123456"))
            assert_leads_to_zoom(result.url)
        case Secret():
            assert_shows_no_secret(result)
            assert_leads_to_zoom(result.reveal())
        case User():
            assert result.id
            HostedStore(TabStorage()).add("86012345678", result.id)


def _check_meeting(meeting: Meeting) -> None:
    assert_leads_to_zoom(meeting.link.url)
    assert_shows_no_secret(meeting.passcode)
    assert_shows_no_secret(meeting.dial_in)
    for number in () if meeting.dial_in is None else meeting.dial_in.numbers:
        assert find_country_code(number)
        assert number.isascii()
        assert number.isprintable()
    assert meeting.starts_at is None or meeting.starts_at.utcoffset() == timedelta()
    assert meeting.minutes is None or 1 <= meeting.minutes <= MAX_MINUTES
    assert meeting.admission.early_minutes in {0, 5, 10, 15}
    request = build_read_meeting(_ENDPOINTS, _ACCESS, meeting.id)
    assert request.url == f"https://api.zoom.us/v2/meetings/{int(meeting.id)}"
    HostedStore(TabStorage()).has(meeting.id, meeting.host_id)


_SECRET_MEETING = {
    **MEETING,
    "join_url": "https://us02web.zoom.us/j/86012345678?pwd=s3cr3t",
    "password": "s3cr3t",
    "pstn_password": "480112",
    "start_url": "https://us02web.zoom.us/s/86012345678?zak=s3cr3t",
    "settings": {
        "waiting_room": False,
        "join_before_host": True,
        "jbh_time": 5,
        "auto_recording": "cloud",
        "audio": "both",
        "global_dial_in_numbers": [{"number": "+1 646 555 0142", "type": "toll"}],
    },
}
_REGISTRANT = {"join_url": "https://us02web.zoom.us/w/86012345678?tk=s3cr3t", "registrant_id": "r"}
TARGET = Target(
    "rest-answers",
    check,
    seeds=(
        *(join(status, "", json.dumps(_SECRET_MEETING)) for status in ("200", "201")),
        join("200", "", json.dumps({"meetings": [_SECRET_MEETING] * 2, "next_page_token": "n"})),
        join("200", "", json.dumps({"meetings": [], "next_page_token": "\ud800"})),
        join("201", "", json.dumps(_REGISTRANT)),
        join("200", "", json.dumps(USER)),
        join("204", "", ""),
        join("404", "", json.dumps({"code": 3001, "message": "No s3cr3t."})),
        join("401", "", json.dumps({"code": 4711, "message": "does not contain scopes: s3cr3t"})),
        join("429", "3", json.dumps({"code": 429, "message": "per day s3cr3t"})),
        join("429", "2026-03-03T00:00:00Z", "<html>s3cr3t</html>"),
        join("429", "Tue, 03 Mar 2026 00:00:00 GMT", ""),
        join("500", "", "<xml>s3cr3t</xml>"),
    ),
    pieces=(
        *("200", "201", "204", "400", "401", "404", "429", "500", "1e999", "NaN", "-1", "true"),
        *("null", '"\\ud800"', '"\\u0000"', "[[[", "{}", "[]", '""', "9" * 5000, "\ufeff"),
        *('"duration"', '"settings"', '"jbh_time"', '"auto_recording"', '"waiting_room"'),
        *('"join_url"', '"start_url"', '"id"', '"code"', '"message"', '"start_time"', '"host_id"'),
        *(
            '"number"',
            '"type"',
            '"toll"',
            '"audio"',
            "+1 646 555 0142",
            "+49",
            "\\n",
            "+",
            "480112",
        ),
        *("2026-03-03T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
        *("Tue, 03 Mar 2026 00:00:00 +9999", "Mon, 99 Foo", "99999999999999999999", "\u0663"),
        *("2026-W10-1", "20260303T000000Z", "86012345678", "s3cr3t", "0" * 11, "per day"),
    ),
)
