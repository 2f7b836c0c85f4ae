"""A meeting that exists: believed to be gone only by its own host."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest

from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, WidgetError
from pywidget.domain.secret import Secret
from pywidget.zoom.token import Token
from tests.doubles.clock import run
from tests.in_loop import in_loop
from tests.world import World
from tests.zoom.answers import MEETING, REFUSALS, USER

ID = "86012345678"
READ, ME = f"GET /meetings/{ID}", "GET /users/me"
GONE = {"code": 3001, "message": "Meeting does not exist: 86012345678."}
APPOINTMENT = Appointment(
    "812",
    datetime.fromisoformat("2026-03-05T18:00"),
    "America/New_York",
    "#notes",
    minutes=45,
)
_T = TypeVar("_T")


async def finish(world: World, call: Coroutine[Any, Any, _T]) -> _T:
    task = asyncio.ensure_future(call)
    await world.clock.advance(60)
    return await task


async def refuse(world: World, call: Coroutine[Any, Any, object]) -> Code:
    with pytest.raises(WidgetError) as caught:
        await finish(world, call)
    return caught.value.code


# Who is its host


@pytest.mark.parametrize(
    ("me", "proof", "known"),
    [
        ("host-1", "host-1", True),
        ("host-1", None, False),
        ("kim", "host-1", False),  # a proof of another user's
        (None, "host-1", False),  # Zoom does not say who this is
    ],
)
def test_a_proof_is_believed_for_the_user_it_is_about(
    world: World, me: str | None, proof: str | None, *, known: bool
) -> None:
    async def test() -> None:
        world.sign_in_already()
        if proof:
            world.hosted.add(ID, proof)
        world.transport.reply(200 if me else 403, {**USER, "id": me})
        assert await world.hosted_meetings.is_known_host(ID) is known

    run(test())


@pytest.mark.parametrize(
    ("me", "later"),
    [
        ("host-1", True),
        ("kim", False),  # an assistant is shown it, and is not its host
        (None, True),  # shown to this very sign-in, whoever it is
    ],
)
def test_a_meeting_that_zoom_has_shown_is_known_for_this_sign_in(
    world: World, me: str | None, *, later: bool
) -> None:
    async def test() -> None:
        world.sign_in_already()
        world.transport.reply(200, MEETING)
        world.transport.always("GET", "/v2/users/me", 200 if me else 403, {**USER, "id": me})
        await world.hosted_meetings.look_up(ID)
        assert await world.hosted_meetings.is_known_host(ID) is later
        assert not await world.hosted_meetings.is_known_host("99912345678")
        assert world.hosted.has(ID, "host-1") is (me == "host-1")

    run(test())


@in_loop
async def test_what_another_account_was_shown_is_no_proof(world: World) -> None:
    """After *Switch account*, "it does not exist" may mean that it is not theirs."""
    world.sign_in_already()
    world.transport.reply(200, MEETING)
    world.transport.reply(200, USER)
    await world.hosted_meetings.look_up(ID)
    kim = Token(Secret("kims"), None, world.clock.now() + timedelta(hours=2), None)
    world.session.adopt(kim)
    world.transport.reply(200, {**USER, "id": "kim"})
    assert not await world.hosted_meetings.is_known_host(ID)


@in_loop
async def test_refused_storage_is_no_proof_and_no_error(world: World) -> None:
    world.sign_in_already()
    world.local_storage.is_refused = True
    world.transport.reply(200, USER)
    assert not await world.hosted_meetings.is_known_host(ID)
    world.transport.reply(200, MEETING)
    assert (await world.hosted_meetings.look_up(ID)).id == ID


def test_what_is_to_be_kept_is_remembered_for_the_pages_life(world: World) -> None:
    world.hosted_meetings.keep(ID)
    assert world.hosted_meetings.is_kept(ID)
    assert not world.hosted_meetings.is_kept("99912345678")
    assert not world.reload().hosted_meetings.is_kept(ID)
    assert f"{world.storage.items}{world.local_storage.items}" == "{}{}"


# Deleting


@pytest.mark.parametrize("tells", [True, False])
def test_registered_clients_are_told_or_not(world: World, *, tells: bool) -> None:
    async def test() -> None:
        world.sign_in_already()
        world.transport.reply(204)
        await world.hosted_meetings.delete(ID, tell_registrants=tells)
        (request,) = world.transport.sent
        assert request.method == "DELETE"
        assert request.url == (
            f"https://api.zoom.us/v2/meetings/{ID}?cancel_meeting_reminder={str(tells).lower()}"
        )

    run(test())


@in_loop
async def test_a_meeting_of_ours_that_is_gone_already_counts_as_deleted(world: World) -> None:
    world.sign_in_already()
    world.hosted.add(ID, "host-1")
    world.transport.reply(404, GONE)
    world.transport.reply(200, USER)
    await world.hosted_meetings.delete(ID, tell_registrants=False)


@in_loop
async def test_a_meeting_that_may_be_a_colleagues_does_not(world: World) -> None:
    world.sign_in_already()
    world.transport.reply(404, GONE)
    world.transport.reply(200, USER)
    code = await refuse(world, world.hosted_meetings.delete(ID, tell_registrants=False))
    assert code is Code.MEETING_GONE


@pytest.mark.parametrize(
    "refusal", [name for name, (_, code) in REFUSALS.items() if code is not Code.MEETING_GONE]
)
def test_no_other_refusal_counts_as_deleted(world: World, refusal: str) -> None:
    async def test() -> None:
        error, code = REFUSALS[refusal]
        world.sign_in_already()
        world.hosted.add(ID, "host-1")
        world.transport.reply(error.answer.status, error.answer.body)
        call = world.hosted_meetings.delete(ID, tell_registrants=False)
        assert await refuse(world, call) is code

    run(test())


@pytest.mark.parametrize("failure", ["drop_before", "drop_after"])
def test_a_delete_without_an_answer_is_told(world: World, failure: str) -> None:
    async def test() -> None:
        world.sign_in_already()
        getattr(world.transport, failure)()
        call = world.hosted_meetings.delete(ID, tell_registrants=False)
        assert await refuse(world, call) is Code.NETWORK
        assert len(world.transport.sent) == 1

    run(test())


# Starting


@in_loop
async def test_the_hosts_link_is_fetched_each_time_and_kept_nowhere(world: World) -> None:
    world.sign_in_already()
    for number in range(2):
        url = f"https://us02web.zoom.us/s/{ID}?zak=s3cr3t-{number}"
        world.transport.reply(200, {**MEETING, "start_url": url})
        link = await world.hosted_meetings.find_start_link(ID)
        assert link.reveal() == url
        assert "zak" not in f"{link!r} {world.storage.items} {world.local_storage.items}"
