"""One element whose meeting exists: checked, moved, started, removed, and never lost."""

from __future__ import annotations

import asyncio

import pytest

from pywidget.domain.errors import (
    CertificateRefusedError,
    Code,
    UnreachableError,
    build_closed_way_error,
)
from pywidget.domain.secret import Secret
from pywidget.widget.carriers.telling import COPIED_FOR
from pywidget.widget.model import Menu
from tests.doubles.clock import run, settle
from tests.doubles.navigation import FakeWindow
from tests.doubles.notes import FakeNotes
from tests.in_loop import in_loop
from tests.world import LINE, OnePage, World
from tests.zoom.answers import EXPIRED, MEETING, REFUSALS, TOKEN, USER

ID = "86012345678"
CREATE, LIST, ME = "POST /users/me/meetings", "GET /users/me/meetings", "GET /users/me"
READ, MOVE, DELETE = (f"{method} /meetings/{ID}" for method in ("GET", "PATCH", "DELETE"))
GONE = {"code": 3001, "message": f"Meeting does not exist: {ID}."}
MOVED_LINE = LINE.replace("Thursday, March 5 2026 6:00 pm", "Friday, March 6 2026 9:00 am")
MOVED = {**MEETING, "start_time": "2026-03-06T14:00:00Z"}
OTHER_URL = "https://us02web.zoom.us/j/99912345678"
MALFORMED = (
    r"https://evil.example\.zoom.us/s/86012345678?zak=s3cr3t-zak",
    r"https://evil.example\@us02web.zoom.us/s/86012345678?zak=s3cr3t-zak",
    "https://dana@us02web.zoom.us/s/86012345678?zak=s3cr3t-zak",
    "https://us02web.zoom.us%2f.zoom.us/s/86012345678?zak=s3cr3t-zak",
    "https://<b>.zoom.us/s/86012345678?zak=s3cr3t-zak",
    "https://xn--a.zoom.us/s/86012345678?zak=s3cr3t-zak",
)
START_URL = "https://us02web.zoom.us/s/86012345678?zak=s3cr3t-zak"


def show(world: World, text: str = LINE, *, signed_in: bool = True) -> OnePage:
    """An element whose notes hold a meeting."""
    if signed_in:
        world.sign_in_already()
    world.notes.text = text
    return world.add()


async def show_checked(world: World, text: str = LINE) -> OnePage:
    """The same, and Zoom has been asked: all is well."""
    world.transport.reply(200, MEETING)
    world.transport.reply(200, USER)
    page = show(world, text)
    await settle()
    assert page.state == "ready"
    assert page.notice is None
    page.host.events.clear()
    return page


def assert_no_secret(page: OnePage) -> None:
    told = f"{page.host.events} {page.host.complaints} {page.shown}"
    for secret in ("s3cr3t", "zak", "123456'"):
        assert secret not in told


# The check


@pytest.mark.parametrize(
    ("error", "is_known_to_anyone"),
    [
        (CertificateRefusedError(("unknown-issuer",)), True),
        (build_closed_way_error(Code.TUNNEL_FAILED), False),
        (build_closed_way_error(Code.CORS_BLOCKED), False),
    ],
    ids=lambda value: getattr(value, "code", None),
)
def test_somebody_in_between_is_too_grave_to_pass_over_in_the_background(
    world: World, error: UnreachableError, *, is_known_to_anyone: bool
) -> None:
    @in_loop
    async def test(world: World) -> None:
        for _ in range(1 if is_known_to_anyone else 3):
            world.transport.refuse(error)
        world.transport.always("GET", "/v2/users/me", 200, USER)
        page = show(world)
        await world.clock.advance(10)
        assert page.state == "ready"
        assert page.notice == (error.code if is_known_to_anyone else None)
        assert page.offers == []
        told = [name for name, _ in page.host.events if name == "error"]
        assert told == (["error"] if is_known_to_anyone else [])
        assert world.notes.text == LINE
        world.transport.verify()

    test(world)


