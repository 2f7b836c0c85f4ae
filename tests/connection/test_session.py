"""One token: renewed once however many want it, in this tab and in the others."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from pywidget.connection import last_end
from pywidget.connection.token_sharing import LAST_WAIT, WAIT
from pywidget.connection.token_store import format_token
from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    UnreachableError,
    WidgetError,
    build_closed_way_error,
)
from pywidget.domain.secret import Secret
from pywidget.zoom.token import Token
from tests.doubles.clock import run, settle
from tests.doubles.storage import TabStorage
from tests.in_loop import in_loop
from tests.world import World
from tests.zoom.answers import TOKEN

OLD, NEW = "s3cr3t-access", "s3cr3t-renewed"
RENEWED = {**TOKEN, "access_token": NEW, "refresh_token": "s3cr3t-refresh-2"}
HOUR = timedelta(hours=1)
INVALID_GRANT = {"error": "invalid_grant", "reason": "Invalid Token s3cr3t-refresh"}


def sign_in_stale(world: World) -> None:
    """The token is in its last minute."""
    world.sign_in_already(timedelta(seconds=60), refresh="s3cr3t-refresh")


def start(world: World) -> asyncio.Task[Secret]:
    return asyncio.ensure_future(world.session.get_access())


async def get_access(world: World) -> str:
    """The token, after the other tabs had time to offer theirs."""
    task = start(world)
    await world.clock.advance(WAIT)
    await world.clock.advance(LAST_WAIT)
    return (await task).reveal()


async def find(world: World) -> bool:
    """Whether the other tabs have a token for it."""
    task = asyncio.ensure_future(world.session.find_token_elsewhere())
    await world.clock.advance(WAIT)
    return await task


async def refuse(world: World) -> Code:
    with pytest.raises(WidgetError) as caught:
        await get_access(world)
    assert "s3cr3t" not in f"{caught.value!r} {vars(caught.value)}"
    return caught.value.code


def access_in(world: World) -> str | None:
    token = world.tokens.load()
    return None if token is None else token.access.reveal()


# In one tab


@pytest.mark.parametrize(("seconds", "renews"), [(61, False), (60, True), (0, True), (-5000, True)])
def test_a_token_is_renewed_a_minute_before_its_end(
    world: World, seconds: float, *, renews: bool
) -> None:
    async def test() -> None:
        world.sign_in_already(timedelta(seconds=seconds), refresh="s3cr3t-refresh")
        if renews:
            world.transport.reply(200, RENEWED)
        assert await get_access(world) == (NEW if renews else OLD)
        assert access_in(world) == (NEW if renews else OLD)

    run(test())


@in_loop
async def test_the_refresh_request_is_a_public_clients(world: World) -> None:
    sign_in_stale(world)
    world.transport.reply(200, RENEWED)
    await get_access(world)
    (request,) = world.transport.sent
    assert request.url == "https://zoom.us/oauth/token"
    assert "Authorization" not in request.headers
    assert not request.may_repeat
    assert parse_qs((request.body or b"").decode(), strict_parsing=True) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["s3cr3t-refresh"],
        "client_id": ["client-1"],
    }


@pytest.mark.parametrize(
    ("answer", "refresh", "scopes"),
    [
        (RENEWED, "s3cr3t-refresh-2", {"meeting:write:meeting"}),
        ({"access_token": NEW, "token_type": "bearer"}, "s3cr3t-refresh", {"user:read:user"}),
    ],
)
def test_what_the_answer_leaves_out_stays_as_it_was(
    world: World, answer: object, refresh: str, scopes: set[str]
) -> None:
    async def test() -> None:
        world.sign_in_already(
            timedelta(0), refresh="s3cr3t-refresh", scopes=frozenset({"user:read:user"})
        )
        world.transport.reply(200, answer)
        await get_access(world)
        token = world.tokens.load()
        assert token is not None
        assert token.refresh == Secret(refresh)
        assert token.scopes == frozenset(scopes)

    run(test())


@in_loop
async def test_all_who_ask_at_once_share_one_renewal(world: World) -> None:
    sign_in_stale(world)
    gate = world.transport.reply_later(200, RENEWED)
    tasks = [start(world) for _ in range(5)]
    await world.clock.advance(WAIT)
    tasks.append(start(world))
    await settle()
    gate.set()
    assert {(await task).reveal() for task in tasks} == {NEW}
    assert len(world.transport.sent) == 1


@in_loop
async def test_one_who_stops_waiting_does_not_stop_the_renewal(world: World) -> None:
    sign_in_stale(world)
    gate = world.transport.reply_later(200, RENEWED)
    impatient, patient = start(world), start(world)
    await world.clock.advance(WAIT)
    impatient.cancel()
    await settle()
    gate.set()
    assert (await patient).reveal() == NEW


@in_loop
async def test_a_token_that_was_refused_is_renewed_whatever_our_clock_says(world: World) -> None:
    world.sign_in_already(refresh="s3cr3t-refresh")
    world.transport.reply(200, RENEWED)
    task = asyncio.ensure_future(world.session.replace_access(Secret(OLD)))
    await world.clock.advance(WAIT)
    assert (await task).reveal() == NEW


@in_loop
async def test_a_refused_token_that_was_replaced_already_is_not_renewed(world: World) -> None:
    """Two calls were on their way with it; the second answer comes after the renewal."""
    world.sign_in_already(access=NEW, refresh="s3cr3t-refresh-2")
    assert (await world.session.replace_access(Secret(OLD))).reveal() == NEW
    assert world.transport.sent == []


@pytest.mark.parametrize("body", [INVALID_GRANT, {"error": "invalid_grant"}])
def test_a_grant_that_is_over_is_forgotten(world: World, body: object) -> None:
    async def test() -> None:
        sign_in_stale(world)
        world.transport.reply(400, body)
        assert await refuse(world) is Code.INVALID_GRANT
        assert world.storage.items == {}
        assert not world.session.is_signed_in

    run(test())


@in_loop
async def test_an_expired_token_without_a_refresh_token_is_the_end(world: World) -> None:
    world.sign_in_already(timedelta(seconds=30))
    assert not world.session.is_signed_in
    assert await refuse(world) is Code.INVALID_GRANT
    assert world.storage.items == {}
    assert world.transport.sent == []


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (500, b"<html>s3cr3t", Code.ZOOM_ERROR),
        (503, {"error": "invalid"}, Code.ZOOM_ERROR),
        (429, b"", Code.RATE_LIMITED),
        (400, {"error": "invalid_client"}, Code.INVALID_CLIENT),
        (400, {"error": "invalid_request"}, Code.ZOOM_ERROR),
        (200, b"<html>s3cr3t", Code.RESPONSE_INVALID),
        (200, {**RENEWED, "access_token": ""}, Code.RESPONSE_INVALID),
    ],
)
def test_what_says_nothing_about_the_grant_keeps_it(
    world: World, status: int, body: object, code: Code
) -> None:
    async def test() -> None:
        sign_in_stale(world)
        world.transport.reply(status, body)
        assert await refuse(world) is code
        assert access_in(world) == OLD
        assert world.session.is_signed_in

    run(test())


@pytest.mark.parametrize(
    "error",
    [
        CertificateRefusedError(("unknown-issuer",)),
        build_closed_way_error(Code.TUNNEL_FAILED),
        UnreachableError(Code.TUNNEL_REFUSED, may_have_arrived=False),
        UnreachableError(Code.NETWORK, may_have_arrived=False),
    ],
    ids=lambda error: error.code,
)
def test_a_renewal_that_never_left_keeps_the_token(world: World, error: UnreachableError) -> None:
    @in_loop
    async def test(world: World) -> None:
        sign_in_stale(world)
        world.transport.refuse(error)
        task = start(world)
        await world.clock.advance(3600)
        with pytest.raises(UnreachableError) as caught:
            await task
        assert caught.value is error
        assert access_in(world) == OLD
        assert world.session.is_signed_in
        world.transport.reply(200, RENEWED)
        assert await get_access(world) == NEW

    test(world)


@pytest.mark.parametrize("failure", ["drop_before", "drop_after"])
@pytest.mark.parametrize("code", [Code.NETWORK, Code.TIMEOUT, Code.CORS_BLOCKED])
def test_a_lost_renewal_keeps_the_token_and_is_not_repeated_by_itself(
    world: World, failure: str, code: Code
) -> None:
    """It may have used the refresh token up; the user's next click tries it."""

    async def test() -> None:
        sign_in_stale(world)
        getattr(world.transport, failure)(code)
        tasks = [start(world) for _ in range(3)]
        await world.clock.advance(3600)
        for task in tasks:
            with pytest.raises(WidgetError) as caught:
                await task
            assert caught.value.code is code
        assert len(world.transport.sent) == 1
        assert access_in(world) == OLD
        world.transport.reply(200, RENEWED)
        assert await get_access(world) == NEW

    run(test())


