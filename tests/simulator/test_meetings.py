from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.simulator.client import FRONT_DESK, MAYA, MEETING, TEMP

if TYPE_CHECKING:
    from tests.simulator.client import Client


def test_create_answers_as_zoom_does(client: Client, token: str) -> None:
    made = client.create(token)
    assert 10**10 <= made["id"] < 10**11
    assert made["host_email"] == MAYA
    assert made["topic"] == MEETING["topic"]
    assert made["type"] == 2
    assert made["status"] == "waiting"
    assert made["start_time"] == "2026-03-05T23:00:00Z"
    assert made["timezone"] == "America/New_York"
    assert made["duration"] == 45
    assert made["settings"]["approval_type"] == 2
    assert re.fullmatch(rf"https://us02web\.zoom\.us/j/{made['id']}\?pwd=[\w-]+", made["join_url"])
    assert re.fullmatch(rf"https://us02web\.zoom\.us/s/{made['id']}\?zak=[\w-]+", made["start_url"])
    assert made["password"]
    assert "registration_url" not in made


def test_a_meeting_inherits_its_hosts_settings_unless_it_is_told_otherwise(
    client: Client, token: str
) -> None:
    settings = {"meeting_authentication": True, "auto_recording": "cloud", "jbh_time": 5}
    client.simulator.put_user(MAYA, {"meeting_settings": settings})
    made = client.create(token)["settings"]
    assert made == {**made, **settings, "auto_start_meeting_summary": False, "waiting_room": True}
    other = client.create(token, settings={"auto_recording": "none"})["settings"]
    assert other == {**made, "auto_recording": "none"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("auto_recording", "tape"), ("jbh_time", 7), ("jbh_time", False), ("waiting_room", 1)],
)
def test_odd_settings_are_refused(client: Client, token: str, name: str, value: object) -> None:
    body = {**MEETING, "settings": {name: value}}
    reply = client.call(token, "POST", "/users/me/meetings", body)
    assert reply.status == 400
    assert reply.json["errors"] == [{"field": f"settings.{name}", "message": "Invalid field."}]


def test_the_passcode_may_stay_out_of_the_link(client: Client, token: str) -> None:
    client.simulator.change_settings({"embed_passcode": False, "join_host": "spa.zoom.us"})
    made = client.create(token)
    assert made["join_url"] == f"https://spa.zoom.us/j/{made['id']}"


def test_duration_is_an_hour_unless_said(client: Client, token: str) -> None:
    reply = client.call(token, "POST", "/users/me/meetings", {"topic": "x"})
    assert (reply.status, reply.json["duration"]) == (201, 60)


@pytest.mark.parametrize(
    ("given", "utc"),
    [
        ({"start_time": "2026-03-08T01:30:00"}, "2026-03-08T06:30:00Z"),
        ({"start_time": "2026-03-08T02:30:00"}, "2026-03-08T07:30:00Z"),  # skipped
        ({"start_time": "2026-03-08T03:30:00"}, "2026-03-08T07:30:00Z"),
        ({"start_time": "2026-11-01T01:30:00"}, "2026-11-01T05:30:00Z"),  # twice: the first
        ({"start_time": "2026-11-01T02:30:00"}, "2026-11-01T07:30:00Z"),
        (
            {"start_time": "2026-07-01T12:00:00", "timezone": "Asia/Kathmandu"},
            "2026-07-01T06:15:00Z",
        ),
        ({"start_time": "2026-07-01T12:00:00", "timezone": "UTC"}, "2026-07-01T12:00:00Z"),
    ],
)
def test_wall_clock_time_becomes_utc(
    client: Client, token: str, given: dict[str, str], utc: str
) -> None:
    assert client.create(token, **given)["start_time"] == utc


def test_utc_needs_no_zone(client: Client, token: str) -> None:
    body = {"topic": "x", "start_time": "2026-03-05T23:00:00Z"}
    made = client.call(token, "POST", "/users/me/meetings", body).json
    assert made["start_time"] == "2026-03-05T23:00:00Z"


