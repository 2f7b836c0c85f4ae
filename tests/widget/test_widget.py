"""One element from attribute and click to event and view, with doubles for everything outside."""

from __future__ import annotations

import asyncio
from typing import Any
from unittest.mock import patch

import pytest

from pywidget.connection.sign_in import GRACE, LOOK_EVERY
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.errors import BadAttributeError, Reason
from pywidget.widget.carriers.telling import COPIED_FOR
from pywidget.widget.model import Menu, State
from tests.doubles.clock import run, settle
from tests.doubles.notes import FakeNotes
from tests.in_loop import in_loop
from tests.world import LINE, OnePage, World
from tests.zoom.answers import MEETING, TOKEN, USER

CODE = "s3cr3t-code"
CREATE, LIST = "POST /users/me/meetings", "GET /users/me/meetings"
OTHER_MEETING = {
    **MEETING,
    "id": 99912345678,
    "join_url": "https://us02web.zoom.us/j/99912345678?pwd=Q2x",
}
JOIN_URL = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
LONG_ENOUGH = GRACE + 3 * LOOK_EVERY
OTHER_LINE = LINE.replace("86012345678", "99912345678")

CREATED = {
    "appointment": "812",
    "joinUrl": JOIN_URL,
    "meetingId": "86012345678",
    "topic": "Appointment with Dana Lee",
    "startsAt": "2026-03-05T23:00:00Z",
    "line": LINE,
}
WRONG = "Something went wrong. If it happens again, tell your administrator what Details says."


def assert_no_secret(page: OnePage) -> None:
    shown = f"{page.host.events} {page.host.complaints} {page.shown}"
    for secret in ("s3cr3t", "123456'", "zak"):
        assert secret not in shown


def answer_checks(world: World, **changes: object) -> None:
    """Zoom has the meeting, and it is this user's own."""
    world.transport.always("GET", "/v2/meetings/86012345678", 200, {**MEETING, **changes})
    world.transport.always("GET", "/v2/users/me", 200, USER)


async def connect(world: World, page: OnePage) -> None:
    """The two clicks of somebody who is not signed in, and Zoom's answer."""
    page.widget.act("add")
    page.widget.act("connect")
    world.transport.reply(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await settle()


# What is there at once


@in_loop
async def test_a_meeting_in_the_notes_is_there_at_once_for_anybody(world: World) -> None:
    world.notes.text = f"Allergic to latex.\n{LINE}\nSee you"
    page = world.add()
    assert page.state == "ready"
    assert page.model.shown is not None
    assert page.model.shown.link.url == JOIN_URL
    assert page.host.events == [
        ("loaded", {name: text for name, text in CREATED.items() if name != "line"})
    ]
    assert world.transport.sent == []


@in_loop
async def test_a_bare_link_is_shown_with_what_is_known(world: World) -> None:
    world.notes.text = "https://zoom.us/my/dana.lee"
    page = world.add()
    assert page.host.events == [
        ("loaded", {"appointment": "812", "joinUrl": "https://zoom.us/my/dana.lee"})
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"starts": None}, "bad_attribute"),
        ({"starts": "tomorrow"}, "bad_attribute"),
        ({"appointment": ""}, "bad_attribute"),
        ({"notes": None}, "bad_attribute"),
        ({"duration": "0"}, "bad_attribute"),
        ({"time_zone": "Mars/Olympus"}, "bad_attribute"),
        ({"notes": "#elsewhere"}, "notes_not_found"),
    ],
)
def test_a_page_that_is_set_up_wrong_is_told_and_nothing_breaks(
    world: World, changes: dict[str, str | None], code: str
) -> None:
    async def test() -> None:
        page = world.add(**changes)
        assert page.state == "error"
        assert page.notice == code
        assert page.host.names == ["error"]
        assert page.host.find("error")["code"] == code
        assert len(page.host.complaints) == 1
        page.widget.act("add")
        page.widget.act("connect")
        page.widget.act("notes-edited")
        assert page.state == "error"
        assert page.open().state == "idle"  # the attribute was corrected

    run(test())


