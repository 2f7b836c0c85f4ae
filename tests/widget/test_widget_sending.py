"""One element's meeting on its way to the client: by the host page, or by the device."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from pywidget.domain.errors import Code
from pywidget.ports import Reply
from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.carriers.sending import LONGEST_EXPLANATION, LONGEST_WAIT, SENT_FOR
from pywidget.widget.model import Abilities, Delivery, Menu
from tests.doubles.clock import run, settle
from tests.doubles.navigation import FakeNavigation
from tests.in_loop import in_loop
from tests.ui.test_view import controls
from tests.world import LINE, SETTINGS, OnePage, World
from tests.zoom.answers import MEETING, USER

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
async def test_a_page_that_never_tells_keeps_nothing_from_being_sent(world: World) -> None:
    page = show(world)
    told = promise()
    page.host.reply = Reply(is_taken=True, outcome=told)
    page.widget.act("send-email")
    await world.clock.advance(LONGEST_WAIT - 1)
    page.host.reply = Reply(is_taken=False)
    assert page.widget.act("send-text") is True  # which does nothing
    await world.clock.advance(1)
    assert page.model.delivery is None
    assert page.widget.act("send-text") is False
    told.set_result(None)
    await settle()
    assert page.model.delivery == Delivery(Action.SEND_EMAIL, is_done=True)
    await world.clock.advance(SENT_FOR)
    assert world.clock.sleepers == 0


@in_loop
async def test_what_is_being_sent_is_shown_whatever_is_done_beside(world: World) -> None:
    page = show(world)
    page.host.reply = Reply(is_taken=True, outcome=promise())
    page.widget.act("send-email")
    page.widget.dispatch(on.StartClicked())
    assert page.state == "signing-in"
    page.widget.act("cancel")
    assert page.model.delivery == Delivery(Action.SEND_EMAIL)
    await world.clock.advance(LONGEST_WAIT)


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


# Another person

OWN = "https://us02web.zoom.us/w/86012345678?tk=t&pwd=Q2x"
KIMS = "https://us02web.zoom.us/w/86012345678?tk=k&pwd=Q2x"
REGISTER = "POST /meetings/86012345678/registrants"


async def show_registered(world: World) -> OnePage:
    """An element whose client is registered, with the field for another address unfolded."""
    world.sign_in_already()
    world.transport.reply(200, {**MEETING, "settings": {"approval_type": 0}})
    world.transport.reply(200, USER)
    world.notes.text = LINE.replace(URL, OWN)
    page = world.add(**CLIENT)
    await settle()
    page.widget.act("send")
    page.widget.act("invite-another")
    page.host.events.clear()
    return page


@in_loop
async def test_another_person_is_emailed_the_same(world: World) -> None:
    page = show(world)
    page.widget.act("invite-another")
    assert page.widget.act("send-invitation") is True  # the form goes nowhere
    (link,) = world.navigation.links
    email = controls(page.model)["Email"].attributes["href"]
    assert link == email.replace("dana@example.com", "kim@example.com")
    (asked,) = page.host.asked
    assert (asked["channel"], asked["to"]) == ("email", "kim@example.com")


@in_loop
async def test_a_page_that_sends_emails_another_person_too(world: World) -> None:
    page, outcome = show(world), promise()
    page.host.reply = Reply(is_taken=True, outcome=outcome)
    page.widget.act("invite-another")
    page.widget.act("send-invitation")
    assert world.navigation.links == []
    assert page.model.delivery == Delivery(Action.SEND_INVITATION)
    outcome.set_result(None)
    await settle()
    assert page.model.delivery == Delivery(Action.SEND_INVITATION, is_done=True)


@in_loop
async def test_an_address_that_the_browser_refuses_is_sent_nothing(world: World) -> None:
    page = show(world)
    page.host.address = ""
    page.widget.act("invite-another")
    assert page.widget.act("send-invitation") is True
    assert (page.host.asked, world.navigation.links) == ([], [])


@in_loop
async def test_another_person_is_registered_and_gets_a_link_of_their_own(world: World) -> None:
    page = await show_registered(world)
    before, notes = len(world.transport.sent), world.notes.text
    world.transport.reply(201, {"join_url": KIMS, "registrant_id": "r"})
    page.widget.act("send-invitation")
    assert page.model.delivery == Delivery(Action.SEND_INVITATION)
    await settle()
    assert world.transport.paths(before) == [REGISTER]
    assert page.notice == "invited"
    assert page.text.startswith("Zoom has emailed kim@example.com a link of their own.")
    assert (page.host.asked, page.host.events, world.notes.text) == ([], [], notes)
    page.widget.act("copy-guest-link")
    assert world.clipboard.begun == [KIMS]
    assert page.model.meeting.link.url == OWN


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (400, {"code": 300, "message": "Invalid email"}, "This person was not invited."),
        (
            429,
            {"code": 429, "message": "You have reached the daily limit (3) for this registrant."},
            "three times a day",
        ),
        (500, {}, "This person was not invited."),
    ],
)
def test_what_keeps_zoom_from_inviting_is_told(
    world: World, status: int, body: dict[str, object], words: str
) -> None:
    async def test() -> None:
        page = await show_registered(world)
        world.transport.reply(status, body)
        page.widget.act("send-invitation")
        await settle()
        assert words in page.text
        assert (page.state, page.model.delivery) == ("ready", None)
        assert page.model.menu is Menu.INVITE

    run(test())


@in_loop
async def test_a_registration_that_got_no_answer_is_not_repeated(world: World) -> None:
    page = await show_registered(world)
    before = len(world.transport.sent)
    world.transport.drop_before()
    page.widget.act("send-invitation")
    await settle()
    assert world.transport.paths(before) == [REGISTER]
    assert page.text.startswith("This person was not invited.")