def test_without_a_zone_the_hosts_own_counts(client: Client, token: str) -> None:
    client.simulator.put_user(MAYA, {"timezone": "Europe/Berlin"})
    body = {"topic": "x", "start_time": "2026-03-05T12:00:00"}
    made = client.call(token, "POST", "/users/me/meetings", body).json
    assert (made["start_time"], made["timezone"]) == ("2026-03-05T11:00:00Z", "Europe/Berlin")


UNLISTED = {"timezone": "America/Toronto", "start_time": "2026-03-05T18:00:00"}


def test_a_zone_that_is_not_on_zooms_list_is_refused(client: Client, token: str) -> None:
    reply = client.call(token, "POST", "/users/me/meetings", {**MEETING, **UNLISTED})
    assert (reply.status, reply.json["code"]) == (400, 300)
    assert [each["field"] for each in reply.json["errors"]] == ["timezone"]
    assert not client.simulator.list_meetings()


def test_or_silently_taken_for_the_hosts_own(client: Client, token: str) -> None:
    client.simulator.change_settings({"time_zones": "listed_else_hosts"})
    client.simulator.put_user(MAYA, {"timezone": "Europe/Berlin"})
    made = client.create(token, **UNLISTED)
    assert (made["start_time"], made["timezone"]) == ("2026-03-05T17:00:00Z", "Europe/Berlin")
    path = f"/meetings/{made['id']}"
    assert client.call(token, "PATCH", path, UNLISTED).status == 204
    assert client.call(token, "GET", path).json["start_time"] == "2026-03-05T17:00:00Z"


def test_or_known_after_all(client: Client, token: str) -> None:
    client.simulator.change_settings({"time_zones": "all"})
    made = client.create(token, **UNLISTED)
    assert (made["start_time"], made["timezone"]) == ("2026-03-05T23:00:00Z", "America/Toronto")


@pytest.mark.parametrize("start", [None, "2026-03-02T09:59:59"])
def test_a_missing_or_past_start_silently_becomes_now(
    client: Client, token: str, start: str | None
) -> None:
    body = {**MEETING, "start_time": start} if start else {"timezone": "America/New_York"}
    reply = client.call(token, "POST", "/users/me/meetings", body)
    assert (reply.status, reply.json["start_time"]) == (201, "2026-03-02T15:00:00Z")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start_time", "2026-03-05T18:00:00Z"),
        ("start_time", "2026-03-05T18:00:00-05:00"),
        ("start_time", "2026-03-05T18:00:00.000"),
        ("start_time", "2026-03-05T18:00"),
        ("start_time", "2026-03-05 18:00:00"),
        ("start_time", "2026-02-30T18:00:00"),
        ("start_time", "2026-03-05T24:00:00"),
        ("start_time", "9999-12-31T23:59:59"),
        ("start_time", "2026-03-05T18:00:00\n"),
        ("start_time", "٢٠٢٦-03-05T18:00:00"),
        ("start_time", 1772751600),
        ("timezone", "America/Nowhere"),
        ("timezone", "../etc/passwd"),
        ("timezone", "EST5EDT4"),
        ("topic", "x" * 201),
        ("topic", 5),
        ("agenda", "x" * 2001),
        ("duration", 0),
        ("duration", 1441),
        ("duration", "45"),
        ("duration", True),
        ("duration", 45.5),
        ("type", 8),
        ("password", "x" * 11),
    ],
)
def test_a_bad_field_is_named(client: Client, token: str, field: str, value: object) -> None:
    reply = client.call(token, "POST", "/users/me/meetings", {**MEETING, field: value})
    assert reply.status == 400
    assert reply.json["code"] == 300
    assert [each["field"] for each in reply.json["errors"]] == [field]
    assert not client.simulator.list_meetings()


@pytest.mark.parametrize("value", [3, "0", -1, None])
def test_a_bad_approval_type_is_named(client: Client, token: str, value: object) -> None:
    body = {**MEETING, "settings": {"approval_type": value}}
    reply = client.call(token, "POST", "/users/me/meetings", body)
    assert reply.json["errors"][0]["field"] == "settings.approval_type"


def test_the_longest_values_are_taken(client: Client, token: str) -> None:
    made = client.create(token, topic="💆" * 200, duration=1440)
    assert (made["topic"], made["duration"]) == ("💆" * 200, 1440)


