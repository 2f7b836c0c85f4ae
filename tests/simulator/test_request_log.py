from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st
from zoom_meeting_testing.simulator.masking import mask_fields, mask_text

from tests.simulator.client import CHALLENGE, MAYA, VERIFIER

if TYPE_CHECKING:
    from tests.simulator.client import Client


def read_log(client: Client) -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = client.order("GET", "/requests").json
    return log


def test_the_log_shows_what_was_asked(client: Client, token: str) -> None:
    client.create(token, topic="Facial")
    (entry,) = read_log(client)
    assert entry["at"] == "2026-03-02T15:00:00.000+00:00"
    assert (entry["method"], entry["path"]) == ("POST", "/v2/users/me/meetings")
    assert (entry["status"], entry["operation"]) == (201, "create")
    assert entry["body"]["topic"] == "Facial"
    assert entry["body"]["timezone"] == "America/New_York"
    assert entry["headers"]["authorization"] == "Bearer ***"


def test_the_log_can_be_cleared(client: Client, token: str) -> None:
    client.call(token, "GET", "/users/me")
    client.order("DELETE", "/requests")
    assert read_log(client) == []


def test_control_calls_are_not_logged(client: Client) -> None:
    client.order("GET", "/state")
    client.send("GET", "/")
    client.send("GET", "/favicon.ico")
    assert read_log(client) == []


def test_preflights_and_unknown_paths_are_logged(client: Client) -> None:
    asked = {"access-control-request-method": "POST"}
    client.send("OPTIONS", "/v2/users/me/meetings", None, asked)
    client.send("GET", "/nowhere")
    shown = [(each["method"], each["operation"], each["status"]) for each in read_log(client)]
    assert shown == [("OPTIONS", "create", 204), ("GET", "other", 404)]


def test_a_fault_is_noted(client: Client, token: str) -> None:
    client.simulator.add_fault({"operation": "user", "kind": "respond", "status": 500})
    client.call(token, "GET", "/users/me")
    assert (read_log(client)[0]["fault"], read_log(client)[0]["status"]) == ("respond", 500)


def test_the_public_part_of_signing_in_stays_readable(client: Client) -> None:
    client.open_consent()
    query = read_log(client)[0]["query"]
    assert query["code_challenge"] == CHALLENGE
    assert query["code_challenge_method"] == "S256"
    assert query["state"] == "***"


def test_no_secret_that_was_ever_issued_is_in_the_log(client: Client) -> None:
    page = client.open_consent(state="a-state-nobody-may-see")
    code = client.decide(page).landing["code"]
    tokens = client.exchange(code).json
    renewed = client.refresh(tokens["refresh_token"]).json
    access = renewed["access_token"]
    made = client.create(access, password="hush")
    client.call(access, "GET", f"/meetings/{made['id']}")

    # Secrets in places where they do not belong
    client.create(access, topic=f"see {made['join_url']}", agenda=f"token {access}")
    client.send("GET", f"/v2/{access}?access_token={access}")
    client.send("GET", f"/v2/users/me?{urlencode({'x': access, access: 'y'})}")
    client.send("GET", "/v2/users/me", None, {"authorization": access, "cookie": access})
    landing = f"http://127.0.0.1:8123/zoom/callback.html?code={code}&state=a-state-nobody-may-see"
    client.send("GET", "/v2/users/me", None, {"referer": landing, "x-token": access})
    client.send("POST", "/oauth/token", access, {"content-type": "text/plain"})
    client.send("POST", "/oauth/token", access, {"content-type": "application/json"})
    client.send_form("/oauth/revoke", {"token": access, "client_id": "demo-public-client"})
    client.send_form("/oauth/token", {"code": code, "Code_Verifier": VERIFIER})

    log = json.dumps(read_log(client))
    for secret in (
        code,
        VERIFIER,
        "a-state-nobody-may-see",
        tokens["access_token"],
        tokens["refresh_token"],
        renewed["refresh_token"],
        access,
        access[:60],
        "hush",
        made["encrypted_password"],
        made["start_url"],
    ):
        assert secret not in log
    assert len(read_log(client)) > 10


def test_a_field_sent_twice_is_a_list(client: Client) -> None:
    client.send("GET", "/v2/users/me?a=1&a=2&a=3&code=x&code=y")
    assert read_log(client)[0]["query"] == {"a": ["1", "2", "3"], "code": ["***", "***"]}


def test_an_unreadable_body_is_only_counted(client: Client) -> None:
    client.send("POST", "/v2/users/me/meetings", b"\xff\xfe", {"content-type": "application/json"})
    assert read_log(client)[0]["body"] == "(not shown, 2 bytes)"


def test_the_log_is_json_whatever_came(client: Client, token: str) -> None:
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    client.send("POST", "/v2/users/me/meetings", '{"a": NaN, "b": 1e999}', headers)
    log = client.order("GET", "/requests").text
    assert "NaN" not in log
    assert "Infinity" not in log
    assert read_log(client)[0]["body"] == {"a": "nan", "b": "inf"}


@given(st.text(alphabet="abcXYZ019-_", min_size=40, max_size=90), st.text(max_size=20))
def test_nothing_as_long_as_a_token_survives(secret: str, around: str) -> None:
    assert secret not in mask_text(f"{around} {secret} {around}")
    assert secret not in json.dumps(mask_fields(urlencode({"x": secret, secret: around})))


def test_people_and_links_stay_readable() -> None:
    text = f"{MAYA} https://us02web.zoom.us/j/86012345678?pwd=Q2x"
    assert mask_text(text) == f"{MAYA} https://us02web.zoom.us/j/86012345678?pwd=***"
