"""REST calls: what is sent, and what is made of whatever comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.errors import Code, UnexpectedAnswerError, WidgetError, ZoomRefusedError
from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.meetings import (
    build_create_meeting,
    build_read_meeting,
    parse_created_meeting,
    parse_read_meeting,
)
from pywidget.zoom.users import build_read_user, parse_user
from tests.zoom.answers import MEETING, REFUSALS, USER, answer, refuse

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
}


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


def test_create_may_not_be_repeated_and_reads_may() -> None:
    assert not build_create().may_repeat
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
    "request_",
    [
        build_create(),
        build_read_user(ENDPOINTS, ACCESS),
        build_read_meeting(ENDPOINTS, ACCESS, "86012345678"),
    ],
)
def test_the_token_goes_in_the_header_only(request_: Request) -> None:
    assert request_.headers["Authorization"] == f"Bearer {ACCESS.reveal()}"
    assert ACCESS.reveal() not in request_.url
    assert ACCESS.reveal().encode() not in (request_.body or b"")
    assert ACCESS.reveal() not in repr(request_)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("refusal", REFUSALS)
def test_each_refusal_of_zoom_has_its_code(parser: str, refusal: str) -> None:
    error, code = REFUSALS[refusal]
    with pytest.raises(ZoomRefusedError) as caught:
        parse(parser, refuse(error))
    assert caught.value.code is code
    assert caught.value.status == error.answer.status
    assert caught.value.zoom_code == json.loads(error.answer.body)["code"]


def test_what_zoom_says_is_not_quoted() -> None:
    """It may hold anything: an e-mail address, a token, markup."""
    body = {"code": 300, "message": "<b>s3cr3t</b>", "errors": [{"field": "s3cr3t"}]}
    with pytest.raises(ZoomRefusedError) as caught:
        parse("create", answer(400, body))
    assert "s3cr3t" not in f"{caught.value!r} {vars(caught.value)}"
    assert "status 400, code 300" in caught.value.message


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
    assert meeting.minutes == 45
    assert meeting.passcode == Secret("123456")
    assert meeting.host_id == "host-1"
    kept = [getattr(meeting, name) for name in meeting.__slots__]
    assert "zak" not in f"{kept} {meeting!r} {meeting.link.url}"
    assert "s3cr3t" not in f"{kept} {meeting!r} {meeting.link.url}"
    assert "123456'" not in f"{kept} {meeting!r}"


def test_reading_is_like_creating() -> None:
    created = parse_created_meeting(answer(201, MEETING), ENDPOINTS)
    assert parse_read_meeting(answer(200, MEETING), ENDPOINTS) == created


@pytest.mark.parametrize(("parser", "status"), [("create", 200), ("read", 201), ("user", 201)])
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
    body = {**MEETING, "topic": odd, "duration": odd, "password": odd, "host_id": odd}
    meeting = parse_created_meeting(answer(201, body), ENDPOINTS)
    assert (meeting.topic, meeting.minutes, meeting.passcode, meeting.host_id) == (
        "",
        None,
        None,
        "",
    )


def test_an_empty_passcode_is_none() -> None:
    meeting = parse_created_meeting(answer(201, {**MEETING, "password": ""}), ENDPOINTS)
    assert meeting.passcode is None


@pytest.mark.parametrize(
    ("kind", "licensed"), [(1, False), (2, True), (4, False), (99, False), ("2", False)]
)
def test_a_user_has_a_plan(kind: object, licensed: object) -> None:
    user = parse_user(answer(200, {**USER, "type": kind}))
    assert (user.id, user.email) == ("user-1", "maya@lotus-spa.example")
    assert user.is_licensed is licensed


@pytest.mark.parametrize("user_id", [None, "", 5, [], True])
def test_a_user_without_an_id_is_refused(user_id: object) -> None:
    with pytest.raises(UnexpectedAnswerError, match="no user ID"):
        parse_user(answer(200, {**USER, "id": user_id}))


@pytest.mark.parametrize("email", [None, 5, []])
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
        assert error.message  # noqa: PT017 - either outcome is fine, a crash is not


@given(st.sampled_from(sorted(MEETING)), JSON)
def test_a_meeting_with_any_one_odd_field_is_a_value_or_an_explained_error(
    name: str, value: object
) -> None:
    try:
        parse_meeting(**{name: value})
    except WidgetError as error:
        assert error.code is Code.ZOOM_ERROR  # noqa: PT017 - as above
