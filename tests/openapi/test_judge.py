"""A wrong field is found, wherever it is, and its value is not told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from zoom_meeting_testing.openapi.ledger import Findings, Kind, Ledger
from zoom_meeting_testing.simulator import cors, rest_routes
from zoom_meeting_testing.simulator.exchanges import Exchange
from zoom_meeting_testing.simulator.meetings import describe_to_host
from zoom_meeting_testing.simulator.messages import Answer, Call, json_answer

from tests.simulator.client import MEETING, REDIRECT_URI, VERIFIER, Client

SECRET = "a-secret-of-more-than-forty-characters-1234567890"
BEARER = {"authorization": f"Bearer {SECRET}"}
JSON_HEADERS = {**BEARER, "content-type": "application/json"}
FORM_HEADERS = {"content-type": "application/x-www-form-urlencoded"}
EXCHANGE = {
    "grant_type": "authorization_code",
    "code": SECRET,
    "client_id": "demo-public-client",
    "redirect_uri": REDIRECT_URI,
    "code_verifier": VERIFIER,
}
USER = {"id": "u", "email": "a@b.example", "type": 2, "timezone": "UTC", "status": "active"}


def build_create(**changes: object) -> Call:
    body = json.dumps({**MEETING, **changes}).encode()
    return Call("POST", "/v2/users/me/meetings", headers=JSON_HEADERS, body=body)


def build_exchange(**changes: str) -> Call:
    fields = {name: text for name, text in {**EXCHANGE, **changes}.items() if text}
    return Call("POST", "/oauth/token", headers=FORM_HEADERS, body=urlencode(fields).encode())


def build_list(query: str) -> Call:
    return Call("GET", "/v2/users/me/meetings", query, BEARER)


def judge(call: Call, answer: Answer | None = None, *, is_faked: bool = False) -> Findings:
    ledger = Ledger()
    ledger(Exchange(call, answer, is_faked))
    return ledger.take()


WRONG_REQUESTS: dict[str, tuple[Call, str]] = {
    "a member that Zoom does not know": (build_create(start_url=1), "'start_url' was unexpected"),
    "a nested one": (build_create(settings={"mood": 1}), "/settings Additional"),
    "a number as text": (build_create(duration="45"), '/duration *** is not of type "integer"'),
    "a topic that is too long": (build_create(topic="x" * 201), "/topic"),
    "a time with a fraction": (build_create(start_time="2026-03-05T18:00:00.0"), "/start_time"),
    "a zone and a Z": (build_create(start_time="2026-03-05T18:00:00Z"), "/start_time"),
    "a body that is no JSON": (replace(build_create(), body=b"{"), "the body is malformed"),
    "a body of another type": (
        replace(build_create(), headers={**BEARER, "content-type": "text/plain"}),
        "content type 'text/plain' is not described",
    ),
    "a body that was too long": (replace(build_create(), too_large=True), "too long"),
    "no token": (replace(build_create(), headers=FORM_HEADERS), "no bearer token"),
    "another scheme": (
        replace(build_create(), headers={**JSON_HEADERS, "authorization": f"Basic {SECRET}"}),
        "no bearer token",
    ),
    "a token where none belongs": (
        replace(build_exchange(), headers={**FORM_HEADERS, **BEARER}),
        "there is an Authorization header",
    ),
    "a client secret": (build_exchange(client_secret=SECRET), "oneOf"),
    "no verifier": (build_exchange(code_verifier=""), "oneOf"),
    "a field that is sent twice": (
        replace(build_exchange(), body=f"{urlencode(EXCHANGE)}&code={SECRET}".encode()),
        "body: code is repeated",
    ),
    "a query that Zoom does not know": (build_list("page=1"), "query: page is not described"),
    "a day that is none": (build_list("from=2026-02-30"), "query: from"),
    "a number that is none": (build_list("page_size=many"), "query: page_size"),
    "a number that is too large": (build_list("page_size=301"), "query: page_size"),
    "a query that is malformed": (build_list("from=%ff"), "the query is malformed"),
    "a query that is sent twice": (build_list("type=scheduled&type=upcoming"), "is repeated"),
    "a path that fits badly": (Call("GET", "/v2/meetings/12", headers=BEARER), "path: id"),
    "a body where none belongs": (
        Call("GET", "/v2/users/me", headers=BEARER, body=b"{}"),
        "there is a body",
    ),
    "a truth value that is none": (
        Call("DELETE", "/v2/meetings/86012345678", "cancel_meeting_reminder=yes", BEARER),
        "cancel_meeting_reminder",
    ),
    "an email that is too long": (
        Call(
            "POST",
            "/v2/meetings/86012345678/registrants",
            headers=JSON_HEADERS,
            body=json.dumps({"email": "d" * 117 + "@example.com", "first_name": "D"}).encode(),
        ),
        "/email",
    ),
}


@pytest.mark.parametrize("name", WRONG_REQUESTS)
def test_a_wrong_request_is_found(name: str) -> None:
    call, said = WRONG_REQUESTS[name]
    found = judge(call)
    assert any(said in problem for problem in found.problems), found.problems
    assert SECRET not in str(found)
    assert found.counts == {Kind.REFUSED: 1}


@pytest.mark.parametrize(
    "call",
    [
        build_create(),
        build_list(""),
        build_exchange(),
        build_list("type=scheduled&from=2026-03-01&to=2026-03-02&page_size=300"),
        Call("DELETE", "/v2/meetings/86012345678", "cancel_meeting_reminder=true", BEARER),
        Call("GET", "/v2/users/me/settings", "probe", BEARER),
    ],
)
def test_a_right_request_fits(call: Call) -> None:
    assert judge(call).counts == {Kind.REQUESTS: 1}


def test_a_refused_request_is_kept_apart_and_an_accepted_one_is_not() -> None:
    call, refusal = build_create(colour="red"), json_answer(400, {"code": 300, "message": "No"})
    found = judge(call, refusal)
    assert (found.problems, len(found.refused)) == ([], 1)
    assert found.counts == {Kind.REFUSED: 1, Kind.ANSWERS: 1}
    assert "colour" in str(judge(call, json_answer(201, {})).problems)
    assert "colour" in str(judge(call, is_faked=True).problems)


def test_a_page_that_may_not_read_asks_without_a_token_and_has_to_be_refused() -> None:
    call = Call("GET", "/v2/users/me", headers={"sec-fetch-mode": "no-cors"})
    refusal = json_answer(401, {"code": 124, "message": "No"})
    assert judge(call, refusal).counts == {Kind.UNSEEN: 1, Kind.ANSWERS: 1}
    assert judge(call, refusal).refused == []
    assert judge(call, json_answer(200, {"id": "u"})).problems
    assert judge(replace(call, headers={}), refusal).refused


def test_such_a_question_is_not_refused_where_a_fault_came_first() -> None:
    call = Call("GET", "/v2/users/me", headers={"sec-fetch-mode": "no-cors"})
    found = judge(call, is_faked=True)
    assert (found.counts, found.problems) == ({Kind.UNSEEN: 1, Kind.FAKED: 1}, [])
    assert judge(replace(call, headers={}), is_faked=True).problems


READ_USER = Call("GET", "/v2/users/me", headers=BEARER)
WRONG_ANSWERS: dict[str, tuple[Answer, str]] = {
    "a member that nobody described": (json_answer(200, {**USER, "pmi": 1}), "'pmi' was unexp"),
    "a member that is missing": (json_answer(200, {"id": "u"}), '"email" is a required property'),
    "a member of another type": (json_answer(200, {**USER, "type": SECRET}), "/type ***"),
    "a status that nobody described": (json_answer(201, USER), "status 201 is not described"),
    "an error with another code": (json_answer(404, {"code": 1, "message": "No"}), "/code"),
    "an error without words": (json_answer(404, {"code": 1001}), '"message" is a required'),
    "an error of the other kind": (json_answer(400, {"reason": "", "error": ""}), "unexpected"),
    "a body that is no JSON": (replace(json_answer(200, USER), body=b"<a/>"), "malformed"),
    "a body of another type": (Answer(200, b"", {"content-type": "text/html"}), "'text/html'"),
    "a Retry-After that is none": (
        json_answer(429, {"code": 429, "message": "No"}, {"retry-after": "soon"}),
        "retry-after: ",
    ),
}


@pytest.mark.parametrize("name", WRONG_ANSWERS)
def test_a_wrong_answer_is_found(name: str) -> None:
    answer, said = WRONG_ANSWERS[name]
    found = judge(READ_USER, answer)
    assert any(said in problem for problem in found.problems), found.problems
    assert SECRET not in str(found)
    assert found.counts == {Kind.REQUESTS: 1}


def test_an_answer_without_a_body_has_none() -> None:
    call = Call("DELETE", "/v2/meetings/86012345678", headers=BEARER)
    assert judge(call, Answer(204)).problems == []
    assert "there is a body" in str(judge(call, Answer(204, b"{}")).problems)


def test_a_redirect_says_where_to() -> None:
    form = urlencode({"ticket": "t", "user": "a@b.example", "decision": "deny"}).encode()
    call = Call("POST", "/oauth/authorize", headers=FORM_HEADERS, body=form)
    assert judge(call, Answer(302, headers={"location": REDIRECT_URI})).problems == []
    assert "location is missing" in str(judge(call, Answer(302)).problems)
    elsewhere = Answer(302, headers={"location": "javascript:alert(1)"})
    assert "location: " in str(judge(call, elsewhere).problems)


def test_the_answer_of_a_fault_is_exempt_and_counted() -> None:
    found = judge(READ_USER, is_faked=True)
    assert found.problems == []
    assert found.counts == {Kind.REQUESTS: 1, Kind.FAKED: 1}


def test_other_addresses_may_only_be_refused_with_an_error() -> None:
    call = Call("GET", "/v2/nowhere")
    assert judge(call, json_answer(404, {"code": 404, "message": "No"})).counts == {
        Kind.UNKNOWN: 1,
        Kind.ANSWERS: 1,
    }
    assert judge(call, json_answer(404, {})).problems
    assert judge(call, json_answer(200, {"code": 1, "message": "No"})).problems


def test_preflights_are_only_counted() -> None:
    call = Call("OPTIONS", "/v2/users/me", headers={"access-control-request-method": "GET"})
    assert judge(call, cors.answer_preflight(call.path, allowed=True)).counts == {
        Kind.PREFLIGHTS: 1
    }


# Through a simulator


def test_a_wrong_field_in_a_request_is_found_behind_the_network(
    client: Client, token: str, ledger: Ledger
) -> None:
    client.create(token, colour="red")
    assert ledger.take().problems == [
        "request create: body: Additional properties are not allowed ('colour' was unexpected)"
    ]


def test_a_wrong_field_in_an_answer_is_found_behind_the_network(
    client: Client, token: str, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def describe_wrongly(*arguments: Any) -> dict[str, object]:
        shown = describe_to_host(*arguments)
        return {**shown, "join_url": f"{shown['join_url']}#x", "colour": "red"}

    monkeypatch.setattr(rest_routes, "describe_to_host", describe_wrongly)
    client.create(token)
    first, second = sorted(ledger.take().problems)
    assert first.startswith("answer create, 201: body: /join_url *** does not match")
    assert "'colour' was unexpected" in second


@pytest.mark.parametrize(
    ("fault", "counts"),
    [
        ({"kind": "respond", "status": 418}, {Kind.REQUESTS: 1, Kind.FAKED: 1}),
        (
            {"kind": "respond", "status": 200, "after_work": True},
            {Kind.REQUESTS: 1, Kind.FAKED: 1, Kind.ANSWERS: 1},
        ),
        ({"kind": "delay", "seconds": 0}, {Kind.REQUESTS: 1, Kind.ANSWERS: 1}),
        ({"kind": "cors_off"}, {Kind.REQUESTS: 1, Kind.ANSWERS: 1}),
    ],
)
def test_only_what_a_fault_says_in_zooms_place_is_exempt(
    client: Client,
    token: str,
    ledger: Ledger,
    fault: dict[str, object],
    counts: dict[Kind, int],
) -> None:
    client.simulator.add_fault({"operation": "user", **fault})
    client.call(token, "GET", "/users/me")
    found = ledger.take()
    assert (found.problems, found.counts) == ([], counts)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_what_a_cut_connection_loses_is_judged_all_the_same(
    client: Client, token: str, ledger: Ledger, kind: str
) -> None:
    client.simulator.add_fault({"operation": "create", "kind": kind})
    with pytest.raises((OSError, EOFError)):
        client.create(token, colour="red")
    found = ledger.take()
    assert "colour" in found.problems[0]
    assert found.counts[Kind.ANSWERS] == (kind == "drop_after")
