from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from zoom_meeting_testing.openapi import description

from tests.simulator.client import FRONT_DESK, MAYA

if TYPE_CHECKING:
    from tests.simulator.client import Client

DOCUMENT: Final = Path(__file__).resolve().parent.parent.parent / "docs" / "simulator.md"


def test_settings_change_and_reset(client: Client) -> None:
    reply = client.order("PATCH", "/settings", {"cors_api": False, "retry_after": "date"})
    assert reply.status == 200
    assert (reply.json["cors_api"], reply.json["retry_after"]) == (False, "date")
    client.order("POST", "/reset")
    settings = client.order("GET", "/state").json["settings"]
    assert (settings["cors_api"], settings["retry_after"]) == (True, "seconds")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"no_such": 1}, "no_such"),
        ({"cors_api": "yes"}, "cors_api"),
        ({"daily_limit": True}, "daily_limit"),
        ({"daily_limit": 1.5}, "daily_limit"),
        ({"daily_limit": -1}, "daily_limit"),
        ({"missing_scope_status": 404}, "missing_scope_status"),
        ({"retry_after": "soon"}, "retry_after"),
        ({"retry_after": []}, "retry_after"),
        ({"redirect_uris": "https://a.example/cb"}, "redirect_uris"),
        ({"redirect_uris": ["http://a.example/cb"]}, "redirect_uris"),
        ({"redirect_uris": ["https://a.example; x/cb"]}, "redirect_uris"),
        ({"redirect_uris": ["https://a.example/cb#x"]}, "redirect_uris"),
        ({"sign_in_as": "nobody@example.com"}, "sign_in_as"),
        ({"denied_error": "a\nb"}, "denied_error"),
        ({"demo_url": "javascript:alert(1)"}, "demo_url"),
    ],
)
def test_bad_settings_are_named_and_change_nothing(
    client: Client, changes: dict[str, object], named: str
) -> None:
    reply = client.order("PATCH", "/settings", {"consent_coop": True, **changes})
    assert reply.status == 400
    assert list(reply.json["problems"]) == [named]
    assert named in reply.json["error"]
    assert client.simulator.settings.consent_coop is False


def test_every_setting_explains_itself(client: Client) -> None:
    described = client.order("GET", "/settings").json
    assert [each["name"] for each in described] == list(client.simulator.settings.to_json())
    assert all(each["help"] and each["group"] for each in described)
    same = {each["name"]: each["value"] for each in described}
    assert client.order("PATCH", "/settings", same).status == 200


def test_users_can_be_made_and_changed(client: Client) -> None:
    path = "/users/new%40lotus-spa.example"
    made = client.order("PUT", path, {"plan": "licensed", "scopes": ["user:read:user"]}).json
    assert (made["plan"], made["scopes"]) == ("licensed", ["user:read:user"])
    changed = client.order("PUT", path, {"display_name": "Nia <b>New</b>"}).json
    assert (changed["plan"], changed["id"]) == ("licensed", made["id"])
    assert "Nia &lt;b&gt;New&lt;/b&gt;" in client.open_consent().text


@pytest.mark.parametrize(
    ("email", "body", "named"),
    [
        ("x", {}, "email"),
        ("a@b.example", {"plan": "gold"}, "plan"),
        ("a@b.example", {"scopes": ["meeting:eat:meeting"]}, "scopes"),
        ("a@b.example", {"allowed_to_host": 1}, "allowed_to_host"),
        ("a@b.example", {"timezone": "Mars/Base"}, "timezone"),
        ("a@b.example", {"meeting_settings": {"auto_recording": "tape"}}, "meeting_settings"),
        ("a@b.example", {"meeting_settings": {"waiting_rom": True}}, "meeting_settings"),
        ("a@b.example", {"meeting_settings": []}, "meeting_settings"),
        ("a@b.example", {"id": "x"}, "id"),
    ],
)
def test_bad_users_are_refused(
    client: Client, email: str, body: dict[str, object], named: str
) -> None:
    reply = client.order("PUT", f"/users/{email}", body)
    assert reply.status == 400
    assert list(reply.json["problems"]) == [named]


def test_sign_in_as_wants_a_known_user(client: Client) -> None:
    assert client.order("POST", "/sign-in-as", {"email": FRONT_DESK}).status == 200
    assert client.simulator.settings.sign_in_as == FRONT_DESK
    assert client.order("POST", "/sign-in-as", {"email": "x@y.example"}).status == 400
    assert client.order("POST", "/sign-in-as", {}).status == 400


def test_meetings_are_made_moved_and_deleted_in_zoom(client: Client, token: str) -> None:
    order = {"host": MAYA, "topic": "Facial", "start_time": "2026-03-04T10:00:00"}
    made = client.order("POST", "/meetings", order).json
    assert made["start_time"] == "2026-03-04T15:00:00Z"
    path = f"/meetings/{made['id']}"
    assert client.call(token, "GET", path).json["topic"] == "Facial"
    client.order("PATCH", path, {"start_time": "2026-03-04T11:00:00"})
    assert client.call(token, "GET", path).json["start_time"] == "2026-03-04T16:00:00Z"
    assert client.order("DELETE", path).status == 200
    assert client.call(token, "GET", path).json["code"] == 3001
    assert client.order("DELETE", path).status == 404


