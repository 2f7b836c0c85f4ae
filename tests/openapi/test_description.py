"""The description and the simulator name the same calls, and each is tried."""

from __future__ import annotations

import copy
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from zoom_meeting_testing.openapi.description import (
    PATH,
    Description,
    DescriptionError,
    description,
)
from zoom_meeting_testing.openapi.ledger import Kind, Ledger
from zoom_meeting_testing.simulator import Operation
from zoom_meeting_testing.simulator.routes import ROUTES

from tests.simulator.client import REDIRECT_URI, Client

DOCUMENT: dict[str, Any] = json.loads(PATH.read_text())
CREATE: Any = ("paths", "/v2/users/{user}/meetings", "post")
SHARED = {Operation.AUTHORIZE, Operation.OTHER}


def test_the_simulator_and_the_description_have_the_same_operations() -> None:
    described = {(each.method, each.path): each.id for each in description().operations}
    offered = {(each.method, each.path): each.operation for each in ROUTES}
    assert described.keys() == offered.keys()
    named = {offered[place]: name for place, name in described.items()}
    assert all(named[each] == each for each in named.keys() - SHARED)
    assert len(set(described.values())) == len(described)


def test_every_operation_is_tried_and_is_as_described(client: Client, ledger: Ledger) -> None:
    client.send("GET", f"/marketplace/add?{urlencode({'redirect_uri': REDIRECT_URI})}")
    tokens = client.sign_in()
    access = client.refresh(tokens["refresh_token"]).json["access_token"]
    made = client.create(access, settings={"approval_type": 0})
    path = f"/meetings/{made['id']}"
    client.call(access, "GET", "/users/me")
    client.call(access, "GET", "/users/me/schedulers")
    client.call("none", "GET", "/users/me/settings?probe")
    client.call(access, "GET", "/users/me/meetings?type=scheduled&page_size=300")
    client.call(access, "GET", path)
    client.call(access, "PATCH", path, {"duration": 30})
    client.call(access, "POST", f"{path}/registrants", {"email": "a@b.example", "first_name": "A"})
    client.call(access, "DELETE", f"{path}?cancel_meeting_reminder=true")
    form = {"token": access, "client_id": "demo-public-client"}
    assert client.send_form("/oauth/revoke", form).status == 200

    found = ledger.take()
    assert (found.problems, found.refused) == ([], [])
    assert found.operations == {each.id for each in description().operations}
    assert found.counts == {Kind.REQUESTS: 15, Kind.ANSWERS: 15}


@pytest.mark.parametrize(
    ("place", "added"),
    [
        ((), {"webhooks": {}}),
        (("paths", "/v2/meetings/{id}"), {"put": {}}),
        (CREATE, {"callbacks": {}}),
        ((*CREATE, "requestBody"), {"required": False}),
        ((*CREATE, "requestBody", "content", "application/json"), {"encoding": {}}),
        ((*CREATE, "responses", "201"), {"links": {}}),
        (("components", "parameters", "id"), {"style": "simple"}),
        (("components", "parameters", "id"), {"in": "cookie"}),
        (("components", "responses", "TooManyRequests", "headers", "Retry-After"), {"example": 1}),
        (CREATE, {"security": [{"key": []}]}),
    ],
)
def test_what_is_not_understood_is_refused(place: tuple[str, ...], added: dict[str, Any]) -> None:
    changed = copy.deepcopy(DOCUMENT)
    part = changed
    for step in place:
        part = part[step]
    part.update(added)
    with pytest.raises(DescriptionError):
        Description(changed)


def test_a_schema_that_is_none_is_refused() -> None:
    changed = copy.deepcopy(DOCUMENT)
    changed["components"]["schemas"]["Person"]["properties"]["email"]["maxLength"] = "128"
    with pytest.raises(ValueError, match="maxLength"):
        Description(changed)


def test_no_object_is_open() -> None:
    """A member that nobody described would else pass."""
    open_ones = [
        name
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for part in walk(schema)
        if part.get("type") == "object" and part.get("additionalProperties") is not False
    ]
    assert open_ones == []


def walk(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [each for item in schema for each in walk(item)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(each for item in schema.values() for each in walk(item))]
