"""What tabs tell each other about the token, and what of it is believed."""

from __future__ import annotations

import asyncio
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pywidget.connection import last_end
from pywidget.connection.token_sharing import LAST_WAIT, RENEWAL_WAIT, WAIT
from pywidget.connection.token_store import format_token
from pywidget.domain.errors import Code, SessionEndedError, UnreachableError
from pywidget.domain.secret import Secret
from pywidget.zoom.token import Token
from tests.doubles.clock import NOW, run, settle
from tests.doubles.storage import TabStorage
from tests.in_loop import in_loop
from tests.world import World
from tests.zoom.answers import TOKEN

FRESH = Token(Secret("s3cr3t-fresh"), Secret("s3cr3t-r"), NOW + timedelta(hours=1), None)
STALE = Token(Secret("s3cr3t-stale"), Secret("s3cr3t-r"), NOW + timedelta(seconds=60), None)


def message(kind: Any, **fields: Any) -> str:
    return json.dumps({"kind": kind, **fields})


def kinds(world: World) -> list[str]:
    return [json.loads(text)["kind"] for text in world.channel.told]


def forge(token: Token, *, question: str = "", key: Token | None = None) -> str:
    """What a script of the origin may say; with a `key` it has had a token of that sign-in."""
    text = format_token(token)
    secret = "guessed" if key is None else key.family.reveal()
    proof = hmac.new(secret.encode(), (question + text).encode(), "sha256").hexdigest()
    return message("token", question=question, token=text, proof=proof)


def ask(world: World) -> str:
    """The tab asks without waiting; returns the question's name."""
    world.session.ask_other_tabs()
    name = json.loads(world.channel.told[-1])["question"]
    assert isinstance(name, str)
    return name


def ask_as_a_script(world: World) -> None:
    """A worker, or a page without the widget, asks as a tab would."""
    world.channel.tell(message("ask-token", question="q", refused="", may_renew="yes"))


# What is told


@in_loop
async def test_a_new_tab_gets_the_access_token_by_asking(world: World) -> None:
    world.sign_in_already(refresh="s3cr3t-refresh", scopes=frozenset({"user:read:user"}))
    mine = world.tokens.load()
    assert mine is not None
    tab = world.open_tab()
    assert not tab.session.is_signed_in
    tab.session.ask_other_tabs()
    await settle()
    assert tab.tokens.load() == replace(mine, refresh=None, inherited=mine.family)
    assert tab.session.is_signed_in


@in_loop
async def test_the_refresh_token_leaves_its_tab_in_no_message(world: World) -> None:
    """Neither asked for, nor in passing: sign-in, renewal and end are heard by whole the origin."""
    world.open_tab()
    copy = world.open_tab()
    world.session.adopt(replace(FRESH, refresh=Secret("s3cr3t-refresh-1")))
    await settle()
    ask_as_a_script(world)
    world.clock.jump(3590)
    ask_as_a_script(world)
    world.transport.reply(200, {**TOKEN, "access_token": "renewed", "refresh_token": "refresh-2"})
    await world.clock.advance(WAIT)
    assert copy.tokens.load() is not None
    world.transport.reply(200)
    await world.session.end()
    await settle()
    assert {"ask-token", "token", "signed-in", "forget-token"} <= set(kinds(world))
    assert not [text for text in world.channel.told if "refresh-" in text]


@in_loop
async def test_a_new_sign_in_is_told_without_its_token_and_asked_for(world: World) -> None:
    tabs = [world.open_tab() for _ in range(3)]
    world.session.adopt(FRESH)
    assert kinds(world) == ["signed-in"]
    assert "s3cr3t" not in world.channel.told[0]
    await settle()
    for tab in tabs:
        token = tab.tokens.load()
        assert token is not None
        assert token.access == FRESH.access


@in_loop
async def test_whoever_switches_the_account_takes_the_other_tabs_along(world: World) -> None:
    world.session.adopt(FRESH)
    tab, stranger = world.open_tab(), world.open_tab()
    tab.session.ask_other_tabs()
    await settle()
    stranger.tokens.save(replace(FRESH, access=Secret("another sign-in")))
    world.clock.jump(1)
    world.session.adopt(replace(FRESH, access=Secret("kims"), signed_in_at=world.clock.now()))
    await settle()
    assert await tab.session.get_access() == Secret("kims")
    assert await stranger.session.get_access() == Secret("another sign-in")