def test_meetings_are_started_and_ended_in_zoom(client: Client, token: str) -> None:
    path = f"/meetings/{client.create(token)['id']}"
    assert client.call(token, "GET", path).json["status"] == "waiting"
    for status in ("started", "waiting"):
        assert client.order("PATCH", path, {"status": status}).json["status"] == status
        assert client.call(token, "GET", path).json["status"] == status
    refused = client.order("PATCH", path, {"status": "over"})
    assert (refused.status, [*refused.json["problems"]]) == (400, ["status"])


def test_meetings_may_be_in_the_past(client: Client) -> None:
    made = client.order("POST", "/meetings", {"start_time": "2026-03-01T10:00:00"}).json
    assert made["start_time"] == "2026-03-01T15:00:00Z"


@pytest.mark.parametrize(
    ("body", "named"),
    [({"host": "nobody@example.com"}, "host"), ({"duration": 0}, "duration")],
)
def test_bad_meetings_are_refused(client: Client, body: dict[str, object], named: str) -> None:
    reply = client.order("POST", "/meetings", body)
    assert (reply.status, list(reply.json["problems"])) == (400, [named])


def test_tokens_expire_on_order(client: Client) -> None:
    tokens, code = client.sign_in(), client.get_code(FRONT_DESK)
    client.order("POST", "/expire", {"what": "access_tokens"})
    assert client.call(tokens["access_token"], "GET", "/users/me").json["code"] == 124
    renewed = client.refresh(tokens["refresh_token"]).json
    assert client.call(renewed["access_token"], "GET", "/users/me").status == 200
    client.order("POST", "/expire", {"what": "refresh_tokens"})
    assert client.refresh(renewed["refresh_token"]).json["error"] == "invalid_grant"
    client.order("POST", "/expire", {"what": "codes"})
    assert client.exchange(code).json["error"] == "invalid_grant"
    assert client.order("POST", "/expire", {"what": "patience"}).status == 400


def test_uninstall_wants_a_known_user(client: Client) -> None:
    assert client.order("POST", "/uninstall", {"email": MAYA}).status == 200
    assert client.order("POST", "/uninstall", {"email": "x@y.example"}).status == 400


def test_the_clock_moves_and_resets(client: Client) -> None:
    client.order("POST", "/clock", {"advance_seconds": 3600})
    assert client.order("GET", "/state").json["now"] == "2026-03-02T16:00:00+00:00"
    assert client.order("POST", "/clock", {"advance_seconds": "1"}).status == 400
    assert client.order("POST", "/clock", {"advance_seconds": 1e300}).status == 400
    client.order("POST", "/reset")
    assert client.order("GET", "/state").json["now"] == "2026-03-02T15:00:00+00:00"


def test_faults_are_listed_until_used_or_cleared(client: Client, token: str) -> None:
    client.order("POST", "/faults", {"operation": "user", "kind": "respond", "status": 500})
    listed = client.order("GET", "/faults").json
    assert [(each["operation"], each["kind"]) for each in listed] == [("user", "respond")]
    client.call(token, "GET", "/users/me")
    assert client.order("GET", "/faults").json == []
    client.order("POST", "/faults", {"operation": "any", "kind": "drop_before"})
    client.order("DELETE", "/faults")
    assert client.order("GET", "/faults").json == []


def test_the_state_holds_no_secret(client: Client) -> None:
    tokens = client.sign_in()
    made = client.create(tokens["access_token"], settings={"approval_type": 0})
    person = {"email": "dana@example.com", "first_name": "Dana"}
    path = f"/meetings/{made['id']}/registrants"
    registrant = client.call(tokens["access_token"], "POST", path, person).json
    state = client.order("GET", "/state").text
    assert str(made["id"]) in state
    for secret in (
        tokens["access_token"],
        tokens["refresh_token"],
        made["password"],
        made["encrypted_password"],
        registrant["join_url"].partition("tk=")[2],
    ):
        assert secret not in state


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", "/reset", None), ("POST", "/state", {}), ("PATCH", "/settings", [])],
)
def test_wrong_orders_are_refused(client: Client, method: str, path: str, body: object) -> None:
    assert client.order(method, path, body).status in (400, 405)


def test_people_get_a_page(client: Client) -> None:
    home = client.send("GET", "/")
    assert (home.status, home.headers["location"]) == (307, "/_simulator/")
    page = client.send("GET", "/_simulator/")
    assert page.status == 200
    assert "unsafe" not in page.headers["content-security-policy"]
    for name, content_type in (("style.css", "text/css"), ("control.js", "text/javascript")):
        asset = client.send("GET", f"/_simulator/{name}")
        assert asset.status == 200
        assert asset.headers["content-type"].startswith(content_type)


def test_the_page_links_what_the_simulator_knows_of_zoom(client: Client) -> None:
    page = client.send("GET", "/_simulator/").text
    for name, shown in (("openapi.json", description.PATH), ("simulator.md", DOCUMENT)):
        assert f'href="/_simulator/{name}"' in page
        assert client.send("GET", f"/_simulator/{name}").text == shown.read_text(encoding="utf-8")


def test_every_setting_that_nobody_knows_the_answer_to_is_there(client: Client) -> None:
    told = DOCUMENT.read_text(encoding="utf-8").partition("### What nobody knows")[2]
    listed = set(re.findall(r"`(\w+)`", told.partition("Not simulated")[0])) - {"Retry"}
    assert listed
    assert listed <= set(client.simulator.settings.to_json())
