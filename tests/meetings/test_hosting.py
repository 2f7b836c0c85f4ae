"""Choosing another host, and changing to one: what is asked, and what is known after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, SetbackError, WidgetError
from pywidget.domain.meeting import Meeting
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.meetings import parse_read_meeting
from tests.doubles.clock import run
from tests.in_loop import in_loop
from tests.world import World
from tests.zoom.answers import MEETING, USER, answer

ID = "86012345678"
KIM = "Kim@lotus-spa.example"
SCHEDULERS, ME = "GET /users/me/schedulers", "GET /users/me"
PATCH, READ = f"PATCH /meetings/{ID}", f"GET /meetings/{ID}"
APPOINTMENT = Appointment(
    "812",
    datetime.fromisoformat("2026-03-05T18:00"),
    "America/New_York",
    "#notes",
    minutes=45,
    host_email=KIM,
)
REFUSED = {"code": 3000, "message": "You can not schedule a meeting for this user."}


def list_hosts(world: World, *emails: str) -> None:
    listed = [{"id": email, "email": email} for email in emails]
    world.transport.always("GET", "/v2/users/me/schedulers", 200, {"schedulers": listed})


def make_meeting(host: str) -> Meeting:
    return parse_read_meeting(answer(200, {**MEETING, "host_email": host}), Endpoints())


@pytest.mark.parametrize(
    ("user", "listed", "host"),
    [
        ({}, ("kim@lotus-spa.example",), KIM),
        ({}, ("lee@lotus-spa.example",), ""),
        ({"type": 1}, ("kim@lotus-spa.example",), ""),
        ({"email": "KIM@lotus-spa.example"}, ("kim@lotus-spa.example",), ""),
    ],
)
def test_only_who_has_given_the_privilege_hosts(
    world: World, user: dict[str, object], listed: tuple[str, ...], host: str
) -> None:
    async def test() -> None:
        world.sign_in_already()
        world.transport.always("GET", "/v2/users/me", 200, {**USER, **user})
        list_hosts(world, *listed)
        assert await world.services.hosting.find_host(APPOINTMENT) == host

    run(test())


@in_loop
async def test_without_another_host_nobody_is_asked(world: World) -> None:
    world.sign_in_already()
    assert await world.services.hosting.find_host(replace(APPOINTMENT, host_email="")) == ""
    assert world.transport.sent == []


@in_loop
async def test_the_privileges_are_asked_for_once_and_told(world: World) -> None:
    world.sign_in_already()
    told: list[int] = []
    world.account.listen(lambda: told.append(1))
    list_hosts(world, "kim@lotus-spa.example")
    assert await world.account.find_hosts() == {"kim@lotus-spa.example"}
    assert await world.account.find_hosts() == {"kim@lotus-spa.example"}
    assert world.transport.paths() == [SCHEDULERS]
    assert told == [1]


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_zoom_is_not_asked_without_the_scope_or_a_token(
    world: World, *, is_signed_in: bool
) -> None:
    async def test() -> None:
        if is_signed_in:
            world.sign_in_already(scopes=frozenset({"meeting:write:meeting"}))
        assert await world.account.find_hosts() == frozenset()
        assert world.transport.sent == []

    run(test())


@in_loop
async def test_privileges_are_looked_up_for_a_meeting_with_another_host_alone(
    world: World,
) -> None:
    world.sign_in_already()
    world.transport.always("GET", "/v2/users/me", 200, USER)
    list_hosts(world, "kim@lotus-spa.example")
    hosting = world.services.hosting
    await hosting.learn_privileges(APPOINTMENT, make_meeting("KIM@lotus-spa.example"))
    assert world.transport.sent == []
    await hosting.learn_privileges(APPOINTMENT, make_meeting("maya@lotus-spa.example"))
    assert world.transport.paths() == [ME, SCHEDULERS]


async def host_a_meeting(world: World) -> None:
    """Maya hosts it, and this browser knows."""
    world.sign_in_already()
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("GET", f"/v2/meetings/{ID}", 200, MEETING)
    await world.hosted_meetings.look_up(ID)
    assert await world.hosted_meetings.is_known_host(ID)
    world.transport.sent.clear()


@in_loop
async def test_what_was_handed_over_is_not_the_users_any_more(world: World) -> None:
    await host_a_meeting(world)
    kims = {**MEETING, "host_id": "kim", "host_email": "kim@lotus-spa.example"}
    world.transport.always("PATCH", f"/v2/meetings/{ID}", 204)
    world.transport.always("GET", f"/v2/meetings/{ID}", 200, kims)
    meeting = await world.services.hosting.hand_over(ID, KIM)
    assert meeting is not None
    assert meeting.host_email == "kim@lotus-spa.example"
    assert world.transport.paths() == [PATCH, READ]
    assert not await world.hosted_meetings.is_known_host(ID)
    assert not world.hosted.has(ID, "host-1")


@in_loop
async def test_it_is_forgotten_before_it_is_asked_for(world: World) -> None:
    """The answer may get lost: "it is gone" may then be about somebody else's meeting."""
    await host_a_meeting(world)
    world.transport.drop_after()
    with pytest.raises(WidgetError):
        await world.services.hosting.hand_over(ID, KIM)
    assert not await world.hosted_meetings.is_known_host(ID)
    assert not world.hosted.has(ID, "host-1")


@in_loop
async def test_a_yes_that_changed_nothing_is_told_as_a_setback(world: World) -> None:
    await host_a_meeting(world)
    world.transport.always("PATCH", f"/v2/meetings/{ID}", 204)
    with pytest.raises(SetbackError) as caught:
        await world.services.hosting.hand_over(ID, KIM)
    assert caught.value.code is Code.ZOOM_ERROR


@in_loop
async def test_a_refusal_changes_nothing(world: World) -> None:
    await host_a_meeting(world)
    world.transport.always("PATCH", f"/v2/meetings/{ID}", 400, REFUSED)
    with pytest.raises(SetbackError):
        await world.services.hosting.hand_over(ID, KIM)
    assert world.transport.paths() == [PATCH]


@in_loop
async def test_a_new_host_whose_meeting_zoom_does_not_show_is_no_failure(world: World) -> None:
    await host_a_meeting(world)
    world.transport.always("PATCH", f"/v2/meetings/{ID}", 204)
    world.transport.always("GET", f"/v2/meetings/{ID}", 404, {"code": 3001, "message": "gone"})
    assert await world.services.hosting.hand_over(ID, KIM) is None
