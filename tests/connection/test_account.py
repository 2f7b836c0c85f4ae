"""Who is connected: asked of Zoom when it matters, and forgotten with the connection."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from pywidget.connection.account import Connection
from pywidget.domain.secret import Secret
from pywidget.zoom.scopes import Scope
from pywidget.zoom.token import Token
from tests.doubles.clock import run, settle
from tests.in_loop import in_loop
from tests.world import World
from tests.zoom.answers import USER

ME = "GET /users/me"
ALL = frozenset(scope.value for scope in Scope)


@in_loop
async def test_nobody_is_connected_without_a_token(world: World) -> None:
    assert world.account.connection is None
    assert await world.account.find_user() is None
    assert world.transport.sent == []


@in_loop
async def test_the_user_is_asked_for_once(world: World) -> None:
    world.sign_in_already(scopes=ALL)
    assert world.account.connection == Connection()
    world.transport.reply(200, USER)
    users = [await world.account.find_user() for _ in range(3)]
    assert [user.email for user in users if user] == ["maya@lotus-spa.example"] * 3
    assert world.transport.paths() == [ME]
    assert world.account.connection == Connection("maya@lotus-spa.example", is_licensed=True)


@in_loop
async def test_many_who_ask_at_once_ask_once(world: World) -> None:
    """A page with thirty appointments must not use up Zoom's limits for that."""
    world.sign_in_already()
    gate = world.transport.reply_later(200, USER)
    tasks = [asyncio.ensure_future(world.account.find_user()) for _ in range(30)]
    await settle()
    tasks[0].cancel()
    gate.set()
    users = await asyncio.gather(*tasks[1:])
    assert {user.id for user in users if user} == {"host-1"}
    assert world.transport.paths() == [ME]


@pytest.mark.parametrize(("plan", "licensed"), [(1, False), (2, True), (4, False), (99, False)])
def test_the_plan_is_known(world: World, plan: int, *, licensed: bool) -> None:
    async def test() -> None:
        world.sign_in_already()
        world.transport.reply(200, {**USER, "type": plan})
        await world.account.find_user()
        connection = world.account.connection
        assert connection is not None
        assert connection.is_licensed is licensed

    run(test())


def test_scopes_that_were_not_granted_are_denied_and_unnamed_ones_are_not(world: World) -> None:
    world.sign_in_already(scopes=frozenset({"meeting:write:meeting", "made:up"}))
    assert world.account.connection == Connection(denied=frozenset(set(Scope) - {Scope.CREATE}))
    world.sign_in_already(scopes=None)
    assert world.account.connection == Connection()
    world.sign_in_already(scopes=frozenset())
    assert world.account.connection == Connection(denied=frozenset(Scope))


@in_loop
async def test_without_the_scope_zoom_is_not_asked(world: World) -> None:
    world.sign_in_already(scopes=ALL - {Scope.READ_USER})
    assert await world.account.find_user() is None
    assert world.transport.sent == []


@pytest.mark.parametrize("status", [400, 403, 404, 429])
def test_a_user_whom_zoom_does_not_tell_is_none_and_asked_for_again_later(
    world: World, status: int
) -> None:
    async def test() -> None:
        world.sign_in_already()
        world.transport.reply(status, {})
        assert await world.account.find_user() is None
        assert world.account.connection == Connection()
        world.transport.reply(200, USER)
        assert await world.account.find_user() is not None

    run(test())


@in_loop
async def test_another_sign_in_is_another_user(world: World) -> None:
    world.sign_in_already()
    world.transport.reply(200, USER)
    await world.account.find_user()
    kim = Token(Secret("kims"), None, world.clock.now() + timedelta(hours=1), None)
    world.session.adopt(kim)
    assert world.account.connection == Connection()
    world.transport.reply(200, {**USER, "email": "kim@lotus-spa.example"})
    user = await world.account.find_user()
    assert user is not None
    assert user.email == "kim@lotus-spa.example"


@in_loop
async def test_a_token_that_another_tab_renewed_is_the_same_users(world: World) -> None:
    world.sign_in_already(timedelta(seconds=90), refresh="first")
    copy = world.duplicate()
    copy.transport.reply(200, USER)
    await copy.account.find_user()
    heard: list[Connection | None] = []
    copy.account.listen(lambda: heard.append(copy.account.connection))
    generation = copy.session.generation
    for number in ("second", "third"):
        answer = {"access_token": number, "token_type": "bearer", "refresh_token": number}
        world.transport.reply(200, {**answer, "expires_in": 3600})
        await world.clock.advance(3600)
        renewing = asyncio.ensure_future(world.session.get_access())
        await world.clock.advance(1)
        assert (await renewing).reveal() == number
        assert await copy.session.get_access() == Secret(number)
    maya = Connection("maya@lotus-spa.example", is_licensed=True)
    assert copy.account.connection == maya
    assert heard == [maya, maya]
    assert copy.session.generation == generation
    world.transport.reply(200)
    await world.session.end()
    world.session.adopt(Token(Secret("kims"), None, world.clock.now() + timedelta(hours=2), None))
    await settle()
    assert copy.account.connection == Connection()


@in_loop
async def test_a_renewal_after_a_new_sign_in_leaves_the_user_known(world: World) -> None:
    world.session.adopt(
        Token(Secret("kims"), Secret("r"), world.clock.now() + timedelta(minutes=2), None)
    )
    tab = world.open_tab()
    tab.session.ask_other_tabs()
    await settle()
    world.transport.reply(200, USER)
    await tab.account.find_user()
    answer = {"access_token": "renewed", "token_type": "bearer", "expires_in": 3600}
    world.transport.reply(200, answer)
    world.clock.jump(90)
    renewing = asyncio.ensure_future(world.session.get_access())
    await world.clock.advance(1)
    assert (await renewing).reveal() == "renewed"
    assert await tab.session.get_access() == Secret("renewed")
    assert tab.account.connection == Connection("maya@lotus-spa.example", is_licensed=True)


@in_loop
async def test_an_answer_about_the_user_before_is_not_taken_for_the_one_after(
    world: World,
) -> None:
    world.sign_in_already()
    gate = world.transport.reply_later(200, USER)
    task = asyncio.ensure_future(world.account.find_user())
    await settle()
    world.session.adopt(Token(Secret("kims"), None, world.clock.now() + timedelta(hours=1), None))
    kims = asyncio.ensure_future(world.account.find_user())
    world.transport.reply(200, {**USER, "email": "kim@lotus-spa.example"})
    gate.set()
    await task
    user = await kims
    assert user is not None
    assert user.email == "kim@lotus-spa.example"
    connection = world.account.connection
    assert connection is not None
    assert connection.email == "kim@lotus-spa.example"


@in_loop
async def test_whoever_listens_hears_of_every_change_until_they_stop(world: World) -> None:
    heard: list[Connection | None] = []
    stop = world.account.listen(lambda: heard.append(world.account.connection))
    world.session.adopt(Token(Secret("x"), None, world.clock.now() + timedelta(hours=1), None))
    world.transport.reply(200, USER)
    await world.account.find_user()
    assert heard == [Connection(), Connection("maya@lotus-spa.example", is_licensed=True)]
    stop()
    stop()
    world.transport.reply(200)
    await world.session.end()
    assert len(heard) == 2


@in_loop
async def test_nothing_of_the_user_is_stored(world: World) -> None:
    world.sign_in_already()
    world.transport.reply(200, USER)
    await world.account.find_user()
    assert "maya" not in f"{world.storage.items} {world.local_storage.items}"
