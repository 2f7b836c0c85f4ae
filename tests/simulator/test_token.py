from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from zoom_meeting_testing.simulator import ALL_SCOPES
from zoom_meeting_testing.simulator.grants import compute_challenge

from tests.simulator.client import CHALLENGE, FRONT_DESK, MAYA, VERIFIER

if TYPE_CHECKING:
    from tests.simulator.client import Client, Reply


def is_error(reply: Reply, error: str, status: int = 400) -> bool:
    return (
        reply.status == status
        and reply.json.keys() == {"reason", "error"}
        and reply.json["error"] == error
    )


def test_challenge_is_that_of_rfc_7636_appendix_b() -> None:
    assert compute_challenge(VERIFIER) == CHALLENGE


def test_a_code_becomes_tokens(client: Client) -> None:
    reply = client.exchange(client.get_code())
    assert reply.status == 200
    assert reply.headers["cache-control"] == "no-store"
    tokens = reply.json
    assert 1050 <= len(tokens["access_token"]) <= 1150
    assert tokens["token_type"] == "bearer"
    assert tokens["expires_in"] == 3599
    assert tokens["scope"] == " ".join(ALL_SCOPES)
    assert tokens["api_url"] == client.url
    assert tokens["refresh_token"] != tokens["access_token"]
    assert client.call(tokens["access_token"], "GET", "/users/me").json["email"] == MAYA


def test_a_code_works_once(client: Client) -> None:
    code = client.get_code()
    assert client.exchange(code).status == 200
    again = client.exchange(code)
    assert is_error(again, "invalid_grant")
    assert code in again.json["reason"]


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": VERIFIER[:-1] + "l"},
        {"code_verifier": CHALLENGE},
        {"code_verifier": "ü" * 43},
        {"redirect_uri": "http://127.0.0.1:8124/zoom/callback.html"},
        {"code": "made-up"},
    ],
)
def test_a_code_is_bound_to_its_request(client: Client, changes: dict[str, str]) -> None:
    code = client.get_code()
    assert is_error(client.exchange(**{"code": code, **changes}), "invalid_grant")


def test_a_failed_exchange_spends_the_code(client: Client) -> None:
    code = client.get_code()
    client.exchange(code, code_verifier="wrong" * 10)
    assert is_error(client.exchange(code), "invalid_grant")


@pytest.mark.parametrize("name", ["code", "code_verifier", "redirect_uri", "client_id"])
def test_a_missing_field_is_an_invalid_request(client: Client, name: str) -> None:
    fields: dict[str, str | None] = {"code": client.get_code(), name: None}
    code = fields.pop("code") or ""
    assert is_error(client.exchange(code, **fields), "invalid_request")


def test_a_code_lives_five_minutes(client: Client) -> None:
    early, late = client.get_code(), client.get_code()
    client.simulator.advance(299)
    assert client.exchange(early).status == 200
    client.simulator.advance(1)
    assert is_error(client.exchange(late), "invalid_grant")


def test_the_confidential_client_fails_only_at_the_token_endpoint(client: Client) -> None:
    code = client.get_code(client_id="demo-confidential-client")
    reply = client.exchange(code, client_id="demo-confidential-client")
    assert is_error(reply, "invalid_client")
    assert is_error(client.exchange(code), "invalid_grant")


def test_a_public_client_has_no_secret(client: Client) -> None:
    assert is_error(client.exchange(client.get_code(), client_secret="s"), "invalid_client")


def test_a_public_client_sends_no_authorization_header(client: Client) -> None:
    fields = {"grant_type": "refresh_token", "client_id": "demo-public-client"}
    reply = client.send_form("/oauth/token", fields, {"authorization": "Basic eDp5"})
    assert is_error(reply, "invalid_client")


def test_a_field_sent_twice_is_an_invalid_request(client: Client) -> None:
    body = "grant_type=authorization_code&code=a&code=b&client_id=demo-public-client"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert is_error(client.send("POST", "/oauth/token", body, headers), "invalid_request")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", '{"grant_type": "refresh_token"}'),
        ("application/x-www-form-urlencoded", "no equals sign"),
        ("application/x-www-form-urlencoded", "a=%ff"),
        ("application/x-www-form-urlencoded", ""),
        ("multipart/form-data", "x"),
    ],
)
def test_only_a_sound_form_is_read(client: Client, content_type: str, body: str) -> None:
    reply = client.send("POST", "/oauth/token", body, {"content-type": content_type})
    assert is_error(reply, "invalid_request")


def test_nothing_is_read_from_the_query(client: Client) -> None:
    query = urlencode({"grant_type": "authorization_code", "code": client.get_code()})
    reply = client.send_form(f"/oauth/token?{query}", {"client_id": "demo-public-client"})
    assert is_error(reply, "invalid_request")