@in_loop
async def test_opening_looks_the_meeting_up_and_shows_what_only_zoom_knows(world: World) -> None:
    world.transport.reply(200, MEETING)
    world.transport.reply(200, USER)
    page = show(world, f"Allergic to latex.\n{LINE}")
    assert page.state == "ready"  # at once, from the note
    assert page.model.shown is not None
    assert page.model.shown.passcode is None
    await settle()
    assert world.transport.paths() == [READ, ME]
    assert page.model.shown is not None
    assert page.model.shown.passcode == Secret("123456")
    assert page.model.shown.drift is None
    assert page.host.names == ["loaded"]
    assert world.notes.history == []
    assert world.hosted.has(ID, "host-1")
    assert_no_secret(page)


@pytest.mark.parametrize(
    "refusal",
    [
        name
        for name, (error, _code) in REFUSALS.items()
        if name not in {"no such meeting", "a colleague's meeting", "server error"}
        and error.answer.status != 401
        and "124" not in name
    ],
)
def test_nothing_that_zoom_refuses_cleans_anything(world: World, refusal: str) -> None:
    async def test() -> None:
        world.hosted.add(ID, "host-1")  # even of one's own
        world.transport.always("GET", "/v2/users/me", 200, USER)
        error, _code = REFUSALS[refusal]
        world.transport.reply(error.answer.status, error.answer.body)
        page = show(world)
        await world.clock.advance(60)
        assert page.state == "ready"
        assert (world.notes.text, world.notes.history) == (LINE, [])
        assert "cleaned" not in page.host.names

    run(test())


# Zoom and the appointment do not agree


@in_loop
async def test_another_time_in_zoom_is_shown_and_can_be_moved_back(world: World) -> None:
    world.transport.reply(200, MOVED)
    world.transport.reply(200, USER)
    page = show(world)
    await settle()
    assert page.model.shown is not None
    assert page.model.shown.drift is not None
    assert page.model.shown.drift.zoom_starts_at.isoformat() == "2026-03-06T14:00:00+00:00"
    assert world.notes.history == []
    page.host.events.clear()
    gate = world.transport.reply_later(204)
    world.transport.reply(200, MEETING)
    page.widget.act("update-zoom")
    assert page.state == "updating"
    page.widget.act("update-zoom")
    page.widget.act("remove")
    gate.set()
    await settle()
    assert page.state == "ready"
    assert page.model.shown.drift is None
    assert world.transport.paths().count(MOVE) == 1
    assert world.notes.text == LINE  # the note had the appointment's time
    assert page.host.names == ["updated"]
    assert page.host.find("updated")["startsAt"] == "2026-03-05T23:00:00Z"


@in_loop
async def test_the_note_can_follow_zoom(world: World) -> None:
    world.transport.reply(200, MOVED)
    world.transport.reply(200, USER)
    page = show(world, f"before\n{LINE}\nafter")
    await settle()
    page.host.events.clear()
    page.widget.act("update-note")
    await settle()
    assert world.notes.text == f"before\n{MOVED_LINE}\nafter"
    assert page.host.names == ["notes-changed"]
    assert page.host.find("notes-changed")["line"] == MOVED_LINE
    assert page.model.shown is not None
    assert page.model.shown.drift is not None
    assert page.model.shown.drift.note_agrees  # the appointment still does not
    assert world.transport.paths() == [READ, ME]


@in_loop
async def test_an_appointment_that_moves_is_checked_and_takes_zoom_and_note_along(
    world: World,
) -> None:
    page = await show_checked(world)
    world.transport.reply(200, MEETING)
    page.open(starts="2026-03-06T09:00")
    await settle()
    assert page.model.shown is not None
    assert page.model.shown.drift is not None
    world.transport.reply(204)
    world.transport.reply(200, MOVED)
    page.widget.act("update-zoom")
    await settle()
    assert world.notes.text == MOVED_LINE
    assert page.host.names == ["notes-changed", "updated"]
    assert page.host.find("updated")["line"] == MOVED_LINE
    assert page.model.shown.drift is None


@in_loop
async def test_a_note_that_changed_meanwhile_is_told_after_the_move(world: World) -> None:
    page = await show_checked(world)
    gate = world.transport.reply_later(204)
    world.transport.reply(200, MEETING)
    page.widget.act("update-zoom")
    await settle()
    world.notes.text = "The host's autosave won."
    gate.set()
    await settle()
    assert page.notice == "notes_conflict"
    assert world.notes.history == []