@pytest.mark.undescribed("Zoom ignores what it does not know")
def test_unknown_fields_are_ignored(client: Client, token: str) -> None:
    assert client.create(token, colour="red", settings={"mood": "calm"})["topic"]


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "NaN", '{"duration": NaN}', "[" * 30_000])
def test_a_body_that_is_no_json_object_is_refused(client: Client, token: str, body: str) -> None:
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    reply = client.send("POST", "/v2/users/me/meetings", body, headers)
    assert (reply.status, reply.json["code"]) == (400, 300)


def test_a_body_must_be_sent_as_json(client: Client, token: str) -> None:
    headers = {"authorization": f"Bearer {token}", "content-type": "text/plain"}
    reply = client.send("POST", "/v2/users/me/meetings", "{}", headers)
    assert (reply.status, reply.json["code"]) == (400, 300)


def test_an_oversized_body_is_refused(client: Client, token: str) -> None:
    reply = client.call(token, "POST", "/users/me/meetings", {"agenda": "x" * 70_000})
    assert reply.status == 413


def test_reading_gives_what_was_created(client: Client, token: str) -> None:
    made = client.create(token)
    read = client.call(token, "GET", f"/meetings/{made['id']}")
    assert read.status == 200
    changing = {"start_url"}
    assert {k: v for k, v in read.json.items() if k not in changing} == {
        k: v for k, v in made.items() if k not in changing
    }


def test_an_instant_meeting_has_no_start_time(client: Client, token: str) -> None:
    made = client.create(token, type=1)
    assert "start_time" not in made
    assert "start_time" not in client.call(token, "GET", f"/meetings/{made['id']}").json


def test_updating_changes_only_what_is_mentioned(client: Client, token: str) -> None:
    made = client.create(token)
    body = {"start_time": "2026-03-06T09:15:00", "timezone": "America/Chicago"}
    reply = client.call(token, "PATCH", f"/meetings/{made['id']}", body)
    assert (reply.status, reply.body) == (204, b"")
    read = client.call(token, "GET", f"/meetings/{made['id']}").json
    assert read["start_time"] == "2026-03-06T15:15:00Z"
    assert read["timezone"] == "America/Chicago"
    assert (read["topic"], read["join_url"]) == (made["topic"], made["join_url"])


def test_an_update_without_zone_keeps_the_meetings_own(client: Client, token: str) -> None:
    made = client.create(token, timezone="Europe/Berlin")
    client.call(token, "PATCH", f"/meetings/{made['id']}", {"start_time": "2026-03-06T09:00:00"})
    read = client.call(token, "GET", f"/meetings/{made['id']}").json
    assert read["start_time"] == "2026-03-06T08:00:00Z"


def test_a_past_start_is_ignored_on_update(client: Client, token: str) -> None:
    made = client.create(token)
    body = {"start_time": "2020-01-01T09:00:00", "topic": "Moved"}
    assert client.call(token, "PATCH", f"/meetings/{made['id']}", body).status == 204
    read = client.call(token, "GET", f"/meetings/{made['id']}").json
    assert (read["start_time"], read["topic"]) == (made["start_time"], "Moved")


def test_an_update_is_checked_like_a_create(client: Client, token: str) -> None:
    made = client.create(token)
    reply = client.call(token, "PATCH", f"/meetings/{made['id']}", {"duration": 5000})
    assert (reply.status, reply.json["code"]) == (400, 300)


def test_a_deleted_meeting_does_not_exist(client: Client, token: str) -> None:
    path = f"/meetings/{client.create(token)['id']}"
    assert client.call(token, "DELETE", path).status == 204
    for method, body in (("GET", None), ("DELETE", None), ("PATCH", {"topic": "x"})):
        reply = client.call(token, method, path, body)
        assert (reply.status, reply.json["code"]) == (404, 3001)
        assert "does not exist" in reply.json["message"]


def test_a_meeting_vanishes_thirty_days_after_its_date(client: Client) -> None:
    made = client.create(client.token_of())
    client.simulator.advance(33 * 24 * 3600)
    path = f"/meetings/{made['id']}"
    assert client.call(client.token_of(), "GET", path).status == 200
    client.simulator.advance(24 * 3600)
    assert client.call(client.token_of(), "GET", path).json["code"] == 3001


