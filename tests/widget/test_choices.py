"""Other kinds of meetings: the host page's own in the camera's menu, and those in the notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import Code, build_closed_way_error
from pywidget.domain.link_hint import Hint
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.machine import update
from pywidget.widget.model import Menu, Model, State
from tests.doubles.clock import settle
from tests.in_loop import in_loop
from tests.ui.models import MODELS, ONE, ZOOM
from tests.world import LINE, World
from tests.zoom.answers import MEETING, USER

CONNECTED = MODELS["idle, connected"]
SIGNED_OUT = MODELS["idle"]
CHOICES = MODELS["choices"]
MEET = "Google Meet: https://meet.google.com/abc-defg-hij"


def click(*, is_signed_in: bool = True, hint: Hint | None = None) -> on.AddClicked:
    return on.AddClicked(is_signed_in, hint, has_choices=True)


@pytest.mark.parametrize("hint", [None, *Hint])
def test_with_other_kinds_the_camera_opens_the_menu_whoever_is_signed_in(
    hint: Hint | None,
) -> None:
    assert update(CONNECTED, click(hint=hint)) == (replace(CONNECTED, menu=Menu.CHOICES), ())
    opened, effects = update(SIGNED_OUT, click(is_signed_in=False, hint=hint))
    assert opened.menu is Menu.CHOICES
    assert [type(each) for each in effects] == [do.LookForToken, do.LookForWay]
    assert update(opened, click(is_signed_in=False, hint=hint)) == (SIGNED_OUT, ())


def test_after_a_failure_the_menu_opens_in_its_place() -> None:
    assert update(MODELS["failed"], click())[0] == replace(SIGNED_OUT, menu=Menu.CHOICES)


def test_what_is_found_meanwhile_leaves_the_choice_to_the_user() -> None:
    choosing = MODELS["choices, signed out"]
    closed = on.WayClosed(build_closed_way_error(Code.CORS_BLOCKED))
    for event in (on.TokenFound(), on.WayOpened(), closed):
        assert update(choosing, event) == (choosing, ())
    connected, _ = update(choosing, on.ConnectionChanged(ZOOM))
    assert connected == CHOICES


def test_zoom_is_one_click_more_and_asks_first_if_the_notes_hint_at_a_meeting() -> None:
    creating, effects = update(CHOICES, on.ConnectClicked())
    assert (creating.state, creating.menu) == (State.CREATING, None)
    assert effects == (do.CreateMeeting(),)
    signing_in, _ = update(MODELS["choices, signed out"], on.ConnectClicked())
    assert (signing_in.state, signing_in.wanted) == (State.SIGNING_IN, Wanted.CREATE)
    for hint, notice in notices.OF_HINTS.items():
        assert update(CHOICES, on.ConnectClicked(hint))[0] == replace(CONNECTED, notice=notice)


@pytest.mark.parametrize("event", [on.Dismissed(), on.Escaped()])
def test_the_menu_closes_as_all_menus_do(event: on.Event) -> None:
    assert update(CHOICES, event) == (CONNECTED, ())


def test_a_meeting_of_another_kind_is_asked_about_in_its_own_words() -> None:
    asked, effects = update(CONNECTED, on.AddClicked(is_signed_in=True, hint=Hint.OTHER))
    assert (asked.notice, effects) == (notices.OTHER_MEETING, ())
    creating, effects = update(asked, on.CreateAnywayClicked())
    assert effects == (do.CreateMeeting(even_if_hinted=True),)
    assert creating.state is State.CREATING
    signed_out = Model(State.IDLE, ONE, notice=notices.OTHER_MEETING)
    assert update(signed_out, on.CreateAnywayClicked())[0].menu is Menu.ADD


@in_loop
async def test_the_slot_is_looked_at_when_the_camera_is_clicked(world: World) -> None:
    world.sign_in_already()
    page = world.add()
    page.host.choices = 1
    page.widget.act("add")
    assert (page.state, page.model.menu) == ("idle", Menu.CHOICES)
    page.widget.act("dismiss")
    page.host.choices = 0
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("GET", "/v2/users/me/meetings", 200, {"meetings": []})
    world.transport.reply(201, MEETING)
    page.widget.act("add")
    await settle()
    assert page.state == "ready"


@in_loop
async def test_a_second_meeting_beside_google_meet_is_asked_for_and_leaves_its_line(
    world: World,
) -> None:
    world.sign_in_already()
    world.notes.text = MEET
    page = world.add()
    assert page.state == "idle"
    page.widget.act("add")
    await settle()
    assert (page.notice, page.offers) == ("other-meeting", ["create-anyway"])
    assert world.transport.sent == []
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("GET", "/v2/users/me/meetings", 200, {"meetings": []})
    world.transport.always("GET", "/v2/meetings/86012345678", 200, MEETING)
    world.transport.reply(201, MEETING)
    page.widget.act("create-anyway")
    await settle()
    assert page.state == "ready"
    assert world.notes.text.startswith(f"{MEET}\nZoom: ")
    world.transport.reply(204)
    page.widget.act("confirm-remove")
    await settle()
    assert world.notes.text == MEET


@in_loop
async def test_google_meet_that_came_after_the_click_is_asked_about_too(world: World) -> None:
    """The notes are read again before anything is sent."""
    world.sign_in_already()
    page = world.add()
    world.notes.text = MEET
    page.widget.dispatch(on.AddClicked(is_signed_in=True))
    await settle()
    assert (page.state, page.notice) == ("idle", "other-meeting")
    assert world.transport.sent == []


@in_loop
async def test_another_try_is_for_zoom_and_asks_nothing_again(world: World) -> None:
    world.sign_in_already()
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("GET", "/v2/users/me/meetings", 200, {"meetings": []})
    page = world.add(zoom_account="kim@lotus-spa.example")
    page.host.choices = 1
    for action in ("add", "connect"):
        page.widget.act(action)
        await settle()
    assert page.notice == "other-account"
    world.transport.reply(503, {})
    page.widget.act("create-anyway")
    await world.clock.advance(60)
    assert (page.state, page.offers) == ("error", ["connect"])
    world.transport.reply(201, MEETING)
    page.widget.act("connect")
    await world.clock.advance(60)
    assert (page.state, world.notes.text) == ("ready", LINE)