# The meeting is gone


def answer_gone(world: World, me: str = "host-1") -> None:
    world.transport.reply(404, GONE)
    world.transport.always("GET", "/v2/users/me", 200, {**USER, "id": me})


async def clean(world: World, text: str = LINE) -> OnePage:
    """The host's own meeting was deleted in Zoom."""
    world.hosted.add(ID, "host-1")
    answer_gone(world)
    page = show(world, text)
    await settle()
    assert page.state == "idle"
    return page


@in_loop
async def test_a_meeting_of_ones_own_that_was_deleted_in_zoom_leaves_the_notes(
    world: World,
) -> None:
    page = await clean(world, f"before\n{LINE}\nafter")
    assert world.notes.text == "before\nafter"
    assert page.notice == "cleaned"
    assert page.offers == ["undo", "add"]
    assert page.host.names == ["loaded", "notes-changed", "cleaned"]
    assert page.host.find("cleaned")["line"] == LINE
    assert page.host.find("cleaned")["meetingId"] == ID


@in_loop
async def test_a_line_that_cannot_be_cleaned_stays_as_that_of_a_meeting_that_is_gone(
    world: World,
) -> None:
    world.hosted.add(ID, "host-1")
    world.notes.rejects = True
    answer_gone(world)
    page = show(world)
    await settle()
    assert (page.state, page.notice) == ("gone", "notes_write_failed")
    assert page.offers == ["clean", "keep"]
    assert world.notes.text == LINE


@in_loop
async def test_undo_puts_the_line_back_for_good_and_the_meeting_stays_gone(world: World) -> None:
    page = await clean(world, f"before\n{LINE}\nafter")
    page.host.events.clear()
    page.widget.act("undo")
    await settle()
    assert world.notes.text == f"before\n{LINE}\nafter"
    assert (page.state, page.offers) == ("gone", ["clean", "keep"])
    assert page.host.names == ["notes-changed"]
    sent = len(world.transport.sent)
    world.transport.reply(404, GONE)
    page.open(starts="2026-03-06T09:00")  # it is looked up again, and is still gone
    await settle()
    assert world.transport.paths(sent) == [READ]
    assert world.notes.text == f"before\n{LINE}\nafter"
    assert page.state == "gone"
    page.widget.act("undo")  # painted no more
    assert world.notes.text.count("Zoom:") == 1


@in_loop
async def test_a_line_that_cannot_be_put_back_can_still_be(world: World) -> None:
    page = await clean(world)
    world.notes.reverts = True
    page.widget.act("undo")
    await settle()
    assert (page.notice, page.offers) == ("notes_write_failed", ["undo"])
    world.notes.reverts = False
    page.widget.act("undo")
    await settle()
    assert world.notes.text == LINE


@in_loop
async def test_a_line_that_was_put_back_is_gone_until_zoom_or_the_user_says_otherwise(
    world: World,
) -> None:
    page = await clean(world)
    page.widget.act("undo")
    await settle()
    world.transport.always("GET", f"/v2/meetings/{ID}", 404, GONE)
    world.notes.text = f"{LINE} (confirmed)"
    page.widget.act("notes-edited")
    await settle()
    assert page.state == "gone"
    world.fields["#other"] = FakeNotes("Kim's notes.")
    page.open(appointment="813", notes="#other")
    assert page.state == "idle"
    page.open()
    assert page.state == "gone"
    await settle()
    assert (page.state, world.notes.text) == ("gone", f"{LINE} (confirmed)")
    other = world.add()
    await settle()
    assert [model.state.value for model in other.shown] == ["gone"]
    assert "cleaned" not in other.host.names
    other.widget.act("keep")
    again = world.add()
    await settle()
    assert again.state == "ready"


@in_loop
async def test_a_line_that_was_put_back_is_ready_when_zoom_has_its_meeting(world: World) -> None:
    page = await clean(world)
    page.widget.act("undo")
    await settle()
    world.transport.reply(200, MEETING)
    page.open(starts="2026-03-06T09:00")
    await settle()
    assert (page.state, page.notice) == ("ready", None)
    world.transport.reply(200, MEETING)
    assert world.add().state == "ready"
    await settle()


