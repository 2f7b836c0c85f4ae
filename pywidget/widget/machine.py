"""The widget's state machine: `update(model, event)` returns the next model and the effects.

Pure. Each kind of event has one row: the function that takes the step, and, for each state in which
the event counts, the states that it may lead to. In any other state it came too late, or twice, and
changes nothing. That makes a second click harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.clicks import find_action
from pywidget.widget.model import BUSY, Model, State
from pywidget.widget.permission import allows
from pywidget.widget.steps import (
    change,
    creation,
    failure,
    limits,
    meeting,
    note,
    page,
    sending,
    sign_in,
)
from pywidget.widget.steps.step import Step

(LOADING, IDLE, SIGNING_IN, CREATING, READY, UPDATING, REMOVING, GONE, ERROR) = State

Leads: TypeAlias = dict[State, frozenset[State]]
_Event = TypeVar("_Event", bound=on.Event)


@dataclass(frozen=True, slots=True)
class Row:
    """The row of one kind of event.

    Attributes:
        event: Its class.
        take: The function that takes the step.
        leads_to: For each state in which the event counts, the states that the step may end in.
    """

    event: type[object]
    take: Callable[[Model, on.Event], Step]
    leads_to: Leads


def update(model: Model, event: on.Event) -> Step:
    """Return the next model, and what the outside world has to do, in that order."""
    return TABLE[type(event)].take(model, event) if counts(model, event) else (model, ())


def counts(model: Model, event: on.Event) -> bool:
    """Tell whether the event counts now: it may have come too late, or twice, or not be allowed."""
    if model.appointment is None and not isinstance(event, on.Opened | on.Refused):
        return False  # the element stands for nothing
    action = find_action(event)
    if action is not None and not allows(model, action):
        return False
    if action is not None and model.held_up and action not in _FREE:
        return False
    return model.state in TABLE[type(event)].leads_to


def _row(
    kind: type[_Event],
    take: Callable[[Model, _Event], Step],
    leads_to: Leads,
) -> Row:
    def take_own(model: Model, event: on.Event) -> Step:
        if not isinstance(event, kind):
            raise TypeError(f"{type(event).__name__} in the row of {kind.__name__}")
        return take(model, event)

    return Row(kind, take_own, leads_to)


def _each(states: AbstractSet[State], *targets: State) -> Leads:
    return dict.fromkeys(states, frozenset(targets))


def _stay(states: AbstractSet[State]) -> Leads:
    return {state: frozenset({state}) for state in states}


_STILL = frozenset({IDLE, ERROR})
_SHOWING = frozenset({READY, GONE})
_RESTING = _STILL | _SHOWING
_WORKING = BUSY - {SIGNING_IN}
_ALL = frozenset(State)
_OPEN = _ALL - {LOADING}

# What counts although Zoom's limit holds something up: one thing at a time is asked of Zoom.
_FREE = frozenset({Action.CANCEL, Action.DISMISS, Action.ESCAPE, Action.SHOW_WINDOW})

# A `SignedIn` in a resting state is the answer from a window that seemed closed.
_ROWS = (
    # The page
    _row(
        on.Opened,
        page.open_appointment,
        _each(_RESTING | {LOADING}, IDLE, READY, GONE)
        | {busy: frozenset({IDLE, READY, GONE, busy}) for busy in BUSY},
    ),
    _row(on.Refused, page.refuse, _each(_ALL, ERROR)),
    _row(
        on.NotesEdited,
        page.edit_notes,
        _each(_SHOWING | {IDLE}, IDLE, READY, GONE) | _each({ERROR}, READY, GONE, ERROR),
    ),
    _row(on.ConnectionChanged, page.change_connection, _stay(_OPEN)),
    _row(on.Resumed, page.resume, _each(_RESTING, SIGNING_IN)),
    _row(on.DraftMerged, page.tell_merged, _stay(_RESTING)),
    _row(on.Dismissed, page.dismiss, _stay(_RESTING)),
    _row(on.NoticeDismissed, page.dismiss_notice, _stay({IDLE, READY}) | _each({ERROR}, IDLE)),
    _row(on.Escaped, sign_in.escape, _stay(_RESTING) | _each({SIGNING_IN}, IDLE, READY, GONE)),
    # Creating
    _row(
        on.AddClicked,
        creation.add,
        _each({IDLE}, IDLE, CREATING) | _each({ERROR}, IDLE, CREATING, ERROR),
    ),
    _row(
        on.TokenFound,
        creation.find_token,
        _each({IDLE}, IDLE, CREATING) | _each({ERROR}, ERROR, CREATING),
    ),
    _row(on.WayOpened, creation.open_way, _stay(_STILL)),
    _row(on.WayClosed, creation.close_way, _each({IDLE}, IDLE, ERROR) | _each({ERROR}, ERROR)),
    _row(
        on.CreateAnywayClicked,
        creation.create_anyway,
        _each({IDLE}, IDLE, CREATING) | _each({ERROR}, CREATING),
    ),
    _row(on.Created, creation.created, _each(_STILL | {CREATING, READY}, READY)),
    _row(on.SecondLeft, creation.tell_second, _stay(_OPEN)),
    _row(on.LimitsFound, limits.tell_limits, _stay({READY})),
    _row(on.Hinted, creation.hinted, _each(_STILL | {CREATING}, IDLE)),
    _row(on.OtherAccount, creation.find_other_account, _each(_STILL | {CREATING}, IDLE)),
    _row(on.Found, creation.found, _each(_STILL | {CREATING}, READY, GONE)),
    # Signing in
    _row(
        on.ConnectClicked,
        sign_in.connect,
        _each(_SHOWING, SIGNING_IN)
        | _each({IDLE}, IDLE, SIGNING_IN, CREATING)
        | _each({ERROR}, IDLE, SIGNING_IN, CREATING),
    ),
    _row(on.SwitchAccountClicked, sign_in.switch_account, _each(_RESTING, SIGNING_IN)),
    _row(
        on.SignedIn,
        sign_in.signed_in,
        _each({SIGNING_IN}, IDLE, CREATING, READY, UPDATING, REMOVING, GONE)
        | _each({IDLE}, IDLE, CREATING)
        | _each({ERROR}, CREATING, ERROR)
        | _stay(_SHOWING),
    ),
    _row(on.SignInCancelled, sign_in.come_back, _each({SIGNING_IN}, IDLE, READY, GONE)),
    _row(on.ShowWindowClicked, sign_in.focus_window, _stay({SIGNING_IN})),
    _row(
        on.CancelClicked,
        sign_in.cancel,
        _each({SIGNING_IN}, IDLE, READY, GONE) | _stay(_WORKING | {READY}),
    ),
    _row(on.HeldUp, sign_in.hold_up, _stay(_WORKING | {READY})),
    _row(on.AccountClicked, sign_in.open_account, _stay(_RESTING)),
    _row(on.DisconnectClicked, sign_in.disconnect, _stay(_RESTING)),
    _row(on.Disconnected, sign_in.disconnected, _stay(_RESTING)),
    # A meeting on the panel
    _row(on.Checked, meeting.check, _each(_SHOWING, READY)),
    _row(on.ProgressSeen, meeting.see_progress, _stay({SIGNING_IN, READY, UPDATING, REMOVING})),
    _row(on.CheckRefused, meeting.refuse_check, _stay(_SHOWING)),
    _row(on.Doubted, meeting.doubt, _each({READY}, GONE)),
    _row(on.KeepClicked, meeting.keep, _each(_SHOWING, READY)),
    _row(on.SendClicked, sending.open_send, _stay({READY})),
    _row(on.ChannelClicked, sending.send, _stay(_SHOWING)),
    _row(on.InviteAnotherClicked, sending.open_invite, _stay({READY})),
    _row(on.InvitationSubmitted, sending.invite, _stay({READY})),
    _row(on.Invited, sending.confirm_invited, _stay(_SHOWING)),
    _row(on.CopyGuestLinkClicked, sending.copy_guest_link, _stay(_SHOWING)),
    _row(on.SendingBegun, sending.begin, _stay(_SHOWING)),
    _row(on.SendingUntold, sending.stop_waiting, _stay(_OPEN)),
    _row(on.Sent, sending.confirm, _stay(_OPEN)),
    _row(on.SendFailed, sending.fail, _stay(_OPEN)),
    _row(on.SentForgotten, sending.forget_sent, _stay(_OPEN)),
    _row(on.StartClicked, meeting.start_meeting, _each({READY}, READY, SIGNING_IN)),
    _row(on.CopyClicked, meeting.copy, _stay(_SHOWING)),
    _row(on.Copied, meeting.copied, _stay(_SHOWING)),
    _row(on.CopiedForgotten, meeting.forget_copied, _stay(_SHOWING)),
    # Removed, or moved
    _row(on.RemoveClicked, change.ask_to_remove, _stay({READY})),
    _row(on.RemoveConfirmed, change.remove, _each({READY}, REMOVING, SIGNING_IN)),
    _row(on.Removed, change.removed, _each({REMOVING}, IDLE)),
    _row(on.LineStayed, change.leave_line, _each({REMOVING}, GONE)),
    _row(on.UpdateZoomClicked, change.update_zoom, _each({READY}, UPDATING, SIGNING_IN)),
    _row(on.HandOverClicked, change.hand_over, _each({READY}, READY, UPDATING)),
    _row(on.HandedOver, change.handed_over, _each({UPDATING}, READY)),
    _row(on.Moved, change.moved, _each({READY, UPDATING}, READY)),
    # Its line in the notes
    _row(on.CleanClicked, note.clean, _stay({GONE})),
    _row(on.Cleaned, note.cleaned, _each(_SHOWING, IDLE)),
    _row(on.UndoClicked, note.undo, _stay(_STILL)),
    _row(on.Restored, note.restored, _each(_STILL, GONE)),
    _row(on.RestoreFailed, note.fail_to_restore, _stay(_STILL)),
    _row(on.UpdateNoteClicked, note.update_note, _stay({READY})),
    _row(on.SaveAgainClicked, note.save_again, _stay({READY})),
    _row(on.Saved, note.saved, _stay({READY})),
    # What went wrong
    _row(
        on.Failed,
        failure.fail,
        _each(_STILL | {CREATING}, IDLE, ERROR)
        | _each({SIGNING_IN}, IDLE, READY, GONE, ERROR)
        | _each({READY, UPDATING, REMOVING}, READY, GONE)
        | _stay({GONE}),
    ),
)
TABLE: Mapping[type[object], Row] = {row.event: row for row in _ROWS}
