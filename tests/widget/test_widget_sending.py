"""One element's meeting on its way to the client: by the host page, or by the device."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from pywidget.domain.errors import Code
from pywidget.ports import Reply
from pywidget.widget.actions import Action
from pywidget.widget.carriers.sending import LONGEST_EXPLANATION, SENT_FOR
from pywidget.widget.model import Abilities, Delivery
from tests.doubles.clock import run, settle
from tests.doubles.navigation import FakeNavigation
from tests.in_loop import in_loop
from tests.ui.test_view import controls
from tests.world import LINE, SETTINGS, OnePage, World

ACTIONS = ["send-email", "send-text", "copy-invitation"]
CLIENT = {"client-email": "dana@example.com", "client-phone": "+1 (555) 01-00"}
URL = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"


def show(world: World, **client: str) -> OnePage:
    """An element whose notes hold a meeting, with the ways to send it unfolded."""
    world.notes.text = f"Bring the form.\n{LINE}"
    page = world.add(**(client or CLIENT))
    page.widget.act("send")
    return page


def promise() -> asyncio.Future[str | None]:
    return asyncio.get_running_loop().create_future()


@in_loop
async def test_without_a_listener_all_is_the_devices(world: World) -> None:
    page = show(world)
    assert [page.widget.act(action) for action in ACTIONS] == [False, False, False]
    assert len(world.clipboard.begun) == 1
    assert page.model.delivery is None


@in_loop
async def test_a_page_that_sends_keeps_the_browser_from_it(world: World) -> None:
    page = show(world)
    page.host.reply = Reply(is_taken=True)
    assert [page.widget.act(action) for action in ACTIONS] == [True, True, True]
    assert world.clipboard.begun == []
    assert page.model.delivery is None  # the page has not said that it would tell
    assert page.widget.act("send") is False  # no other click is kept


@in_loop
async def test_the_page_is_told_what_the_links_have(world: World) -> None:
    page = show(world)
    for action in ACTIONS:
        page.widget.act(action)
    email, text, copied = page.host.asked
    assert email == {
        "appointment": "812",
        "channel": "email",
        "to": "dana@example.com",
        "subject": "Appointment with Dana Lee",
        "text": (
            "Appointment with Dana Lee\n\n"
            "When: Thursday, March 5 2026 6:00 pm (New York Time)\n"
            f"Join the Zoom meeting: {URL}\nMeeting ID: 860 1234 5678"
        ),
        "joinUrl": URL,
        "line": LINE,
    }
    short = f"Zoom, Thu Mar 5 6:00 pm EST: {URL}"
    assert text == {**email, "channel": "text", "to": "+15550100", "text": short}
    assert copied == {**email, "channel": "copy", "to": ""}
    links = {name: node.attributes.get("href", "") for name, node in controls(page.model).items()}
    assert links["Email"].startswith("mailto:dana@example.com?")
    assert links["Text message"].startswith("sms:+15550100?")


@in_loop
async def test_a_page_without_notes_any_more_is_told_all_but_the_line(world: World) -> None:
    page = show(world)
    world.notes.is_gone = True
    page.widget.act("send-email")
    assert page.host.asked[0]["line"] == ""


@in_loop
async def test_what_the_page_says_is_shown(world: World) -> None:
    page, outcome = show(world), promise()
    page.host.reply = Reply(is_taken=True, outcome=outcome)
    assert page.widget.act("send-text") is True
    assert page.model.delivery == Delivery(Action.SEND_TEXT)
    assert page.widget.act("send-text") is True  # once more: neither the page nor the link
    assert len(page.host.asked) == 1
    outcome.set_result(None)
    await settle()
    assert page.model.delivery == Delivery(Action.SEND_TEXT, is_done=True)
    await world.clock.advance(SENT_FOR)
    assert page.model.delivery is None


HOSTILE = [
    ("No credit is left.", "The message was not sent: “No credit is left”."),
    ("", "The message was not sent."),
    (" \r\n\x00 ", "The message was not sent."),
    ("<b>x</b>\u2028{link}\n%s", "The message was not sent: “<b>x</b> {link} %s”."),
]


@pytest.mark.parametrize(("said", "words"), HOSTILE)
def test_what_went_wrong_is_told_in_the_pages_words(world: World, said: str, words: str) -> None:
    async def test() -> None:
        page, outcome = show(world), promise()
        page.host.reply = Reply(is_taken=True, outcome=outcome)
        page.widget.act("send-email")
        outcome.set_result(said)
        await settle()
        assert (page.state, page.notice, page.text) == ("ready", Code.SEND_FAILED, words)
        assert page.model.delivery is None
        assert page.host.find("error")["message"] == words

    run(test())


@in_loop
async def test_a_long_explanation_is_cut(world: World) -> None:
    page, outcome = show(world), promise()
    page.host.reply = Reply(is_taken=True, outcome=outcome)
    page.widget.act("send-email")
    outcome.set_result("x" * 1000)
    await settle()
    assert f"“{'x' * (LONGEST_EXPLANATION - 1)}…”" in page.text


@in_loop
async def test_another_appointment_hears_nothing_of_it(world: World) -> None:
    page, outcome = show(world), promise()
    page.host.reply = Reply(is_taken=True, outcome=outcome)
    page.widget.act("send-email")
    page.open(appointment="900")
    outcome.set_result("No credit is left.")
    await settle()
    assert (page.notice, page.model.delivery) == (None, None)


@pytest.mark.parametrize(
    ("device", "host_sends"), [(True, False), (False, True), (True, True), (False, False)]
)
def test_text_messages_are_the_devices_or_the_pages(
    world: World, *, device: bool, host_sends: bool
) -> None:
    async def test() -> None:
        navigation = FakeNavigation()
        navigation.sends_texts = device
        settings = replace(SETTINGS, host_sends=host_sends)
        other = replace(world, navigation=navigation, settings=settings)
        page, able = show(other), Abilities(sends_texts=device or host_sends)
        assert page.model.abilities == able
        assert ("Text message" in controls(page.model)) is able.sends_texts
        other.notes.text = ""
        page.widget.act("notes-edited")
        assert (page.state, page.model.abilities) == ("idle", able)

    run(test())