@in_loop
async def test_a_tab_that_is_signed_in_asks_nobody(world: World) -> None:
    world.open_tab()
    world.sign_in_already()
    world.session.ask_other_tabs()
    assert await world.session.find_token_elsewhere()
    assert world.channel.told == []


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
async def test_no_message_but_the_tokens_own_holds_a_secret(world: World) -> None:
    tab = world.open_tab()
    world.session.adopt(FRESH)
    tab.session.ask_other_tabs()
    await settle()
    token = world.tokens.load()
    assert token is not None
    world.transport.reply(200)
    await tab.session.end()
    await settle()
    for text in world.channel.told:
        is_token = json.loads(text)["kind"] == "token"
        assert ("s3cr3t" in text) == is_token
        assert (token.family.reveal() in text) == is_token


# Renewing for others


@in_loop
async def test_the_tab_that_has_the_refresh_token_renews_for_the_others(world: World) -> None:
    world.sign_in_already(refresh="s3cr3t-refresh")
    tab = world.open_tab()
    tab.session.ask_other_tabs()
    await settle()
    world.clock.jump(3590)
    gate = world.transport.reply_later(200, {**TOKEN, "access_token": "renewed"})
    asking = asyncio.ensure_future(tab.session.get_access())
    await world.clock.advance(LAST_WAIT + 5)
    assert not asking.done()
    gate.set()
    assert (await asking).reveal() == "renewed"
    assert len(world.transport.sent) == 1
    token = tab.tokens.load()
    assert token is not None
    assert token.refresh is None


@in_loop
async def test_a_new_tab_gets_a_token_that_has_to_be_renewed_first(world: World) -> None:
    world.sign_in_already(timedelta(seconds=60), refresh="s3cr3t-refresh")
    world.transport.reply(200, {**TOKEN, "access_token": "renewed"})
    tab = world.open_tab()
    tab.session.ask_other_tabs()
    await world.clock.advance(WAIT)
    assert tab.session.is_signed_in


@in_loop
async def test_a_token_that_zoom_refused_is_renewed_for_the_tab_that_says_so(world: World) -> None:
    world.sign_in_already(access="dead", refresh="s3cr3t-refresh")
    tab = world.open_tab()
    tab.session.ask_other_tabs()
    await settle()
    world.transport.reply(200, {**TOKEN, "access_token": "renewed", "expires_in": 3700})
    replacing = asyncio.ensure_future(tab.session.replace_access(Secret("dead")))
    await world.clock.advance(LAST_WAIT)
    assert (await replacing).reveal() == "renewed"
    assert "dead" not in str([text for text in world.channel.told if "ask-token" in text])


@pytest.mark.parametrize("failure", [Code.NETWORK, Code.TIMEOUT])
def test_a_renewal_that_fails_elsewhere_ends_nothing(world: World, failure: Code) -> None:
    async def test() -> None:
        world.sign_in_already(refresh="s3cr3t-refresh")
        tab = world.open_tab()
        tab.session.ask_other_tabs()
        await settle()
        world.clock.jump(3590)
        world.transport.drop_after(failure)
        asking = asyncio.ensure_future(tab.session.get_access())
        await world.clock.advance(LAST_WAIT)
        with pytest.raises(UnreachableError):
            await asking
        assert tab.tokens.load() is not None
        assert world.session.is_signed_in

    run(test())


@in_loop
async def test_a_renewal_elsewhere_that_takes_too_long_ends_nothing(world: World) -> None:
    world.sign_in_already(refresh="s3cr3t-refresh")
    tab = world.open_tab()
    ask(tab)
    await settle()
    world.clock.jump(3590)
    gate = world.transport.reply_later(200, {**TOKEN, "access_token": "renewed"})
    asking = asyncio.ensure_future(tab.session.get_access())
    await world.clock.advance(LAST_WAIT + 29.9)
    assert not asking.done()
    await world.clock.advance(0.2)
    with pytest.raises(UnreachableError):
        await asking
    assert tab.tokens.load() is not None
    gate.set()
    await settle()
    assert await tab.session.get_access() == Secret("renewed")


@in_loop
async def test_a_grant_that_is_over_is_over_in_every_tab(world: World) -> None:
    world.sign_in_already(refresh="s3cr3t-refresh")
    tab = world.open_tab()
    tab.session.ask_other_tabs()
    await settle()
    world.clock.jump(3590)
    world.transport.reply(400, {"error": "invalid_grant"})
    asking = asyncio.ensure_future(tab.session.get_access())
    await world.clock.advance(LAST_WAIT + WAIT)
    with pytest.raises(SessionEndedError):
        await asking
    assert (world.tokens.load(), tab.tokens.load()) == (None, None)


@in_loop
async def test_a_tab_finds_the_sign_in_that_has_taken_the_place_of_its_own(world: World) -> None:
    """Zoom keeps one grant: a tab that nobody could ask has signed in anew."""
    world.sign_in_already(access="dead", refresh="s3cr3t-dead")
    other = world.open_tab()
    other.session.adopt(FRESH)
    await settle()
    world.transport.reply(400, {"error": "invalid_grant"})
    replacing = asyncio.ensure_future(world.session.replace_access(Secret("dead")))
    await world.clock.advance(WAIT)
    assert await replacing == FRESH.access


