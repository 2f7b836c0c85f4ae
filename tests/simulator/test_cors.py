from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.simulator.client import MEETING

if TYPE_CHECKING:
    from tests.simulator.client import Client, Reply

ORIGIN = {"origin": "http://127.0.0.1:8123"}
ALLOW = "access-control-allow-origin"


def preflight(client: Client, path: str, method: str) -> Reply:
    headers = {
        **ORIGIN,
        "access-control-request-method": method,
        "access-control-request-headers": "authorization,content-type",
    }
    return client.send("OPTIONS", path, None, headers)


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/oauth/token", "POST"),
        ("/v2/users/me/meetings", "POST"),
        ("/v2/meetings/12345678901", "PATCH"),
        ("/v2/meetings/12345678901", "DELETE"),
    ],
)
def test_preflights_are_answered(client: Client, path: str, method: str) -> None:
    reply = preflight(client, path, method)
    assert reply.status == 204
    assert reply.headers[ALLOW] == "*"
    assert method in reply.headers["access-control-allow-methods"]
    assert "authorization" in reply.headers["access-control-allow-headers"]


def test_answers_and_errors_can_be_read(client: Client, token: str) -> None:
    assert client.call(token, "GET", "/users/me").headers[ALLOW] == "*"
    assert client.call("wrong", "GET", "/users/me").headers[ALLOW] == "*"
    assert client.exchange("wrong").headers[ALLOW] == "*"


def test_the_api_can_be_closed_to_browsers(client: Client, token: str) -> None:
    client.simulator.change_settings({"cors_api": False})
    refused = preflight(client, "/v2/users/me/meetings", "POST")
    assert refused.status == 403
    assert ALLOW not in refused.headers
    assert ALLOW not in client.call(token, "GET", "/users/me").headers
    assert client.exchange("wrong").headers[ALLOW] == "*"


def test_a_closed_token_endpoint_spends_the_code_all_the_same(client: Client) -> None:
    client.simulator.change_settings({"cors_token": False})
    code = client.get_code()
    unreadable = client.exchange(code)
    assert ALLOW not in unreadable.headers
    assert unreadable.status == 200
    assert client.exchange(code).json["error"] == "invalid_grant"
    assert preflight(client, "/oauth/token", "POST").status == 403


def test_the_consent_page_is_not_for_scripts(client: Client) -> None:
    assert ALLOW not in client.open_consent().headers
    assert preflight(client, "/oauth/authorize", "POST").status == 403


def test_retry_after_is_hidden_unless_exposed(client: Client, token: str) -> None:
    client.simulator.change_settings({"daily_limit": 0})
    reply = client.call(token, "POST", "/users/me/meetings", MEETING)
    assert "access-control-expose-headers" not in reply.headers
    client.simulator.change_settings({"expose_retry_after": True})
    reply = client.call(token, "POST", "/users/me/meetings", MEETING)
    assert reply.headers["access-control-expose-headers"] == "Retry-After"


def test_cors_can_fail_once_at_the_preflight(client: Client) -> None:
    client.simulator.add_fault({"operation": "create", "kind": "cors_off"})
    assert preflight(client, "/v2/users/me/meetings", "GET").status == 204
    assert preflight(client, "/v2/users/me/meetings", "POST").status == 403
    assert preflight(client, "/v2/users/me/meetings", "POST").status == 204


def test_cors_can_fail_once_for_a_simple_request(client: Client) -> None:
    client.simulator.add_fault({"operation": "token", "kind": "cors_off"})
    reply = client.exchange(client.get_code())
    assert reply.status == 200
    assert ALLOW not in reply.headers
    assert ALLOW in client.exchange("wrong").headers


def test_cors_can_be_for_errors_only(client: Client, token: str) -> None:
    client.simulator.change_settings({"cors_only_on_errors": True})
    assert preflight(client, "/v2/users/me/meetings", "POST").status == 204
    assert client.call("wrong", "GET", "/users/me").headers[ALLOW] == "*"
    assert client.exchange("wrong").headers[ALLOW] == "*"
    read = client.call(token, "GET", "/users/me")
    assert (read.status, ALLOW in read.headers) == (200, False)
    exchanged = client.exchange(client.get_code())
    assert (exchanged.status, ALLOW in exchanged.headers) == (200, False)


def test_calls_that_name_an_origin_can_be_refused(client: Client, token: str) -> None:
    client.simulator.change_settings({"refuses_origin": True})
    assert preflight(client, "/v2/users/me/meetings", "POST").status == 403
    bearer = {"authorization": f"Bearer {token}"}
    for headers in (bearer, bearer | ORIGIN):
        reply = client.send("GET", "/v2/users/me", None, headers)
        assert reply.status == (403 if "origin" in headers else 200)
    form = {"content-type": "application/x-www-form-urlencoded"}
    refused = client.send("POST", "/oauth/token", "", form | ORIGIN)
    assert (refused.status, ALLOW in refused.headers) == (403, False)
    assert client.exchange(client.get_code()).status == 200  # consent is given on Zoom's own page


def test_what_shows_that_zoom_answers_is_no_call_of_the_widget(client: Client, token: str) -> None:
    client.simulator.add_fault({"operation": "any", "kind": "respond", "status": 500})
    reply = client.call("none", "GET", "/users/me/settings")
    assert (reply.status, reply.json["code"]) == (401, 124)
    assert client.send("GET", "/oauth/token").status == 405
    assert client.call(token, "GET", "/users/me/settings").json["code"] == 4711
    operations = {entry["operation"] for entry in client.simulator.list_requests()}
    assert operations <= {"authorize", "token", "other"}
    assert client.call(token, "GET", "/users/me").status == 500