@in_loop
async def test_settings_that_make_no_sense_are_said_by_every_element(world: World) -> None:
    world.settings_error = BadAttributeError("data-client-id", Reason.MISSING_FROM_TAG)
    for page in (world.add(), world.add(appointment="813")):
        assert page.notice == "bad_attribute"
        page.widget.act("add")
        assert page.state == "error"


@in_loop
async def test_an_unknown_action_does_nothing(world: World) -> None:
    page = world.add()
    page.widget.act("explode")
    assert page.state == "idle"


# From the click to the meeting


@in_loop
async def test_one_click_makes_the_meeting_when_signed_in(world: World) -> None:
    world.sign_in_already()
    world.transport.reply(201, MEETING)
    page = world.add()
    page.widget.act("add")
    assert page.state == "creating"
    await settle()
    assert page.state == "ready"
    assert world.notes.text == LINE
    assert page.host.events == [("notes-changed", CREATED), ("created", CREATED)]
    assert page.notice is None
    assert world.windows.opened == []
    shown = page.model.shown
    assert shown is not None
    assert shown.passcode is not None
    assert shown.passcode.reveal() == "123456"
    assert_no_secret(page)


@in_loop
async def test_the_first_time_a_menu_explains_and_the_window_opens_inside_the_click(
    world: World,
) -> None:
    page = world.add()
    page.widget.act("add")
    assert page.model.menu is Menu.ADD
    assert world.windows.opened == []
    page.widget.act("connect")
    assert len(world.windows.opened) == 1  # nothing was awaited
    assert page.state == "signing-in"
    world.transport.reply(200, TOKEN)
    world.transport.reply(201, MEETING)
    world.windows.last.answer(code=CODE)
    await settle()
    assert page.state == "ready"
    assert page.host.names == ["connected", "notes-changed", "created"]
    assert page.host.find("connected") == {"appointment": "812"}
    assert [model.state for model in page.shown][-3:] == [
        State.SIGNING_IN,
        State.CREATING,
        State.READY,
    ]
    assert_no_secret(page)


@in_loop
async def test_two_widgets_of_one_appointment_make_one_meeting(world: World) -> None:
    world.sign_in_already()
    gate = world.transport.reply_later(201, MEETING)
    pages = world.add(), world.add()
    for page in pages:
        page.widget.act("add")
    await settle()
    gate.set()
    await settle()
    assert [page.state for page in pages] == [State.READY, State.READY]
    assert world.notes.text == LINE
    assert len(world.transport.sent) == 1
    lines = [detail.get("line") for page in pages for _name, detail in page.host.events]
    assert lines.count(LINE) == 2  # both events of the one that wrote


@in_loop
async def test_two_widgets_share_one_sign_in(world: World) -> None:
    pages = world.add(), world.add(appointment="813", notes="#other")
    world.fields["#other"] = FakeNotes()
    pages[1].open(appointment="813", notes="#other")
    for page in pages:
        page.widget.act("connect")
    assert len(world.windows.opened) == 1
    assert world.windows.last.focused == 1
    world.transport.reply(200, TOKEN)
    world.transport.reply(201, MEETING)
    url = "https://us02web.zoom.us/j/99912345678?pwd=Q2x"
    world.transport.reply(201, {**MEETING, "id": 99912345678, "join_url": url})
    world.windows.last.answer(code=CODE)
    await settle()
    assert [page.state for page in pages] == [State.READY, State.READY]
    assert world.notes.text == LINE
    assert world.fields["#other"].text == OTHER_LINE


@in_loop
async def test_a_line_that_came_in_the_meantime_is_the_meeting(world: World) -> None:
    """Another tab, a colleague or the user's own paste."""
    world.sign_in_already()
    page = world.add()
    world.notes.text = OTHER_LINE
    world.transport.reply(200, OTHER_MEETING)
    world.transport.reply(200, USER)
    page.widget.act("add")
    await settle()
    assert page.state == "ready"
    assert page.host.names == ["loaded"]
    assert world.transport.paths() == ["GET /meetings/99912345678", "GET /users/me"]


# Things go wrong


