"""The state machine: each event in each state either counts, or changes nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.connection.account import Connection
from pywidget.connection.wanted import Wanted
from pywidget.domain.appointment import Appointment, Status
from pywidget.domain.errors import (
    BadAttributeError,
    CertificateRefusedError,
    Code,
    HostPageError,
    NotDoneError,
    OutcomeUnknownError,
    Reason,
    SessionEndedError,
    UnreachableError,
    WidgetError,
    ZoomRefusedError,
    build_closed_way_error,
)
from pywidget.domain.invitation import Invitation
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.link_hint import Hint
from pywidget.domain.moment import Moment
from pywidget.domain.secret import Secret
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.machine import TABLE, counts, update
from pywidget.widget.model import (
    BUSY,
    Abilities,
    Channel,
    Copyable,
    Delivery,
    Menu,
    Model,
    Offer,
    State,
    Tone,
)
from pywidget.widget.shown_meeting import ShownMeeting, Span
from pywidget.zoom.scopes import Scope
from tests.world import at

SIX = datetime.fromisoformat("2026-03-05T18:00")
ONE = Appointment("812", SIX, "America/New_York", "#notes", client="Dana Lee")
TWO = Appointment("813", SIX, "America/New_York", "#notes", client="Kim")
LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x")
OTHER_LINK = JoinLink("zoom.us", LinkKind.JOIN, "99912345678")
ROOM = JoinLink("zoom.us", LinkKind.PERSONAL, "dana.lee")
SHOWN = ShownMeeting(
    link=LINK,
    topic="Appointment with Dana Lee",
    starts_at=at("2026-03-05T23:00"),
    elsewhere="",
    passcode=None,
    invitation=Invitation("Appointment with Dana Lee", SIX, "America/New_York", LINK),
    minutes=45,
    written_at=at("2026-03-01T12:00"),
    is_noted=True,
)
UNNOTED = replace(SHOWN, is_noted=False)
PROTECTED = replace(SHOWN, passcode=Secret("123456"))
OTHER = replace(SHOWN, link=OTHER_LINK)
ZOOM = Connection("maya@lotus-spa.example", is_licensed=True)
KIM, MAYA = "kim@lotus-spa.example", "maya@lotus-spa.example"
FOR_KIM = Model(
    State.READY,
    replace(ONE, host_email=KIM),
    replace(SHOWN, host_email=MAYA),
    replace(ZOOM, hosts=frozenset({KIM})),
)
CLOSED = NotDoneError(Code.POPUP_CLOSED)
OFFLINE = UnreachableError(Code.NETWORK)
ENDED = SessionEndedError()
GONE = ZoomRefusedError(Code.MEETING_GONE, status=404, zoom_code=3001)
NOT_HOST = ZoomRefusedError(Code.NOT_HOST, status=400, zoom_code=3000)
NO_NOTES = HostPageError(Code.NOTES_WRITE_FAILED)
SECOND = WidgetError(Code.SECOND_MEETING, ending="5678")
BLOCKED = build_closed_way_error(Code.CORS_BLOCKED)
HALF_PAST = Span(Moment(at("2026-03-05T23:30")), Moment(at("2026-03-06T00:30")))
GUEST_LINK = JoinLink("zoom.us", LinkKind.REGISTRANT, "86012345678", "Q2x", "k")
NOT_SENT = HostPageError(Code.SEND_FAILED)
NOTICE = notices.make_notice(OFFLINE)

MODELS = {
    State.LOADING: Model(),
    State.IDLE: Model(State.IDLE, ONE, connection=ZOOM),
    State.SIGNING_IN: Model(State.SIGNING_IN, ONE),
    State.CREATING: Model(State.CREATING, ONE, connection=ZOOM),
    State.READY: Model(State.READY, ONE, SHOWN, ZOOM),
    State.UPDATING: Model(State.UPDATING, ONE, SHOWN, ZOOM, wanted=Wanted.MOVE),
    State.REMOVING: Model(State.REMOVING, ONE, SHOWN, ZOOM, wanted=Wanted.REMOVE),
    State.GONE: Model(State.GONE, ONE, replace(SHOWN, is_gone=True), ZOOM, notices.GONE),
    State.ERROR: Model(State.ERROR, ONE, connection=ZOOM, notice=NOTICE),
}
EVENTS: dict[str, on.Event] = {
    "Opened": on.Opened(TWO, None),
    "Refused": on.Refused(BadAttributeError("starts", Reason.MISSING)),
    "NotesEdited": on.NotesEdited(OTHER),
    "NotesEdited, empty": on.NotesEdited(None),
    "ConnectionChanged": on.ConnectionChanged(ZOOM),
    "ConnectionChanged, ended": on.ConnectionChanged(None),
    "AddClicked": on.AddClicked(is_signed_in=True),
    "AddClicked, signed out": on.AddClicked(is_signed_in=False),
    "ConnectClicked": on.ConnectClicked(),
    "CreateAnywayClicked": on.CreateAnywayClicked(),
    "Dismissed": on.Dismissed(),
    "NoticeDismissed": on.NoticeDismissed(),
    "Escaped": on.Escaped(),
    "ShowWindowClicked": on.ShowWindowClicked(),
    "CancelClicked": on.CancelClicked(),
    "CopyClicked": on.CopyClicked(),
    "SendClicked": on.SendClicked(),
    "ChannelClicked": on.ChannelClicked(Channel.EMAIL),
    "InviteAnotherClicked": on.InviteAnotherClicked(),
    "InvitationSubmitted": on.InvitationSubmitted("kim@example.com"),
    "Invited": on.Invited("kim@example.com", GUEST_LINK),
    "CopyGuestLinkClicked": on.CopyGuestLinkClicked(),
    "SendingBegun": on.SendingBegun(Action.SEND_EMAIL),
    "SendingUntold": on.SendingUntold(Action.SEND_EMAIL),
    "Sent": on.Sent(Action.SEND_EMAIL),
    "SendFailed": on.SendFailed(Action.SEND_EMAIL, NOT_SENT),
    "SentForgotten": on.SentForgotten(),
    "StartClicked": on.StartClicked(),
    "RemoveClicked": on.RemoveClicked(),
    "RemoveConfirmed": on.RemoveConfirmed(),
    "UpdateZoomClicked": on.UpdateZoomClicked(),
    "UpdateNoteClicked": on.UpdateNoteClicked(),
    "HandOverClicked": on.HandOverClicked(),
    "SaveAgainClicked": on.SaveAgainClicked(),
    "CleanClicked": on.CleanClicked(),
    "KeepClicked": on.KeepClicked(),
    "UndoClicked": on.UndoClicked(),
    "AccountClicked": on.AccountClicked(),
    "SwitchAccountClicked": on.SwitchAccountClicked(),
    "DisconnectClicked": on.DisconnectClicked(),
    "SignedIn": on.SignedIn(),
    "SignInCancelled": on.SignInCancelled(),
    "TokenFound": on.TokenFound(),
    "WayOpened": on.WayOpened(),
    "WayClosed": on.WayClosed(BLOCKED),
    "AddClicked, way closed": on.AddClicked(is_signed_in=False, was_closed=True),
    "Resumed": on.Resumed(Wanted.CREATE),
    "Failed": on.Failed(OFFLINE),
    "Failed, closed": on.Failed(CLOSED),
    "Failed, gone": on.Failed(GONE),
    "Created": on.Created(SHOWN, "line", None),
    "SecondLeft": on.SecondLeft(SECOND),
    "OtherAccount": on.OtherAccount("maya@lotus-spa.example"),
    "LimitsFound": on.LimitsFound(HALF_PAST),
    "AddClicked, hinted": on.AddClicked(is_signed_in=True, hint=Hint.ZOOM),
    "AddClicked, choices": on.AddClicked(is_signed_in=True, has_choices=True),
    "Hinted": on.Hinted(Hint.ZOOM),
    "Found": on.Found(SHOWN),
    "Checked": on.Checked(SHOWN),
    "ProgressSeen": on.ProgressSeen("86012345678", is_started=True),
    "CheckRefused": on.CheckRefused(NOT_HOST),
    "Doubted": on.Doubted(),
    "Cleaned": on.Cleaned("line", was_asked_for=False),
    "Restored": on.Restored(SHOWN, "line"),
    "RestoreFailed": on.RestoreFailed(NO_NOTES),
    "DraftMerged": on.DraftMerged(),
    "LineStayed": on.LineStayed(NO_NOTES),
    "Removed": on.Removed("line"),
    "Moved": on.Moved(SHOWN, "line"),
    "HandedOver": on.HandedOver(SHOWN),
    "Saved": on.Saved("line"),
    "Copied": on.Copied(Copyable.LINK, is_done=True),
    "CopiedForgotten": on.CopiedForgotten(),
    "HeldUp": on.HeldUp(45),
    "Disconnected": on.Disconnected(),
}
L, I, S, C, R, U, V, G, E = State  # noqa: E741 - one letter a column
# The same states with everything that a step may depend on.
GONE_SHOWN = replace(SHOWN, is_gone=True)
SHOWN_IN: dict[State, tuple[ShownMeeting | None, ...]] = {
    I: (None,),
    E: (None,),
    C: (None,),
    S: (None, SHOWN, GONE_SHOWN),
    R: (SHOWN, UNNOTED),
    G: (GONE_SHOWN,),
}
VARIETY = [
    *MODELS.values(),
    FOR_KIM,
    *[
        replace(MODELS[state], shown=shown, connection=connection, wanted=wanted, menu=menu)
        for state, meetings in SHOWN_IN.items()
        for shown, connection, wanted, menu in product(
            meetings, (None, ZOOM), Wanted, (None, Menu.ADD)
        )
    ],
    replace(MODELS[I], appointment=replace(ONE, disabled=True)),
    replace(MODELS[E], appointment=replace(ONE, disabled=True)),
    replace(MODELS[R], appointment=replace(ONE, status=Status.CANCELLED)),
    replace(MODELS[I], connection=None, notice=notices.HINTED),
]
MORE_EVENTS = [
    *EVENTS.values(),
    on.Opened(ONE, None),
    on.Opened(TWO, SHOWN),
    on.Opened(TWO, GONE_SHOWN),
    on.NotesEdited(GONE_SHOWN),
    on.Found(GONE_SHOWN),
    on.ConnectClicked(hint=Hint.ZOOM),
]


# Which states each event counts in, by their letters above: the table has to agree.
COUNTS = """
    LISCRUVGE Opened
    LISCRUVGE Refused
    -I--R--GE NotesEdited
    -ISCRUVGE ConnectionChanged
    -I--R--GE Resumed
    -I--R--GE DraftMerged
    -I--R--GE Dismissed
    -I--R---E NoticeDismissed
    -IS-R--GE Escaped
    -I------E AddClicked
    -I------E TokenFound
    -I------E WayOpened
    -I------E WayClosed
    -I------E CreateAnywayClicked
    -I-CR---E Created
    -ISCRUVGE SecondLeft
    ----R---- LimitsFound
    -I-C----E OtherAccount
    -I-C----E Hinted
    -I-C----E Found
    -I--R--GE ConnectClicked
    -I--R--GE SwitchAccountClicked
    -IS-R--GE SignedIn
    --S------ SignInCancelled
    --S------ ShowWindowClicked
    --SCRUV-- CancelClicked
    ---CRUV-- HeldUp
    -I--R--GE AccountClicked
    -I--R--GE DisconnectClicked
    -I--R--GE Disconnected
    ----R--G- Checked
    --S-RUV-- ProgressSeen
    ----R--G- CheckRefused
    ----R---- Doubted
    ----R--G- KeepClicked
    ----R---- SendClicked
    ----R---- StartClicked
    ----R--G- CopyClicked
    ----R--G- ChannelClicked
    ----R---- InviteAnotherClicked
    ----R---- InvitationSubmitted
    ----R--G- Invited
    ----R--G- CopyGuestLinkClicked
    ----R--G- SendingBegun
    -ISCRUVGE SendingUntold
    -ISCRUVGE Sent
    -ISCRUVGE SendFailed
    -ISCRUVGE SentForgotten
    ----R--G- Copied
    ----R--G- CopiedForgotten
    ----R---- RemoveClicked
    ----R---- RemoveConfirmed
    ------V-- Removed
    ------V-- LineStayed
    ----R---- UpdateZoomClicked
    ----RU--- Moved
    ----R---- HandOverClicked
    -----U--- HandedOver
    -------G- CleanClicked
    ----R--G- Cleaned
    -I------E UndoClicked
    -I------E Restored
    -I------E RestoreFailed
    ----R---- UpdateNoteClicked
    ----R---- SaveAgainClicked
    ----R---- Saved
    -ISCRUVGE Failed