# What is believed


@in_loop
async def test_a_token_that_nobody_asked_for_is_not_taken(world: World) -> None:
    evil = replace(FRESH, access=Secret("evil"), expires_at=NOW + timedelta(days=1))
    world.channel.tell(forge(evil))
    world.channel.tell(forge(evil, question="q"))
    await settle()
    assert world.tokens.load() is None
    world.tokens.save(FRESH)
    for question in ("", "q"):
        world.channel.tell(forge(evil, question=question))
        world.channel.tell(forge(evil, question=question, key=evil))
        await settle()
        assert world.tokens.load() == FRESH


@in_loop
async def test_whoever_has_a_token_takes_only_one_of_the_same_sign_in(world: World) -> None:
    """Even in answer to its own question: others hear it, too."""
    world.sign_in_already(timedelta(seconds=60), refresh="s3cr3t-refresh")
    evil = replace(FRESH, access=Secret("evil"), expires_at=NOW + timedelta(days=1))
    world.transport.reply(200, {**TOKEN, "access_token": "renewed"})
    asking = asyncio.ensure_future(world.session.get_access())
    await settle()
    question = json.loads(world.channel.told[-1])["question"]
    world.channel.tell(forge(evil, question=question))
    await world.clock.advance(WAIT)
    assert (await asking).reveal() == "renewed"


@in_loop
async def test_an_answer_counts_once_and_not_for_ever(world: World) -> None:
    world.session.ask_other_tabs()
    question = json.loads(world.channel.told[-1])["question"]
    world.channel.tell(forge(FRESH, question=question))
    await settle()
    assert world.tokens.load() is not None
    world.tokens.forget()
    world.channel.tell(forge(FRESH, question=question))
    await settle()
    assert world.tokens.load() is None
    world.session.ask_other_tabs()
    question = json.loads(world.channel.told[-1])["question"]
    world.clock.jump(RENEWAL_WAIT + 1)
    world.channel.tell(forge(FRESH, question=question))
    await settle()
    assert world.tokens.load() is None


@pytest.mark.parametrize(("seconds", "is_taken"), [(30, True), (30.001, False)])
def test_an_answer_may_take_half_a_minute(world: World, seconds: float, *, is_taken: bool) -> None:
    async def test() -> None:
        question = ask(world)
        assert len(question) == 22  # 128 bits in base64url: nobody guesses it
        world.clock.jump(seconds)
        world.channel.tell(forge(FRESH, question=question))
        await settle()
        assert world.session.is_signed_in is is_taken

    run(test())


@pytest.mark.parametrize("trouble", ["refused", "full", "void", "stale", "empty"])
def test_a_token_that_can_not_be_taken_leaves_the_question_open(world: World, trouble: str) -> None:
    """The next tab that answers may have a better one."""

    async def test() -> None:
        offered = STALE if trouble == "stale" else replace(FRESH, access=Secret("dead"))
        if trouble == "refused":
            world.session.drop(offered.access)
        elif trouble == "void":
            world.local_storage.set(last_end.KEY, NOW.isoformat())
        question = ask(world)
        if trouble == "empty":
            world.channel.tell(message("token", token="", question=question))
        world.storage.quota = 0 if trouble == "full" else world.storage.quota
        world.channel.tell(forge(offered, question="" if trouble == "empty" else question))
        await settle()
        assert world.tokens.load() is None
        world.storage.quota = 10_000
        good = replace(FRESH, signed_in_at=NOW + timedelta(minutes=1))
        world.channel.tell(forge(good, question=question))
        await settle()
        assert await world.session.get_access() == FRESH.access

    run(test())


@in_loop
async def test_a_successor_need_not_name_a_question(world: World) -> None:
    world.tokens.save(FRESH)
    later = replace(FRESH, access=Secret("later"), expires_at=NOW + timedelta(hours=2))
    fields = json.loads(forge(later, key=FRESH))
    del fields["question"]
    world.channel.tell(json.dumps(fields))
    await settle()
    assert await world.session.get_access() == Secret("later")


@in_loop
async def test_a_family_that_a_script_made_up_breaks_nothing(world: World) -> None:
    odd = replace(FRESH, inherited=Secret("\ud800"))
    world.channel.tell(forge(odd, question=ask(world)))
    world.channel.tell(message("forget-token", proof="0"))
    await settle()
    assert await world.session.get_access() == FRESH.access