@pytest.mark.parametrize("trouble", ["rejects", "reverts", "is_gone"])
def test_a_meeting_whose_line_was_not_written_is_kept_and_saved_again(
    world: World, trouble: str
) -> None:
    async def test() -> None:
        world.sign_in_already()
        gate = world.transport.reply_later(201, MEETING)
        page = world.add()
        page.widget.act("add")
        await settle()
        setattr(world.notes, trouble, True)
        gate.set()
        await settle()
        assert page.state == "ready"
        assert page.model.shown is not None
        assert not page.model.shown.is_noted
        assert page.notice in {"notes_write_failed", "notes_not_found"}
        assert page.host.names == ["created", "error"]
        assert "line" not in page.host.find("created")
        page.widget.act("save-again")
        await settle()
        assert page.notice in {"notes_write_failed", "notes_not_found"}
        setattr(world.notes, trouble, False)
        page.widget.act("save-again")
        await settle()
        assert page.notice is None
        assert world.notes.text == LINE
        assert page.host.find("notes-changed")["line"] == LINE
        assert len(world.transport.sent) == 1

    run(test())


@in_loop
async def test_an_insecure_page_is_told_at_once(world: World) -> None:
    world.windows.is_secure = False
    page = world.add()
    page.widget.act("connect")
    assert page.state == "error"
    assert page.notice == "insecure_context"


@in_loop
async def test_a_closed_window_is_told_and_a_late_answer_still_makes_the_meeting(
    world: World,
) -> None:
    page = world.add()
    page.widget.act("connect")
    world.windows.last.seems_closed = True
    await world.clock.advance(LONG_ENOUGH)
    assert page.state == "idle"
    assert page.notice == "popup_closed"
    world.transport.reply(200, TOKEN)
    world.transport.reply(201, MEETING)
    world.windows.last.answer(code=CODE)
    await settle()
    assert page.state == "ready"
    assert page.notice is None


@in_loop
async def test_cancelling_ends_the_wait(world: World) -> None:
    page = world.add()
    page.widget.act("connect")
    page.widget.act("show-window")
    assert world.windows.last.focused == 1
    page.widget.act("cancel")
    await settle()
    assert page.state == "idle"
    assert page.notice == "cancelled"
    assert page.host.names == []
    assert not world.windows.last.is_open


@in_loop
async def test_escape_calls_the_sign_in_off_for_all_that_wait_for_it(world: World) -> None:
    page, other = world.add(), world.add(appointment="813")
    for each in (page, other):
        each.widget.act("connect")
    assert (page.state, other.state) == ("signing-in", "signing-in")
    other.widget.act("dismiss")  # the focus went elsewhere: to Zoom's window, say
    assert other.state == "signing-in"
    page.widget.act("escape")
    await settle()
    assert (page.state, other.state) == ("idle", "idle")
    assert page.host.names == other.host.names == []
    assert not world.windows.last.is_open


@in_loop
async def test_a_defect_is_told_by_its_kind_only_and_the_next_click_works(world: World) -> None:
    world.sign_in_already()

    async def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("s3cr3t-access")

    page = world.add()
    with patch.object(ZoomClient, "create_meeting", fail):
        page.widget.act("add")
        await settle()
    assert page.state == "error"
    assert page.host.complaints == [f"{WRONG} [internal_error (kind=RuntimeError)]"]
    assert page.host.find("error")["code"] == page.notice == "internal_error"
    assert page.host.find("error")["message"] == WRONG
    assert page.model.notice is not None
    assert page.host.remarks == [page.model.notice.support] == ["internal_error · RuntimeError"]
    assert_no_secret(page)
    world.transport.reply(200, {"meetings": []})  # nobody knows what the defect had done
    world.transport.reply(201, MEETING)
    page.widget.act("add")
    await settle()
    assert page.state == "ready"


@in_loop
async def test_a_defect_inside_the_click_is_told_too(world: World) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("s3cr3t")

    world.windows.open = fail  # type: ignore[method-assign,assignment]
    page = world.add()
    page.widget.act("connect")
    assert (page.state, page.notice) == ("error", "internal_error")
    assert page.host.complaints == [f"{WRONG} [internal_error (kind=RuntimeError)]"]
    assert_no_secret(page)


# A link in the notes that may be the meeting's

HINT = "Registered: https://us02web.zoom.us/meeting/register/tZAbcDEf"