"""
STATES = dict(zip("LISCRUVGE", State, strict=True))
COUNTS_IN = {
    name: {STATES[letter] for letter in letters if letter != "-"}
    for letters, name in (line.split() for line in COUNTS.strip().splitlines())
}
DELIVERED = Delivery(Action.SEND_TEXT, is_done=True)
# The same states with something to fold up, to find and to forget: most events make a difference.
EXAMPLES = {
    **MODELS,
    I: Model(I, ONE, menu=Menu.ADD, notice=notices.LOOKING),
    R: replace(
        MODELS[R], shown=PROTECTED, menu=Menu.ACCOUNT, copied=Copyable.LINK, delivery=DELIVERED
    ),
    G: replace(MODELS[G], menu=Menu.ACCOUNT, copied=Copyable.LINK, delivery=DELIVERED),
    E: Model(E, ONE, menu=Menu.ADD, notice=notices.LOOKING),
}
NO_NEWS = {
    "NotesEdited, empty": {I, E},  # no meeting was shown
    "ConnectionChanged": {C, R, U, V, G},  # connected already
    "ConnectionChanged, ended": {I, S, E},  # nobody was connected
    "Created": {R},  # its line is in the notes
    "NoticeDismissed": {R},  # there is none
    "KeepClicked": {R},  # nothing was asked
    "ProgressSeen": {S},  # nothing is shown
    "CopyGuestLinkClicked": {R, G},  # nobody else was invited
    "SendingUntold": {I, S, C, R, U, V, G, E},  # nothing is being sent
    "SentForgotten": {I, S, C, U, V, E},  # nothing was sent
    "HandOverClicked": {R},  # the page does not say who is to host
}


def test_an_event_counts_where_it_should_and_nowhere_else() -> None:
    assert {kind.__name__: set(row.leads_to) for kind, row in TABLE.items()} == COUNTS_IN


@pytest.mark.parametrize(("name", "state"), list(product(EVENTS, State)))
def test_an_event_that_counts_changes_something_and_any_other_nothing(
    name: str, state: State
) -> None:
    event, example = EVENTS[name], EXAMPLES[state]
    is_due = state in COUNTS_IN[type(event).__name__]
    is_news = is_due and state not in NO_NEWS.get(name, set())
    assert (update(example, event) != (example, ())) is is_news


def test_the_table_says_where_each_event_leads_neither_more_nor_less() -> None:
    reached: dict[str, dict[State, set[State]]] = {}
    for model, event in product(VARIETY, MORE_EVENTS):
        if counts(model, event):
            targets = reached.setdefault(type(event).__name__, {}).setdefault(model.state, set())
            targets.add(update(model, event)[0].state)
    assert reached == {kind.__name__: row.leads_to for kind, row in TABLE.items()}


def test_every_kind_of_event_has_its_row_and_an_example_here() -> None:
    assert set(TABLE) == {type(event) for event in EVENTS.values()} == set(get_args(on.Event))


@pytest.mark.parametrize("name", [name for name in EVENTS if name not in ("Opened", "Refused")])
def test_an_element_that_stands_for_nothing_does_nothing(name: str) -> None:
    nothing = Model(State.ERROR, notice=NOTICE)
    assert update(nothing, EVENTS[name]) == (nothing, ())


def test_an_edit_of_the_same_meetings_line_leaves_the_menu_open_that_ended_it() -> None:
    asking = replace(MODELS[R], menu=Menu.REMOVE)
    edited = replace(SHOWN, starts_at=None, topic=None)
    assert update(asking, on.NotesEdited(edited))[0].menu is Menu.REMOVE
    assert update(asking, on.NotesEdited(OTHER))[0].menu is None


@pytest.mark.parametrize(("state", "after"), [(I, I), (R, R), (E, I)])
def test_a_message_that_was_read_goes_and_leaves_the_rest(state: State, after: State) -> None:
    told = replace(MODELS[state], notice=NOTICE, menu=Menu.ACCOUNT)
    expected = replace(told, state=after, notice=None)
    assert update(told, on.NoticeDismissed()) == (expected, ())


@pytest.mark.parametrize("offer", [notices.SAVE_AGAIN, notices.CLEAN, notices.KEEP])
def test_a_question_about_the_line_is_not_dismissed(offer: Offer) -> None:
    asked = replace(MODELS[R], notice=notices.make_notice(NO_NOTES, offer))
    assert update(asked, on.NoticeDismissed()) == (asked, ())


def test_a_model_is_never_changed_in_place() -> None:
    for model, event in product(MODELS.values(), EVENTS.values()):
        before = repr(model)
        update(model, event)
        assert repr(model) == before


# What is asked of the outside world


def effects_of(model: Model, event: on.Event) -> tuple[do.Effect, ...]:
    return update(model, event)[1]


def offers(model: Model) -> list[str]:
    return [] if model.notice is None else [offer.action for offer in model.notice.offers]


def kinds(effects: tuple[do.Effect, ...]) -> list[type[do.Effect]]:
    return [type(effect) for effect in effects]


def test_a_click_creates_when_signed_in_and_explains_first_when_not() -> None:
    assert kinds(effects_of(MODELS[I], EVENTS["AddClicked"])) == [do.CreateMeeting]
    opened, effects = update(MODELS[I], EVENTS["AddClicked, signed out"])
    assert opened.menu is Menu.ADD
    assert kinds(effects) == [do.LookForToken, do.LookForWay]  # another tab may be signed in
    closed, effects = update(opened, EVENTS["AddClicked, signed out"])
    assert (closed.menu, effects) == (None, ())
    assert update(opened, EVENTS["Dismissed"])[0].menu is None


def test_a_closed_way_takes_the_menus_place_and_is_told() -> None:
    opened, _ = update(replace(MODELS[I], connection=None), EVENTS["AddClicked, signed out"])
    told, effects = update(opened, on.WayClosed(BLOCKED))
    assert (told.state, told.menu) == (State.ERROR, None)
    assert told.notice == notices.make_notice(BLOCKED)
    assert effects == (do.Report(BLOCKED),)


def test_a_way_that_was_closed_is_looked_for_again_before_anything_is_offered() -> None:
    told = replace(MODELS[E], connection=None)
    looking, effects = update(told, EVENTS["AddClicked, way closed"])
    assert kinds(effects) == [do.LookForWay]
    assert (looking.menu, looking.notice) == (None, notices.LOOKING)
    opened, effects = update(looking, on.WayOpened())
    assert (opened.menu, opened.notice) == (Menu.ADD, None)
    assert kinds(effects) == [do.LookForToken, do.LookForWay]
    closed, effects = update(looking, on.WayClosed(BLOCKED))
    assert closed.notice is not None
    assert (closed.notice.code, kinds(effects)) == (Code.CORS_BLOCKED, [do.Report])


def test_nobody_is_told_of_the_way_who_has_turned_to_something_else() -> None:
    signed_out = replace(MODELS[I], connection=None)
    for event in (on.WayClosed(BLOCKED), on.WayOpened()):
        assert update(signed_out, event) == (signed_out, ())


def test_a_closed_way_says_nothing_to_whoever_is_signed_in_by_now() -> None:
    for event in (on.WayClosed(BLOCKED), on.WayOpened()):
        assert update(MODELS[I], event) == (MODELS[I], ())


def test_a_token_of_another_tab_carries_on_with_the_click_and_with_nothing_else() -> None:
    opened, _ = update(MODELS[I], EVENTS["AddClicked, signed out"])
    creating, effects = update(opened, on.TokenFound())
    assert creating.state is State.CREATING
    assert kinds(effects) == [do.CreateMeeting]
    assert update(MODELS[I], on.TokenFound()) == (MODELS[I], ())  # the menu was closed meanwhile


def test_signing_in_goes_on_to_create_with_no_further_click() -> None:
    effects = effects_of(MODELS[S], EVENTS["SignedIn"])
    assert effects[0] == do.Emit(do.EventName.CONNECTED)
    assert kinds(effects) == [do.Emit, do.CreateMeeting]


@pytest.mark.parametrize("name", ["CancelClicked", "Escaped", "SignInCancelled"])
def test_a_sign_in_that_was_called_off_is_no_failure_and_starts_nothing_later(name: str) -> None:
    model, effects = update(MODELS[S], EVENTS[name])
    assert model.notice == notices.SIGN_IN_CANCELLED
    assert offers(model) == []
    assert kinds(effects) == ([] if name == "SignInCancelled" else [do.AbandonSignIn])
    late, effects = update(model, on.SignedIn())  # it was being exchanged for a token already
    assert (late.state, effects) == (State.IDLE, (do.Emit(do.EventName.CONNECTED),))


@pytest.mark.parametrize("state", [C, R, U, V])
def test_what_zooms_limit_holds_up_is_shown_and_can_be_called_off(state: State) -> None:
    held_up, effects = update(MODELS[state], on.HeldUp(45))
    assert (held_up, effects) == (replace(MODELS[state], held_up=45), ())
    stopping, effects = update(held_up, on.CancelClicked())
    assert (stopping, kinds(effects)) == (held_up, [do.CallOff])
    called_off = NotDoneError(Code.RATE_LIMITED, Reason.CALLED_OFF)
    back, effects = update(stopping, on.Failed(called_off, Action.ADD))
    assert (back.state, back.held_up) == (I if state is C else R, 0)
    assert offers(back) == [Action.ADD]
    assert effects == (), "nobody but the user needs to know"


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_a_panel_that_is_held_up_asks_nothing_else_of_zoom(name: str) -> None:
    """The button that was pressed would open another window each time."""
    held_up, _ = update(replace(MODELS[R], connection=ZOOM), on.HeldUp(45))
    model, effects = update(held_up, EVENTS[name])
    is_press = (
        name.endswith(("Clicked", "Confirmed", "NoticeDismissed")) and name != "CancelClicked"
    )
    assert not is_press or (model, effects) == (held_up, ())


def test_a_sign_in_that_was_called_off_leaves_the_meeting_as_it_was() -> None:
    switching, _ = update(MODELS[G], on.SwitchAccountClicked())
    back, effects = update(switching, on.CancelClicked())
    assert (back.state, back.shown, back.connection) == (State.GONE, switching.shown, ZOOM)
    assert kinds(effects) == [do.AbandonSignIn, do.Check]


def test_who_signs_in_to_remove_a_meeting_does_not_look_at_it_first() -> None:
    """The look might come after the removal, and find nothing."""
    signing_in = replace(MODELS[R], state=S, connection=None, wanted=Wanted.REMOVE)
    connected, effects = update(signing_in, on.ConnectionChanged(ZOOM))
    assert effects == ()
    assert kinds(effects_of(connected, on.SignedIn())) == [do.Emit, do.DeleteMeeting]
    starting = replace(connected, wanted=Wanted.START)
    assert kinds(effects_of(starting, on.SignedIn())) == [do.Emit, do.Check]


def test_escape_closes_what_is_open() -> None:
    for menu in Menu:
        for state in (I, E, R, G):
            opened = replace(MODELS[state], menu=menu)
            assert update(opened, on.Escaped()) == (MODELS[state], ())


HINTED = on.AddClicked(is_signed_in=True, hint=Hint.ZOOM)
SIGNED_OUT = Model(State.IDLE, ONE)


@pytest.mark.parametrize("connection", [ZOOM, None])
def test_a_link_that_hints_at_a_meeting_is_asked_about_before_anything_else(
    connection: Connection | None,
) -> None:
    model = replace(SIGNED_OUT, connection=connection)
    click = replace(HINTED, is_signed_in=connection is not None)
    asked, effects = update(model, click)
    assert (asked.state, asked.menu, offers(asked)) == (I, None, ["create-anyway"])
    assert effects == ()
    assert update(asked, click) == (asked, ())


def test_the_answer_to_a_hint_is_carried_on_with_and_asked_for_once() -> None:
    asked, _ = update(MODELS[I], HINTED)
    creating, effects = update(asked, on.CreateAnywayClicked())
    assert (creating.state, creating.notice) == (C, None)
    assert effects == (do.CreateMeeting(even_if_hinted=True),)
    ended, _ = update(creating, on.Failed(ENDED))
    signing_in, _ = update(ended, on.ConnectClicked(hint=Hint.ZOOM))
    assert signing_in.state is S
    assert effects_of(signing_in, on.SignedIn())[1:] == effects
    lost = OutcomeUnknownError(is_for_user=True)
    unknown, _ = update(creating, on.Failed(lost))
    assert effects_of(unknown, on.CreateAnywayClicked()) == (
        do.CreateMeeting(even_if_unknown=True, even_if_hinted=True),
    )
    failed, _ = update(creating, on.Failed(OFFLINE))
    assert effects_of(failed, HINTED) == effects


def test_the_answer_to_a_hint_goes_the_usual_way_without_a_token() -> None:
    asked, _ = update(SIGNED_OUT, replace(HINTED, is_signed_in=False))
    offered, effects = update(asked, on.CreateAnywayClicked())
    assert (offered.state, offered.menu) == (I, Menu.ADD)
    assert kinds(effects) == [do.LookForToken, do.LookForWay]
    create = do.CreateMeeting(even_if_hinted=True)
    assert effects_of(offered, on.TokenFound()) == (create,)
    signing_in, effects = update(offered, on.ConnectClicked(hint=Hint.ZOOM))
    assert kinds(effects) == [do.SignIn]
    assert signing_in.wanted is Wanted.CREATE_ANYWAY
    assert create in effects_of(signing_in, on.SignedIn())
    resumed, _ = update(SIGNED_OUT, on.Resumed(Wanted.CREATE_ANYWAY))
    assert create in effects_of(resumed, on.SignedIn())
    closed, _ = update(signing_in, on.Failed(CLOSED))
    assert create in effects_of(closed, on.SignedIn())  # its answer came after all


def test_a_hint_that_comes_up_before_the_window_opens_is_asked_about() -> None:
    model = replace(SIGNED_OUT, menu=Menu.ADD)
    asked, effects = update(model, on.ConnectClicked(hint=Hint.ZOOM))
    assert (asked.menu, offers(asked), effects) == (None, ["create-anyway"], ())
    ready = replace(MODELS[R], connection=None)
    assert kinds(effects_of(ready, on.ConnectClicked(hint=Hint.ZOOM))) == [do.SignIn]


def test_a_lost_create_is_still_looked_for_after_the_answer_to_a_hint() -> None:
    lost = OutcomeUnknownError(is_for_user=True)
    unknown, _ = update(MODELS[C], on.Failed(lost))
    assert effects_of(unknown, on.CreateAnywayClicked()) == (
        do.CreateMeeting(even_if_unknown=True),
    )
    hinted, _ = update(unknown, HINTED)
    assert effects_of(hinted, on.CreateAnywayClicked()) == (do.CreateMeeting(even_if_hinted=True),)


def test_a_disabled_element_creates_nothing_whatever_was_asked() -> None:
    asked, _ = update(MODELS[I], HINTED)
    disabled = replace(asked, appointment=replace(ONE, disabled=True))
    assert update(disabled, on.CreateAnywayClicked()) == (disabled, ())


def test_a_disabled_element_starts_nothing() -> None:
    disabled = Model(State.IDLE, replace(ONE, disabled=True))
    for name in ("AddClicked", "AddClicked, signed out", "ConnectClicked"):
        assert update(disabled, EVENTS[name]) == (disabled, ())


def test_a_made_meeting_is_told_after_its_note() -> None:
    model, effects = update(MODELS[C], on.Created(SHOWN, "line", None))
    assert effects == (
        do.EmitMeeting(do.EventName.NOTES_CHANGED, SHOWN, "line"),
        do.EmitMeeting(do.EventName.CREATED, SHOWN, "line"),
    )
    assert model == Model(State.READY, ONE, SHOWN, ZOOM)


def test_a_made_meeting_without_its_note_says_so() -> None:
    model, effects = update(MODELS[C], on.Created(UNNOTED, None, NO_NOTES))
    assert kinds(effects) == [do.EmitMeeting, do.Report]
    assert model.notice is not None
    assert (model.notice.code, model.notice.tone) == (Code.NOTES_WRITE_FAILED, Tone.ERROR)
    assert offers(model) == ["save-again", "remove"]
    assert model.shown == UNNOTED


def test_a_made_meeting_with_another_problem_is_noted_all_the_same() -> None:
    model, effects = update(MODELS[C], on.Created(SHOWN, "line", OFFLINE))
    assert [each.name for each in effects if isinstance(each, do.EmitMeeting)] == [
        "notes-changed",
        "created",
    ]
    assert model.notice == NOTICE


def test_saving_again_ends_the_notice() -> None:
    noticed = Model(State.READY, ONE, UNNOTED, ZOOM, NOTICE)
    assert kinds(effects_of(noticed, on.SaveAgainClicked())) == [do.SaveNote]
    model, effects = update(noticed, on.Saved("line"))
    assert model == MODELS[R]
    assert effects == (do.EmitMeeting(do.EventName.NOTES_CHANGED, SHOWN, "line"),)
    assert effects_of(noticed, on.Saved(None)) == ()
    again, effects = update(noticed, on.Failed(NO_NOTES))
    assert offers(again) == ["save-again", "remove"]
    assert again.shown == UNNOTED
    assert kinds(effects) == [do.Report]


@pytest.mark.parametrize(
    ("error", "state", "tone"),
    [
        (CLOSED, State.IDLE, Tone.INFO),
        (NotDoneError(Code.ACCESS_DENIED), State.IDLE, Tone.INFO),
        (NotDoneError(Code.POPUP_BLOCKED), State.ERROR, Tone.INFO),
        (NotDoneError(Code.STARTS_IN_PAST), State.ERROR, Tone.INFO),
        (OFFLINE, State.ERROR, Tone.ERROR),
        (ZoomRefusedError(Code.INVALID_GRANT, status=401), State.ERROR, Tone.ERROR),
    ],
)
@pytest.mark.parametrize("state_before", [State.SIGNING_IN, State.CREATING])
def test_a_failure_is_told_and_what_the_user_chose_is_none(
    error: WidgetError, state: State, tone: Tone, state_before: State
) -> None:
    model, effects = update(MODELS[state_before], on.Failed(error))
    assert model.state is state
    assert model.notice is not None
    assert (model.notice.code, model.notice.tone) == (error.code, tone)
    assert effects == (do.Report(error),)
    # The way out of a dead token is right there.
    assert (model.menu is Menu.ADD) is (error.code is Code.INVALID_GRANT)


def test_bad_attributes_are_told_to_user_and_embedder() -> None:
    error = BadAttributeError("starts", Reason.MISSING)
    model, effects = update(MODELS[R], on.Refused(error))
    assert model == Model(State.ERROR, notice=notices.make_notice(error))
    assert effects == (do.Report(error), do.Complain(error))


# The element stands for something else, or for the same thing a little changed


@pytest.mark.parametrize("state", State)
def test_another_appointment_starts_afresh(state: State) -> None:
    model = replace(MODELS[state], notice=NOTICE, menu=Menu.ACCOUNT, copied=Copyable.LINK)
    assert update(model, on.Opened(TWO, None)) == (Model(State.IDLE, TWO), ())
    shown, effects = update(model, on.Opened(TWO, SHOWN))
    assert shown == Model(State.READY, TWO, SHOWN)
    assert effects == (do.EmitMeeting(do.EventName.LOADED, SHOWN),)


def test_opening_looks_the_meeting_up_where_there_is_a_token_and_a_meeting_id() -> None:
    def effects(shown: ShownMeeting, connection: Connection | None) -> list[type[do.Effect]]:
        return kinds(effects_of(Model(), on.Opened(ONE, shown, connection)))

    assert effects(SHOWN, ZOOM) == [do.EmitMeeting, do.Check]
    assert effects(SHOWN, None) == [do.EmitMeeting]
    assert effects(replace(SHOWN, link=ROOM), ZOOM) == [do.EmitMeeting]


@pytest.mark.parametrize(
    ("shown", "connection", "is_unsettled", "looks"),
    [
        (None, ZOOM, True, True),
        (None, ZOOM, False, False),
        (None, None, True, False),  # the click that signs in will look
        (SHOWN, ZOOM, True, False),
    ],
)
def test_a_create_that_was_cut_short_is_looked_for(
    shown: ShownMeeting | None, connection: Connection | None, *, is_unsettled: bool, looks: bool
) -> None:
    effects = effects_of(Model(), on.Opened(ONE, shown, connection, is_unsettled))
    assert (do.FindLost in kinds(effects)) is looks


@pytest.mark.parametrize("state", sorted(BUSY))
def test_the_same_appointment_goes_on_with_what_runs(state: State) -> None:
    changed = replace(ONE, client="Dana L.")
    assert update(MODELS[state], on.Opened(changed, None)) == (
        replace(MODELS[state], appointment=changed),
        (),
    )


def test_the_same_appointment_keeps_its_notice() -> None:
    model, _ = update(Model(State.ERROR, ONE, notice=NOTICE), on.Opened(ONE, None))
    assert model == Model(State.IDLE, ONE, notice=NOTICE)


@pytest.mark.parametrize("state", [R, G])
def test_what_was_unfolded_or_said_about_a_meeting_goes_with_it(state: State) -> None:
    """The host changed the notes and an attribute in one go."""
    model = replace(MODELS[state], menu=Menu.ACCOUNT, notice=NOTICE, copied=Copyable.LINK)
    assert update(model, on.Opened(ONE, None, ZOOM))[0] == MODELS[I]


def test_the_same_meeting_keeps_what_only_zoom_told() -> None:
    """A framework sets attributes at every rendering: the passcode must not vanish for that."""
    shown = replace(SHOWN, passcode=Secret("123456"))
    model = Model(State.READY, ONE, shown, ZOOM, NOTICE, copied=Copyable.LINK)
    changed = replace(ONE, client_email="dana@example.com")
    opened = on.Opened(changed, SHOWN, ZOOM)
    assert update(model, opened) == (replace(model, appointment=changed), ())


def test_an_appointment_that_moves_has_its_meeting_looked_up_again() -> None:
    moved = replace(ONE, starts=datetime.fromisoformat("2026-03-06T18:00"))
    model, effects = update(MODELS[R], on.Opened(moved, SHOWN, ZOOM))
    assert model == replace(MODELS[R], appointment=moved)
    assert kinds(effects) == [do.Check]


def test_an_open_panel_follows_its_appointments_duration_and_clients_zone() -> None:
    known = replace(SHOWN, passcode=Secret("123456"), minutes=60)
    there = replace(SHOWN.invitation, client_zone="Europe/Berlin")
    opened = on.Opened(ONE, replace(SHOWN, minutes=90, invitation=there), ZOOM)
    model, effects = update(Model(State.READY, ONE, known, ZOOM), opened)
    assert model.shown == replace(known, minutes=90, invitation=there)
    assert not effects


def test_another_number_of_the_clients_has_the_meeting_looked_up_again() -> None:
    """Only Zoom's answer has the numbers to call from their country."""
    changed = replace(ONE, client_phone="+4930123456")
    model, effects = update(MODELS[R], on.Opened(changed, SHOWN, ZOOM))
    assert model == replace(MODELS[R], appointment=changed)
    assert kinds(effects) == [do.Check]


