"""Everything that the widget reads of an answer is described."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from zoom_meeting_testing.openapi.description import PATH

from pywidget.domain.errors import ZoomRefusedError
from pywidget.zoom import meetings, registrants, rest, scheduling, token, users
from pywidget.zoom.http import Response
from tests.doubles.clock import NOW
from tests.http.desk import make_endpoints
from tests.simulator.client import FRONT_DESK, MAYA, Client, Reply

ENDPOINTS = make_endpoints("https://api.zoom.us")
PERSON = {"email": "a@b.example", "first_name": "A"}
SCHEMAS: dict[str, Any] = json.loads(PATH.read_text())["components"]["schemas"]


class NotedObject(dict[str, Any]):
    """A JSON object that notes what is read of it, as `settings.approval_type`."""

    def __init__(self, value: dict[str, Any], names: set[str], place: str = "") -> None:
        super().__init__(value)
        self._names, self._place = names, place

    def get(self, name: str, default: Any = None) -> Any:
        self._names.add(self._place + name)
        return self._wrap(super().get(name, default), f"{self._place}{name}.")

    def _wrap(self, value: Any, place: str) -> Any:
        if isinstance(value, dict):
            return NotedObject(value, self._names, place)
        if isinstance(value, list):
            return [self._wrap(item, place) for item in value]
        return value


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names that are read from now on."""
    found: set[str] = set()

    def parse(body: bytes) -> NotedObject:
        return NotedObject(json.loads(body), found)

    for module in (rest, token):
        monkeypatch.setattr(module, "parse_json_object", parse)
    return found


def list_described(schema: Any, place: str = "") -> set[str]:
    """The names that a schema has, as `NotedObject` writes them."""
    if "$ref" in schema:
        return list_described(SCHEMAS[schema["$ref"].rpartition("/")[2]], place)
    if "items" in schema:
        return list_described(schema["items"], place)
    found = set()
    for name, part in schema.get("properties", {}).items():
        found |= {place + name} | list_described(part, f"{place}{name}.")
    return found


def take(reply: Reply) -> Response:
    return Response(reply.status, reply.headers, reply.body)


CASES: dict[str, tuple[str, str, Callable[..., object]]] = {
    "create": ("POST /users/me/meetings", "Meeting", meetings.parse_created_meeting),
    "read": ("GET /meetings/{id}", "Meeting", meetings.parse_read_meeting),
    "start": ("GET /meetings/{id}", "Meeting", meetings.parse_start_link),
    "list": ("GET /users/me/meetings", "MeetingList", meetings.parse_list),
    "registrant": (
        "POST /meetings/{id}/registrants",
        "Registrant",
        registrants.parse_registrant,
    ),
    "schedulers": (
        "GET /users/me/schedulers",
        "Schedulers",
        lambda response, _endpoints: scheduling.parse_schedulers(response),
    ),
    "user": ("GET /users/me", "User", lambda response, _endpoints: users.parse_user(response)),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_read_of_an_answer_is_described(
    client: Client, token: str, names: set[str], name: str
) -> None:
    call, schema, parse = CASES[name]
    client.simulator.put_user(FRONT_DESK, {"assistants": [MAYA]})
    made = client.create(token, settings={"approval_type": 0})
    method, path = call.format(id=made["id"]).split(" ")
    body = PERSON if name == "registrant" else {}
    parse(take(client.call(token, method, path, body if method == "POST" else None)), ENDPOINTS)
    described = list_described(SCHEMAS[schema])
    if name == "list":  # what it shows of a meeting is parsed as a whole one is
        described |= list_described(SCHEMAS["Meeting"], "meetings.")
    assert names
    assert names <= described


def test_what_is_read_of_a_token_is_described(client: Client, names: set[str]) -> None:
    token.parse_token_response(take(client.exchange(client.get_code())), now=NOW)
    assert names
    assert names <= list_described(SCHEMAS["Token"])


def test_what_is_read_of_a_refusal_is_described(client: Client, names: set[str]) -> None:
    with pytest.raises(ZoomRefusedError):
        users.parse_user(take(client.call("none", "GET", "/users/me")))
    assert names
    assert names <= list_described(SCHEMAS["Error"])
    names.clear()
    with pytest.raises(ZoomRefusedError):
        token.parse_token_response(take(client.exchange("none")), now=NOW)
    assert names
    assert names <= list_described(SCHEMAS["TokenError"])