@in_loop
async def test_after_the_machine_slept_the_token_is_renewed_before_it_is_sent(
    world: World,
) -> None:
    world.sign_in_already(refresh="s3cr3t-refresh")
    assert await get_access(world) == OLD
    world.clock.jump(8 * 3600)
    world.transport.reply(200, RENEWED)
    assert await get_access(world) == NEW


@in_loop
async def test_refused_storage_is_no_token_and_is_told(world: World) -> None:
    world.sign_in_already()
    world.storage.is_refused = True
    assert not world.session.is_signed_in
    assert await refuse(world) is Code.STORAGE_UNAVAILABLE


@in_loop
async def test_every_sign_in_and_every_end_is_told(world: World) -> None:
    heard: list[bool] = []
    world.session.on_change(lambda: heard.append(world.session.is_signed_in))
    before = world.session.generation
    world.session.adopt(Token(Secret(OLD), None, world.clock.now() + timedelta(hours=1), None))
    world.transport.reply(200)
    await world.session.end()
    assert heard == [True, False]
    assert world.session.generation == before + 2


# Across tabs


@in_loop
async def test_a_duplicated_tab_adopts_what_the_first_one_renewed(world: World) -> None:
    """Both have a copy of the refresh token, which works once."""
    sign_in_stale(world)
    copy = world.duplicate()
    gate = world.transport.reply_later(200, RENEWED)
    tasks = [start(tab) for tab in (world, copy, copy, world)]
    await world.clock.advance(WAIT)
    assert world.locks.held == {"pywidget:v1:token"}  # in every version
    gate.set()
    await world.clock.advance(WAIT)
    assert {(await task).reveal() for task in tasks} == {NEW}
    assert len(world.transport.sent) == 1
    assert access_in(copy) == NEW
    assert world.locks.held == set()