def test_a_meeting_that_is_not_in_the_notes_yet_is_written_there() -> None:
    """Its element was away when Zoom answered; now it is back."""
    model, effects = update(Model(), on.Opened(ONE, UNNOTED))
    assert model == Model(State.READY, ONE, UNNOTED)
    assert kinds(effects) == [do.WriteNew]  # and nothing is told before it is written
    told = update(model, on.Created(SHOWN, "line", None))[1]
    assert told == (
        do.EmitMeeting(do.EventName.NOTES_CHANGED, SHOWN, "line"),
        do.EmitMeeting(do.EventName.CREATED, SHOWN, "line"),
    )


# The notes are the user's


def test_a_line_that_the_user_removed_is_gone_without_a_word() -> None:
    assert update(MODELS[R], on.NotesEdited(None)) == (MODELS[I], ())


def test_a_meeting_that_is_not_in_the_notes_does_not_vanish_with_them() -> None:
    model = Model(State.READY, ONE, UNNOTED, ZOOM, NOTICE)
    assert update(model, on.NotesEdited(None)) == (model, ())
    assert update(model, on.NotesEdited(UNNOTED)) == (model, ())


def test_a_line_that_the_user_wrote_by_hand_counts() -> None:
    model = Model(State.READY, ONE, UNNOTED, ZOOM, NOTICE)
    assert update(model, on.NotesEdited(SHOWN))[0] == MODELS[R]