@in_loop
async def test_what_is_put_back_says_nothing_about_another_meeting(world: World) -> None:
    page = await clean(world, f"{LINE}\nTea.")
    world.notes.text = f"Tea.\n{OTHER_URL}"
    page.widget.act("undo")
    await settle()
    assert world.notes.text == f"Tea.\n{OTHER_URL}\n{LINE}"
    assert page.state == "gone"
    assert page.model.shown is not None
    assert page.model.shown.link.meeting_id == ID
    world.notes.text = OTHER_URL
    world.transport.always("GET", "/v2/meetings/99912345678", 404, {"code": 1001})
    page.widget.act("notes-edited")
    await settle()
    assert page.state == "ready"


@in_loop
async def test_a_cleaned_line_is_known_in_no_tab_any_more(world: World) -> None:
    world.sign_in_already()
    tab = world.duplicate()
    world.transport.reply(201, MEETING)
    page = world.add()
    page.widget.act("add")
    await settle()
    page.widget.dispose()
    answer_gone(world)
    world.add()
    await settle()
    assert world.notes.text == ""
    other = tab.add()
    world.transport.reply(201, {**MEETING, "id": 99912345678})
    other.widget.act("add")
    await settle()
    assert world.transport.paths().count(CREATE) == 2  # the dead link was not taken over


@pytest.mark.parametrize("action", ["keep", "clean"])
def test_a_meeting_that_may_be_a_colleagues_is_the_users_choice(world: World, action: str) -> None:
    async def test() -> None:
        answer_gone(world, me="kim")
        page = show(world, f"before\n{LINE}")
        await settle()
        assert (page.state, page.notice) == ("gone", "meeting_gone")
        assert page.offers == ["clean", "keep"]
        assert world.notes.history == []
        page.host.events.clear()
        page.widget.act(action)
        await settle()
        if action == "keep":
            assert (page.state, world.notes.text) == ("ready", f"before\n{LINE}")
            assert page.host.events == []
            world.transport.reply(404, GONE)
            page.open(starts="2026-03-06T09:00")
            await settle()
            assert page.state == "ready"  # not asked twice
        else:
            assert (page.state, world.notes.text) == ("idle", "before")
            assert page.host.names == ["notes-changed", "cleaned"]
            page.widget.act("undo")
            await settle()
            assert world.notes.text == f"before\n{LINE}"

    run(test())


@in_loop
async def test_what_zoom_says_to_strangers_offers_the_other_account(world: World) -> None:
    world.transport.reply(400, {"code": 3000, "message": "This meeting is not registered."})
    world.transport.reply(200, USER)
    page = show(world)
    await settle()
    assert (page.state, page.notice, page.offers) == ("ready", "not_host", ["switch-account"])
    assert world.notes.text == LINE
    assert str(USER["email"]) in page.text
    assert page.host.find("error")["code"] == "not_host"
    assert str(USER["email"]) not in f"{page.host.events} {page.host.complaints}"


@in_loop
async def test_a_field_that_takes_nothing_keeps_the_line_and_says_so(world: World) -> None:
    world.hosted.add(ID, "host-1")
    world.notes.rejects = True
    answer_gone(world)
    page = show(world)
    await settle()
    assert world.notes.text == LINE
    assert page.notice == "notes_write_failed"
    assert "cleaned" not in page.host.names


@in_loop
async def test_the_answer_about_an_appointment_that_was_left_changes_nothing(
    world: World,
) -> None:
    world.hosted.add(ID, "host-1")
    world.sign_in_already()
    world.fields["#other"] = FakeNotes(LINE.replace(ID, "99912345678"))
    gate = world.transport.reply_later(404, GONE)
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always(
        "GET",
        "/v2/meetings/99912345678",
        200,
        {**MEETING, "id": 99912345678, "join_url": "https://zoom.us/j/99912345678"},
    )
    world.notes.text = LINE
    page = world.add()
    await settle()
    page.open(appointment="813", notes="#other")
    gate.set()
    await settle()
    assert page.state == "ready"
    assert world.notes.text == LINE
    assert world.fields["#other"].text == LINE.replace(ID, "99912345678")


