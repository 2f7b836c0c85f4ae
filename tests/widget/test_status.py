"""An appointment that was cancelled, is over or is not to be changed: what may still be done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pywidget.connection.wanted import Wanted
from pywidget.domain.appointment import Appointment, Status
from pywidget.domain.errors import Code, NotDoneError, UnreachableError
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.ui.node import Element
from pywidget.ui.view import render
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.announcements import announce
from pywidget.widget.limits import describe_limit
from pywidget.widget.machine import update
from pywidget.widget.model import Channel, Menu, Model, State
from pywidget.widget.other_host import find_other_host
from pywidget.widget.permission import allows, allows_wanted, asks_about_cancelled
from pywidget.widget.watching import find_window
from tests.doubles.clock import settle
from tests.doubles.english import WORDS
from tests.in_loop import in_loop
from tests.ui.models import (
    CANCELLED,
    DONE,
    KIM,
    LOCKED,
    MISSED,
    MODELS,
    ONE,
    OTHER_TIME,
    PLAIN_DRIFT,
    SHOWN,
    STRICT,
    ZOOM,
)
from tests.ui.test_view import controls
from tests.widget.test_widget_meeting import DELETE, GONE, ID, READ, show_checked
from tests.world import LINE, OnePage, World
from tests.zoom.answers import MEETING, USER

CREATE = "POST /users/me/meetings"
CONNECTED = Model(State.IDLE, ONE, connection=ZOOM)
ASKED = MODELS["cancelled, meeting"]
SAID = "This appointment was canceled. Its Zoom meeting is still in the notes."
UNTOUCHED = (CANCELLED, MISSED, DONE, LOCKED, replace(ONE, disabled=True))


def reopen(model: Model, appointment: Appointment) -> tuple[Model, tuple[do.Effect, ...]]:
    return update(model, on.Opened(appointment, model.shown, model.connection))


def find_words(model: Model) -> list[str]:
    """The hints in the row of the camera."""
    (row,) = [part for part in render(model, WORDS) if isinstance(part, Element)][:1]
    hints = [each for each in row.children if isinstance(each, Element) and each.tag == "span"]
    return [str(hint.children[0]) for hint in hints if hint.attributes.get("part") == "hint"]


# What is offered


@pytest.mark.parametrize("appointment", UNTOUCHED)
@pytest.mark.parametrize("event", [on.AddClicked(is_signed_in=True), on.ConnectClicked()])
def test_where_no_meeting_may_be_created_no_click_creates_one(
    appointment: Appointment, event: on.Event
) -> None:
    model = replace(CONNECTED, appointment=appointment)
    assert update(model, event) == (model, ())
    failed = replace(model, state=State.ERROR, notice=notices.HINTED)
    assert update(failed, on.CreateAnywayClicked()) == (failed, ())
    waiting = replace(model, connection=None, menu=Menu.ADD)
    assert update(waiting, on.TokenFound()) == (waiting, ())


@pytest.mark.parametrize("appointment", UNTOUCHED)
@pytest.mark.parametrize("state", [State.SIGNING_IN, State.ERROR])
def test_a_sign_in_that_ends_after_the_change_creates_nothing(
    appointment: Appointment, state: State
) -> None:
    signing_in = Model(state, appointment, wanted=Wanted.CREATE)
    after, effects = update(signing_in, on.SignedIn())
    assert after.state is (State.IDLE if state is State.SIGNING_IN else state)
    assert effects == (do.Emit(do.EventName.CONNECTED),)


@pytest.mark.parametrize("wanted", [Wanted.MOVE, Wanted.REMOVE, Wanted.REMOVE_AND_TELL])
def test_a_sign_in_that_ends_where_nothing_may_be_changed_only_looks(wanted: Wanted) -> None:
    signing_in = Model(State.SIGNING_IN, LOCKED, SHOWN, ZOOM, wanted=wanted)
    after, effects = update(signing_in, on.SignedIn())
    assert after.state is State.READY
    assert [type(each) for each in effects] == [do.Emit, do.Check]


def test_a_sign_in_gives_the_meeting_to_nobody_if_its_host_is_the_right_one_by_then() -> None:
    asked = replace(MODELS["other host"], state=State.SIGNING_IN, wanted=Wanted.HAND_OVER)
    unseen = replace(asked, shown=SHOWN)  # after a return to the page
    for model in (asked, unseen):
        assert update(model, on.SignedIn())[0].state is State.UPDATING
    for host in ("", "maya@lotus-spa.example"):
        changed = replace(asked, appointment=replace(ONE, host_email=host))
        after, effects = update(changed, on.SignedIn())
        assert after.state is State.READY
        assert [type(each) for each in effects] == [do.Emit, do.Check]


def test_what_a_sign_in_may_still_be_for() -> None:
    ready = replace(MODELS["connected"], wanted=Wanted.NOTHING)
    assert allows_wanted(replace(ready, appointment=LOCKED), Wanted.START)
    assert allows_wanted(replace(ready, appointment=CANCELLED), Wanted.REMOVE_AND_TELL)
    assert allows_wanted(replace(ready, appointment=DONE), Wanted.NOTHING)
    for appointment in (CANCELLED, MISSED, DONE):
        assert not allows_wanted(replace(ready, appointment=appointment), Wanted.START)
        assert not allows_wanted(replace(ready, appointment=appointment), Wanted.MOVE)


CHANGES = (
    on.RemoveClicked(),
    on.RemoveConfirmed(),
    on.UpdateZoomClicked(),
    on.UpdateNoteClicked(),
    on.SaveAgainClicked(),
)


@pytest.mark.parametrize("event", CHANGES)
def test_read_only_changes_nothing_whatever_is_clicked(event: on.Event) -> None:
    model = MODELS["read-only, meeting"]
    assert update(model, event) == (model, ())


def test_read_only_keeps_the_line_of_a_meeting_that_is_gone() -> None:
    gone = MODELS["read-only, gone"]
    assert update(gone, on.CleanClicked()) == (gone, ())
    assert update(gone, on.KeepClicked()) == (gone, ())
    cleaned = Model(State.IDLE, LOCKED, notice=notices.CLEANED)
    assert update(cleaned, on.UndoClicked()) == (cleaned, ())


def test_read_only_starts_and_sends() -> None:
    model = MODELS["read-only, meeting"]
    assert [type(e) for e in update(model, on.StartClicked())[1]] == [do.StartMeeting]
    assert update(model, on.SendClicked())[0].menu is Menu.SEND


def test_read_only_registers_nobody() -> None:
    invites = MODELS["invite, registered"]
    assert update(invites, on.InvitationSubmitted(KIM))[1] == (do.Register(KIM),)
    locked = replace(invites, appointment=LOCKED)
    assert update(locked, on.InvitationSubmitted(KIM)) == (locked, ())
    assert "Invite another person" not in controls(locked)


@pytest.mark.parametrize("appointment", [CANCELLED, MISSED, DONE])
@pytest.mark.parametrize(
    "event",
    [on.StartClicked(), on.SendClicked(), on.UpdateZoomClicked(), on.UpdateNoteClicked()],
)
def test_nobody_gets_ready_for_an_appointment_that_does_not_take_place(
    appointment: Appointment, event: on.Event
) -> None:
    model = replace(MODELS["connected"], appointment=appointment)
    assert update(model, event) == (model, ())


@pytest.mark.parametrize("appointment", [MISSED, DONE])
def test_a_record_is_not_looked_up_since_zoom_forgets_meetings(appointment: Appointment) -> None:
    opened, effects = update(Model(), on.Opened(appointment, SHOWN, ZOOM))
    assert opened.state is State.READY
    assert effects == (do.EmitMeeting(do.EventName.LOADED, SHOWN),)
    assert not asks_about_cancelled(opened)


def test_without_an_appointment_nothing_is_forbidden_since_nothing_is_shown() -> None:
    assert allows(Model(State.ERROR), Action.ADD)
    assert not asks_about_cancelled(Model(State.ERROR))


# The question


def test_a_cancelled_appointments_meeting_is_asked_about_in_the_panel() -> None:
    opened, effects = update(Model(), on.Opened(CANCELLED, SHOWN, ZOOM))
    assert opened.state is State.READY
    assert asks_about_cancelled(opened)
    assert [type(each) for each in effects] == [do.EmitMeeting, do.Check]
    assert update(opened, on.RemoveClicked())[0].menu is Menu.REMOVE
    assert update(opened, on.RemoveConfirmed())[0].state is State.REMOVING
    signed_out = replace(opened, connection=None)
    assert update(signed_out, on.RemoveConfirmed())[0].state is State.SIGNING_IN


def test_keep_is_an_answer_and_a_second_one_is_none() -> None:
    kept, effects = update(replace(ASKED, menu=Menu.REMOVE), on.KeepClicked())
    assert (kept.state, kept.menu, kept.meeting.is_kept) == (State.READY, None, True)
    assert [type(each) for each in effects] == [do.KeepMeeting]
    assert not asks_about_cancelled(kept)
    assert update(kept, on.KeepClicked()) == (kept, ())


def test_a_line_that_is_kept_is_not_asked_about_once_more() -> None:
    gone = replace(MODELS["gone"], appointment=CANCELLED)
    assert not asks_about_cancelled(gone)
    kept, effects = update(gone, on.KeepClicked())
    assert [type(each) for each in effects] == [do.KeepLine, do.KeepMeeting]
    assert not asks_about_cancelled(kept)


def test_a_personal_room_is_not_asked_about() -> None:
    room = replace(SHOWN, link=JoinLink("zoom.us", LinkKind.PERSONAL, "dana.lee"))
    assert not asks_about_cancelled(replace(ASKED, shown=room))


def test_read_only_asks_nothing() -> None:
    assert not asks_about_cancelled(replace(ASKED, appointment=replace(CANCELLED, read_only=True)))


# A change while something is shown, or runs


def test_the_question_is_heard_when_it_comes_and_not_again() -> None:
    asked, _ = reopen(MODELS["connected"], CANCELLED)
    said = announce(MODELS["connected"], on.Opened(CANCELLED, SHOWN, ZOOM), asked)
    assert said is not None
    assert WORDS.write_all(said.messages) == SAID
    again, _ = reopen(asked, replace(CANCELLED, client="Dana Lee"))
    assert announce(asked, on.Opened(CANCELLED, SHOWN, ZOOM), again) is None
    assert announce(Model(), on.Opened(CANCELLED, SHOWN, ZOOM), asked) is None  # it is read anyway


def test_what_was_unfolded_for_a_booked_appointment_is_folded_up() -> None:
    drifted = replace(MODELS["connected"], shown=replace(SHOWN, drift=PLAIN_DRIFT), menu=Menu.SEND)
    asked, effects = reopen(drifted, CANCELLED)
    assert (asked.menu, asked.meeting.drift) == (None, None)
    assert [type(each) for each in effects] == [do.Check]
    booked, effects = reopen(asked, ONE)
    assert not asks_about_cancelled(booked)
    assert [type(each) for each in effects] == [do.Check]  # its time counts again


def test_what_runs_ends_before_the_question_is_asked() -> None:
    creating = MODELS["creating"]
    changed, effects = reopen(creating, CANCELLED)
    assert (changed.state, effects) == (State.CREATING, ())
    created = on.Created(SHOWN, "line", None)
    asked, _ = update(changed, created)
    assert asked.state is State.READY
    assert asks_about_cancelled(asked)
    said = announce(changed, created, asked)
    assert said is not None
    assert WORDS.write_all(said.messages) == f"The Zoom meeting is ready. {SAID}"


@pytest.mark.parametrize("appointment", UNTOUCHED)
def test_a_message_that_offers_a_meeting_goes_and_what_was_done_stays(
    appointment: Appointment,
) -> None:
    failed = replace(CONNECTED, state=State.ERROR, notice=notices.HINTED, menu=Menu.ADD)
    after, _ = reopen(failed, appointment)
    assert (after.state, after.notice, after.menu) == (State.IDLE, None, None)
    for notice in (notices.CLEANED, notices.REMOVED):
        assert reopen(replace(CONNECTED, notice=notice), appointment)[0].notice == notice


def test_undo_is_left_after_the_line_of_a_cancelled_one_was_cleaned() -> None:
    cleaned, _ = update(ASKED, on.Cleaned("line", was_asked_for=False))
    assert update(cleaned, on.UndoClicked())[1] != ()
    restored, _ = update(cleaned, on.Restored(SHOWN, "line"))
    assert restored.state is State.GONE


def test_a_meeting_that_waits_to_be_written_waits_as_long_as_nothing_may_be() -> None:
    unnoted = replace(SHOWN, is_noted=False)
    opened, effects = update(Model(), on.Opened(LOCKED, unnoted))
    assert effects == ()
    unlocked, effects = reopen(opened, ONE)
    assert [type(each) for each in effects] == [do.WriteNew]
    assert reopen(unlocked, LOCKED)[1] == ()


def test_a_create_that_was_cut_short_is_not_looked_for_where_nothing_may_be_written() -> None:
    opened = on.Opened(LOCKED, None, ZOOM, is_unsettled=True)
    assert update(Model(), opened)[1] == ()
    assert update(Model(), replace(opened, appointment=ONE))[1] != ()


WARNED = (MODELS["overlap"], MODELS["sign-in required"])


@pytest.mark.parametrize("appointment", [CANCELLED, MISSED, DONE])
@pytest.mark.parametrize("warned", WARNED)
def test_a_warning_goes_when_the_appointment_does_not_take_place(
    warned: Model, appointment: Appointment
) -> None:
    assert reopen(warned, appointment)[0].notice is None
    assert reopen(warned, LOCKED)[0].notice == warned.notice
    failed = MODELS["not removed"]
    assert reopen(failed, appointment)[0].notice == failed.notice


@pytest.mark.parametrize("appointment", [CANCELLED, MISSED, DONE])
def test_nothing_is_found_out_about_a_meeting_that_nobody_waits_for(
    appointment: Appointment,
) -> None:
    model = replace(MODELS["other host"], connection=replace(ZOOM, is_licensed=False))
    assert find_window(model) is not None
    assert find_other_host(model) is not None
    long = replace(appointment, host_email=KIM, minutes=60)
    model = replace(model, appointment=long)
    assert find_window(model) is None
    assert find_other_host(model) is None
    assert describe_limit(model) == ()
    overlap = on.LimitsFound(OTHER_TIME)
    assert update(model, overlap) == (model, ())
    assert announce(model, overlap, model) is None
    checked = on.Checked(replace(SHOWN, admission=STRICT))
    assert update(model, checked)[0].notice is None


@pytest.mark.parametrize("name", ["overlap", "not saved", "not removed"])
def test_no_two_buttons_have_one_name_beside_the_question(name: str) -> None:
    cancelled = replace(MODELS[name], appointment=CANCELLED)
    assert asks_about_cancelled(cancelled)
    assert {"Remove meeting", "Keep"} <= controls(cancelled).keys()  # it looks for doubles


def test_a_warning_that_cannot_be_answered_can_be_dismissed() -> None:
    warned = MODELS["overlap"]
    assert update(warned, on.NoticeDismissed()) == (warned, ())
    locked = replace(warned, appointment=LOCKED)
    assert "Dismiss" in controls(locked)
    assert update(locked, on.NoticeDismissed())[0].notice is None
    assert "Dismiss" not in controls(MODELS["read-only, gone"])
    assert "Dismiss" not in controls(replace(MODELS["not saved"], appointment=LOCKED))


# With Zoom and the notes


async def ask(world: World) -> OnePage:
    """A meeting whose appointment is cancelled while its panel is open."""
    page = await show_checked(world, f"before\n{LINE}\nafter")
    world.transport.reply(200, MEETING)
    page.open(status="cancelled")
    await settle()
    assert asks_about_cancelled(page.model)
    return page


@in_loop
async def test_removing_the_meeting_of_a_cancelled_appointment_leaves_the_notes_as_they_were(
    world: World,
) -> None:
    page = await ask(world)
    page.widget.act("remove")
    world.transport.reply(204)
    page.widget.act("confirm-remove")
    await settle()
    assert world.transport.paths()[-1] == DELETE
    assert world.notes.text == "before\nafter"
    assert (page.state, page.notice) == ("idle", "removed")
    page.widget.act("add")
    await settle()
    assert CREATE not in world.transport.paths()


@in_loop
async def test_keep_is_remembered_as_long_as_the_page_lives(world: World) -> None:
    page = await ask(world)
    page.widget.act("keep")
    assert page.host.said[-1] == "The link stays in the notes."
    world.transport.always("GET", f"/v2/meetings/{ID}", 200, MEETING)
    page.open(appointment="813", notes="#other")
    page.open(status="cancelled")
    await settle()
    assert page.state == "ready"
    assert not asks_about_cancelled(page.model)
    assert world.notes.text == f"before\n{LINE}\nafter"


@in_loop
async def test_read_only_cleans_nothing_although_the_meeting_is_known_to_be_gone(
    world: World,
) -> None:
    world.hosted.add(ID, "host-1")
    world.sign_in_already()
    world.notes.text = LINE
    world.transport.reply(404, GONE)
    world.transport.always("GET", "/v2/users/me", 200, {**USER, "id": "host-1"})
    page = world.add(read_only="")
    await settle()
    assert (page.state, page.notice) == ("gone", Code.MEETING_GONE)
    assert world.notes.text == LINE


@in_loop
async def test_a_create_that_ends_after_the_lock_is_written_once_it_is_lifted(
    world: World,
) -> None:
    world.sign_in_already()
    page = world.add(client_email=None)
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("GET", "/v2/users/me/meetings", 200, {"meetings": []})
    world.transport.always("GET", f"/v2/meetings/{ID}", 200, MEETING)
    gate = world.transport.reply_later(201, MEETING)
    page.widget.act("add")
    await settle()
    page.open(read_only="")
    gate.set()
    await settle()
    assert world.notes.text == ""
    assert (page.state, page.notice) == ("ready", "notes_write_failed")
    assert page.host.names.count("created") == 1
    page.open()
    await settle()
    assert (page.notice, world.notes.text) == (None, LINE)
    assert page.host.names.count("created") == 1
    assert page.host.names[-1] == "notes-changed"


@in_loop
async def test_a_removal_that_comes_after_the_lock_deletes_nothing(world: World) -> None:
    page = await show_checked(world)
    page.widget.act("remove")
    page.open(read_only="")
    page.widget.act("confirm-remove")
    await settle()
    assert DELETE not in world.transport.paths()
    assert world.notes.text == LINE


@in_loop
async def test_a_record_is_neither_looked_up_nor_cleaned(world: World) -> None:
    world.hosted.add(ID, "host-1")
    world.sign_in_already()
    world.notes.text = LINE
    page = world.add(status="done")
    await settle()
    assert READ not in world.transport.paths()
    assert (page.state, page.notice) == ("ready", None)
    assert world.notes.text == LINE


def test_a_failure_beside_the_question_keeps_it() -> None:
    failed, _ = update(
        replace(ASKED, state=State.REMOVING),
        on.Failed(UnreachableError(Code.NETWORK), Action.REMOVE),
    )
    assert asks_about_cancelled(failed)
    assert failed.notice is not None


def test_every_status_has_its_answer_to_what_may_be_done() -> None:
    flags = {
        status: (
            (appointment := replace(ONE, status=status)).is_booked,
            appointment.is_cancelled,
            appointment.is_record,
            appointment.may_get_meeting,
        )
        for status in Status
    }
    assert flags == {
        Status.BOOKED: (True, False, False, True),
        Status.CANCELLED: (False, True, False, False),
        Status.NO_SHOW: (False, False, True, False),
        Status.DONE: (False, False, True, False),
    }


# It has begun


def test_an_appointment_under_way_says_that_its_meeting_starts_now() -> None:
    opened, _ = update(Model(), on.Opened(ONE, None, ZOOM, has_begun=True))
    assert find_words(opened) == ["The appointment has begun: the meeting starts now."]
    told, _ = update(opened, on.Failed(UnreachableError(Code.NETWORK), Action.ADD))
    assert told.has_begun
    over, _ = update(opened, on.Failed(NotDoneError(Code.STARTS_IN_PAST), Action.ADD))
    assert find_words(over) == []
    assert find_words(replace(opened, appointment=DONE)) == ["This appointment is over."]


def test_what_runs_or_is_shown_learns_that_the_appointment_has_begun() -> None:
    began = on.Opened(ONE, SHOWN, ZOOM, has_begun=True)
    for model in (MODELS["creating"], MODELS["connected"]):
        assert not model.has_begun
        assert update(model, began)[0].has_begun


@in_loop
async def test_a_meeting_for_now_keeps_the_appointments_time_and_shows_no_drift(
    world: World,
) -> None:
    world.sign_in_already()
    now = {**MEETING, "start_time": "2026-03-02T15:01:00Z"}
    world.transport.always("GET", "/v2/users/me", 200, USER)
    world.transport.always("GET", "/v2/users/me/meetings", 200, {"meetings": []})
    world.transport.always("GET", f"/v2/meetings/{ID}", 200, now)
    world.transport.reply(201, now)
    page = world.add(starts="2026-03-02T09:40")
    assert page.model.has_begun
    page.widget.act("add")
    await settle()
    assert page.state == "ready"
    assert "Monday, March 2 2026 9:40 am" in world.notes.text
    assert page.model.meeting.drift is None
    later = world.open_tab(world.notes.text, world.storage)
    later.clock.jump(3600)  # it is over, and looked at once more
    again = later.add(starts="2026-03-02T09:40")
    await settle()
    assert not again.model.has_begun
    assert again.model.meeting.drift is None


@pytest.mark.parametrize(
    "event",
    [
        on.SendClicked(),
        on.ChannelClicked(Channel.EMAIL),
        on.ChannelClicked(Channel.TEXT),
        on.ChannelClicked(Channel.COPY),
        on.InviteAnotherClicked(),
        on.InvitationSubmitted("kim@example.com"),
    ],
)
@pytest.mark.parametrize("appointment", [CANCELLED, MISSED, DONE])
def test_a_menu_that_was_open_when_the_status_changed_sends_nothing(
    appointment: Appointment, event: on.Event
) -> None:
    unfolded = replace(MODELS["send"], appointment=appointment)
    assert update(unfolded, event) == (unfolded, ())
    assert "Copy invitation" not in controls(unfolded)
    assert "Copy invitation" in controls(MODELS["send"])


def test_a_meeting_is_handed_over_neither_for_nothing_nor_where_nothing_may_change() -> None:
    for appointment in (CANCELLED, MISSED, DONE, LOCKED):
        model = replace(MODELS["other host, may move"], appointment=appointment)
        assert not allows(model, Action.HAND_OVER)
        assert not allows_wanted(model, Wanted.HAND_OVER)
    assert allows_wanted(MODELS["other host, may move"], Wanted.HAND_OVER)