def test_the_same_link_changes_nothing() -> None:
    model = replace(MODELS[R], notice=NOTICE, copied=Copyable.LINK)
    assert update(model, on.NotesEdited(replace(SHOWN, topic="x"))) == (model, ())


def test_another_link_is_another_meeting() -> None:
    model, effects = update(MODELS[R], on.NotesEdited(OTHER))
    assert model == replace(MODELS[R], shown=OTHER)
    assert effects[0] == do.EmitMeeting(do.EventName.LOADED, OTHER)
    assert kinds(effects) == [do.EmitMeeting, do.Check]


# Copying


def test_copying_takes_the_link() -> None:
    assert effects_of(MODELS[R], on.CopyClicked()) == (do.Copy(Copyable.LINK),)


@pytest.mark.parametrize("what", Copyable)
def test_a_copy_is_confirmed_and_the_confirmation_goes(what: Copyable) -> None:
    copied, effects = update(MODELS[R], on.Copied(what, is_done=True))
    assert copied.copied == what
    assert kinds(effects) == [do.ForgetCopied]
    assert update(copied, on.CopiedForgotten())[0] == MODELS[R]


@pytest.mark.parametrize("channel", Channel)
def test_the_host_page_is_asked_first_whatever_the_way(channel: Channel) -> None:
    assert update(MODELS[R], on.ChannelClicked(channel)) == (MODELS[R], (do.Send(channel),))


