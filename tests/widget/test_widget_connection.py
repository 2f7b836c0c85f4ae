"""One element and its connection to Zoom: other tabs, disconnecting, and leaving the page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from pywidget.connection.attempt_store import PREFIX
from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import Code, SessionEndedError
from pywidget.domain.secret import Secret
from pywidget.widget import events as on
from pywidget.widget.model import Menu
from pywidget.zoom.token import Token
from tests.doubles.clock import run, settle
from tests.in_loop import in_loop
from tests.world import LINE, OnePage, World
from tests.zoom.answers import MEETING, TOKEN, USER

ID = "86012345678"
CREATE, ME = "POST /users/me/meetings", "GET /users/me"
CODE = "s3cr3t-code"


def answer_checks(world: World) -> None:
    world.transport.always("GET", f"/v2/meetings/{ID}", 200, MEETING)
    world.transport.always("GET", "/v2/users/me", 200, USER)


# A sign-in that is gone


def is_connected(page: OnePage) -> bool:
    return page.model.connection is not None


@pytest.mark.parametrize("loss", ["cleared", "expired"])
def test_the_next_click_connects_when_the_token_is_gone_without_a_word(
    world: World, loss: str
) -> None:
    """The user has cleared the site's data, or the tab has slept and could not renew it itself."""

    async def test() -> None:
        world.sign_in_already()
        page, other = world.add(), world.add(appointment="813")
        assert is_connected(page)
        if loss == "cleared":
            world.storage.items.clear()
        else:
            world.clock.jump(9 * 3600)
        page.widget.act("add")
        await settle()
        assert (page.model.menu, page.notice) == (Menu.ADD, None)
        assert not is_connected(page)
        assert not is_connected(other)
        page.widget.act("connect")
        assert len(world.windows.opened) == 1
        world.sign_in.abandon()
        await world.clock.advance(1)

    run(test())


@pytest.mark.parametrize("call", ["get", "replace"])
def test_whoever_finds_the_token_gone_tells_all_elements(world: World, call: str) -> None:
    async def test() -> None:
        world.sign_in_already()
        page = world.add()
        world.storage.items.clear()
        session, access = world.session, Secret("s3cr3t-access")
        asking = session.get_access() if call == "get" else session.replace_access(access)
        with pytest.raises(SessionEndedError):
            await asking
        assert not is_connected(page)

    run(test())


# The way to Zoom


def stand_before_zoom(world: World) -> World:
    """A page that has not asked yet, and a Zoom that will answer."""
    for path in ("/oauth/token", "/v2/users/me/settings"):
        world.transport.always("OPTIONS", path, 204)
    return replace(world, knows_way=False)


@in_loop
async def test_zoom_is_asked_when_the_menu_opens_and_not_before(world: World) -> None:
    world = stand_before_zoom(world)
    page = world.add()
    await settle()
    assert world.transport.sent == []
    page.widget.act("add")
    await settle()
    assert len(world.transport.sent) == 2
    page.widget.act("connect")
    assert len(world.windows.opened) == 1  # inside the click
    world.sign_in.abandon()
    await settle()
    page.widget.act("add")
    await settle()
    assert len(world.transport.sent) == 2


@in_loop
async def test_a_click_that_needs_no_sign_in_asks_nothing(world: World) -> None:
    waiting = stand_before_zoom(world)
    waiting.add(disabled="").widget.act("add")
    waiting.notes.text = "https://us02web.zoom.us/meeting/register/tZAbcDEf"
    hinted = waiting.add()
    hinted.widget.act("add")
    await settle()
    assert hinted.notice == "zoom_link_in_notes"
    assert world.transport.sent == []


