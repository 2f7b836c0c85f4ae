"""What tabs tell each other about the token, and what of it is believed."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from pywidget.connection.token_sharing import WAIT
from pywidget.connection.token_store import format_token
from pywidget.domain.secret import Secret
from pywidget.zoom.token import Token
from tests.doubles.clock import NOW, run, settle
from tests.in_loop import in_loop
from tests.world import World

FRESH = Token(Secret("s3cr3t-fresh"), Secret("s3cr3t-r"), NOW + timedelta(hours=1), None)
STALE = Token(Secret("s3cr3t-stale"), Secret("s3cr3t-r"), NOW + timedelta(seconds=60), None)


def message(kind: Any, **fields: Any) -> str:
    return json.dumps({"kind": kind, **fields})


@in_loop
async def test_a_new_tab_gets_the_token_by_asking(world: World) -> None:
    world.sign_in_already(refresh="s3cr3t-refresh", scopes=frozenset({"user:read:user"}))
    tab = world.open_tab()
    assert not tab.session.is_signed_in
    tab.session.ask_other_tabs()
    await settle()
    assert tab.tokens.load() == world.tokens.load()


@in_loop
async def test_a_tab_that_is_signed_in_asks_nobody(world: World) -> None:
    world.open_tab()
    world.sign_in_already()
    world.session.ask_other_tabs()
    assert await world.session.find_token_elsewhere()
    assert world.channel.told == []


@in_loop
async def test_a_new_sign_in_reaches_every_tab(world: World) -> None:
    tabs = [world.open_tab() for _ in range(3)]
    world.session.adopt(FRESH)
    await settle()
    assert [tab.tokens.load() for tab in tabs] == [FRESH] * 3


@in_loop
async def test_a_closed_tab_is_not_asked(world: World) -> None:
    world.sign_in_already()
    tab = world.open_tab()
    world.close()
    tab.session.ask_other_tabs()
    await settle()
    assert not tab.session.is_signed_in


@in_loop
async def test_asking_takes_no_longer_than_it_must(world: World) -> None:
    alone = asyncio.ensure_future(world.session.find_token_elsewhere())
    await world.clock.advance(WAIT - 0.01)
    assert not alone.done()
    await world.clock.advance(0.01)
    assert await alone is False
    tab = world.open_tab()
    tab.session.adopt(FRESH)
    world.tokens.forget()
    assert await world.session.find_token_elsewhere() is True  # no time had to pass
    await settle()
    assert world.clock.sleepers == 0


@in_loop
async def test_a_stale_token_is_offered_to_nobody(world: World) -> None:
    world.sign_in_already(timedelta(seconds=60), refresh="s3cr3t-refresh")
    world.open_tab().session.ask_other_tabs()
    await settle()
    assert [json.loads(text)["kind"] for text in world.channel.told] == ["ask-token"]


@in_loop
async def test_the_token_that_lasts_longer_is_kept(world: World) -> None:
    world.tokens.save(FRESH)
    shorter = Token(Secret("shorter"), None, NOW + timedelta(minutes=59), None)
    longer = Token(Secret("longer"), None, NOW + timedelta(minutes=61), None)
    for told, kept in ((shorter, FRESH), (FRESH, FRESH), (longer, longer)):
        world.channel.tell(message("token", token=format_token(told)))
        await settle()
        assert world.tokens.load() == kept


HOSTILE = [
    "",
    "null",
    "5",
    "[]",
    "{",
    "[" * 100_000,
    '{"kind": 5}',
    message(None),
    message(["token"]),
    message("unknown", token=format_token(FRESH)),
    message("token"),
    message("token", token=""),
    message("token", token=5),
    message("token", token={"access_token": "x"}),
    message("token", token="{}"),
    message("token", token=format_token(STALE)),
    message("token", token=json.dumps({**json.loads(format_token(FRESH)), "access_token": ""})),
    message("token", token=json.dumps({**json.loads(format_token(FRESH)), "expires_at": "soon"})),
    message("made"),
    message("made", appointment="812", link="https://evil.example/j/86012345678"),
    message("made", appointment="812", link="https://zoom.us/s/86012345678"),
    message("made", appointment=5, link=5),
    message("removed"),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_makes_no_sense_is_not_heard(world: World, text: str, *, signed_in: bool) -> None:
    async def test() -> None:
        if signed_in:
            world.tokens.save(FRESH)
        before = dict(world.storage.items)
        world.channel.tell(text)
        await settle()
        assert world.storage.items == before
        assert world.channel.told == [text]
        assert world.session.is_signed_in is signed_in

    run(test())


@in_loop
async def test_a_tab_without_storage_hears_and_keeps_nothing(world: World) -> None:
    world.storage.is_refused = True
    world.channel.tell(message("token", token=format_token(FRESH)))
    world.channel.tell(message("forget-token"))
    world.channel.tell(message("ask-token"))
    await settle()
    assert not world.session.is_signed_in


@in_loop
async def test_no_message_but_the_tokens_own_holds_a_secret(world: World) -> None:
    tab = world.open_tab()
    world.session.adopt(FRESH)
    tab.session.ask_other_tabs()
    await settle()
    world.transport.reply(200)
    await tab.session.end()
    await settle()
    for text in world.channel.told:
        assert ("s3cr3t" in text) == (json.loads(text)["kind"] == "token")