def test_nothing_is_sent_while_something_is_being_sent() -> None:
    """The link must not be followed either."""
    sending, effects = update(MODELS[R], on.SendingBegun(Action.SEND_TEXT))
    assert sending.delivery == Delivery(Action.SEND_TEXT)
    assert effects == ()
    again, effects = update(sending, on.ChannelClicked(Channel.EMAIL))
    assert again == sending
    assert kinds(effects) == [do.KeepClick]


def test_what_is_sent_is_confirmed_and_the_confirmation_goes() -> None:
    sent, effects = update(MODELS[R], on.Sent(Action.SEND_EMAIL))
    assert sent.delivery == Delivery(Action.SEND_EMAIL, is_done=True)
    assert kinds(effects) == [do.ForgetSent]
    assert update(sent, on.SentForgotten()) == (MODELS[R], ())
    again = update(sent, on.ChannelClicked(Channel.EMAIL))
    assert again == (MODELS[R], (do.Send(Channel.EMAIL),))


def test_an_old_confirmation_does_not_take_away_what_is_being_sent_now() -> None:
    sending = replace(MODELS[R], delivery=Delivery(Action.SEND_TEXT))
    assert update(sending, on.SentForgotten()) == (sending, ())


def test_what_was_not_sent_is_told_until_the_next_try() -> None:
    sending = replace(MODELS[R], delivery=Delivery(Action.SEND_EMAIL))
    failed, effects = update(sending, on.SendFailed(Action.SEND_EMAIL, NOT_SENT))
    assert failed == replace(MODELS[R], notice=notices.make_notice(NOT_SENT))
    assert effects == (do.Report(NOT_SENT),)
    assert update(failed, on.ChannelClicked(Channel.EMAIL))[0] == MODELS[R]


