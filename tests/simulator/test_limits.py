from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.simulator.client import FRONT_DESK, MEETING

if TYPE_CHECKING:
    from tests.simulator.client import Client, Reply


def create(client: Client, token: str) -> Reply:
    return client.call(token, "POST", "/users/me/meetings", MEETING)


def test_a_host_makes_a_hundred_changes_a_day(client: Client, token: str) -> None:
    client.simulator.change_settings({"per_second_limits": False})
    path = f"/meetings/{create(client, token).json['id']}"
    for _ in range(99):
        assert client.call(token, "PATCH", path, {"topic": "x"}).status == 204
    for refused in (create(client, token), client.call(token, "PATCH", path, {"topic": "x"})):
        assert (refused.status, refused.json["code"]) == (429, 429)
        assert refused.headers["retry-after"] == str(9 * 3600)
    assert client.call(token, "GET", path).status == 200
    assert create(client, client.token_of(FRONT_DESK)).status == 201


def test_the_day_ends_at_midnight_utc(client: Client) -> None:
    client.simulator.change_settings({"daily_limit": 1})
    token = client.token_of()
    assert create(client, token).status == 201
    client.simulator.advance(9 * 3600 - 1)
    assert create(client, client.token_of()).status == 429
    client.simulator.advance(1)
    assert create(client, client.token_of()).status == 201


def test_refused_bodies_do_not_count(client: Client, token: str) -> None:
    client.simulator.change_settings({"daily_limit": 1})
    assert client.call(token, "POST", "/users/me/meetings", {"duration": 0}).status == 400
    assert create(client, token).status == 201


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("seconds", "32400"), ("date", "2026-03-03T00:00:00Z"), ("missing", None)],
)
def test_retry_after_comes_in_three_kinds(
    client: Client, token: str, setting: str, expected: str | None
) -> None:
    client.simulator.change_settings({"daily_limit": 0, "retry_after": setting})
    assert create(client, token).headers.get("retry-after") == expected


def test_each_weight_has_its_own_second(client: Client, token: str) -> None:
    client.simulator.change_settings({"light_per_second": 4, "medium_per_second": 2})
    light = [client.call(token, "GET", "/users/me").status for _ in range(5)]
    medium = [client.call(token, "GET", "/users/me/meetings").status for _ in range(3)]
    assert light == [200, 200, 200, 200, 429]
    assert medium == [200, 200, 429]
    client.simulator.advance(1)
    reply = client.call(token, "GET", "/users/me")
    assert reply.status == 200


def test_the_limit_per_second_says_to_wait_one(client: Client, token: str) -> None:
    client.simulator.change_settings({"light_per_second": 0})
    reply = client.call(token, "GET", "/users/me")
    assert (reply.status, reply.headers["retry-after"]) == (429, "1")


def test_the_limit_per_second_can_be_off(client: Client, token: str) -> None:
    client.simulator.change_settings({"light_per_second": 0, "per_second_limits": False})
    assert client.call(token, "GET", "/users/me").status == 200