@in_loop
async def test_a_closed_way_is_told_by_every_click_and_no_menu_flickers(world: World) -> None:
    world = replace(world, knows_way=False)
    for _ in range(2):
        for _ in range(5):
            world.transport.drop_before(Code.CORS_BLOCKED)
    page = world.add()
    for number in (1, 2):
        page.widget.act("add")
        assert (page.model.menu is Menu.ADD) is (number == 1)
        await settle()
        assert (page.state, page.notice) == ("error", "cors_blocked")
        assert page.model.menu is None
        name, detail = page.host.events[-1]
        assert (name, detail["code"]) == ("error", "cors_blocked")
    assert len(page.host.events) == 2
    assert world.windows.opened == []


# Other tabs


@in_loop
async def test_a_click_in_a_new_tab_uses_the_first_tabs_token(world: World) -> None:
    """Signing in again would end the first tab's token."""
    world.sign_in_already()
    tab = world.open_tab()
    world.transport.reply(201, MEETING)
    page = tab.add()
    page.widget.act("add")
    await settle()
    assert page.state == "ready"
    assert tab.windows.opened == []


@in_loop
async def test_a_token_that_turns_up_after_the_click_carries_on_with_it(world: World) -> None:
    """The page was opened before the other tab signed in, or its channel was slow."""
    page = world.add()
    await settle()
    other = world.open_tab()
    other.sign_in_already()
    world.transport.reply(201, MEETING)
    page.widget.act("add")
    assert page.model.menu is Menu.ADD
    await settle()
    assert page.state == "ready"
    assert world.notes.text == LINE
    assert world.windows.opened == []


@in_loop
async def test_a_sign_in_in_one_tab_connects_the_others(world: World) -> None:
    tab = world.open_tab(LINE)
    page = tab.add()
    await settle()
    answer_checks(world)
    here = world.add()
    here.widget.act("connect")
    world.transport.reply(200, TOKEN)
    world.transport.reply(201, MEETING)
    world.windows.last.answer(code=CODE)
    await settle()
    assert page.model.connection is not None
    assert page.model.shown is not None
    assert page.model.shown.passcode is not None  # it was looked up
    assert "connected" not in page.host.names  # that was in the other tab


# Disconnecting


@pytest.mark.parametrize("status", [200, 400, 401, 500])
def test_disconnecting_forgets_everywhere_and_says_that_links_stay(
    world: World, status: int
) -> None:
    async def test() -> None:
        world.sign_in_already(refresh="s3cr3t-refresh")
        tab = world.duplicate(LINE)
        answer_checks(world)
        world.notes.text = LINE
        page, here, there = world.add(), world.add(), tab.add()
        await settle()
        page.widget.act("account")
        await settle()
        assert page.model.menu is Menu.ACCOUNT
        assert page.model.connection is not None
        assert page.model.connection.email == "maya@lotus-spa.example"
        page.host.events.clear()
        world.transport.reply(status)
        page.widget.act("disconnect")
        assert page.notice == "disconnected"
        await settle()
        assert [each.model.connection for each in (page, here, there)] == [None] * 3
        assert page.host.events == [("disconnected", {"appointment": "812"})]
        assert [each.state for each in (page, here, there)] == ["ready"] * 3
        assert (world.notes.text, tab.notes.text) == (LINE, LINE)
        assert world.storage.items == tab.storage.items == {}
        assert world.transport.sent[-1].url == "https://zoom.us/oauth/revoke"
        assert here.notice is None

    run(test())


# Switching the account


@in_loop
async def test_another_account_takes_over_and_nothing_else_happens(world: World) -> None:
    world.sign_in_already()
    page = world.add()
    page.widget.act("account")
    world.transport.reply(200, USER)
    await settle()
    page.widget.act("switch-account")
    assert page.state == "signing-in"
    world.transport.reply(200, {**TOKEN, "access_token": "kims", "scope": None})
    world.windows.last.answer(code=CODE)
    await settle()
    assert (page.state, page.notice) == ("idle", None)
    assert page.host.names == ["connected"]
    token = world.tokens.load()
    assert token is not None
    assert token.access == Secret("kims")
    page.widget.act("account")
    world.transport.reply(200, {**USER, "email": "kim@lotus-spa.example"})
    await settle()
    assert page.model.connection is not None
    assert page.model.connection.email == "kim@lotus-spa.example"