# Removing


@in_loop
async def test_removing_asks_once_deletes_in_zoom_and_then_cleans_the_note(world: World) -> None:
    page = await show_checked(world, f"before\n{LINE}\nafter")
    page.widget.act("remove")
    assert page.model.menu is Menu.REMOVE
    gate = world.transport.reply_later(204)
    page.widget.act("confirm-remove")
    page.widget.act("confirm-remove")
    assert page.state == "removing"
    await settle()
    assert world.notes.text == f"before\n{LINE}\nafter"  # not before Zoom has done it
    gate.set()
    await settle()
    assert (page.state, page.notice) == ("idle", "removed")
    assert page.host.said == [
        "Zoom is deleting the meeting.",
        "Meeting deleted and removed from the notes.",
    ]
    assert world.notes.text == "before\nafter"
    assert page.host.names == ["notes-changed", "removed"]
    assert page.host.find("removed") == {
        "appointment": "812",
        "joinUrl": "https://us02web.zoom.us/j/86012345678?pwd=Q2x",
        "meetingId": ID,
        "topic": "Appointment with Dana Lee",
        "startsAt": "2026-03-05T23:00:00Z",
        "line": LINE,
    }
    assert world.transport.paths().count(DELETE) == 1


@in_loop
async def test_a_note_that_cannot_be_cleaned_is_known_before_the_delete(world: World) -> None:
    page = await show_checked(world)
    sent = len(world.transport.sent)
    world.notes.rejects = True
    page.widget.act("confirm-remove")
    await settle()
    assert (page.state, page.notice) == ("ready", "notes_write_failed")
    assert "The meeting was not deleted." in page.text
    assert len(world.transport.sent) == sent
    world.notes.rejects = False
    world.transport.reply(204)
    page.widget.act("confirm-remove")
    await settle()
    assert (page.state, world.notes.text) == ("idle", "")


@in_loop
async def test_a_note_that_keeps_its_line_after_the_delete_is_told_as_half_done(
    world: World,
) -> None:
    page = await show_checked(world)
    page.host.events.clear()
    world.notes.reverts = True
    world.transport.reply(204)
    page.widget.act("confirm-remove")
    await settle()
    assert (page.state, page.notice) == ("gone", "notes_write_failed")
    assert page.offers == ["clean"]
    assert "was deleted in Zoom, but its line is still in the notes" in page.text
    assert page.host.names == ["removed", "error"]
    assert "line" not in page.host.find("removed")
    world.notes.reverts = False
    page.widget.act("clean")
    await settle()
    assert (page.state, world.notes.text) == ("idle", "")
    assert page.host.names == ["removed", "error", "notes-changed", "cleaned"]


@in_loop
async def test_a_check_that_comes_back_in_the_middle_of_a_removal_is_no_news(
    world: World,
) -> None:
    """It was sent before the delete, and answered after it: gone, of course."""
    world.hosted.add(ID, "host-1")
    world.transport.always("GET", "/v2/users/me", 200, USER)
    check = world.transport.reply_later(404, GONE)
    page = show(world)
    await settle()
    delete = world.transport.reply_later(204)
    page.widget.act("confirm-remove")
    await settle()
    check.set()
    await settle()
    assert world.notes.text == LINE
    delete.set()
    await settle()
    assert page.host.names == ["loaded", "notes-changed", "removed"]
    assert (page.state, page.notice, world.notes.text) == ("idle", "removed", "")


@in_loop
async def test_a_token_that_ends_in_the_middle_deletes_after_signing_in_again(
    world: World,
) -> None:
    page = await show_checked(world)
    world.transport.reply(401, EXPIRED)
    page.widget.act("confirm-remove-and-tell")
    await world.clock.advance(1)
    await world.clock.advance(1)
    assert (page.state, page.notice, page.offers) == ("ready", "invalid_grant", ["connect"])
    assert world.notes.text == LINE
    page.widget.act("connect")
    world.transport.reply(200, TOKEN)
    world.transport.always("GET", f"/v2/meetings/{ID}", 200, MEETING)
    world.transport.reply(204)
    world.windows.last.answer(code="s3cr3t-code")
    await settle()
    assert (page.state, world.notes.text) == ("idle", "")
    assert world.transport.sent[-1].url.endswith("cancel_meeting_reminder=true")


