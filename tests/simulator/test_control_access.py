from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from zoom_meeting_testing.simulator.access import find_problems, list_own_origins

if TYPE_CHECKING:
    from tests.simulator.client import Client, Reply

FAULT = '{"operation": "create", "kind": "drop_before"}'
STRANGE_HOSTS = [
    "attacker.example",
    "attacker.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost.attacker.example:{port}",
    "attacker.localhost:{port}",
    "localhost.:{port}",
    "user@127.0.0.1:{port}",
    "127.0.0.1:{port}, attacker.example",
    "",
]
STRANGERS = [
    {"origin": "https://attacker.example"},
    {"origin": "http://127.0.0.1:1"},
    {"origin": "http://127.0.0.1"},
    {"origin": "https://127.0.0.1:{port}"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://127.0.0.1:{port}, https://attacker.example"},
    {"origin": "https://attacker.example", "sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]
KNOWN = [
    {},
    {"origin": "http://127.0.0.1:{port}", "sec-fetch-site": "same-origin"},
    {"host": "LOCALHOST:{port}", "origin": "http://localhost:{port}"},
    {"host": "[::1]:{port}", "origin": "http://[::1]:{port}"},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
]


def order(client: Client, method: str, headers: dict[str, str], path: str = "/faults") -> Reply:
    filled = {name: value.format(port=client.port) for name, value in headers.items()}
    body = FAULT if method == "POST" else None
    return client.send(method, f"/_simulator{path}", body, filled)


@pytest.mark.parametrize("headers", KNOWN)
def test_programs_and_its_own_pages_give_orders(client: Client, headers: dict[str, str]) -> None:
    assert order(client, "POST", headers).status == 200
    assert client.simulator.list_faults()
    assert order(client, "DELETE", headers).status == 200


@pytest.mark.parametrize("headers", STRANGERS)
@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
def test_other_pages_give_no_orders(client: Client, headers: dict[str, str], method: str) -> None:
    client.simulator.add_fault({"operation": "user", "kind": "drop_before"})
    reply = order(client, method, headers)
    assert reply.status == 403
    assert "access-control-allow-origin" not in reply.headers
    assert "control_origins" in reply.json["error"]
    assert len(client.simulator.list_faults()) == 1
    client.simulator.clear_faults()


@pytest.mark.parametrize("host", STRANGE_HOSTS)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/faults"), ("GET", "/state"), ("GET", "/"), ("GET", "/control.js")],
)
def test_other_names_of_this_machine_are_refused(
    client: Client, host: str, method: str, path: str
) -> None:
    reply = order(client, method, {"host": host}, path)
    assert (reply.status, list(reply.json["problems"])) == (403, ["host"])
    assert client.url in reply.json["error"]
    assert client.simulator.list_faults() == []


def test_reading_is_no_order_and_only_its_own_pages_can_read(client: Client) -> None:
    reply = order(client, "GET", {"origin": "https://a.example"}, "/state")
    assert reply.status == 200
    assert "access-control-allow-origin" not in reply.headers


def test_what_the_settings_name_is_known_as_a_page_and_as_a_host(client: Client) -> None:
    client.simulator.change_settings({"control_origins": ["https://staging.example"]})
    page = {"origin": "https://staging.example", "sec-fetch-site": "cross-site"}
    asked = order(client, "OPTIONS", page)
    assert asked.status == 204
    assert asked.headers["access-control-allow-origin"] == "https://staging.example"
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert order(client, "POST", page).headers["access-control-allow-origin"] == page["origin"]
    assert order(client, "DELETE", {"host": "staging.example", **page}).status == 200
    assert order(client, "POST", {"origin": "https://staging.example:444"}).status == 403
    client.simulator.reset()
    assert order(client, "POST", page).status == 403


@pytest.mark.parametrize(
    "origin", ["https://a.example/", "https://A.example", "a.example", "*", "null", 1]
)
def test_only_origins_can_be_named(client: Client, origin: object) -> None:
    reply = client.order("PATCH", "/settings", {"control_origins": [origin]})
    assert (reply.status, list(reply.json["problems"])) == (400, ["control_origins"])


def test_the_consent_page_keeps_its_style_under_any_name(client: Client) -> None:
    reply = order(client, "GET", {"host": "staging.example"}, "/style.css")
    assert (reply.status, reply.headers["content-type"]) == (200, "text/css;charset=UTF-8")


def test_zoom_itself_answers_under_any_name(client: Client, token: str) -> None:
    headers = {"host": "api.zoom.us", "authorization": f"Bearer {token}"}
    assert client.send("GET", "/v2/users/me", None, headers).status == 200


def test_a_default_port_is_not_shown() -> None:
    assert list_own_origins("http", 80)[0] == "http://127.0.0.1"
    assert list_own_origins("https", 443)[1] == "https://localhost"
    own = list_own_origins("https", 8443)
    assert own[2] == "https://[::1]:8443"
    assert find_problems("POST", {"host": "[::1]:8443"}, own) == {}
