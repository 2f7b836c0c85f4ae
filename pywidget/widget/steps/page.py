"""The steps for the page: opening an appointment, editing notes, a sign-in in another tab."""

from __future__ import annotations

from dataclasses import replace

from pywidget.domain.appointment import Appointment
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import BUSY, Model, State
from pywidget.widget.permission import has_to_be_answered
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.widget.steps.step import Step, can_check, rest_without_meeting, show_meeting


def open_appointment(model: Model, event: on.Opened) -> Step:
    """Show the meeting in the appointment's notes."""
    same = model.appointment is not None and model.appointment.id == event.appointment.id
    if same and model.state in BUSY:  # an attribute changed while something runs
        return replace(model, appointment=event.appointment, has_begun=event.has_begun), ()
    opened = Model(
        State.IDLE,
        event.appointment,
        connection=event.connection,
        route=event.route,
        abilities=event.abilities,
        has_begun=event.has_begun,
    )
    if event.shown is not None:
        if same and _shows_already(model, event.shown):
            return _reopen(model, event)
        return show_meeting(opened, event.shown)
    # Of a meeting that no longer exists nothing is said, nor is one offered where none may be.
    if same and model.shown is None:
        opened = _keep_notice(opened, model)
    settles = (
        event.connection is not None and event.is_unsettled and not event.appointment.read_only
    )
    return opened, (do.FindLost(),) if settles else ()


def _keep_notice(opened: Model, before: Model) -> Model:
    """Keep what was told and unfolded, unless it was about a meeting that nobody may create now."""
    if opened.appointment is not None and opened.appointment.may_get_meeting:
        return replace(opened, notice=before.notice, menu=before.menu)
    tells = before.notice is not None and before.notice.code in notices.OF_THE_PAST
    return replace(opened, notice=before.notice) if tells else opened


def _reopen(model: Model, event: on.Opened) -> Step:
    """Keep what is known of the meeting; check it if what decides on that has changed."""
    before, after = model.appointment or event.appointment, event.appointment
    shown = model.meeting if event.shown is None else model.meeting.follow(event.shown)
    reopened = replace(
        model,
        appointment=after,
        shown=shown,
        connection=event.connection,
        has_begun=event.has_begun,
    )
    effects: tuple[do.Effect, ...] = ()
    if (before.status, before.read_only) != (after.status, after.read_only):
        reopened = replace(reopened, menu=None)  # unfolded for the appointment as it was
    if before.read_only and not after.read_only and not model.meeting.is_noted:
        effects = (do.SaveNote() if _is_told(model) else do.WriteNew(),)
    if before.status is not after.status:
        shown = replace(shown, drift=None, is_started=False)
        warns = model.notice is not None and model.notice.code in notices.WARNINGS
        reopened = replace(reopened, shown=shown, notice=None if warns else model.notice)
    elif _list_checked(before) == _list_checked(after):
        return reopened, effects
    return reopened, (*effects, do.Check()) if can_check(reopened) else effects


def _list_checked(appointment: Appointment) -> tuple[object, ...]:
    """List what a look at Zoom depends on; of its numbers, the client gets their country's."""
    return appointment.starts, appointment.host_email, appointment.client_phone


def _is_told(model: Model) -> bool:
    """Tell whether the page knows of the meeting already, whose line could not be written."""
    return model.notice is not None and notices.SAVE_AGAIN in model.notice.offers


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
    if model.notice is None or has_to_be_answered(model):
        return model, ()
    state = State.IDLE if model.state is State.ERROR else model.state
    return replace(model, state=state, notice=None), ()
