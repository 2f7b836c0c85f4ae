"""The steps for the page: opening an appointment, editing notes, a sign-in in another tab."""

from __future__ import annotations

from dataclasses import replace

from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import BUSY, Model, State
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.widget.steps.step import Step, can_check, rest_without_meeting, show_meeting


def open_appointment(model: Model, event: on.Opened) -> Step:
    """Show the meeting in the appointment's notes."""
    same = model.appointment is not None and model.appointment.id == event.appointment.id
    if same and model.state in BUSY:  # an attribute changed while something runs
        return replace(model, appointment=event.appointment), ()
    opened = Model(State.IDLE, event.appointment, connection=event.connection, route=event.route)
    if event.shown is not None:
        if same and _shows_already(model, event.shown):
            return _reopen(model, event)
        return show_meeting(opened, event.shown)
    # Of a meeting that no longer exists nothing is said, nor is one offered where none may be.
    if same and model.shown is None and not event.appointment.disabled:
        opened = replace(opened, notice=model.notice, menu=model.menu)
    settles = event.connection is not None and event.is_unsettled
    return opened, (do.FindLost(),) if settles else ()


def _reopen(model: Model, event: on.Opened) -> Step:
    """Keep what is known of the meeting; check it if the appointment's time has changed."""
    same_time = model.appointment is not None and (
        model.appointment.starts == event.appointment.starts
    )
    reopened = replace(model, appointment=event.appointment, connection=event.connection)
    return reopened, () if same_time or not can_check(reopened) else (do.Check(),)


def _shows_already(model: Model, shown: ShownMeeting) -> bool:
    """Tell whether the panel already shows this meeting.

    The panel may know more than the notes: the passcode, a problem, what was copied.
    """
    now = model.shown
    return now is not None and (now.link, now.is_noted, now.starts_at) == (
        shown.link,
        shown.is_noted,
        shown.starts_at,
    )


def refuse(_model: Model, event: on.Refused) -> Step:
    """Show the error that leaves the element without an appointment."""
    return Model(State.ERROR, notice=notices.make_notice(event.error)), (
        do.Report(event.error),
        do.Complain(event.error),
    )


def edit_notes(model: Model, event: on.NotesEdited) -> Step:
    """Show the meeting in the notes after someone has edited them."""
    if event.shown is None:
        if model.shown is None or not model.shown.is_noted:
            return model, ()
        return rest_without_meeting(model), ()
    if _shows_already(model, event.shown):
        return model, ()
    edited, effects = show_meeting(model, event.shown)
    is_same = model.shown is not None and model.shown.link.room == event.shown.link.room
    # The edit may have ended with the click that has just opened a menu.
    return replace(edited, menu=model.menu if is_same else None), effects


def change_connection(model: Model, event: on.ConnectionChanged) -> Step:
    """Record who is connected, and look the meeting up if that has become possible."""
    changed = replace(model, connection=event.connection)
    is_new = model.connection is None and event.connection is not None
    # The request that led to the sign-in comes first: it may be the meeting's end.
    if is_new and model.state is not State.SIGNING_IN and can_check(changed):
        return changed, (do.Check(),)
    return changed, ()


def resume(model: Model, event: on.Resumed) -> Step:
    """Wait for the sign-in that the page left for, now that the page is back."""
    signing_in = replace(
        model,
        state=State.SIGNING_IN,
        notice=None,
        menu=None,
        wanted=event.wanted,
        held_up=0,
    )
    return signing_in, (do.FollowSignIn(),)


def tell_merged(model: Model, _event: on.DraftMerged) -> Step:
    """Say that the notes contain both versions."""
    return replace(model, notice=notices.DRAFT_MERGED), ()


def dismiss(model: Model, _event: on.Dismissed) -> Step:
    """Fold the menu up."""
    return replace(model, menu=None), ()


def dismiss_notice(model: Model, _event: on.NoticeDismissed) -> Step:
    """Take the message away, unless it is a question."""
    if model.notice is None or model.notice.has_to_be_answered:
        return model, ()
    state = State.IDLE if model.state is State.ERROR else model.state
    return replace(model, state=state, notice=None), ()