# Renewing


@in_loop
async def test_a_bad_network_during_the_renewal_keeps_the_connection(world: World) -> None:
    world.sign_in_already(timedelta(0), refresh="s3cr3t-refresh")
    page = world.add()
    world.transport.drop_before()
    page.widget.act("add")
    await world.clock.advance(1)
    assert (page.state, page.notice) == ("error", "network")
    assert page.model.connection is not None
    assert PREFIX.replace("sign-in", "create") + "812" not in world.storage.items


# The page itself goes to Zoom


def leave(world: World, page: OnePage, action: str = "connect") -> str:
    """Clicks where popups are blocked; returns the state that went along."""
    world.windows.is_blocked = True
    page.widget.act(action)
    return world.navigation.parameters["state"]


def come_back(
    world: World, state: str, notes: str = "", *, query: str = "?state={state}&code=" + CODE
) -> World:
    """`web/callback.js` puts the answer into the record and goes back to the page."""
    key = PREFIX + state
    record = json.loads(world.storage.items[key])
    assert record["return_to"] == world.navigation.address
    record["query"] = query.replace("{state}", state)
    world.storage.items[key] = json.dumps(record)
    return world.reload(notes)


@in_loop
async def test_a_blocked_popup_goes_to_zoom_and_comes_back_with_the_unsaved_notes(
    world: World,
) -> None:
    world.notes.text = "Allergic to latex."
    page = world.add()
    world.notes.text = "Allergic to latex. Wants oil."  # typed, not saved
    world.notes.select(5, 9)
    state = leave(world, page)
    assert page.state == "signing-in"
    assert world.navigation.gone_to[0].startswith("https://zoom.us/oauth/authorize?")
    back = come_back(world, state, "Allergic to latex.")
    gate = world.transport.reply_later(200, TOKEN)
    world.transport.reply(201, MEETING)
    again = back.add()
    await settle()
    assert again.state == "signing-in"
    assert back.notes.text == "Allergic to latex. Wants oil."
    assert back.notes.selection == (5, 9)
    gate.set()
    await settle()
    assert again.state == "ready"
    assert back.notes.text == f"Allergic to latex. Wants oil.\n{LINE}"
    assert again.host.names == ["connected", "notes-changed", "created"]
    assert not [key for key in back.storage.items if key.startswith(PREFIX)]


@in_loop
async def test_notes_that_a_colleague_saved_meanwhile_are_kept_beside_the_draft(
    world: World,
) -> None:
    world.notes.text = "opened"
    page = world.add()
    world.notes.text = "my draft"
    back = come_back(world, leave(world, page), "a colleague's")
    world.transport.reply(200, TOKEN)
    world.transport.reply(201, MEETING)
    again = back.add()
    await settle()
    assert back.notes.text == f"a colleague's\nmy draft\n{LINE}"
    assert (again.state, again.notice) == ("ready", "draft-merged")
    assert "Your version was added" in again.text


@pytest.mark.parametrize("trouble", ["no field then", "no room now"])
def test_notes_that_nobody_else_has_changed_are_not_said_to_be_merged(
    world: World, trouble: str
) -> None:
    async def test() -> None:
        page = world.add()
        world.notes.text = "my draft"
        world.notes.is_gone = trouble == "no field then"
        back = come_back(world, leave(world, page))
        back.notes.rejects = trouble == "no room now"
        gate = world.transport.reply_later(200, TOKEN)
        world.transport.reply(201, MEETING)
        again = back.add()
        await settle()
        back.notes.rejects = False
        gate.set()
        await settle()
        assert (again.state, again.notice) == ("ready", None)
        assert back.notes.text == LINE

    run(test())