@pytest.mark.parametrize("bad", ["abc", "12345678", "123456789012", "-1", "%20"])
def test_a_malformed_id_is_a_validation_error(client: Client, token: str, bad: str) -> None:
    reply = client.call(token, "GET", f"/meetings/{bad}")
    assert (reply.status, reply.json["code"]) == (400, 300)


@pytest.mark.parametrize(
    ("setting", "status", "code"), [("404/3001", 404, 3001), ("400/3000", 400, 3000)]
)
def test_other_peoples_meetings_are_out_of_reach(
    client: Client, token: str, setting: str, status: int, code: int
) -> None:
    client.simulator.change_settings({"foreign_meeting": setting})
    path = f"/meetings/{client.create(token)['id']}"
    stranger = client.token_of(FRONT_DESK)
    for method, body in (("GET", None), ("DELETE", None), ("PATCH", {"topic": "x"})):
        reply = client.call(stranger, method, path, body)
        assert (reply.status, reply.json["code"]) == (status, code)
    assert client.call(token, "GET", path).json["topic"] == MEETING["topic"]


def test_a_user_may_be_kept_from_hosting(client: Client, token: str) -> None:
    client.simulator.put_user(MAYA, {"allowed_to_host": False})
    reply = client.call(token, "POST", "/users/me/meetings", MEETING)
    assert (reply.status, reply.json["code"]) == (400, 3161)


@pytest.mark.parametrize(("plan", "kind"), [("basic", 1), ("licensed", 2), ("unassigned", 4)])
def test_the_profile_tells_the_plan(client: Client, token: str, plan: str, kind: int) -> None:
    client.simulator.put_user(MAYA, {"plan": plan})
    profile = client.call(token, "GET", "/users/me").json
    assert (profile["type"], profile["email"], profile["status"]) == (kind, MAYA, "active")
    assert client.call(token, "GET", f"/users/{profile['id']}").json["id"] == profile["id"]


@pytest.mark.parametrize("path", ["/users/nobody", f"/users/{TEMP}", "/users/nobody/meetings"])
def test_nobody_else_can_be_looked_up(client: Client, token: str, path: str) -> None:
    reply = client.call(token, "GET", path)
    assert (reply.status, reply.json["code"]) == (404, 1001)


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer wrong", "Basic eDp5", "wrong"])
def test_without_a_good_token_there_is_nothing(client: Client, header: str | None) -> None:
    headers = {"authorization": header} if header else {}
    reply = client.send("GET", "/v2/users/me", None, headers)
    assert (reply.status, reply.json["code"]) == (401, 124)


def test_a_token_in_the_query_does_not_count(client: Client, token: str) -> None:
    reply = client.send("GET", f"/v2/users/me?access_token={token}")
    assert (reply.status, reply.json["code"]) == (401, 124)


@pytest.mark.parametrize(("status", "code"), [(400, 4711), (401, 4700), (403, 104), (400, 201)])
def test_a_missing_scope_is_named(client: Client, status: int, code: int) -> None:
    client.simulator.change_settings({"missing_scope_status": status, "missing_scope_code": code})
    reply = client.call(client.token_of(TEMP), "GET", "/users/me")
    assert (reply.status, reply.json["code"]) == (status, code)
    expected = "Invalid access token, does not contain scopes:[user:read:user]."
    assert reply.json["message"] == expected


def test_every_call_needs_its_scope(client: Client) -> None:
    client.simulator.put_user(TEMP, {"scopes": []})
    token = client.token_of(TEMP)
    for method, path in (
        ("POST", "/users/me/meetings"),
        ("GET", "/users/me/meetings"),
        ("GET", "/users/me"),
        ("GET", "/meetings/12345678901"),
        ("PATCH", "/meetings/12345678901"),
        ("DELETE", "/meetings/12345678901"),
        ("POST", "/meetings/12345678901/registrants"),
    ):
        assert "does not contain scopes" in client.call(token, method, path).json["message"]


def test_a_wrong_method_is_refused(client: Client, token: str) -> None:
    reply = client.call(token, "PUT", "/users/me/meetings")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize("path", ["/", "/meetings", "/users/me/meetings/", "/meetings/1/2/3"])
def test_anything_else_is_unknown(client: Client, token: str, path: str) -> None:
    assert client.call(token, "GET", path).status == 404