# Another person

ANOTHER = on.InvitationSubmitted("kim@example.com")
OWN = replace(SHOWN, link=JoinLink("zoom.us", LinkKind.REGISTRANT, "86012345678", "Q2x", "t"))
REGISTERED = replace(MODELS[R], shown=replace(OWN, has_registration=True))


def test_another_person_is_emailed_the_same_invitation() -> None:
    assert effects_of(MODELS[R], ANOTHER) == (do.SendInvitation("kim@example.com"),)


def test_where_clients_are_registered_another_person_is_too() -> None:
    assert effects_of(REGISTERED, ANOTHER) == (do.Register("kim@example.com"),)


@pytest.mark.parametrize(
    "model",
    [
        replace(REGISTERED, shown=OWN),  # as far as is known, nobody can be registered
        replace(REGISTERED, connection=None),
        replace(REGISTERED, connection=Connection("maya@lotus-spa.example", is_licensed=False)),
        replace(REGISTERED, connection=Connection("maya@lotus-spa.example", is_licensed=None)),
        replace(REGISTERED, connection=replace(ZOOM, denied=frozenset({Scope.REGISTER}))),
        replace(REGISTERED, abilities=Abilities(registers_clients=False)),
    ],
)
def test_a_clients_own_link_goes_to_nobody_else(model: Model) -> None:
    assert update(model, ANOTHER) == (model, ())
    assert update(model, on.InviteAnotherClicked()) == (model, ())


def test_an_address_that_is_none_is_sent_nothing() -> None:
    assert effects_of(REGISTERED, on.InvitationSubmitted("")) == ()
    sending = replace(REGISTERED, delivery=Delivery(Action.SEND_INVITATION))
    assert update(sending, ANOTHER) == (sending, ())


def test_the_field_for_an_address_unfolds_and_folds_up_with_the_menu() -> None:
    send = replace(MODELS[R], menu=Menu.SEND)
    invite, effects = update(send, on.InviteAnotherClicked())
    assert (invite.menu, effects) == (Menu.INVITE, ())
    assert update(invite, on.InviteAnotherClicked()) == (send, ())
    assert update(invite, on.SendClicked()) == (MODELS[R], ())


def test_another_persons_link_is_shown_until_its_message_goes() -> None:
    invite = replace(REGISTERED, menu=Menu.INVITE, delivery=Delivery(Action.SEND_INVITATION))
    invited, effects = update(invite, on.Invited("kim@example.com", GUEST_LINK))
    assert effects == ()
    notice = notices.make_invited_notice("kim@example.com", GUEST_LINK)
    assert invited == replace(REGISTERED, notice=notice)
    assert effects_of(invited, on.CopyGuestLinkClicked()) == (do.Copy(Copyable.GUEST_LINK),)
    assert update(invited, on.NoticeDismissed())[0] == REGISTERED
    assert update(invited, ANOTHER)[0] == REGISTERED  # the next one's comes in its place
    assert effects_of(REGISTERED, on.CopyGuestLinkClicked()) == ()


def test_a_person_whom_the_host_has_to_approve_has_no_link_yet() -> None:
    invited = update(REGISTERED, on.Invited("kim@example.com", None))[0]
    assert invited.notice is not None
    assert (invited.notice.guest_link, invited.notice.offers) == (None, ())
    assert effects_of(invited, on.CopyGuestLinkClicked()) == ()


def test_another_persons_link_can_be_copied_by_hand() -> None:
    invited = update(REGISTERED, on.Invited("kim@example.com", GUEST_LINK))[0]
    refused = on.Copied(Copyable.GUEST_LINK, is_done=False)
    told, _effects = update(invited, refused)
    assert told.notice is not None
    assert told.notice.guest_link == GUEST_LINK
    assert [each.key for each in told.notice.messages] == [
        "notice.invited",
        "error.clipboard_refused",
    ]
    assert update(told, refused) == (told, ())
    assert update(REGISTERED, refused) == (REGISTERED, ())


def test_sending_takes_no_other_message_away() -> None:
    told = replace(MODELS[R], notice=NOTICE)
    assert update(told, on.ChannelClicked(Channel.EMAIL))[0] == told


def test_a_refused_copy_is_told() -> None:
    model, effects = update(MODELS[R], on.Copied(Copyable.LINK, is_done=False))
    assert model.copied is None
    assert model.notice is not None
    assert model.notice.code == Code.CLIPBOARD_REFUSED
    assert effects == ()


# The connection


def test_a_new_connection_has_the_meeting_looked_up_and_a_changed_one_has_not() -> None:
    alone = replace(MODELS[R], connection=None)
    model, effects = update(alone, on.ConnectionChanged(ZOOM))
    assert (model, kinds(effects)) == (MODELS[R], [do.Check])
    renewed = replace(ZOOM, email=None)
    model, effects = update(MODELS[R], on.ConnectionChanged(renewed))
    assert model.connection == renewed
    assert effects == ()
    assert update(MODELS[R], on.ConnectionChanged(None)) == (alone, ())


@pytest.mark.parametrize("state", [I, R])
def test_disconnecting_leaves_the_meeting_and_says_that_links_stay(state: State) -> None:
    unfolded = replace(MODELS[state], menu=Menu.ACCOUNT)
    model, effects = update(unfolded, on.DisconnectClicked())
    assert model.menu is None
    assert kinds(effects) == [do.Disconnect]
    told, effects = update(model, on.Disconnected())
    assert (told.connection, told.shown) == (None, model.shown)
    assert told.notice == notices.DISCONNECTED
    assert effects == (do.Emit(do.EventName.DISCONNECTED),)


def test_the_account_menu_asks_who_is_connected() -> None:
    model, effects = update(MODELS[R], on.AccountClicked())
    assert model.menu is Menu.ACCOUNT
    assert kinds(effects) == [do.FindAccount]
    assert update(model, on.AccountClicked())[0].menu is None


@pytest.mark.parametrize("state", [I, R])
def test_switching_the_account_signs_in_and_does_nothing_else(state: State) -> None:
    signing_in, effects = update(MODELS[state], on.SwitchAccountClicked())
    assert kinds(effects) == [do.SignIn]
    model, effects = update(signing_in, on.SignedIn())
    assert model.state is state
    assert effects == (do.Emit(do.EventName.CONNECTED),)


# What was asked for goes on after the sign-in


def unconnected(event: on.Event) -> Model:
    """The model after this click of somebody who is not signed in."""
    model, effects = update(replace(MODELS[R], connection=None), event)
    assert model.state is State.SIGNING_IN
    assert kinds(effects) == [do.SignIn]
    return model


@pytest.mark.parametrize(
    ("click", "state", "effect"),
    [
        (on.UpdateZoomClicked(), State.UPDATING, do.MoveMeeting()),
        (on.RemoveConfirmed(), State.REMOVING, do.DeleteMeeting(tells_registrants=False)),
        (
            on.RemoveConfirmed(tells_registrants=True),
            State.REMOVING,
            do.DeleteMeeting(tells_registrants=True),
        ),
    ],
)
def test_signing_in_carries_on_with_what_was_asked(
    click: on.Event, state: State, effect: do.Effect
) -> None:
    model, effects = update(unconnected(click), on.SignedIn())
    assert model.state is state
    assert effects[0] == do.Emit(do.EventName.CONNECTED)
    assert kinds(effects[1:]) == [type(effect)]
    if isinstance(effect, do.DeleteMeeting):
        assert effects[1] == effect


