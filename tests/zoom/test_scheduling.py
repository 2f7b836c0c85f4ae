"""Scheduling for somebody else: what is sent, and what is made of whatever comes back."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from zoom_meeting_testing.simulator import errors

from pywidget.domain.errors import Code, Reason, UnexpectedAnswerError, ZoomRefusedError
from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.meetings import build_create_meeting, parse_created_meeting
from pywidget.zoom.rest import parse_done
from pywidget.zoom.scheduling import (
    build_hand_over,
    build_list_schedulers,
    parse_handed_over,
    parse_schedulers,
)
from tests.zoom.answers import MEETING, answer, refuse

ACCESS = Secret("s3cr3t-access")
ENDPOINTS = Endpoints()
KIM = "kim@lotus-spa.example"


def test_a_create_names_the_host_only_if_there_is_another() -> None:
    def build(host_email: str) -> dict[str, object]:
        request = build_create_meeting(
            ENDPOINTS,
            ACCESS,
            topic="x",
            starts=datetime.fromisoformat("2026-03-05T18:00"),
            time_zone="America/New_York",
            minutes=45,
            host_email=host_email,
        )
        assert request.url == "https://api.zoom.us/v2/users/me/meetings"
        body: dict[str, object] = json.loads(request.body or b"")
        return body

    assert build(KIM)["schedule_for"] == KIM
    assert "schedule_for" not in build("")


def test_a_meeting_is_given_away_by_its_host_alone() -> None:
    request = build_hand_over(ENDPOINTS, ACCESS, "86012345678", KIM)
    assert (request.method, request.url) == ("PATCH", "https://api.zoom.us/v2/meetings/86012345678")
    assert json.loads(request.body or b"") == {"schedule_for": KIM}
    assert not request.may_repeat
    assert request.headers["Authorization"] == "Bearer s3cr3t-access"


def test_that_it_is_given_away_is_said_by_the_status_alone() -> None:
    parse_handed_over(answer(204, b""))
    with pytest.raises(ZoomRefusedError):
        parse_handed_over(answer(200, {}))


def test_the_list_is_that_of_the_user() -> None:
    request = build_list_schedulers(ENDPOINTS, ACCESS)
    assert (request.method, request.url) == ("GET", "https://api.zoom.us/v2/users/me/schedulers")
    assert request.may_repeat
    assert request.headers["Authorization"] == "Bearer s3cr3t-access"


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ([], set()),
        (
            [{"id": "1", "email": KIM, "pmi": 3542471135}, {"email": "b@c.example"}],
            {KIM, "b@c.example"},
        ),
        ([{"email": None}, {"email": 7}, {"email": ""}, {"id": "1"}, "kim", None], set()),
        ([{"email": f"{KIM}\n"}, {"email": "k" * 255}], set()),
    ],
)
def test_people_are_known_by_their_addresses(listed: list[object], expected: set[str]) -> None:
    assert parse_schedulers(answer(200, {"schedulers": listed})) == expected


@pytest.mark.parametrize("listed", [None, {}, "kim@lotus-spa.example"])
def test_an_answer_without_a_list_is_nobodys_privilege(listed: object) -> None:
    with pytest.raises(UnexpectedAnswerError) as caught:
        parse_schedulers(answer(200, {"schedulers": listed}))
    assert caught.value.evidence["problem"] == "no list of schedulers"


def test_a_list_comes_with_its_status() -> None:
    with pytest.raises(ZoomRefusedError):
        parse_schedulers(answer(404, {"code": 1001, "message": "User does not exist: me."}))


@pytest.mark.parametrize("error", [errors.bad_scheduler("kim"), errors.bad_new_host("kim")])
def test_a_missing_privilege_is_told_from_other_bad_fields(error: errors.ZoomError) -> None:
    with pytest.raises(ZoomRefusedError) as caught:
        parse_done(refuse(error), success=204)
    assert (caught.value.code, caught.value.reason) == (Code.ZOOM_ERROR, Reason.NO_PRIVILEGE)


@pytest.mark.parametrize(
    ("status", "words", "reason"),
    [
        (400, "Can not SCHEDULE A MEETING FOR you", Reason.NO_PRIVILEGE),
        (500, "The schedule_for field", Reason.SERVER),  # Zoom may have done it
        (400, "no_schedule_for_today", Reason.INVALID_FIELDS),
        (400, "reschedule a meeting for", Reason.INVALID_FIELDS),
    ],
)
def test_the_words_count_as_words_and_for_a_refusal_only(
    status: int, words: str, reason: Reason
) -> None:
    with pytest.raises(ZoomRefusedError) as caught:
        parse_done(answer(status, {"code": 300, "message": words}), success=204)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("told", "host", "assistant"),
    [
        ({}, "maya@lotus-spa.example", ""),
        ({"host_email": KIM, "assistant_id": "desk-1"}, KIM, "desk-1"),
        ({"host_email": None, "assistant_id": 7}, "", ""),
        ({"host_email": f"{KIM}\n"}, "", ""),
    ],
)
def test_a_meeting_has_a_host_and_may_have_an_assistant(
    told: dict[str, object], host: str, assistant: str
) -> None:
    meeting = parse_created_meeting(answer(201, {**MEETING, **told}), ENDPOINTS)
    assert (meeting.host_email, meeting.assistant_id) == (host, assistant)