@in_loop
async def test_a_renewed_token_reaches_whoever_had_the_old_one_unasked(world: World) -> None:
    """The tab that renewed may be closed by the time the others need a token."""
    sign_in_stale(world)
    copy = world.duplicate()
    world.transport.reply(200, RENEWED)
    await get_access(world)
    world.close()
    assert (await copy.session.get_access()).reveal() == NEW
    assert len(world.transport.sent) == 1


@in_loop
async def test_a_tab_that_is_woken_late_asks_before_it_spends_its_copy(world: World) -> None:
    """It was frozen in the background, and has not heard of the renewal."""
    sign_in_stale(world)
    copy = world.duplicate()
    world.transport.reply(200, RENEWED)
    assert await get_access(world) == NEW
    sign_in_stale(copy)  # what was told did not reach it
    assert access_in(copy) == OLD
    assert await get_access(copy) == NEW
    assert len(world.transport.sent) == 1


@in_loop
async def test_a_loser_whose_copy_is_used_up_takes_the_winners_token(world: World) -> None:
    sign_in_stale(world)
    gate = world.transport.reply_later(400, INVALID_GRANT)
    task = start(world)
    await world.clock.advance(WAIT)
    winner = Token(Secret(NEW), None, world.clock.now() + timedelta(hours=1), None)
    world.tokens.save(winner)  # heard from another tab while Zoom answered
    gate.set()
    assert (await task).reveal() == NEW
    assert world.tokens.load() == winner


@in_loop
async def test_a_token_that_zoom_has_refused_is_not_taken_back_from_another_tab(
    world: World,
) -> None:
    """It still looks fresh there; nobody has used it since the app was uninstalled."""
    world.sign_in_already()
    copy = world.duplicate()
    task = asyncio.ensure_future(world.session.replace_access(Secret(OLD)))
    await world.clock.advance(LAST_WAIT)
    await world.clock.advance(WAIT)
    with pytest.raises(WidgetError):
        await task
    assert access_in(copy) == OLD
    looking = asyncio.ensure_future(world.session.find_token_elsewhere())
    await world.clock.advance(WAIT)
    assert await looking is False
    assert world.storage.items == {}


@in_loop
async def test_a_tab_that_closes_in_the_middle_of_a_renewal_lets_the_others_go_on(
    world: World,
) -> None:
    sign_in_stale(world)
    copy = world.duplicate()
    world.transport.reply_later(200, RENEWED)  # nobody is there to hear it
    start(world)
    await world.clock.advance(WAIT)
    waiting = start(copy)
    await settle()
    world.close()
    world.transport.reply(400, INVALID_GRANT)  # the refresh token was used up
    await world.clock.advance(WAIT)
    await world.clock.advance(WAIT)
    with pytest.raises(WidgetError) as caught:
        await waiting
    assert caught.value.code is Code.INVALID_GRANT
    assert access_in(copy) is None