def test_starting_needs_another_click_because_a_window_opens_only_inside_one() -> None:
    model, effects = update(unconnected(on.StartClicked()), on.SignedIn())
    assert effects == (do.Emit(do.EventName.CONNECTED),)
    assert (model.state, offers(model)) == (State.READY, ["start"])


def test_signing_in_makes_no_second_meeting() -> None:
    """The user connected to create, and a line turned up meanwhile."""
    model, effects = update(Model(State.SIGNING_IN, ONE, SHOWN), on.SignedIn())
    assert model.state is State.READY
    assert effects == (do.Emit(do.EventName.CONNECTED),)


@pytest.mark.parametrize("wanted", [Wanted.REMOVE, Wanted.MOVE, Wanted.START, Wanted.NOTHING])
def test_a_window_that_seemed_closed_deletes_and_moves_nothing_later(wanted: Wanted) -> None:
    """Its answer came after all; the user has been told that nothing would happen."""
    model = replace(MODELS[R], wanted=wanted)
    assert update(model, on.SignedIn()) == (model, (do.Emit(do.EventName.CONNECTED),))


@pytest.mark.parametrize(
    ("click", "wanted"),
    [
        (on.UpdateZoomClicked(), Wanted.MOVE),
        (on.RemoveConfirmed(), Wanted.REMOVE),
        (on.RemoveConfirmed(tells_registrants=True), Wanted.REMOVE_AND_TELL),
        (on.StartClicked(), Wanted.START),
    ],
)
@pytest.mark.parametrize("earlier", Wanted)
def test_a_token_that_dies_is_replaced_for_what_was_asked_for_last(
    click: on.Event, wanted: Wanted, earlier: Wanted
) -> None:
    """Connecting to start a meeting must not delete it because that failed before."""
    model, _ = update(replace(MODELS[R], wanted=earlier), click)
    failed, _ = update(model, on.Failed(ENDED))
    assert failed.connection is None
    assert offers(failed) == ["connect"]
    signing_in, _ = update(failed, on.ConnectClicked())
    assert signing_in.wanted is wanted


def test_coming_back_to_the_page_waits_for_the_sign_in_and_goes_on() -> None:
    model, effects = update(MODELS[R], on.Resumed(Wanted.MOVE))
    assert (model.state, model.wanted) == (State.SIGNING_IN, Wanted.MOVE)
    assert kinds(effects) == [do.FollowSignIn]
    assert kinds(effects_of(model, on.SignedIn())) == [do.Emit, do.MoveMeeting]


# Whether Zoom has the meeting


def test_what_zoom_says_replaces_what_the_note_says() -> None:
    checked = replace(SHOWN, passcode=Secret("123456"))
    assert update(MODELS[R], on.Checked(checked)) == (replace(MODELS[R], shown=checked), ())
    noticed = replace(MODELS[R], notice=NOTICE, menu=Menu.SEND)
    assert update(noticed, on.Checked(checked))[0] == replace(noticed, shown=checked)


def test_an_answer_about_another_meeting_is_dropped() -> None:
    assert update(MODELS[R], on.Checked(OTHER)) == (MODELS[R], ())


def test_a_meeting_that_was_doubted_and_is_there_is_shown_again() -> None:
    doubted, _ = update(MODELS[R], on.Doubted())
    assert update(doubted, on.Checked(SHOWN))[0] == MODELS[R]


def test_a_meeting_that_may_be_a_colleagues_is_the_users_choice() -> None:
    doubted, effects = update(MODELS[R], on.Doubted())
    assert (doubted.state, offers(doubted), effects) == (State.GONE, ["clean", "keep"], ())
    kept, effects = update(doubted, on.KeepClicked())
    assert kept == MODELS[R]
    assert kinds(effects) == [do.KeepLine]
    assert kinds(effects_of(doubted, on.CleanClicked())) == [do.CleanNote]


def test_another_hosts_meeting_stays_and_offers_the_other_account() -> None:
    model, effects = update(MODELS[R], on.CheckRefused(NOT_HOST))
    assert (model.state, model.shown, offers(model)) == (R, SHOWN, ["switch-account"])
    assert kinds(effects) == [do.Report]


def test_whoever_is_not_zoom_is_told_of_without_a_way_out() -> None:
    error = CertificateRefusedError(("unknown-issuer",))
    for event in (on.CheckRefused(error), on.Failed(error), on.WayClosed(error)):
        for before in (MODELS[R], replace(MODELS[I], menu=Menu.ADD)):
            model, effects = update(before, event)
            if model == before:
                continue  # nobody waits for it there
            assert model.notice == notices.make_notice(error)
            assert (model.shown, model.menu) == (before.shown, None)
            assert kinds(effects) == [do.Report]


@pytest.mark.parametrize("was_asked_for", [True, False])
def test_cleaning_is_announced_and_can_be_undone(*, was_asked_for: bool) -> None:
    model, effects = update(MODELS[R], on.Cleaned("line", was_asked_for))
    assert (model.state, model.shown, offers(model)) == (I, None, ["undo", "add"])
    assert effects == (
        do.EmitMeeting(do.EventName.NOTES_CHANGED, SHOWN, "line"),
        do.EmitMeeting(do.EventName.CLEANED, SHOWN, "line"),
    )
    assert kinds(effects_of(model, on.UndoClicked())) == [do.RestoreNote]
    restored, effects = update(model, on.Restored(SHOWN, "line"))
    assert restored == MODELS[G]
    assert effects == (do.EmitMeeting(do.EventName.NOTES_CHANGED, SHOWN, "line"),)


@pytest.mark.parametrize(
    "event",
    [
        on.Failed(OFFLINE),
        on.Failed(ENDED),
        on.Failed(NO_NOTES),
        on.Failed(GONE),
        on.Copied(Copyable.LINK, is_done=False),
        on.CheckRefused(NOT_HOST),
        on.Disconnected(),
    ],
)
def test_a_meeting_that_is_gone_stays_so_with_its_ways_out(event: on.Event) -> None:
    model, _ = update(MODELS[G], event)
    assert model.state is G
    assert offers(model)[-2:] == ["clean", "keep"]
    assert update(model, on.KeepClicked())[0].state is R
    assert update(model, on.Checked(SHOWN))[0].notice is None


@pytest.mark.parametrize("click", [on.SwitchAccountClicked(), on.ConnectClicked()])
@pytest.mark.parametrize("wanted", Wanted)
def test_a_sign_in_does_not_bring_a_meeting_back_that_is_gone(
    click: on.Event, wanted: Wanted
) -> None:
    signing_in, _ = update(replace(MODELS[G], wanted=wanted), click)
    closed, _ = update(signing_in, on.Failed(CLOSED, Action.CONNECT))
    assert (closed.state, offers(closed)) == (G, ["connect", "clean", "keep"])
    signed_in, effects = update(signing_in, on.SignedIn())
    assert (signed_in.state, offers(signed_in)) == (G, ["clean", "keep"])
    assert kinds(effects) == [do.Emit, do.Check]  # it may be this account's


def test_a_meeting_that_is_gone_is_so_wherever_it_is_shown() -> None:
    shown = replace(SHOWN, is_gone=True)
    for model, event in (
        (MODELS[L], on.Opened(ONE, shown)),
        (MODELS[R], on.Opened(TWO, shown)),
        (MODELS[I], on.NotesEdited(shown)),
        (MODELS[C], on.Found(shown)),
    ):
        found, _ = update(model, event)
        assert (found.state, offers(found)) == (G, ["clean", "keep"])
    assert update(MODELS[G], on.Opened(ONE, shown))[0].state is G
    assert update(MODELS[G], on.NotesEdited(shown))[0] == MODELS[G]


# Removing, moving, starting


