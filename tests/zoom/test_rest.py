"""REST calls: what is sent, and what is made of whatever comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.errors import (
    Code,
    RateLimitedError,
    Reason,
    UnexpectedAnswerError,
    WidgetError,
    ZoomRefusedError,
)
from pywidget.domain.secret import Secret
from pywidget.domain.url import LONGEST_URL
from pywidget.words.errors import describe_for_support
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.meetings import (
    build_create_meeting,
    build_delete_meeting,
    build_list_days,
    build_move_meeting,
    build_read_meeting,
    parse_created_meeting,
    parse_deleted,
    parse_list,
    parse_moved,
    parse_read_meeting,
    parse_start_link,
)
from pywidget.zoom.registrants import build_add_registrant, parse_registrant
from pywidget.zoom.users import build_read_user, parse_user
from tests.domain.breaks import BREAKS
from tests.doubles.english import write_error
from tests.zoom.answers import MEETING, REFUSALS, USER, answer, refuse

MISSING = object()
ACCESS = Secret("s3cr3t-access")
ENDPOINTS = Endpoints()


def build_create() -> Request:
    return build_create_meeting(
        ENDPOINTS,
        ACCESS,
        topic="Appointment with Dáná “Lee”",
        starts=datetime.fromisoformat("2026-03-05T18:00:30.5"),
        time_zone="America/New_York",
        minutes=45,
    )


PARSERS: dict[str, tuple[Callable[[Response], object], int]] = {
    "create": (lambda response: parse_created_meeting(response, ENDPOINTS), 201),
    "read": (lambda response: parse_read_meeting(response, ENDPOINTS), 200),
    "user": (parse_user, 200),
    "start": (lambda response: parse_start_link(response, ENDPOINTS), 200),
    "list": (lambda response: parse_list(response, ENDPOINTS), 200),
    "register": (lambda response: parse_registrant(response, ENDPOINTS), 201),
}
# Their status is all they say.
SILENT: dict[str, Callable[[Response], None]] = {"move": parse_moved, "delete": parse_deleted}


def parse(name: str, response: Response) -> object:
    return PARSERS[name][0](response)


def test_create_sends_wall_clock_time_and_zone() -> None:
    request = build_create()
    assert (request.method, request.url) == ("POST", "https://api.zoom.us/v2/users/me/meetings")
    body = json.loads(request.body or b"")
    assert body == {
        "topic": "Appointment with Dáná “Lee”",
        "type": 2,
        "start_time": "2026-03-05T18:00:30",
        "timezone": "America/New_York",
        "duration": 45,
    }


def test_whoever_registers_is_let_in_and_gets_a_mail() -> None:
    """Zoom mails only if both notifications are set."""
    request = build_create_meeting(
        ENDPOINTS,
        ACCESS,
        topic="x",
        starts=datetime.fromisoformat("2026-03-05T18:00"),
        time_zone="America/New_York",
        minutes=45,
        register=True,
    )
    assert json.loads(request.body or b"")["settings"] == {
        "approval_type": 0,
        "registrants_email_notification": True,
        "registrants_confirmation_email": True,
    }


def build_move() -> Request:
    return build_move_meeting(
        ENDPOINTS,
        ACCESS,
        "86012345678",
        starts=datetime.fromisoformat("2026-03-05T18:00"),
        time_zone="America/New_York",
        minutes=45,
    )


def build_list(next_page: str = "") -> Request:
    first, last = date(2026, 3, 4), date(2026, 3, 6)
    return build_list_days(ENDPOINTS, ACCESS, first, last, next_page)


def build_delete(*, tell_registrants: bool = False) -> Request:
    return build_delete_meeting(ENDPOINTS, ACCESS, "86012345678", tell_registrants=tell_registrants)


def build_registrant(name: str = "Dana Lee", email: str = "dana@example.com") -> Request:
    return build_add_registrant(ENDPOINTS, ACCESS, "86012345678", name=name, email=email)


def test_create_may_not_be_repeated_and_reads_may() -> None:
    for request in (build_create(), build_move(), build_delete(), build_registrant()):
        assert not request.may_repeat
    assert build_list().may_repeat
    assert build_read_meeting(ENDPOINTS, ACCESS, "86012345678").may_repeat
    assert build_read_user(ENDPOINTS, ACCESS).may_repeat


def test_reads_have_no_body() -> None:
    request = build_read_meeting(ENDPOINTS, ACCESS, "86012345678")
    assert (request.method, request.url, request.body) == (
        "GET",
        "https://api.zoom.us/v2/meetings/86012345678",
        None,
    )
    assert build_read_user(ENDPOINTS, ACCESS).url == "https://api.zoom.us/v2/users/me"


@pytest.mark.parametrize(
    "build",
    [
        build_create,
        lambda: build_read_user(ENDPOINTS, ACCESS),
        lambda: build_read_meeting(ENDPOINTS, ACCESS, "86012345678"),
        lambda: build_list("next"),
        build_move,
        build_delete,
        build_registrant,
    ],
)
def test_the_token_goes_in_the_header_only(build: Callable[[], Request]) -> None:
    request = build()
    assert request.headers == {
        "Authorization": f"Bearer {ACCESS.reveal()}",
        "Accept": "application/json",
        **({"Content-Type": "application/json"} if request.body else {}),
    }
    assert ACCESS.reveal() not in request.url
    assert ACCESS.reveal().encode() not in (request.body or b"")
    assert ACCESS.reveal() not in repr(request)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("refusal", REFUSALS)
def test_each_refusal_of_zoom_has_its_code(parser: str, refusal: str) -> None:
    error, code = REFUSALS[refusal]
    with pytest.raises(ZoomRefusedError) as caught:
        parse(parser, refuse(error))
    assert caught.value.code is code
    assert caught.value.status == error.answer.status
    assert caught.value.zoom_code == json.loads(error.answer.body)["code"]


@pytest.mark.parametrize(
    ("status", "number", "reason"),
    [
        (400, 300, Reason.INVALID_FIELDS),
        (404, 300, None),
        (400, 200, Reason.PAID_USERS_ONLY),
        (400, 3000, Reason.STRANGER),
        (404, 3000, Reason.STRANGER),
        (499, 1, None),
        (500, 1, Reason.SERVER),
        (500, 3000, Reason.STRANGER),
    ],
)
def test_zooms_numbers_say_why(status: int, number: int, reason: Reason | None) -> None:
    with pytest.raises(ZoomRefusedError) as caught:
        parse("create", answer(status, {"code": number}))
    assert caught.value.code is Code.ZOOM_ERROR
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("words", "is_daily"),
    [
        ("You have exceeded the DAILY rate limit (100) of Meeting Create/Update API", True),
        ("You have reached the maximum of 100 requests per day for this user", True),
        ("You have reached the maximum per-second rate limit", False),
        ("", False),
    ],
)
def test_a_limit_of_the_day_says_so_in_words(words: str, *, is_daily: bool) -> None:
    with pytest.raises(RateLimitedError) as caught:
        parse("create", answer(429, {"code": 429, "message": words}))
    assert caught.value.is_daily is is_daily


def test_what_zoom_says_is_not_quoted() -> None:
    """It may hold anything: an e-mail address, a token, markup."""
    body = {"code": 300, "message": "<b>s3cr3t</b>", "errors": [{"field": "s3cr3t"}]}
    with pytest.raises(ZoomRefusedError) as caught:
        parse("create", answer(400, body))
    assert "s3cr3t" not in f"{caught.value!r} {vars(caught.value)}"
    assert (
        describe_for_support(caught.value) == "zoom_error/invalid_fields · HTTP 400 · Zoom code 300"
    )


NO_OBJECTS = {
    "empty": b"",
    "HTML": b"<!doctype html><title>Just a moment</title>",
    "XML": b"<?xml version='1.0'?><Error><Code>3001</Code></Error>",
    "truncated": json.dumps(MEETING).encode()[:-4],
    "a list": json.dumps([MEETING]).encode(),
    "a text": b'"3001"',
    "deep": b"[" * 200_000,
    "no UTF-8": b'{"code": "\xff"}',
}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("body", NO_OBJECTS.values(), ids=NO_OBJECTS.keys())
@pytest.mark.parametrize("status", [200, 201, 204, 302, 400, 404, 418, 429, 500, 502])
def test_a_body_that_is_no_json_object_is_an_error(parser: str, body: bytes, status: int) -> None:
    with pytest.raises(WidgetError) as caught:
        parse(parser, Response(status, {}, body))
    is_success = status == PARSERS[parser][1]
    assert isinstance(caught.value, UnexpectedAnswerError if is_success else ZoomRefusedError)
    # A meeting is gone when Zoom says so in its own words, and never by a status alone.
    assert caught.value.code is not Code.MEETING_GONE


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    "body",
    [
        {"code": "3001", "message": 5},
        {"code": None, "message": None},
        {"code": 3001.0},
        {"code": [3001], "message": ["does not contain scopes"]},
        {"code": {"a": 1}},
        {},
    ],
)
def test_a_refusal_with_odd_types_is_still_a_refusal(parser: str, body: object) -> None:
    with pytest.raises(ZoomRefusedError) as caught:
        parse(parser, answer(404, body))
    assert caught.value.code is not Code.MEETING_GONE
    assert caught.value.zoom_code is None


def parse_meeting(**changes: object) -> object:
    return parse("create", answer(201, {**MEETING, **changes}))


def test_a_meeting_is_read_without_its_secrets_for_the_host() -> None:
    meeting = parse_created_meeting(answer(201, MEETING), ENDPOINTS)
    assert meeting.id == "86012345678"
    assert meeting.topic == "Appointment with Dana Lee"
    assert meeting.link.url == "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
    assert meeting.starts_at == datetime(2026, 3, 5, 23, tzinfo=UTC)
    assert meeting.passcode == Secret("123456")
    assert meeting.host_id == "host-1"
    kept = [getattr(meeting, name) for name in meeting.__slots__]
    assert "zak" not in f"{kept} {meeting!r} {meeting.link.url}"
    assert "s3cr3t" not in f"{kept} {meeting!r} {meeting.link.url}"
    assert "123456'" not in f"{kept} {meeting!r}"


def test_what_a_meeting_need_not_have_is_empty() -> None:
    bare = {name: MEETING[name] for name in ("id", "join_url")}
    meeting = parse_created_meeting(answer(201, bare), ENDPOINTS)
    assert (meeting.topic, meeting.host_id, meeting.time_zone) == ("", "", "")
    assert (meeting.starts_at, meeting.passcode, meeting.created_at) == (None, None, None)
    assert not meeting.has_registration


def test_reading_is_like_creating() -> None:
    created = parse_created_meeting(answer(201, MEETING), ENDPOINTS)
    assert parse_read_meeting(answer(200, MEETING), ENDPOINTS) == created


@pytest.mark.parametrize(
    ("parser", "status"),
    [
        ("create", 200),
        ("read", 201),
        ("user", 201),
        ("start", 201),
        ("list", 201),
        ("register", 200),
    ],
)
def test_another_success_than_the_documented_one_is_none(parser: str, status: int) -> None:
    with pytest.raises(ZoomRefusedError):
        parse(parser, answer(status, MEETING))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-05T23:00:00Z", "2026-03-05T23:00"),
        ("2026-03-05T18:00:00-05:00", "2026-03-05T23:00"),
        ("2026-03-05T23:00:00.250Z", "2026-03-05T23:00:00.250"),
        (None, None),
        # Without an offset it is nobody knows when: this machine's zone must not decide.
        ("2026-03-05T23:00:00", None),
        ("2026-03-05", None),
        ("20260305", None),
        (20260305, None),
        ("", None),
        ("soon", None),
        (1772751600, None),
        (True, None),
        ([], None),
        ({}, None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
    ],
)
def test_a_start_is_an_instant_or_unknown(text: object, expected: str | None) -> None:
    """An error would lose a meeting that exists by now."""
    meeting = parse_created_meeting(answer(201, {**MEETING, "start_time": text}), ENDPOINTS)
    instant = None if expected is None else datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert meeting.starts_at == instant


def test_an_instant_meeting_has_no_start() -> None:
    body = {name: value for name, value in MEETING.items() if name != "start_time"}
    assert parse_created_meeting(answer(201, body), ENDPOINTS).starts_at is None


@pytest.mark.parametrize(
    ("told", "minutes"),
    [(1, 1), (1440, 1440), (0, None), (1441, None), (True, None), ("45", None), (45.0, None)],
)
def test_a_duration_is_a_number_of_minutes_within_a_day(told: object, minutes: int | None) -> None:
    body = {**MEETING, "duration": told}
    assert parse_read_meeting(answer(200, body), ENDPOINTS).minutes == minutes


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        5,
        ["https://zoom.us/j/86012345678"],
        MEETING["start_url"],
        "http://zoom.us/j/86012345678",
        "https://zoom.us.evil.example/j/86012345678",
        "https://evil.example/j/86012345678",
        "https://zoom.us@evil.example/j/86012345678",
        "https://evil.example\\@zoom.us/j/86012345678",
        "https://zoom.us:8443/j/86012345678",
        "javascript:alert(1)//zoom.us/j/86012345678",
        "https://zoom.us/j/86012345678\nSet-Cookie: x",
        'https://zoom.us/j/86012345678"><script>',
        "https://zoom.us/wc/86012345678/join",
        "https://zoom.us/j/x",
        "//zoom.us/j/86012345678",
    ],
)
def test_a_link_that_does_not_join_at_zoom_is_refused(url: object) -> None:
    with pytest.raises(UnexpectedAnswerError, match="no join link") as caught:
        parse_meeting(join_url=url)
    assert "zak" not in f"{caught.value!r} {vars(caught.value)}"


def test_a_link_is_cut_to_what_it_needs() -> None:
    url = "https://us02web.zoom.us/j/86012345678?uname=x&zak=s3cr3t&pwd=Q2x#s3cr3t"
    meeting = parse_created_meeting(answer(201, {**MEETING, "join_url": url}), ENDPOINTS)
    assert meeting.link.url == "https://us02web.zoom.us/j/86012345678?pwd=Q2x"


def test_the_simulators_own_links_are_believed_only_when_it_is_configured() -> None:
    body = {**MEETING, "join_url": "https://127.0.0.1:8001/j/86012345678"}
    with pytest.raises(UnexpectedAnswerError):
        parse_created_meeting(answer(201, body), ENDPOINTS)
    endpoints = Endpoints(api_url="http://127.0.0.1:8001/v2")
    assert parse_created_meeting(answer(201, body), endpoints).link.host == "127.0.0.1:8001"


@pytest.mark.parametrize(
    "meeting_id",
    [
        *(None, "", 0, -86012345678, 12345678, 123456789012, 86012345678.0, True, [], {}),
        *("860 1234 5678", "8601234567x", "../users/me", "٨٦٠١٢٣٤٥٦٧٨", 10**30),
    ],
)
def test_a_meeting_without_a_meeting_id_is_refused(meeting_id: object) -> None:
    with pytest.raises(UnexpectedAnswerError, match="no meeting ID"):
        parse_meeting(id=meeting_id)


@pytest.mark.parametrize("meeting_id", [123456789, "1234567890", 86012345678])
def test_a_meeting_id_has_nine_to_eleven_digits(meeting_id: object) -> None:
    meeting = parse_created_meeting(answer(201, {**MEETING, "id": meeting_id}), ENDPOINTS)
    assert meeting.id == str(meeting_id)


@pytest.mark.parametrize("odd", [None, [], {}, True])
def test_what_is_only_shown_may_be_missing_or_odd(odd: object) -> None:
    body = {**MEETING, "topic": odd, "password": odd, "host_id": odd}
    meeting = parse_created_meeting(answer(201, body), ENDPOINTS)
    assert (meeting.topic, meeting.passcode, meeting.host_id) == ("", None, "")


LONGEST_PASSCODE = "x" * 64


@pytest.mark.parametrize("passcode", [LONGEST_PASSCODE, "a b", "é€@-_*"])
def test_a_passcode_that_can_be_typed_is_kept(passcode: str) -> None:
    meeting = parse_read_meeting(answer(200, {**MEETING, "password": passcode}), ENDPOINTS)
    assert meeting.passcode == Secret(passcode)


@pytest.mark.parametrize("passcode", [f"{LONGEST_PASSCODE}x", *(f"1{each}2" for each in BREAKS)])
def test_a_passcode_that_nobody_could_type_is_none(passcode: str) -> None:
    meeting = parse_read_meeting(answer(200, {**MEETING, "password": passcode}), ENDPOINTS)
    assert meeting.passcode is None


def test_an_empty_passcode_is_none() -> None:
    meeting = parse_created_meeting(answer(201, {**MEETING, "password": ""}), ENDPOINTS)
    assert meeting.passcode is None


@pytest.mark.parametrize(
    ("kind", "licensed"), [(1, False), (2, True), (4, False), (99, False), ("2", False)]
)
def test_a_user_has_a_plan(kind: object, licensed: object) -> None:
    user = parse_user(answer(200, {**USER, "type": kind}))
    assert (user.id, user.email) == ("host-1", "maya@lotus-spa.example")
    assert user.is_licensed is licensed


@pytest.mark.parametrize("user_id", [None, "", 5, [], True])
def test_a_user_without_an_id_is_refused(user_id: object) -> None:
    with pytest.raises(UnexpectedAnswerError, match="no user ID"):
        parse_user(answer(200, {**USER, "id": user_id}))


def test_a_users_email_has_a_longest_length() -> None:
    longest = "m" * 242 + "@spa.example"
    assert parse_user(answer(200, {**USER, "email": longest})).email == longest
    assert parse_user(answer(200, {**USER, "email": f"m{longest}"})).email == ""


@pytest.mark.parametrize("email", [None, 5, [], *(f"maya{each}@spa.example" for each in BREAKS)])
def test_a_user_may_have_no_email(email: object) -> None:
    assert parse_user(answer(200, {**USER, "email": email})).email == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*MEETING, "code", "message"]), inner, max_size=8)
    ),
    max_leaves=15,
)


@given(JSON, st.sampled_from(sorted(PARSERS)), st.sampled_from([200, 201, 400, 401, 404, 500]))
def test_any_json_is_a_value_or_an_explained_error(body: object, parser: str, status: int) -> None:
    try:
        parse(parser, answer(status, body))
    except WidgetError as error:
        assert write_error(error)  # noqa: PT017 - either outcome is fine, a crash is not


@given(st.sampled_from(sorted(MEETING)), JSON)
def test_a_meeting_with_any_one_odd_field_is_a_value_or_an_explained_error(
    name: str, value: object
) -> None:
    try:
        parse_meeting(**{name: value})
    except WidgetError as error:
        assert error.code is Code.ZOOM_ERROR  # noqa: PT017 - as above


# Moving and deleting


def test_a_move_is_wall_clock_time_and_zone() -> None:
    request = build_move()
    assert (request.method, request.url) == (
        "PATCH",
        "https://api.zoom.us/v2/meetings/86012345678",
    )
    assert json.loads(request.body or b"") == {
        "start_time": "2026-03-05T18:00:00",
        "timezone": "America/New_York",
        "duration": 45,
    }


def test_an_instant_is_told_in_utc_and_without_a_zone() -> None:
    starts = datetime.fromisoformat("2026-03-05T18:00:00-05:00")
    given: dict[str, Any] = {"starts": starts, "time_zone": "America/New_York", "minutes": 45}
    requests = (
        build_create_meeting(ENDPOINTS, ACCESS, topic="t", **given),
        build_move_meeting(ENDPOINTS, ACCESS, "86012345678", **given),
    )
    for request in requests:
        body = json.loads(request.body or b"")
        assert body["start_time"] == "2026-03-05T23:00:00Z"
        assert "timezone" not in body


@pytest.mark.parametrize(("tells", "text"), [(True, "true"), (False, "false")])
def test_a_delete_says_whether_zoom_mails_the_registrants(text: str, *, tells: bool) -> None:
    request = build_delete(tell_registrants=tells)
    assert (request.method, request.url, request.body) == (
        "DELETE",
        f"https://api.zoom.us/v2/meetings/86012345678?cancel_meeting_reminder={text}",
        None,
    )


@pytest.mark.parametrize("name", SILENT)
def test_done_is_said_by_the_status_alone(name: str) -> None:
    for body in (b"", b"<html>", b"{}"):
        SILENT[name](Response(204, {}, body))
    for status in (200, 201, 202, 302, 400, 404, 500):
        with pytest.raises(ZoomRefusedError):
            SILENT[name](Response(status, {}, b""))


@pytest.mark.parametrize("name", SILENT)
@pytest.mark.parametrize("refusal", REFUSALS)
def test_each_refusal_of_a_write_has_its_code(name: str, refusal: str) -> None:
    error, code = REFUSALS[refusal]
    with pytest.raises(ZoomRefusedError) as caught:
        SILENT[name](refuse(error))
    assert caught.value.code is code


# Lists


@pytest.mark.parametrize("next_page", ["", "a+b/=&?", "x" * 300])
def test_a_list_asks_for_the_meetings_of_some_days_page_by_page(next_page: str) -> None:
    request = build_list(next_page)
    parts = urlsplit(request.url)
    assert (request.method, parts.path) == ("GET", "/v2/users/me/meetings")
    expected = {
        "type": ["scheduled"],
        "from": ["2026-03-04"],
        "to": ["2026-03-06"],
        "page_size": ["300"],
    }
    if next_page:
        expected["next_page_token"] = [next_page]
    assert parse_qs(parts.query, strict_parsing=True) == expected


def test_a_page_has_its_meetings_in_order_and_the_next_page() -> None:
    bodies = [{**MEETING, "id": 86012345670 + number} for number in range(3)]
    page = parse_list(answer(200, {"meetings": bodies, "next_page_token": "two"}), ENDPOINTS)
    assert [meeting.id for meeting in page.meetings] == [str(body["id"]) for body in bodies]
    assert page.next_page == "two"


@pytest.mark.parametrize("odd", [None, 5, "x", [], {}, {"id": 5}, {**MEETING, "join_url": None}])
def test_a_meeting_that_makes_no_sense_is_left_out(odd: object) -> None:
    """A room, a webinar, or whatever Zoom thinks of next: the others are what is looked for."""
    page = parse_list(answer(200, {"meetings": [odd, MEETING]}), ENDPOINTS)
    assert [meeting.id for meeting in page.meetings] == ["86012345678"]


def test_a_page_token_has_to_fit_into_a_url() -> None:
    token = "x" * 1000
    body = {"meetings": [], "next_page_token": token}
    assert parse_list(answer(200, body), ENDPOINTS).next_page == token
    for unfit in (f"{token}x", "half a pair \ud800"):
        body["next_page_token"] = unfit
        with pytest.raises(UnexpectedAnswerError, match="page token"):
            parse_list(answer(200, body), ENDPOINTS)


@pytest.mark.parametrize(
    ("number", "kept"), [(10**9, True), (10**9 + 1, False), (-(10**99), False)]
)
def test_a_number_too_long_to_read_out_is_not_kept(number: int, *, kept: bool) -> None:
    with pytest.raises(ZoomRefusedError) as caught:
        parse_read_meeting(answer(400, {"code": number, "message": "No."}), ENDPOINTS)
    assert caught.value.zoom_code == (number if kept else None)


@pytest.mark.parametrize("token", [None, "", 5, [], MISSING])
def test_a_page_without_a_next_one_is_the_last(token: object) -> None:
    body = {"meetings": [], "next_page_token": token}
    if token is MISSING:
        del body["next_page_token"]
    assert parse_list(answer(200, body), ENDPOINTS).next_page == ""


@pytest.mark.parametrize("meetings", [None, {}, "x", 5, MISSING])
def test_an_answer_without_a_list_is_no_empty_list(meetings: object) -> None:
    """An empty list means "not made": a second meeting would follow."""
    body = {} if meetings is MISSING else {"meetings": meetings}
    with pytest.raises(UnexpectedAnswerError, match="no list"):
        parse_list(answer(200, body), ENDPOINTS)


# The host's own link

LONGEST_START_URL = "https://zoom.us/s/86012345678?zak=".ljust(LONGEST_URL, "x")


@pytest.mark.parametrize(
    "url",
    [
        "https://us02web.zoom.us/s/86012345678?zak=s3cr3t-zak",
        "https://zoom.us/s/86012345678?zak=s3cr3t-zak&x=%2F#y",
        "https://lotus.zoomgov.com/s/86012345678",
        pytest.param(LONGEST_START_URL, id="the longest"),
    ],
)
def test_a_start_link_is_kept_as_it_is_and_shown_nowhere(url: str) -> None:
    link = parse_start_link(answer(200, {**MEETING, "start_url": url}), ENDPOINTS)
    assert link.reveal() == url
    assert "zak" not in f"{link!r} {link}"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        5,
        [],
        "http://us02web.zoom.us/s/86012345678",
        "//us02web.zoom.us/s/86012345678",
        "javascript:alert(1)//zoom.us/s/8",
        "data:text/html,zoom.us",
        "https://zoom.us.evil.example/s/86012345678",
        "https://evil.example/s/86012345678",
        "https://zoom.us@evil.example/s/86012345678",
        "https://evil.example\\@zoom.us/s/86012345678",
        "https://zoom.us:8443/s/86012345678",
        "https://[zoom.us/s/86012345678",
        r"https://evil.example\.zoom.us/s/86012345678?zak=s3cr3t-zak",
        r"https://evil.example\@us02web.zoom.us/s/86012345678?zak=s3cr3t-zak",
        "https://dana:pw@us02web.zoom.us/s/86012345678",
        "https://us02web.zoom.us%2f.zoom.us/s/86012345678",
        "https://evil.example%5c.zoom.us/s/86012345678",
        "https://<b>.zoom.us/s/86012345678",
        "https://a;b.zoom.us/s/86012345678",
        "https://xn--a.zoom.us/s/86012345678",
        "https://us02web.zoom.us/j/86012345678?zak=s3cr3t-zak",
        "https://us02web.zoom.us/oauth/authorize?zak=s3cr3t-zak",
        "https://us02web.zoom.us/s/../j/86012345678",
        "https://us02web.zoom.us/s/86012345678/x",
        "https://us02web.zoom.us/s/12345678",
        "https://us02web.zoom.us/s/123456789012",
        "https://us02web.zoom.us/s/\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
        "https://us02web.zoom.us/s/86012345678?zak=\u00e9",
        "https://us02web.zoom.us/s/86012345678?zak=<b>",
        pytest.param(f"{LONGEST_START_URL}x", id="one longer"),
        " https://zoom.us/s/86012345678",
        "https://zoom.us\n.evil.example/s/8",
    ],
)
def test_a_start_link_that_does_not_lead_to_zoom_is_refused(url: object) -> None:
    with pytest.raises(UnexpectedAnswerError, match="start link") as caught:
        parse_start_link(answer(200, {**MEETING, "start_url": url}), ENDPOINTS)
    assert "zak" not in f"{caught.value!r} {vars(caught.value)}"


def test_the_simulators_start_links_are_believed_only_when_it_is_configured() -> None:
    body = {**MEETING, "start_url": "https://127.0.0.1:8001/s/86012345678"}
    with pytest.raises(UnexpectedAnswerError):
        parse_start_link(answer(200, body), ENDPOINTS)
    endpoints = Endpoints(api_url="http://127.0.0.1:8001/v2")
    assert parse_start_link(answer(200, body), endpoints).reveal() == body["start_url"]


# Registrants


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dana Lee", ("Dana", "Lee")),
        ("Dana", ("Dana", None)),
        ("  Dana   van der  Lee ", ("Dana", "van der  Lee")),
        ("", ("dana@example.com", None)),
        (" ", ("dana@example.com", None)),
        ("D" * 70 + " " + "L" * 70, ("D" * 64, "L" * 64)),
        ("\U0001f9d6 Dána", ("\U0001f9d6", "Dána")),
    ],
)
def test_a_registrant_has_the_names_that_zoom_takes(
    name: str, expected: tuple[str, str | None]
) -> None:
    request = build_registrant(name)
    assert (request.method, request.url) == (
        "POST",
        "https://api.zoom.us/v2/meetings/86012345678/registrants",
    )
    body = json.loads(request.body or b"")
    assert (body["email"], body["first_name"], body.get("last_name")) == (
        "dana@example.com",
        *expected,
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://us02web.zoom.us/w/86012345678?tk=t1&pwd=Q2x", "/w/86012345678?tk=t1&pwd=Q2x"),
        ("https://us02web.zoom.us/w/86012345678?uname=x&tk=t1", "/w/86012345678?tk=t1"),
        (None, None),
        (5, None),
        ("https://evil.example/w/86012345678?tk=t1", None),
        ("https://us02web.zoom.us/s/86012345678?zak=s3cr3t", None),
    ],
)
def test_a_registrants_own_link_is_cut_to_what_it_needs_or_none(
    url: object, expected: str | None
) -> None:
    link = parse_registrant(answer(201, {"registrant_id": "r", "join_url": url}), ENDPOINTS)
    wanted = None if expected is None else f"https://us02web.zoom.us{expected}"
    assert (link.url if link else None) == wanted


@pytest.mark.parametrize(("approval", "registers"), [(0, True), (1, False), (2, False)])
def test_the_answer_says_whether_clients_are_admitted(approval: int, *, registers: bool) -> None:
    body = {**MEETING, "settings": {"approval_type": approval}}
    meeting = parse_created_meeting(answer(201, body), ENDPOINTS)
    assert meeting.has_registration is registers


@pytest.mark.parametrize("settings", [None, [], "x", {}, {"approval_type": None}])
def test_settings_that_make_no_sense_are_no_registration(settings: object) -> None:
    body = {**MEETING, "settings": settings}
    assert not parse_created_meeting(answer(201, body), ENDPOINTS).has_registration