# Starting


@in_loop
async def test_the_hosts_window_opens_inside_the_click_and_gets_a_fresh_link(
    world: World,
) -> None:
    page = await show_checked(world)
    gate = world.transport.reply_later(200, MEETING)
    page.widget.act("start")
    (window,) = world.navigation.windows  # nothing was awaited
    assert (window.address, window.is_open) == (None, True)
    gate.set()
    await settle()
    assert window.address == START_URL
    assert page.state == "ready"
    assert page.host.events == []
    assert "zak" not in f"{world.storage.items} {world.local_storage.items} {world.channel.told}"
    assert_no_secret(page)


@pytest.mark.parametrize(
    ("status", "body", "notice"),
    [
        (404, GONE, "meeting_gone"),
        (200, {**MEETING, "start_url": "https://evil.example/s/86012345678"}, "zoom_error"),
        (200, {**MEETING, "start_url": "javascript:alert(1)"}, "zoom_error"),
        (200, {**MEETING, "start_url": None}, "zoom_error"),
        (403, {"code": 4711, "message": "does not contain scopes:[x]"}, "scope_missing"),
    ],
)
def test_a_meeting_that_cannot_be_started_closes_its_window(
    world: World, status: int, body: object, notice: str
) -> None:
    async def test() -> None:
        page = await show_checked(world)
        world.transport.reply(status, body)
        page.widget.act("start")
        await settle()
        (window,) = world.navigation.windows
        assert (window.address, window.is_open) == (None, False)
        assert page.notice == notice
        assert world.notes.text == LINE

    run(test())


@pytest.mark.parametrize("url", MALFORMED)
def test_a_malformed_start_link_is_zooms_fault_and_goes_nowhere(world: World, url: str) -> None:
    async def test() -> None:
        page = await show_checked(world)
        world.transport.reply(200, {**MEETING, "start_url": url})
        page.widget.act("start")
        await settle()
        (window,) = world.navigation.windows
        assert (window.address, window.is_open) == (None, False)
        assert (page.state, page.notice, page.offers) == ("ready", "zoom_error", ["start"])
        assert_no_secret(page)

    run(test())


@in_loop
async def test_a_link_that_the_browser_does_not_open_closes_its_window(world: World) -> None:
    def go(_window: FakeWindow, address: Secret) -> None:
        raise TypeError(address.reveal())

    page = await show_checked(world)
    world.transport.reply(200, MEETING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FakeWindow, "go", go)
        page.widget.act("start")
        await settle()
    (window,) = world.navigation.windows
    assert not window.is_open
    assert (page.state, page.notice, page.offers) == ("ready", "internal_error", ["start"])
    assert_no_secret(page)


@in_loop
async def test_work_that_is_cut_off_closes_its_window(world: World) -> None:
    page = await show_checked(world)
    world.transport.reply_later(200, MEETING)
    before = asyncio.all_tasks()
    page.widget.act("start")
    await settle()
    for task in asyncio.all_tasks() - before:
        task.cancel()
    await settle()
    (window,) = world.navigation.windows
    assert (window.address, window.is_open) == (None, False)


BUSY_FOR_A_WHILE = {"retry-after": "30"}
TOO_MANY = {"code": 429, "message": "You have reached the maximum per-second rate limit."}


@in_loop
async def test_a_start_that_zooms_limit_holds_up_says_so_and_goes_on(world: World) -> None:
    page = await show_checked(world)
    world.transport.reply(429, TOO_MANY, headers=BUSY_FOR_A_WHILE)
    world.transport.reply(200, MEETING)
    page.widget.act("start")
    await settle()
    (window,) = world.navigation.windows
    assert (page.state, page.model.held_up, window.is_open) == ("ready", 30, True)
    page.widget.act("start")
    await world.clock.advance(10)
    assert (page.model.held_up, world.navigation.windows) == (20, [window])
    await world.clock.advance(20)
    assert (page.model.held_up, window.address, page.notice) == (0, START_URL, None)