@in_loop
async def test_a_hint_is_asked_about_and_the_answer_makes_the_meeting(world: World) -> None:
    world.sign_in_already()
    world.notes.text = HINT
    page = world.add()
    assert page.state == "idle"
    for _ in range(2):
        page.widget.act("add")
        await settle()
        assert (page.state, page.notice) == ("idle", "zoom_link_in_notes")
        assert page.offers == ["create-anyway"]
    assert (world.transport.sent, page.host.events) == ([], [])
    world.transport.reply(201, MEETING)
    page.widget.act("create-anyway")
    await settle()
    assert page.state == "ready"
    assert world.notes.text == f"{HINT}\n{LINE}"
    assert world.transport.paths() == [CREATE]


@pytest.mark.parametrize("when", ["before the window", "in the window"])
def test_a_hint_that_was_pasted_meanwhile_is_asked_about(world: World, when: str) -> None:
    async def test() -> None:
        page = world.add()
        page.widget.act("add")
        if when == "before the window":
            world.notes.text = HINT
            page.widget.act("connect")
            assert world.windows.opened == []
        else:
            page.widget.act("connect")
            world.notes.text = HINT
            world.transport.reply(200, TOKEN)
            world.windows.last.answer(code=CODE)
            await settle()
        assert (page.state, page.notice) == ("idle", "zoom_link_in_notes")
        assert CREATE not in world.transport.paths()

    run(test())


@in_loop
async def test_add_again_asks_about_a_hint_too(world: World) -> None:
    world.sign_in_already()
    world.hosted.add("86012345678", "host-1")
    world.notes.text = f"{HINT}\n{LINE}"
    world.transport.reply(404, {"code": 3001, "message": "gone"})
    world.transport.reply(200, {**USER, "id": "host-1"})
    page = world.add()
    await settle()
    assert page.offers == ["undo", "add"]
    page.widget.act("add")
    await settle()
    assert page.notice == "zoom_link_in_notes"
    assert CREATE not in world.transport.paths()


# The element becomes another appointment's, or goes, in the middle


def other_notes(world: World) -> FakeNotes:
    world.fields["#other"] = FakeNotes("Kim's notes.")
    return world.fields["#other"]