@in_loop
async def test_a_tab_whose_grant_is_over_has_nobody_renew_while_it_holds_the_lock(
    world: World,
) -> None:
    """The other one would wait for that lock, and both for each other."""
    sign_in_stale(world)
    world.duplicate()
    world.transport.reply(400, INVALID_GRANT)
    task = start(world)
    await world.clock.advance(2 * WAIT)
    assert task.done()
    assert isinstance(task.exception(), WidgetError)
    assert not [text for text in world.channel.told if "renewing-token" in text]


@pytest.mark.parametrize("happens", ["disconnects", "signs in anew"])
def test_a_renewal_that_comes_too_late_changes_nothing(world: World, happens: str) -> None:
    """The user's own decision counts, whatever was on its way."""

    async def test() -> None:
        sign_in_stale(world)
        other = world.open_tab()
        gate = world.transport.reply_later(200, RENEWED)
        task = start(world)
        await world.clock.advance(WAIT)
        if happens == "disconnects":
            world.transport.reply(200)
            await world.session.end()
        else:
            token = Token(Secret("newest"), None, world.clock.now() + timedelta(hours=2), None)
            world.session.adopt(token)
        gate.set()
        await settle()
        if happens == "disconnects":
            with pytest.raises(WidgetError):
                await task
            assert (access_in(world), access_in(other)) == (None, None)
        else:
            assert (await task).reveal() == "newest"
            assert (access_in(world), access_in(other)) == ("newest", "newest")

    run(test())


# Disconnecting


@pytest.mark.parametrize(
    "answer", [(200, {"status": "success"}), (400, b""), (401, b"<html>"), (500, b"")]
)
def test_disconnecting_forgets_in_every_tab_and_asks_zoom_to_revoke(
    world: World, answer: tuple[int, object]
) -> None:
    async def test() -> None:
        world.sign_in_already(refresh="s3cr3t-refresh")
        copy = world.duplicate()
        world.transport.reply(*answer)
        await world.session.end()
        await settle()
        for tab in (world, copy):
            assert tab.storage.items == {}
            assert not tab.session.is_signed_in
        (request,) = world.transport.sent
        assert request.url == "https://zoom.us/oauth/revoke"
        form = parse_qs((request.body or b"").decode(), strict_parsing=True)
        assert form == {"token": [OLD], "client_id": ["client-1"]}

    run(test())


@in_loop
async def test_the_token_is_forgotten_before_zoom_answers(world: World) -> None:
    world.sign_in_already()
    gate = world.transport.reply_later(200)
    task = asyncio.ensure_future(world.session.end())
    await settle()
    assert world.storage.items == {}
    gate.set()
    await task


@pytest.mark.parametrize("failure", ["drop_before", "drop_after"])
def test_a_revocation_without_an_answer_is_not_repeated(world: World, failure: str) -> None:
    async def test() -> None:
        world.sign_in_already()
        getattr(world.transport, failure)()
        await world.session.end()
        await world.clock.advance(3600)
        assert len(world.transport.sent) == 1

    run(test())


@in_loop
async def test_disconnecting_twice_asks_nothing_of_zoom(world: World) -> None:
    await world.session.end()
    assert world.transport.sent == []


@in_loop
async def test_a_copy_that_turns_up_after_the_end_is_void(world: World) -> None:
    """Zoom refused to revoke it; the copy was in a tab that was asleep, or in another window."""
    world.session.adopt(Token(Secret(OLD), Secret("r"), world.clock.now() + HOUR, None))
    copy = world.storage.duplicate_tab()
    world.transport.reply(400)
    await world.session.end()
    for storage in (copy, copy.duplicate_tab()):
        storage.items = {**copy.items}
        tab = world.open_tab(storage=storage)
        assert not tab.session.is_signed_in
        assert storage.items == {}


@in_loop
async def test_a_void_copy_is_told_to_nobody(world: World) -> None:
    world.session.adopt(Token(Secret(OLD), Secret("r"), world.clock.now() + HOUR, None))
    world.close()
    sleeping, other = world.duplicate(), world.open_tab()
    world.local_storage.set(last_end.KEY, world.clock.now().isoformat())
    assert await find(other) is False
    assert "s3cr3t" not in str(world.channel.told)
    assert not sleeping.session.is_signed_in


@in_loop
async def test_a_renewal_makes_a_sign_in_no_younger(world: World) -> None:
    world.session.adopt(Token(Secret(OLD), Secret("r"), world.clock.now() + HOUR, None))
    ended = world.clock.now() + timedelta(minutes=30)
    world.clock.jump(3600)
    world.transport.reply(200, RENEWED)
    assert await get_access(world) == NEW
    world.local_storage.set(last_end.KEY, ended.isoformat())
    assert not world.session.is_signed_in