@in_loop
async def test_a_permission_that_was_denied_brings_the_draft_back_too(world: World) -> None:
    page = world.add()
    world.notes.text = "my draft"
    denied = "?state={state}&error=access_denied"
    back = come_back(world, leave(world, page), query=denied)
    again = back.add()
    await settle()
    assert (again.state, again.notice) == ("idle", "access_denied")
    assert back.notes.text == "my draft"
    assert world.transport.sent == []


@pytest.mark.parametrize("action", ["confirm-remove", "start", "update-zoom"])
def test_what_was_asked_for_goes_on_after_coming_back(world: World, action: str) -> None:
    async def test() -> None:
        world.notes.text = LINE
        page = world.add()
        back = come_back(world, leave(world, page, action), LINE)
        answer_checks(world)
        world.transport.reply(200, TOKEN)
        if action != "start":
            world.transport.reply(204)
        again = back.add()
        await settle()
        if action == "confirm-remove":
            assert (again.state, back.notes.text) == ("idle", "")
        elif action == "start":
            assert (again.state, again.offers) == ("ready", ["start"])
            assert back.navigation.windows == []
        else:
            assert (again.state, again.host.names[-1]) == ("ready", "updated")

    run(test())


@in_loop
async def test_an_answer_that_was_given_is_not_asked_for_again_after_coming_back(
    world: World,
) -> None:
    hint = "https://app.zoom.us/wc/86012345678/join"
    world.notes.text = hint
    page = world.add()
    page.widget.act("add")
    page.widget.act("create-anyway")
    back = come_back(world, leave(world, page), hint)
    world.transport.reply(200, TOKEN)
    world.transport.reply(201, MEETING)
    again = back.add()
    await settle()
    assert (again.state, back.notes.text) == ("ready", f"{hint}\n{LINE}")


@in_loop
async def test_a_meeting_whose_line_was_never_saved_comes_back_with_the_draft(
    world: World,
) -> None:
    """The line stood in the draft only: the server's notes do not hold it."""
    page = world.add()
    world.notes.text = LINE
    page.widget.act("notes-edited")
    back = come_back(world, leave(world, page, "start"), "")
    answer_checks(world)
    world.transport.reply(200, TOKEN)
    again = back.add()
    await settle()
    assert back.notes.text == LINE
    assert (again.state, again.offers) == ("ready", ["start"])


@in_loop
async def test_another_appointments_element_does_not_take_the_sign_in(world: World) -> None:
    page = world.add()
    world.notes.text = "my draft"
    back = come_back(world, leave(world, page))
    world.transport.reply(200, TOKEN)
    world.transport.reply(201, MEETING)
    other = back.add(appointment="813")
    await settle()
    assert (other.state, other.host.events) == ("idle", [])
    assert back.notes.text == ""
    mine = back.add()  # the element comes later
    await settle()
    assert mine.state == "ready"
    assert back.notes.text == f"my draft\n{LINE}"


@in_loop
async def test_a_sign_in_that_is_over_is_not_waited_for(world: World) -> None:
    page = world.add()
    page.widget.dispatch(on.Resumed(Wanted.CREATE))
    await settle()
    assert (page.state, page.notice) == ("error", "state_expired")
    page.widget.act("add")
    assert page.model.menu is Menu.ADD


@in_loop
async def test_no_secret_goes_along_in_the_address(world: World) -> None:
    page = world.add()
    world.notes.text = "my draft"
    state = leave(world, page)
    record = json.loads(world.storage.items[PREFIX + state])
    (address,) = world.navigation.gone_to
    assert record["verifier"] not in address
    assert "draft" not in address
    assert record["verifier"] not in f"{page.host.events} {page.shown} {world.channel.told}"


# Elements come and go


@in_loop
async def test_an_element_that_left_hears_of_no_connection(world: World) -> None:
    page = world.add()
    page.widget.dispose()
    shown = len(page.shown)
    world.session.adopt(Token(Secret("s3cr3t"), None, world.clock.now() + timedelta(hours=1), None))
    assert len(page.shown) == shown
