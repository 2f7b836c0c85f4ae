"""Connected as somebody else than the page expects: created only if that is meant."""

from __future__ import annotations

import pytest

from pywidget.zoom.scopes import Scope
from tests.doubles.clock import run, settle
from tests.in_loop import in_loop
from tests.widget.test_widget_connection import come_back, leave
from tests.world import LINE, OnePage, World
from tests.zoom.answers import EXPIRED, MEETING, TOKEN, USER

MAYA, KIM = "maya@lotus-spa.example", "kim@lotus-spa.example"
FULL_TOKEN = {**TOKEN, "scope": " ".join(Scope)}
CREATE, ME = "POST /users/me/meetings", "GET /users/me"
QUESTION = f"You are connected to Zoom as {MAYA}. This appointment's meeting is meant for {KIM}."


async def click(world: World, **changes: str | None) -> OnePage:
    """A click of somebody who is signed in as Maya."""
    world.sign_in_already()
    page = world.add(zoom_account=KIM, **changes)
    page.widget.act("add")
    await settle()
    return page


def expect_asked(page: OnePage, world: World) -> None:
    assert (page.state, page.notice, page.text) == ("idle", "other-account", QUESTION)
    assert page.offers == ["switch-account", "create-anyway"]
    assert CREATE not in world.transport.paths()
    assert "error" not in page.host.names
    assert world.notes.text == ""


def expect_created(page: OnePage, world: World) -> None:
    assert (page.state, page.notice, world.notes.text) == ("ready", None, LINE)
    assert world.transport.paths().count(CREATE) == 1


@in_loop
async def test_an_account_that_is_not_known_yet_is_asked_for_before_anything_is_created(
    world: World,
) -> None:
    world.transport.reply(200, USER)
    page = await click(world)
    expect_asked(page, world)
    assert page.host.said[-1] == QUESTION
    world.transport.reply(201, MEETING)
    page.widget.act("create-anyway")
    assert page.state == "creating"
    await settle()
    expect_created(page, world)
    assert world.transport.paths().count(ME) == 1


@in_loop
async def test_an_account_that_is_known_is_asked_about_at_once(world: World) -> None:
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.sign_in_already()
    page = world.add(zoom_account=KIM)
    page.widget.act("account")
    await settle()
    page.shown.clear()
    page.widget.act("add")
    expect_asked(page, world)
    await settle()
    assert [model.state.value for model in page.shown] == ["idle"]
    page.widget.act("add")  # clicking the camera again is no answer
    await settle()
    expect_asked(page, world)


@pytest.mark.parametrize("account", [MAYA, "Maya@Lotus-Spa.EXAMPLE", None, "  "])
def test_the_expected_account_is_not_asked_about(world: World, account: str | None) -> None:
    async def test() -> None:
        world.sign_in_already()
        world.transport.always("GET", "/v2/users/me", 200, USER)
        world.transport.reply(201, MEETING)
        page = world.add(zoom_account=account)
        page.widget.act("add")
        await settle()
        expect_created(page, world)
        assert (ME in world.transport.paths()) is bool((account or "").strip())

    run(test())


@pytest.mark.parametrize("why", ["no scope", "an error", "no address"])
def test_who_cannot_be_known_creates_as_ever(world: World, why: str) -> None:
    async def test() -> None:
        scopes = {scope.value for scope in Scope} - {Scope.READ_USER.value}
        world.sign_in_already(scopes=frozenset(scopes) if why == "no scope" else None)
        if why == "an error":
            world.transport.always("GET", "/v2/users/me", 400, {})
        if why == "no address":
            world.transport.always("GET", "/v2/users/me", 200, {**USER, "email": None})
        world.transport.reply(201, MEETING)
        page = world.add(zoom_account=KIM)
        page.widget.act("add")
        await settle()
        expect_created(page, world)

    run(test())


@in_loop
async def test_after_a_switch_the_meeting_is_created_without_another_click(world: World) -> None:
    world.transport.reply(200, USER)
    page = await click(world)
    page.widget.act("switch-account")
    assert page.state == "signing-in"
    world.transport.reply(200, FULL_TOKEN)
    world.transport.reply(200, {**USER, "email": KIM, "id": "host-2"})
    world.transport.reply(201, MEETING)
    world.windows.last.answer(code="s3cr3t-code")
    await settle()
    expect_created(page, world)


@in_loop
async def test_a_switch_to_the_same_account_is_asked_about_again(world: World) -> None:
    world.transport.reply(200, USER)
    page = await click(world)
    page.widget.act("switch-account")
    world.transport.reply(200, FULL_TOKEN)
    world.transport.reply(200, USER)
    world.windows.last.answer(code="s3cr3t-code")
    await settle()
    expect_asked(page, world)


@in_loop
async def test_whoever_signs_in_to_create_is_checked_too(world: World) -> None:
    page = world.add(zoom_account=KIM)
    page.widget.act("add")
    page.widget.act("connect")
    world.transport.reply(200, FULL_TOKEN)
    world.transport.reply(200, USER)
    world.windows.last.answer(code="s3cr3t-code")
    await settle()
    expect_asked(page, world)
    world.transport.reply(201, MEETING)
    page.widget.act("create-anyway")
    await settle()
    expect_created(page, world)


@in_loop
async def test_whoever_comes_back_with_the_page_itself_is_checked_too(world: World) -> None:
    state = leave(world, world.add(zoom_account=KIM))
    again = come_back(world, state)
    again.transport.reply(200, FULL_TOKEN)
    again.transport.reply(200, USER)
    page = again.add(zoom_account=KIM)
    await settle()
    expect_asked(page, again)


@in_loop
async def test_a_yes_counts_for_another_try_and_not_for_another_account(world: World) -> None:
    world.transport.reply(200, USER)
    page = await click(world)
    world.transport.reply(400, {})
    page.widget.act("create-anyway")
    await settle()
    assert (page.state, page.notice) == ("error", "zoom_error")
    world.transport.reply(401, EXPIRED)
    page.widget.act("add")  # not asked again: the same account
    await world.clock.advance(5)
    assert (page.state, page.notice) == ("error", "invalid_grant")
    page.widget.act("connect")
    world.transport.reply(200, FULL_TOKEN)
    world.transport.reply(200, {**USER, "email": "front-desk@lotus-spa.example"})
    world.windows.last.answer(code="s3cr3t-code")
    await settle()
    assert page.notice == "other-account"
    assert "front-desk@lotus-spa.example" in page.text
    assert world.transport.paths().count(CREATE) == 2


@in_loop
async def test_a_link_that_may_be_the_meeting_is_asked_about_first(world: World) -> None:
    world.notes.text = "https://events.zoom.us/ev/1"
    world.sign_in_already()
    world.transport.reply(200, USER)
    page = world.add(zoom_account=KIM)
    page.widget.act("add")
    await settle()
    assert page.notice == "zoom_link_in_notes"
    page.widget.act("create-anyway")
    await settle()
    assert page.notice == "other-account"
    world.transport.reply(201, MEETING)
    page.widget.act("create-anyway")
    await settle()
    assert page.state == "ready"
    assert world.transport.paths() == [ME, CREATE]
