"""Meetings that one user schedules for another, as far as Zoom is known to allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.simulator.client import FRONT_DESK, MAYA, MEETING, TEMP

if TYPE_CHECKING:
    from tests.simulator.client import Client

KIM = "kim@lotus-spa.example"
INVALID = "The value that you entered for the schedule_for field is invalid."


@pytest.fixture
def kim(client: Client) -> str:
    """Kim's user ID; Maya may schedule for her."""
    client.simulator.put_user(KIM, {"plan": "licensed", "assistants": [MAYA]})
    return client.simulator.users[KIM].id


def test_the_list_has_those_who_gave_the_privilege(client: Client, token: str, kim: str) -> None:
    listed = client.call(token, "GET", "/users/me/schedulers")
    assert (listed.status, listed.json) == (200, {"schedulers": [{"id": kim, "email": KIM}]})
    nobody = client.call(client.token_of(KIM), "GET", "/users/me/schedulers")
    assert nobody.json == {"schedulers": []}


def test_the_list_takes_its_scope_and_is_ones_own(client: Client, token: str, kim: str) -> None:
    refused = client.call(client.token_of(TEMP), "GET", "/users/me/schedulers")
    assert "does not contain scopes:[user:read:list_schedulers]" in refused.json["message"]
    foreign = client.call(token, "GET", f"/users/{kim}/schedulers")
    assert (foreign.status, foreign.json["code"]) == (404, 1001)


@pytest.mark.parametrize("by", ["email", "capitals", "id"])
def test_the_meeting_is_the_hosts_and_names_who_scheduled_it(
    client: Client, token: str, kim: str, by: str
) -> None:
    named = {"email": KIM, "capitals": KIM.upper(), "id": kim}[by]
    made = client.create(token, schedule_for=named)
    maya = client.simulator.users[MAYA].id
    assert (made["host_id"], made["host_email"], made["assistant_id"]) == (kim, KIM, maya)
    own = client.call(token, "GET", "/users/me/meetings").json["meetings"]
    hers = client.call(client.token_of(KIM), "GET", "/users/me/meetings").json["meetings"]
    assert (own, [each["id"] for each in hers]) == ([], [made["id"]])
    assert "assistant_id" not in client.create(token)


@pytest.mark.parametrize(
    ("named", "changes"),
    [
        (MAYA, {}),  # herself
        (FRONT_DESK, {}),  # without the privilege
        ("nobody@lotus-spa.example", {}),
        (KIM, {MAYA: {"plan": "basic"}}),
        (KIM, {KIM: {"plan": "basic"}}),
        (KIM, {KIM: {"allowed_to_host": False}}),
    ],
)
@pytest.mark.usefixtures("kim")
def test_for_anybody_else_both_calls_are_refused(
    client: Client, token: str, named: str, changes: dict[str, dict[str, object]]
) -> None:
    made = client.create(token)
    for email, change in changes.items():
        client.simulator.put_user(email, change)
    body = {**MEETING, "schedule_for": named}
    create = client.call(token, "POST", "/users/me/meetings", body)
    assert (create.status, create.json["code"]) == (400, 300)
    assert create.json["message"].startswith(INVALID)
    update = client.call(token, "PATCH", f"/meetings/{made['id']}", {"schedule_for": named})
    assert (update.status, update.json["code"]) == (400, 3000)
    assert update.json["message"] == f"You cannot schedule a meeting for {named}."
    assert [meeting["host"] for meeting in client.simulator.list_meetings()] == [MAYA]


@pytest.mark.parametrize("named", [None, 7, [KIM]])
def test_a_host_is_named_by_a_text(client: Client, token: str, named: object) -> None:
    reply = client.call(token, "POST", "/users/me/meetings", {**MEETING, "schedule_for": named})
    assert (reply.status, reply.json["errors"][0]["field"]) == (400, "schedule_for")


@pytest.mark.usefixtures("kim")
def test_an_update_gives_it_to_another_host_and_keeps_the_link(client: Client, token: str) -> None:
    made = client.create(token)
    path = f"/meetings/{made['id']}"
    assert client.call(token, "PATCH", path, {"schedule_for": KIM}).status == 204
    now = client.call(token, "GET", path).json
    assert (now["host_email"], now["assistant_id"]) == (KIM, made["host_id"])
    same = ("id", "join_url", "password", "start_time", "topic")
    assert [now[name] for name in same] == [made[name] for name in same]


@pytest.mark.usefixtures("kim")
def test_an_update_may_not_be_allowed_to(client: Client, token: str) -> None:
    client.simulator.change_settings({"hosts_change": False})
    path = f"/meetings/{client.create(token)['id']}"
    refused = client.call(token, "PATCH", path, {"schedule_for": KIM, "duration": 30})
    assert (refused.status, refused.json["code"]) == (400, 3000)
    now = client.call(token, "GET", path).json
    assert (now["host_email"], now["duration"]) == (MAYA, 45)


@pytest.mark.parametrize(
    ("method", "body", "done"),
    [("GET", None, 200), ("PATCH", {"duration": 30}, 204), ("DELETE", None, 204)],
)
@pytest.mark.usefixtures("kim")
def test_an_assistant_manages_the_meeting_if_zoom_lets_them(
    client: Client, token: str, method: str, body: object, done: int
) -> None:
    path = f"/meetings/{client.create(token, schedule_for=KIM)['id']}"
    client.simulator.change_settings({"assistants_manage": False})
    assert client.call(token, method, path, body).json["code"] == 3001
    client.simulator.change_settings({"assistants_manage": True})
    client.simulator.put_user(KIM, {"assistants": []})
    assert client.call(token, method, path, body).json["code"] == 3001
    client.simulator.put_user(KIM, {"assistants": [MAYA]})
    assert client.call(token, method, path, body).status == done


@pytest.mark.usefixtures("kim")
def test_a_client_is_registered_with_the_hosts_plan(client: Client, token: str) -> None:
    made = client.create(token, schedule_for=KIM, settings={"approval_type": 0})
    person = {"email": "a@b.example", "first_name": "A"}
    assert client.call(token, "POST", f"/meetings/{made['id']}/registrants", person).status == 201


@pytest.mark.parametrize("assistants", ["maya@lotus-spa.example", [7], ["maya"], ["a@b\n"], None])
def test_assistants_are_addresses(client: Client, assistants: object) -> None:
    reply = client.order("PUT", f"/users/{KIM}", {"assistants": assistants})
    assert (reply.status, list(reply.json["problems"])) == (400, ["assistants"])