@in_loop
async def test_another_appointment_in_the_middle_of_a_sign_in_gets_no_meeting(
    world: World,
) -> None:
    other = other_notes(world)
    page = world.add()
    page.widget.act("connect")
    page.open(appointment="813", notes="#other")
    world.transport.reply(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await settle()
    assert page.state == "idle"
    assert world.session.is_signed_in  # the token is the user's, whichever appointment is open
    assert (world.notes.text, other.text) == ("", "Kim's notes.")
    assert page.host.events == []
    assert len(world.transport.sent) == 1


@in_loop
async def test_another_appointment_in_the_middle_of_a_defect_hears_nothing_of_it(
    world: World,
) -> None:
    other_notes(world)
    world.sign_in_already()
    page = world.add()
    reached = asyncio.Event()

    async def fail(*_: Any, **__: Any) -> Any:
        await reached.wait()
        raise RuntimeError("a defect")

    with patch.object(ZoomClient, "create_meeting", fail):
        page.widget.act("add")
        await settle()
        page.open(appointment="813", notes="#other")
        reached.set()
        await settle()
    assert (page.state, page.notice) == ("idle", None)
    assert page.host.events == []
    assert len(page.host.complaints) == 1  # the page's developer hears of it all the same


@pytest.mark.parametrize("selector", ["#other", "#notes"])
def test_another_appointment_in_the_middle_of_a_create_gets_no_line(
    world: World, selector: str
) -> None:
    """Frameworks change the attributes, and often keep the very same field."""

    async def test() -> None:
        other_notes(world)
        world.sign_in_already()
        gate = world.transport.reply_later(201, MEETING)
        page = world.add()
        page.widget.act("add")
        await settle()
        page.open(appointment="813", notes=selector)
        assert page.state == "idle"
        before = world.fields[selector].text
        gate.set()
        await settle()
        assert page.state == "idle"
        assert world.fields[selector].text == before
        assert page.host.events == []
        assert_no_secret(page)
        # Back at the first one, its meeting is there, is written now, and is not made again.
        answer_checks(world)
        page.open()
        await settle()
        assert page.state == "ready"
        assert world.notes.text == LINE
        assert page.notice is None
        assert world.transport.paths().count(CREATE) == 1

    run(test())


@in_loop
async def test_another_appointment_in_the_same_turn_as_the_click_gets_nothing(
    world: World,
) -> None:
    """The create has not looked at the notes yet when the attributes change."""
    world.sign_in_already()
    page = world.add()
    page.widget.act("add")
    page.open(appointment="813")
    await settle()
    assert page.state == "idle"
    assert world.transport.sent == []
    assert world.notes.text == ""


@in_loop
async def test_bad_attributes_in_the_middle_of_a_create_lose_nothing(world: World) -> None:
    world.sign_in_already()
    gate = world.transport.reply_later(201, MEETING)
    page = world.add()
    page.widget.act("add")
    await settle()
    page.open(starts="")
    gate.set()
    await settle()
    assert page.state == "error"
    answer_checks(world)
    page.open()
    await settle()
    assert page.state == "ready"
    assert world.notes.text == LINE


@in_loop
async def test_an_element_that_goes_in_the_middle_is_silent(world: World) -> None:
    world.sign_in_already()
    gate = world.transport.reply_later(201, MEETING)
    page = world.add()
    page.widget.act("add")
    await settle()
    page.widget.dispose()
    shown = len(page.shown)
    gate.set()
    await settle()
    page.widget.act("add")
    page.open()
    assert page.host.events == []
    assert len(page.shown) == shown
    assert world.notes.text == ""
    # The meeting exists: the element that comes next shows it.
    answer_checks(world)
    again = world.add()
    await settle()
    assert again.state == "ready"
    assert world.notes.text == LINE
    assert world.transport.paths().count(CREATE) == 1


@in_loop
async def test_an_element_that_goes_during_the_sign_in_makes_no_meeting(world: World) -> None:
    page = world.add()
    page.widget.act("connect")
    page.widget.dispose()
    world.transport.reply(200, TOKEN)
    world.windows.last.answer(code=CODE)
    await settle()
    assert world.session.is_signed_in
    assert page.host.events == []
    assert len(world.transport.sent) == 1


@in_loop
async def test_the_same_attributes_again_are_no_news(world: World) -> None:
    world.sign_in_already()
    world.transport.reply(201, MEETING)
    page = world.add()
    page.widget.act("add")
    await settle()
    events = list(page.host.events)
    model = page.model
    page.open()
    assert page.host.events == events
    assert page.model == model


# The notes are edited


@in_loop
async def test_a_line_that_is_pasted_is_shown(world: World) -> None:
    page = world.add()
    world.notes.text = LINE
    page.widget.act("notes-edited")
    assert page.state == "ready"
    assert page.host.names == ["loaded"]


@in_loop
async def test_a_field_that_goes_while_it_is_edited_changes_nothing(world: World) -> None:
    world.notes.text = LINE
    page = world.add()
    world.notes.is_gone = True
    page.widget.act("notes-edited")
    assert page.state == "ready"


# Copying


@in_loop
async def test_copying_starts_inside_the_click_and_is_confirmed(world: World) -> None:
    world.notes.text = LINE
    page = world.add()
    page.widget.act("copy")
    assert world.clipboard.begun == [JOIN_URL]
    await settle()
    assert page.model.copied == "link"
    await world.clock.advance(COPIED_FOR)
    assert page.model.copied is None


@in_loop
async def test_a_copy_for_one_appointment_is_not_confirmed_at_another(world: World) -> None:
    world.notes.text = LINE
    world.fields["#other"] = FakeNotes(OTHER_LINE)
    page = world.add()
    page.widget.act("copy")
    page.open(appointment="813", notes="#other")
    await settle()
    assert page.model.copied is None


# Times


@in_loop
async def test_an_opening_reads_the_notes_once(world: World) -> None:
    """They may be long, and every reading carries them from the page to Python."""
    world.notes.text = f"Tea, no milk.\n{LINE}"
    OnePage(world).open()
    assert world.notes.reads == 1


@in_loop
async def test_what_changes_nothing_is_not_shown_again(world: World) -> None:
    one = OnePage(world).open()
    shown = len(one.shown)
    one.open()
    one.widget.act("notes-edited")
    one.widget.act("dismiss")
    assert len(one.shown) == shown