def test_an_unknown_grant_type_is_named_so(client: Client) -> None:
    fields = {"grant_type": "password", "client_id": "demo-public-client"}
    assert is_error(client.send_form("/oauth/token", fields), "unsupported_grant_type")


def test_the_token_endpoint_takes_post_only(client: Client) -> None:
    assert client.send("GET", "/oauth/token").status == 405


def test_refresh_rotates(client: Client) -> None:
    first = client.sign_in()
    second = client.refresh(first["refresh_token"])
    assert second.status == 200
    assert second.json["refresh_token"] != first["refresh_token"]
    assert client.call(second.json["access_token"], "GET", "/users/me").status == 200
    assert is_error(client.refresh(first["refresh_token"]), "invalid_grant")
    assert client.refresh(second.json["refresh_token"]).status == 200


def test_scope_may_be_missing_on_refresh(client: Client) -> None:
    client.simulator.change_settings({"scope_on_refresh": False})
    tokens = client.sign_in()
    assert "scope" in tokens
    assert "scope" not in client.refresh(tokens["refresh_token"]).json


def test_an_access_token_does_not_refresh(client: Client) -> None:
    assert is_error(client.refresh(client.sign_in()["access_token"]), "invalid_grant")


def test_a_refresh_token_lives_ninety_days(client: Client) -> None:
    tokens = client.sign_in()
    client.simulator.advance(90 * 24 * 3600)
    assert is_error(client.refresh(tokens["refresh_token"]), "invalid_grant")


def test_an_access_token_lives_as_long_as_it_says(client: Client) -> None:
    token = client.sign_in()["access_token"]
    client.simulator.advance(3598)
    assert client.call(token, "GET", "/users/me").status == 200
    client.simulator.advance(1)
    reply = client.call(token, "GET", "/users/me")
    assert (reply.status, reply.json["code"]) == (401, 124)


def test_a_new_authorization_ends_the_earlier_tokens_at_once(client: Client) -> None:
    first, other = client.sign_in(), client.sign_in(FRONT_DESK)
    client.sign_in()
    reply = client.call(first["access_token"], "GET", "/users/me")
    assert (reply.status, reply.json["code"]) == (401, 124)
    assert is_error(client.refresh(first["refresh_token"]), "invalid_grant")
    assert client.call(other["access_token"], "GET", "/users/me").status == 200


def test_the_earlier_access_token_may_live_on_until_it_expires(client: Client) -> None:
    client.simulator.change_settings({"superseded_tokens": "at_expiry"})
    first = client.sign_in()
    client.sign_in()
    assert client.call(first["access_token"], "GET", "/users/me").status == 200
    assert is_error(client.refresh(first["refresh_token"]), "invalid_grant")


def test_a_superseded_token_may_have_its_own_code(client: Client) -> None:
    client.simulator.change_settings({"superseded_code": 4741})
    first = client.sign_in()
    client.sign_in()
    assert client.call(first["access_token"], "GET", "/users/me").json["code"] == 4741


def test_uninstalling_ends_everything_but_the_meetings(client: Client) -> None:
    tokens, code = client.sign_in(), client.get_code()
    meeting = client.create(tokens["access_token"])
    client.simulator.uninstall(MAYA)
    reply = client.call(tokens["access_token"], "GET", "/users/me")
    assert (reply.status, reply.json["code"]) == (401, 124)
    assert is_error(client.refresh(tokens["refresh_token"]), "invalid_grant")
    assert is_error(client.exchange(code), "invalid_grant")
    assert [each["id"] for each in client.simulator.list_meetings()] == [meeting["id"]]
    assert client.call(client.sign_in()["access_token"], "GET", "/users/me").status == 200


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_ends_both_tokens(client: Client, which: str) -> None:
    tokens = client.sign_in()
    fields = {"token": tokens[which], "client_id": "demo-public-client"}
    assert client.send_form("/oauth/revoke", fields).status == 200
    assert client.call(tokens["access_token"], "GET", "/users/me").status == 401
    assert is_error(client.refresh(tokens["refresh_token"]), "invalid_grant")


@pytest.mark.parametrize(("setting", "status"), [("refused_400", 400), ("refused_401", 401)])
def test_revoking_may_be_refused_to_public_clients(
    client: Client, setting: str, status: int
) -> None:
    client.simulator.change_settings({"revocation": setting})
    tokens = client.sign_in()
    fields = {"token": tokens["access_token"], "client_id": "demo-public-client"}
    assert is_error(client.send_form("/oauth/revoke", fields), "invalid_client", status)
    assert client.call(tokens["access_token"], "GET", "/users/me").status == 200


def test_api_url_can_point_elsewhere(client: Client) -> None:
    client.simulator.change_settings({"api_url": "https://api.evil.example"})
    assert client.sign_in()["api_url"] == "https://api.evil.example"