@in_loop
async def test_tabs_from_before_an_update_of_the_site_prove_in_the_same_way(world: World) -> None:
    world.sign_in_already(refresh="s3cr3t-refresh")
    refused = hmac.new(b"s3cr3t-access", b"name", "sha256").hexdigest()
    world.transport.reply(200, {**TOKEN, "access_token": "renewed", "expires_in": 3700})
    world.channel.tell(message("ask-token", question="q", refused=refused, may_renew="yes"))
    await world.clock.advance(WAIT)
    token = world.tokens.load()
    assert token is not None
    assert token.access == Secret("renewed")
    proof = hmac.new(token.family.reveal().encode(), b"forget", "sha256").hexdigest()
    world.channel.tell(message("forget-token", proof=proof))
    await settle()
    assert world.tokens.load() is None


@in_loop
async def test_a_refresh_token_that_is_told_is_not_kept(world: World) -> None:
    world.session.ask_other_tabs()
    question = json.loads(world.channel.told[-1])["question"]
    world.channel.tell(forge(FRESH, question=question))
    await settle()
    token = world.tokens.load()
    assert token is not None
    assert token.refresh is None


@in_loop
async def test_of_two_tokens_of_one_sign_in_the_one_that_lasts_longer_is_kept(world: World) -> None:
    world.tokens.save(FRESH)
    shorter, longer = (
        Token(Secret(name), None, NOW + timedelta(minutes=minutes), None, inherited=FRESH.family)
        for name, minutes in (("shorter", 59), ("longer", 61))
    )
    for told, kept in ((shorter, FRESH), (FRESH, FRESH), (longer, longer)):
        world.channel.tell(forge(told, key=FRESH))
        await settle()
        assert world.tokens.load() == kept


@in_loop
async def test_a_token_of_no_more_use_makes_room_for_any_other(world: World) -> None:
    """It came from a tab that is closed now, and nobody can renew it."""
    world.sign_in_already(timedelta(seconds=0))
    other = world.open_tab()
    other.session.adopt(FRESH)
    finding = asyncio.ensure_future(world.session.find_token_elsewhere())
    await settle()
    assert await finding is True
    assert (await world.session.get_access()) == FRESH.access


# Disconnecting


@in_loop
async def test_a_forged_end_ends_nothing(world: World) -> None:
    world.tokens.save(FRESH)
    world.channel.tell(message("forget-token"))
    world.channel.tell(message("forget-token", proof="0" * 64))
    await settle()
    assert world.tokens.load() == FRESH


@in_loop
async def test_an_end_reaches_the_others_where_it_can_not_be_recorded(world: World) -> None:
    world.sign_in_already()
    tab = world.open_tab()
    tab.session.ask_other_tabs()
    await settle()
    world.local_storage.quota = 0
    world.transport.reply(200)
    await world.session.end()
    await settle()
    assert not tab.session.is_signed_in


@in_loop
async def test_an_end_that_is_heard_before_it_can_be_read_is_an_end(world: World) -> None:
    """What one process stores comes to another a little later than what it tells."""
    world.session.adopt(FRESH)
    ended: list[bool] = []
    world.session.on_change(lambda: ended.append(world.session.is_signed_in))
    world.channel.tell(message("forget-token"))
    await settle()
    world.local_storage.set(last_end.KEY, (NOW + timedelta(hours=1)).isoformat())
    await world.clock.advance(2)
    assert ended == [False]
    assert world.storage.items == {}


# Not sharing


@in_loop
async def test_a_page_that_shares_nothing_neither_asks_nor_answers(world: World) -> None:
    settings = replace(world.settings, shares_sign_in=False)
    alone = replace(world, settings=settings, storage=TabStorage())
    alone.session.ask_other_tabs()
    assert await alone.session.find_token_elsewhere() is False
    alone.session.adopt(FRESH)
    ask_as_a_script(world)
    await settle()
    assert kinds(world) == ["ask-token"]
    alone.tokens.forget()
    world.session.adopt(FRESH)
    await settle()
    assert alone.tokens.load() is None


@in_loop
async def test_a_page_that_shares_nothing_still_disconnects_everywhere(world: World) -> None:
    settings = replace(world.settings, shares_sign_in=False)
    one = replace(world, settings=settings)
    two = replace(world, settings=settings, storage=TabStorage())
    one.session.adopt(FRESH)
    await one.clock.advance(1)
    two.session.adopt(replace(FRESH, access=Secret("s3cr3t-other")))
    one.transport.reply(200)
    await one.session.end()
    assert not two.session.is_signed_in


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
    message("token", token=format_token(FRESH)),
    message("token", token=format_token(FRESH), question=5, proof=5),
    message("token", token=format_token(FRESH), question="", proof="\ud800"),
    message("token", token=format_token(FRESH), question="\ud800", proof="0"),
    message("renewing-token"),
    message("renewing-token", question="q"),
    message("not-renewed", question="q", is_over="yes"),
    message("forget-token", proof="\ud800"),
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