@in_loop
async def test_a_start_that_is_called_off_closes_its_window_and_keeps_the_meeting(
    world: World,
) -> None:
    page = await show_checked(world)
    shown = page.model.shown
    for _ in range(2):  # two clicks in one go
        world.transport.reply(429, TOO_MANY, headers=BUSY_FOR_A_WHILE)
        page.widget.act("start")
    await settle()
    page.widget.act("cancel")
    await settle()
    assert [window.is_open for window in world.navigation.windows] == [False, False]
    assert (page.state, page.model.shown, page.model.held_up) == ("ready", shown, 0)
    assert (page.notice, page.offers, page.host.events) == ("rate_limited", ["start"], [])
    await world.clock.advance(60)
    assert world.transport.paths().count(f"GET /meetings/{ID}") == 3, "it went on all the same"
    assert world.notes.text == LINE


@in_loop
async def test_the_meeting_starts_although_the_element_has_left(world: World) -> None:
    """The click was clear; a page that renders anew must not take it back."""
    page = await show_checked(world)
    gate = world.transport.reply_later(200, MEETING)
    page.widget.act("start")
    await settle()
    page.widget.dispose()
    gate.set()
    await settle()
    (window,) = world.navigation.windows
    assert (window.address, window.is_open) == (START_URL, True)


@in_loop
async def test_an_element_that_has_left_leaves_no_empty_window(world: World) -> None:
    page = await show_checked(world)
    gate = world.transport.reply_later(200, {**MEETING, "start_url": MALFORMED[0]})
    page.widget.act("start")
    await settle()
    page.widget.dispose()
    gate.set()
    await settle()
    (window,) = world.navigation.windows
    assert (window.address, window.is_open) == (None, False)
    assert page.notice is None


@in_loop
async def test_a_personal_room_opens_no_window(world: World) -> None:
    """Its link does not tell which meeting to start; the button was for another meeting."""
    page = show(world, "https://us02web.zoom.us/my/dana.lee")
    await settle()
    page.widget.act("start")
    await settle()
    assert world.navigation.windows == []


@in_loop
async def test_a_blocked_window_is_told_and_nothing_is_asked(world: World) -> None:
    page = await show_checked(world)
    world.navigation.is_blocked = True
    sent = len(world.transport.sent)
    page.widget.act("start")
    await settle()
    assert (page.state, page.notice) == ("ready", "popup_blocked")
    assert world.transport.paths(sent) == []


# Sending


@in_loop
async def test_the_invitation_is_copied_inside_the_click(world: World) -> None:
    page = await show_checked(world)
    page.widget.act("send")
    assert page.model.menu is Menu.SEND
    page.widget.act("copy-invitation")
    (text,) = world.clipboard.begun
    assert text.splitlines() == [
        "Appointment with Dana Lee",
        "",
        "When: Thursday, March 5 2026 6:00 pm (New York Time)",
        "Join the Zoom meeting: https://us02web.zoom.us/j/86012345678?pwd=Q2x",
        "Meeting ID: 860 1234 5678",
        "Passcode: 123456",
    ]
    await settle()
    assert (page.model.copied, page.model.menu) == ("invitation", Menu.SEND)
    await world.clock.advance(COPIED_FOR)
    assert page.model.copied is None


# A meeting without its line


async def orphan(world: World) -> OnePage:
    """Zoom has made it, and the field does not take the line."""
    world.sign_in_already()
    world.transport.reply(201, MEETING)
    world.notes.rejects = True
    page = world.add()
    page.widget.act("add")
    await settle()
    assert (page.state, page.offers) == ("ready", ["save-again", "remove"])
    page.host.events.clear()
    return page


@in_loop
async def test_an_orphan_can_be_saved_again(world: World) -> None:
    page = await orphan(world)
    page.widget.act("save-again")
    await settle()
    assert page.offers == ["save-again", "remove"]
    world.notes.rejects = False
    page.widget.act("save-again")
    await settle()
    assert (page.notice, world.notes.text) == (None, LINE)
    assert page.host.names == ["error", "notes-changed"]
    assert world.transport.paths() == [CREATE]