def test_removing_asks_once() -> None:
    asking, effects = update(MODELS[R], on.RemoveClicked())
    assert (asking.menu, effects) == (Menu.REMOVE, ())
    removing, effects = update(asking, on.RemoveConfirmed())
    assert (removing.state, removing.menu) == (State.REMOVING, None)
    assert effects == (do.DeleteMeeting(tells_registrants=False),)


@pytest.mark.parametrize("line", ["line", None])
def test_a_removed_meeting_is_told(line: str | None) -> None:
    model, effects = update(MODELS[V], on.Removed(line))
    notice = notices.REMOVED if line else notices.REMOVED_UNNOTED
    assert model == replace(MODELS[I], notice=notice)
    names = [each.name for each in effects if isinstance(each, do.EmitMeeting)]
    assert names == (["notes-changed", "removed"] if line else ["removed"])


@pytest.mark.parametrize(("state", "action"), [(U, Action.UPDATE_ZOOM), (V, Action.REMOVE)])
def test_what_failed_leaves_the_meeting_where_it_is_and_is_offered_again(
    state: State, action: Action
) -> None:
    model, effects = update(MODELS[state], on.Failed(OFFLINE, action))
    assert (model.state, model.shown, offers(model)) == (R, SHOWN, [action])
    assert kinds(effects) == [do.Report]


@pytest.mark.parametrize("state", [R, U, V])
def test_whatever_is_done_with_a_meeting_that_is_gone_asks(state: State) -> None:
    model, _ = update(MODELS[state], on.Failed(GONE))
    assert (model.state, offers(model)) == (G, ["clean", "keep"])


def test_a_moved_meeting_is_told_and_a_corrected_note_too() -> None:
    moved = replace(SHOWN, starts_at=at("2026-03-06T23:00"))
    _, effects = update(MODELS[U], on.Moved(moved, "line"))
    assert effects == (
        do.EmitMeeting(do.EventName.NOTES_CHANGED, moved, "line"),
        do.EmitMeeting(do.EventName.UPDATED, moved, "line"),
    )
    _, effects = update(MODELS[R], on.Moved(moved, "line"))  # *Update note*: Zoom was not asked
    assert effects == (do.EmitMeeting(do.EventName.NOTES_CHANGED, moved, "line"),)


def test_nobody_knows_whether_there_is_a_meeting_and_only_the_user_can_look() -> None:
    unknown = OutcomeUnknownError(is_for_user=True)
    model, _ = update(MODELS[C], on.Failed(unknown))
    assert offers(model) == ["create-anyway"]
    assert model.notice is not None
    assert model.notice.links_to_zoom
    assert effects_of(model, on.CreateAnywayClicked()) == (do.CreateMeeting(even_if_unknown=True),)
    failed = on.Failed(OutcomeUnknownError(is_for_user=False), Action.ADD)
    found_out, _ = update(MODELS[C], failed)
    assert offers(found_out) == ["add"]


# Whatever happens, in whatever order


def walk(names: list[str]) -> Iterator[tuple[Model, tuple[do.Effect, ...]]]:
    model = Model()
    for name in names:
        model, effects = update(model, EVENTS[name])
        yield model, effects


NEEDS_STATE: dict[type[do.Effect], frozenset[State]] = {
    do.CreateMeeting: frozenset({C}),
    do.SignIn: frozenset({S}),
    do.FollowSignIn: frozenset({S}),
    do.DeleteMeeting: frozenset({V}),
    do.MoveMeeting: frozenset({U}),
    do.CleanNote: frozenset({G}),
    do.StartMeeting: frozenset({R}),
    do.KeepLine: frozenset({R}),
    do.SaveNote: frozenset({R}),
    do.UpdateNote: frozenset({R}),
}
HAS_MEETING = {R, G, U, V}


@pytest.mark.parametrize("state", State)
def test_a_model_names_its_meeting_and_none_where_there_is_none(state: State) -> None:
    if state in HAS_MEETING:
        assert MODELS[state].meeting is MODELS[state].shown
    else:
        with pytest.raises(RuntimeError, match="no meeting"):
            _ = MODELS[state].meeting


@given(st.lists(st.sampled_from(sorted(EVENTS)), max_size=25))
def test_no_order_of_events_breaks_the_invariants(names: list[str]) -> None:
    for model, effects in walk(["Opened", *names]):
        assert (model.shown is not None) == (model.state in HAS_MEETING) or model.state is S
        assert not model.held_up or model.state in {C, R, U, V}
        assert model.is_busy == (model.held_up > 0 or model.state in {L, S, C, U, V})
        assert model.menu is None or not model.is_busy
        assert model.menu is not Menu.ADD or model.state in {I, E}
        assert model.menu not in {Menu.SEND, Menu.REMOVE} or model.state is R
        assert model.appointment is not None or model.state is State.ERROR
        for effect in effects:
            assert model.state in NEEDS_STATE.get(type(effect), frozenset(State)), effect
        assert kinds(effects).count(do.CreateMeeting) <= 1


@given(st.lists(st.sampled_from(sorted(EVENTS)), max_size=25))
def test_one_thing_at_a_time_is_asked_of_zoom(names: list[str]) -> None:
    was_busy = False
    for model, effects in walk(["Opened", *names]):
        if {do.CreateMeeting, do.DeleteMeeting, do.MoveMeeting} & set(kinds(effects)):
            assert not was_busy
        was_busy = model.state in {C, U, V}


# Somebody else hosts


def test_the_meeting_is_given_to_the_host_that_the_page_names() -> None:
    handing, effects = update(FOR_KIM, on.HandOverClicked())
    assert (handing.state, handing.wanted) == (State.UPDATING, Wanted.HAND_OVER)
    assert [type(effect) for effect in effects] == [do.HandOver]
    given = replace(FOR_KIM.meeting, host_email=KIM)
    ready, effects = update(handing, on.HandedOver(given))
    assert (ready.state, ready.shown, ready.notice) == (State.READY, given, None)
    assert effects == (do.EmitMeeting(do.EventName.UPDATED, given),)


@pytest.mark.parametrize(
    "change",
    [
        {"appointment": ONE},  # the page does not say who is to host
        {"appointment": replace(ONE, host_email=MAYA.upper())},  # who hosts it already
        {"appointment": replace(ONE, host_email=KIM, read_only=True)},
        {"appointment": replace(ONE, host_email=KIM, status=Status.CANCELLED)},
        {"shown": SHOWN},  # nobody knows whose it is
        {"shown": replace(SHOWN, link=ROOM, host_email=MAYA)},
        {"connection": None},
        {"connection": ZOOM},  # without the privilege
        {"connection": replace(ZOOM, hosts=frozenset({KIM}), is_licensed=False)},
        {"connection": Connection(KIM, is_licensed=True, hosts=frozenset({KIM}))},
        {"connection": replace(ZOOM, hosts=frozenset({KIM}), denied=frozenset({Scope.UPDATE}))},
    ],
    ids=str,
)
def test_a_meeting_that_cannot_be_given_to_another_host_stays(change: dict[str, Any]) -> None:
    model = replace(FOR_KIM, **change)
    assert update(model, on.HandOverClicked()) == (model, ())


def test_a_new_host_is_looked_at_in_zoom() -> None:
    """Whether the meeting can be given to them, only Zoom knows."""
    model = replace(FOR_KIM, appointment=ONE)
    opened = on.Opened(replace(ONE, host_email=KIM), SHOWN, ZOOM)
    changed, effects = update(model, opened)
    assert [type(effect) for effect in effects] == [do.Check]
    assert changed.meeting.host_email == MAYA
    assert update(changed, replace(opened, connection=changed.connection))[1] == ()


def test_a_dead_token_on_the_way_is_renewed_and_the_meeting_is_given_then() -> None:
    handing, _ = update(FOR_KIM, on.HandOverClicked())
    failed, _ = update(handing, on.Failed(ENDED, Action.HAND_OVER))
    signing_in, _ = update(failed, on.ConnectClicked())
    connected, effects = update(signing_in, on.SignedIn())
    assert connected.state is State.UPDATING
    assert do.HandOver in {type(effect) for effect in effects}