@pytest.mark.parametrize("clock", [3600, 0, -3600])
def test_whoever_signs_in_after_an_end_is_signed_in(world: World, clock: float) -> None:
    """Also where the machine's clock was set back, and again at the next end."""

    async def test() -> None:
        for _ in range(3):
            world.session.adopt(Token(Secret(OLD), None, world.clock.now() + 9 * HOUR, None))
            assert world.session.is_signed_in
            copy = world.duplicate()
            world.transport.reply(200)
            world.clock.jump(clock)
            await world.session.end()
            assert not copy.session.is_signed_in

    run(test())


@pytest.mark.parametrize("text", ["", "soon", "0", "9999-12-31T23:59:59.999999+00:00", "2026-99"])
def test_a_record_of_the_end_that_makes_no_sense_keeps_nobody_out(world: World, text: str) -> None:
    async def test() -> None:
        world.local_storage.set(last_end.KEY, text)
        world.session.adopt(Token(Secret(OLD), None, world.clock.now() + HOUR, None))
        assert world.session.is_signed_in

    run(test())


@in_loop
async def test_no_shared_storage_keeps_nobody_out(world: World) -> None:
    world.local_storage.is_refused = True
    world.session.adopt(Token(Secret(OLD), None, world.clock.now() + HOUR, None))
    assert world.session.is_signed_in
    world.transport.reply(200)
    await world.session.end()
    assert not world.session.is_signed_in


# What another tab offers, and what does not change


@in_loop
async def test_a_refused_token_that_was_replaced_ends_nothing(world: World) -> None:
    world.sign_in_already()
    generation = world.session.generation
    world.session.drop(Secret("an older one"))
    assert access_in(world) == OLD
    assert world.session.generation == generation
    world.session.drop(Secret(OLD))
    assert access_in(world) is None
    assert world.session.generation == generation + 1


@in_loop
async def test_a_token_that_zoom_has_refused_is_not_taken_from_another_tab(world: World) -> None:
    world.open_tab().sign_in_already()
    world.session.drop(Secret(OLD))
    assert await find(world) is False
    assert access_in(world) is None


@in_loop
async def test_a_tab_without_room_takes_no_token(world: World) -> None:
    world.open_tab().sign_in_already()
    world.storage.quota = 0
    generation = world.session.generation
    assert await find(world) is False
    assert world.session.generation == generation
    world.storage.quota = 10_000
    assert await find(world) is True


@in_loop
async def test_a_token_from_before_the_end_is_not_taken_from_another_tab(world: World) -> None:
    """The other tab has not heard of the end, or is a script that kept a copy."""
    other = world.open_tab()
    other.session.adopt(Token(Secret(OLD), None, world.clock.now() + HOUR, None))
    await settle()
    world.session.drop(Secret(OLD))
    tab = world.open_tab(storage=TabStorage())
    token = other.tokens.load()
    assert token is not None
    task = asyncio.ensure_future(tab.session.find_token_elsewhere())
    world.local_storage.set(last_end.KEY, world.clock.now().isoformat())
    other.storage.items = {}
    question = json.loads(world.channel.told[-1])["question"]
    world.channel.tell(
        json.dumps({"kind": "token", "question": question, "token": format_token(token)})
    )
    await world.clock.advance(WAIT)
    assert await task is False
    assert tab.storage.items == {}


@in_loop
async def test_an_end_that_was_not_ours_is_looked_for_twice_and_then_forgotten(
    world: World,
) -> None:
    world.sign_in_already()
    changes: list[bool] = []
    world.session.on_change(lambda: changes.append(True))
    world.channel.tell(json.dumps({"kind": "forget-token"}))
    await world.clock.advance(1.1)
    assert world.clock.sleepers == 0
    assert world.clock.slept == [0.1, 1.0]
    assert (access_in(world), changes) == (OLD, [])


@in_loop
async def test_another_sign_in_is_a_new_generation_and_a_renewed_token_is_not(
    world: World,
) -> None:
    other = world.open_tab()
    other.session.adopt(Token(Secret(OLD), Secret("r"), world.clock.now() + HOUR, None))
    await settle()
    tab = world.open_tab(storage=TabStorage())
    changes: list[int] = []
    tab.session.on_change(lambda: changes.append(tab.session.generation))
    tab.session.ask_other_tabs()
    await settle()
    assert changes == [1]
    world.clock.jump(3590)
    world.transport.reply(200, RENEWED)
    task = asyncio.ensure_future(other.session.get_access())
    await world.clock.advance(WAIT)
    assert (await task).reveal() == NEW
    assert access_in(tab) == NEW
    assert changes == [1, 1]