@pytest.mark.parametrize("trouble", ["rejects", "is_gone"])
def test_an_orphan_can_be_deleted_whatever_the_field_does(world: World, trouble: str) -> None:
    async def test() -> None:
        page = await orphan(world)
        setattr(world.notes, trouble, True)
        world.transport.reply(204)
        page.widget.act("remove")
        assert page.model.menu is Menu.REMOVE
        page.widget.act("confirm-remove")
        await settle()
        assert (page.state, page.notice, world.notes.text) == ("idle", "removed", "")
        assert page.host.names == ["removed"]
        assert "line" not in page.host.find("removed")
        assert world.creation.find_unwritten(page.widget.appointment) is None

    run(test())


@in_loop
async def test_an_orphan_survives_a_reload(world: World) -> None:
    await orphan(world)
    page = world.reload()
    world.transport.reply(200, {"meetings": [MEETING]})
    world.transport.always("GET", f"/v2/meetings/{ID}", 200, MEETING)
    world.transport.always("GET", "/v2/users/me", 200, USER)
    shown = page.add()
    assert shown.state == "idle"
    await settle()
    assert (shown.state, page.notes.text) == ("ready", LINE)
    assert world.transport.paths().count(CREATE) == 1


# A create that was cut short


@in_loop
async def test_a_reload_in_the_middle_of_a_create_brings_the_meeting_by_itself(
    world: World,
) -> None:
    world.sign_in_already()
    world.transport.reply_later(201, MEETING)
    world.add().widget.act("add")
    await settle()
    page = world.reload("Allergic to latex.")
    world.transport.reply(200, {"meetings": [MEETING]})
    world.transport.always("GET", f"/v2/meetings/{ID}", 200, MEETING)
    world.transport.always("GET", "/v2/users/me", 200, USER)
    shown = page.add()
    shown.widget.act("add")  # impatient
    await settle()
    assert shown.state == "ready"
    assert page.notes.text == f"Allergic to latex.\n{LINE}"
    assert world.transport.paths().count(CREATE) == 1
    assert shown.host.names.count("created") == 1


@in_loop
async def test_two_widgets_are_told_of_a_limit_in_the_same_words(world: World) -> None:
    """They wait for one request, and so for one error."""
    world.sign_in_already()
    world.transport.reply(
        429,
        {"code": 429, "message": "You have reached the daily rate limit"},
    )
    pages = world.add(), world.add()
    for page in pages:
        page.widget.act("add")
    await settle()
    (text,) = {page.text for page in pages}
    assert text.count("Try again after 7:00 pm.") == 1


# Who mails the client


# What failed is offered again by whoever carried it out


@pytest.mark.parametrize(
    ("action", "offer"),
    [("confirm-remove", "remove"), ("update-zoom", "update-zoom"), ("start", "start")],
)
def test_a_call_that_zoom_refuses_is_offered_again(world: World, action: str, offer: str) -> None:
    async def test() -> None:
        page = await show_checked(world)
        world.transport.reply(400, {})
        page.widget.act(action)
        await settle()
        assert (page.notice, page.offers) == ("zoom_error", [offer])

    run(test())


@in_loop
async def test_a_create_that_zoom_refuses_is_offered_again(world: World) -> None:
    page = show(world, "")
    world.transport.reply(400, {})
    page.widget.act("add")
    await settle()
    assert (page.notice, page.offers) == ("zoom_error", ["add"])


@in_loop
async def test_a_sign_in_that_zoom_refuses_is_offered_again(world: World) -> None:
    page = show(world, "", signed_in=False)
    page.widget.act("connect")
    world.transport.reply(500)
    world.windows.last.answer(code="s3cr3t-code")
    await settle()
    assert (page.notice, page.offers) == ("zoom_error", ["connect"])


@in_loop
async def test_a_note_that_takes_no_correction_is_offered_again(world: World) -> None:
    world.transport.reply(200, MOVED)
    world.transport.reply(200, USER)
    page = show(world)
    await settle()
    world.notes.rejects = True
    page.widget.act("update-note")
    await settle()
    assert (page.notice, page.offers) == ("notes_write_failed", ["update-note"])
