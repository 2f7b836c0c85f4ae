from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.simulator.client import FRONT_DESK

if TYPE_CHECKING:
    from tests.simulator.client import Client

LIST = "/users/me/meetings?type=upcoming"


def test_upcoming_meetings_come_by_start(client: Client, token: str) -> None:
    for day in ("07", "05", "06"):
        client.create(token, topic=day, start_time=f"2026-03-{day}T18:00:00")
    client.create(client.token_of(FRONT_DESK), topic="someone else's")
    listed = client.call(token, "GET", LIST).json
    assert [each["topic"] for each in listed["meetings"]] == ["05", "06", "07"]
    assert listed["total_records"] == 3
    assert listed["page_size"] == 30
    assert listed["next_page_token"] == ""
    assert listed["meetings"][0]["start_time"] == "2026-03-05T23:00:00Z"
    assert "start_url" not in listed["meetings"][0]
    assert "password" not in listed["meetings"][0]


def test_pages_cover_everything_once(client: Client, token: str) -> None:
    made = {client.create(token, topic=str(number))["id"] for number in range(7)}
    seen: list[int] = []
    page_token = ""
    sizes = []
    while True:
        query = f"&page_size=3&next_page_token={page_token}"
        page = client.call(token, "GET", LIST + query).json
        seen += [each["id"] for each in page["meetings"]]
        sizes.append(len(page["meetings"]))
        page_token = page["next_page_token"]
        if not page_token:
            break
    assert sizes == [3, 3, 1]
    assert len(seen) == 7
    assert set(seen) == made


def test_a_page_token_is_its_users_and_ends(client: Client, token: str) -> None:
    client.create(token)
    client.create(token)
    first = client.call(token, "GET", f"{LIST}&page_size=1").json
    path = f"{LIST}&page_size=1&next_page_token={first['next_page_token']}"
    assert client.call(client.token_of(FRONT_DESK), "GET", path).json["code"] == 300
    client.simulator.advance(15 * 60)
    assert client.call(token, "GET", path).json["code"] == 300


def test_what_is_over_is_not_upcoming(client: Client, token: str) -> None:
    client.create(token, start_time="2026-03-02T10:30:00", duration=20)
    client.simulator.advance(49 * 60)
    assert client.call(token, "GET", LIST).json["total_records"] == 1
    client.simulator.advance(60)
    assert client.call(token, "GET", LIST).json["total_records"] == 0
    assert client.call(token, "GET", "/users/me/meetings").json["total_records"] == 1


def test_upcoming_ends_after_six_months(client: Client, token: str) -> None:
    """It is March 2."""
    for day in ("2026-08-31", "2026-09-03"):
        client.create(token, topic=day, start_time=f"{day}T18:00:00")
    assert [each["topic"] for each in client.call(token, "GET", LIST).json["meetings"]] == [
        "2026-08-31"
    ]
    assert client.call(token, "GET", "/users/me/meetings").json["total_records"] == 2


def test_a_list_may_be_of_some_days(client: Client, token: str) -> None:
    for start in ("2026-11-10T23:59:59Z", "2026-11-11T00:00:00Z", "2026-11-12T23:59:59Z"):
        client.simulator.add_meeting({"topic": start, "start_time": start})
    path = "/users/me/meetings?type=scheduled&from=2026-11-11&to=2026-11-12&page_size=1"
    first = client.call(token, "GET", path).json
    assert first["total_records"] == 2
    assert first["meetings"][0]["topic"] == "2026-11-11T00:00:00Z"
    page = f"&next_page_token={first['next_page_token']}"
    second = client.call(token, "GET", path + page).json
    assert second["meetings"][0]["topic"] == "2026-11-12T23:59:59Z"
    assert client.call(token, "GET", f"/users/me/meetings?type=scheduled{page}").status == 400


@pytest.mark.parametrize(
    "query",
    [
        "from=today",
        "to=2026-02-30",
        "from=20261111",
        "page_size=0",
        "page_size=301",
        "page_size=x",
        "type=sideways",
        "next_page_token=x",
    ],
)
def test_bad_parameters_are_refused(client: Client, token: str, query: str) -> None:
    reply = client.call(token, "GET", f"/users/me/meetings?{query}")
    assert (reply.status, reply.json["code"]) == (400, 300)
