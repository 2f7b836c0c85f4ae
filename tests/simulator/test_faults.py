from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from zoom_meeting_testing.simulator import ControlError, Fault, FaultKind, Operation

from tests.simulator.client import MEETING

if TYPE_CHECKING:
    from tests.simulator.client import Client

DROPPED = (ConnectionError, HTTPException)


def test_dropped_before_the_work(client: Client, token: str) -> None:
    client.simulator.add_fault({"operation": "create", "kind": "drop_before"})
    with pytest.raises(DROPPED):
        client.create(token)
    assert not client.simulator.list_meetings()
    client.create(token)
    assert len(client.simulator.list_meetings()) == 1


def test_dropped_after_the_work(client: Client, token: str) -> None:
    client.simulator.add_fault({"operation": "create", "kind": "drop_after"})
    with pytest.raises(DROPPED):
        client.create(token)
    assert len(client.simulator.list_meetings()) == 1


def test_dropped_after_the_work_on_a_connection_that_is_used_again(
    client: Client, token: str
) -> None:
    client.simulator.add_fault({"operation": "create", "kind": "drop_reused"})
    client.create(token)
    assert client.simulator.list_faults(), "a new connection is not one that is used again"

    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    connection = HTTPConnection("127.0.0.1", client.port, timeout=5)
    connection.request("GET", "/v2/users/me", headers=headers)
    connection.getresponse().read()
    connection.request("POST", "/v2/users/me/meetings", json.dumps(MEETING), headers)
    with pytest.raises(DROPPED):
        connection.getresponse()
    connection.close()

    assert len(client.simulator.list_meetings()) == 2
    assert not client.simulator.list_faults()
    reply = client.call(token, "GET", "/users/me")
    assert reply.headers["connection"] == "close"


def test_a_dropped_refresh_is_spent(client: Client) -> None:
    tokens = client.sign_in()
    client.simulator.add_fault({"operation": "token", "kind": "drop_after"})
    with pytest.raises(DROPPED):
        client.refresh(tokens["refresh_token"])
    assert client.refresh(tokens["refresh_token"]).json["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("given", "body", "content_type"),
    [
        (
            {"body": "<Error/>", "content_type": "application/xml"},
            b"<Error/>",
            "application/xml",
        ),
        ({"body": {"code": 1}}, b'{"code": 1}', "application/json;charset=UTF-8"),
        ({}, b"", "text/plain;charset=UTF-8"),
    ],
)
def test_any_answer_can_be_given(
    client: Client, given: dict[str, object], body: bytes, content_type: str
) -> None:
    order = {"operation": "read", "kind": "respond", "status": 503}
    client.simulator.add_fault({**order, "headers": {"Retry-After": "7"}, **given})
    token = client.token_of()
    reply = client.call(token, "GET", "/meetings/12345678901")
    assert (reply.status, reply.body) == (503, body)
    assert reply.headers["content-type"] == content_type
    assert reply.headers["retry-after"] == "7"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert client.call(token, "GET", "/meetings/12345678901").status == 404


@pytest.mark.parametrize(("after_work", "meetings"), [(False, 0), (True, 1)])
def test_an_answer_may_hide_that_the_work_was_done(
    client: Client, token: str, *, after_work: bool, meetings: int
) -> None:
    fault = Fault(Operation.CREATE, FaultKind.RESPOND, status=500, after_work=after_work)
    client.simulator.add_fault(fault)
    assert client.call(token, "POST", "/users/me/meetings", MEETING).status == 500
    assert len(client.simulator.list_meetings()) == meetings


@pytest.mark.parametrize("after_work", [False, True])
def test_an_answer_can_take_long(client: Client, token: str, *, after_work: bool) -> None:
    client.simulator.add_fault(
        {"operation": "user", "kind": "delay", "seconds": 0.05, "after_work": after_work}
    )
    started = monotonic()
    assert client.call(token, "GET", "/users/me").status == 200
    assert monotonic() - started >= 0.05


def test_an_answer_without_a_body_stays_without(client: Client, token: str) -> None:
    client.simulator.add_fault(
        {"operation": "user", "kind": "respond", "status": 204, "body": "ignored"}
    )
    reply = client.call(token, "GET", "/users/me")
    assert (reply.status, reply.body) == (204, b"")


def test_a_fault_happens_as_often_as_it_says(client: Client, token: str) -> None:
    client.simulator.add_fault({"operation": "any", "kind": "respond", "status": 502, "times": 2})
    assert client.exchange("x").status == 502
    assert client.simulator.list_faults()[0]["times"] == 1
    assert client.call(token, "GET", "/users/me").status == 502
    assert client.call(token, "GET", "/users/me").status == 200


def test_faults_wait_for_their_operation_in_order(client: Client, token: str) -> None:
    for status in (500, 502):
        client.simulator.add_fault({"operation": "user", "kind": "respond", "status": status})
    assert client.call(token, "GET", "/users/me/meetings").status == 200
    assert client.call(token, "GET", "/users/me").status == 500
    assert client.call(token, "GET", "/users/me").status == 502


def test_people_are_spared(client: Client) -> None:
    client.simulator.add_fault({"operation": "any", "kind": "respond"})
    assert client.open_consent().status == 200
    client.simulator.clear_faults()


@pytest.mark.parametrize(
    ("order", "named"),
    [
        ({}, {"operation", "kind"}),
        ({"operation": "dance", "kind": "respond"}, {"operation"}),
        ({"operation": "authorize", "kind": "respond"}, {"operation"}),
        ({"operation": "any", "kind": "respond", "status": 99}, {"status"}),
        ({"operation": "any", "kind": "respond", "status": "500"}, {"status"}),
        ({"operation": "any", "kind": "delay", "seconds": -1}, {"seconds"}),
        ({"operation": "any", "kind": "delay", "times": 0}, {"times"}),
        ({"operation": "any", "kind": "respond", "headers": {"a": "b\r\nc: d"}}, {"headers"}),
        ({"operation": "any", "kind": "respond", "moon": "full"}, {"moon"}),
        ({"operation": ["create"], "kind": {}}, {"operation", "kind"}),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(
    client: Client, order: dict[str, object], named: set[str]
) -> None:
    with pytest.raises(ControlError) as caught:
        client.simulator.add_fault(order)
    assert caught.value.problems.keys() == named
