from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.simulator.client import FRONT_DESK, MAYA, MEETING

if TYPE_CHECKING:
    from tests.simulator.client import Client

DANA = {"email": "dana@example.com", "first_name": "Dana", "last_name": "Lee"}


def create_with_registration(client: Client, token: str, **settings: object) -> Any:
    return client.create(token, settings={"approval_type": 0, **settings})


def list_mails(client: Client) -> list[Any]:
    mails = client.simulator.to_json()["mails"]
    assert isinstance(mails, list)
    return mails


def test_a_licensed_host_gets_registration(client: Client, token: str) -> None:
    made = create_with_registration(client, token)
    assert made["settings"]["approval_type"] == 0
    assert made["registration_url"].startswith("https://us02web.zoom.us/meeting/register/")


def test_a_basic_host_is_ignored(client: Client) -> None:
    made = create_with_registration(client, client.token_of(FRONT_DESK))
    assert made["settings"]["approval_type"] == 2
    assert "registration_url" not in made


def test_a_basic_host_may_be_refused(client: Client) -> None:
    client.simulator.change_settings({"basic_registration": "refused"})
    body = {**MEETING, "settings": {"approval_type": 0}}
    reply = client.call(client.token_of(FRONT_DESK), "POST", "/users/me/meetings", body)
    assert (reply.status, reply.json["code"]) == (400, 200)
    assert "Only available for Paid user" in reply.json["message"]
    assert not client.simulator.list_meetings()


def test_a_registrant_gets_a_personal_link(client: Client, token: str) -> None:
    made = create_with_registration(client, token)
    reply = client.call(token, "POST", f"/meetings/{made['id']}/registrants", DANA)
    assert reply.status == 201
    assert reply.json["registrant_id"]
    pattern = rf"https://us02web\.zoom\.us/w/{made['id']}\?tk=[\w-]+&pwd=[\w-]+"
    assert re.fullmatch(pattern, reply.json["join_url"])
    assert [mail["to"] for mail in list_mails(client)] == ["dana@example.com"]


def test_registering_twice_is_registering_once(client: Client, token: str) -> None:
    path = f"/meetings/{create_with_registration(client, token)['id']}/registrants"
    first = client.call(token, "POST", path, DANA).json
    second = client.call(token, "POST", path, {**DANA, "email": "DANA@example.com"}).json
    assert first == second
    assert len(list_mails(client)) == 1


@pytest.mark.parametrize(
    "switch", ["registrants_email_notification", "registrants_confirmation_email"]
)
def test_zoom_mails_only_with_both_switches(client: Client, token: str, switch: str) -> None:
    made = create_with_registration(client, token, **{switch: False})
    client.call(token, "POST", f"/meetings/{made['id']}/registrants", DANA)
    assert not list_mails(client)


def test_manual_approval_gives_no_link_yet(client: Client, token: str) -> None:
    made = create_with_registration(client, token, approval_type=1)
    reply = client.call(token, "POST", f"/meetings/{made['id']}/registrants", DANA)
    assert reply.status == 201
    assert "join_url" not in reply.json


def test_without_registration_nobody_registers(client: Client, token: str) -> None:
    path = f"/meetings/{client.create(token)['id']}/registrants"
    assert client.call(token, "POST", path, DANA).status == 404


def test_a_downgraded_host_registers_nobody(client: Client, token: str) -> None:
    made = create_with_registration(client, token)
    client.simulator.put_user(MAYA, {"plan": "basic"})
    reply = client.call(token, "POST", f"/meetings/{made['id']}/registrants", DANA)
    assert (reply.status, reply.json["code"]) == (400, 200)


def test_a_missing_meeting_registers_nobody(client: Client, token: str) -> None:
    reply = client.call(token, "POST", "/meetings/12345678901/registrants", DANA)
    assert (reply.status, reply.json["code"]) == (404, 3001)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "dana"}, "email"),
        ({"email": f"{'d' * 117}@example.com"}, "email"),
        ({"first_name": " "}, "first_name"),
        ({"first_name": "D" * 65}, "first_name"),
        ({"last_name": "L" * 65}, "last_name"),
        ({"last_name": 5}, "last_name"),
    ],
)
def test_bad_names_are_refused(
    client: Client, token: str, changes: dict[str, object], field: str
) -> None:
    made = create_with_registration(client, token)
    path = f"/meetings/{made['id']}/registrants"
    reply = client.call(token, "POST", path, {**DANA, **changes})
    assert (reply.status, reply.json["code"]) == (400, 300)
    assert [each["field"] for each in reply.json["errors"]] == [field]


@pytest.mark.parametrize(("query", "mails"), [("", 1), ("?cancel_meeting_reminder=true", 2)])
def test_deleting_mails_only_when_asked(client: Client, token: str, query: str, mails: int) -> None:
    made = create_with_registration(client, token)
    client.call(token, "POST", f"/meetings/{made['id']}/registrants", DANA)
    assert client.call(token, "DELETE", f"/meetings/{made['id']}{query}").status == 204
    assert len(list_mails(client)) == mails
