"""The steps that remove a meeting, or move it to another time or another host."""

from __future__ import annotations

from dataclasses import replace

from pywidget.connection.wanted import Wanted
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import Menu, Model, State
from pywidget.widget.other_host import find_other_host
from pywidget.widget.steps.step import (
    Step,
    begin_handing_over,
    begin_moving,
    begin_removing,
    begin_signing_in,
    rest,
    rest_with_lost,
    rest_without_meeting,
    with_menu_toggled,
)


def ask_to_remove(model: Model, _event: on.RemoveClicked) -> Step:
    """Ask before the meeting is removed."""
    return with_menu_toggled(model, Menu.REMOVE), ()


def remove(model: Model, event: on.RemoveConfirmed) -> Step:
    """Remove the meeting; sign in first if nobody is signed in."""
    wanted = Wanted.REMOVE_AND_TELL if event.tells_registrants else Wanted.REMOVE
    if model.connection is None:
        return begin_signing_in(model, wanted)
    return begin_removing(replace(model, wanted=wanted))


def removed(model: Model, event: on.Removed) -> Step:
    """Tell that the meeting is removed."""
    notice = notices.REMOVED_UNNOTED if event.line is None else notices.REMOVED
    removed = replace(rest_without_meeting(model), notice=notice)
    shown = model.meeting
    effects: tuple[do.Effect, ...] = (do.EmitMeeting(do.EventName.REMOVED, shown, event.line),)
    if event.line is not None:
        effects = (do.EmitMeeting(do.EventName.NOTES_CHANGED, shown, event.line), *effects)
    return removed, effects


def leave_line(model: Model, event: on.LineStayed) -> Step:
    """Say that only the meeting was deleted, and offer to remove its line."""
    shown = model.meeting
    notice = notices.make_notice(event.error, notices.CLEAN)
    left = replace(rest_with_lost(model, shown), notice=notice, wanted=model.wanted)
    return left, (do.EmitMeeting(do.EventName.REMOVED, shown), do.Report(event.error))


def update_zoom(model: Model, _event: on.UpdateZoomClicked) -> Step:
    """Give the meeting the appointment's time; sign in first if nobody is signed in."""
    if model.connection is None:
        return begin_signing_in(model, Wanted.MOVE)
    return begin_moving(model)


def moved(model: Model, event: on.Moved) -> Step:
    """Show the meeting at its new time."""
    effects: tuple[do.Effect, ...] = ()
    if event.line is not None:
        effects = (do.EmitMeeting(do.EventName.NOTES_CHANGED, event.shown, event.line),)
    if model.state is State.UPDATING:
        effects = (*effects, do.EmitMeeting(do.EventName.UPDATED, event.shown, event.line))
    return rest(model, event.shown), effects


def hand_over(model: Model, _event: on.HandOverClicked) -> Step:
    """Give the meeting to the appointment's host, if it still has another one."""
    other = find_other_host(model)
    return begin_handing_over(model) if other is not None and other.may_move else (model, ())


def handed_over(model: Model, event: on.HandedOver) -> Step:
    """Show the meeting with its new host."""
    told = do.EmitMeeting(do.EventName.UPDATED, event.shown)
    return rest(model, event.shown), (told,)
