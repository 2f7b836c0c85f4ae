"""The one control that is primary: what most people do next."""

from __future__ import annotations

from pywidget.connection.account import Connection
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.model import BUSY, Menu, Model, State
from pywidget.widget.other_host import find_other_host
from pywidget.widget.permission import allows, asks_about_cancelled, find_offers
from pywidget.widget.shown_meeting import ShownMeeting


def find_primary(model: Model) -> Action | None:
    """Find the action of the primary button; there is none where nothing is urged.

    While something runs, the buttons stay as they were.
    """
    if model.menu is Menu.ADD:
        return Action.CONNECT
    allowed = find_offers(model)
    # A warning that offers to remove the meeting does not urge it.
    if allowed and allowed[0] != notices.DELETE_ORPHAN:
        # What has been cleaned away is no longer there: to undo that is one of two equal ways.
        return None if allowed[0].action is Action.UNDO else allowed[0].action
    if model.shown is None or model.state not in BUSY | {State.READY}:
        return None
    return _find_primary_of_panel(model, model.shown)


def _find_primary_of_panel(model: Model, shown: ShownMeeting) -> Action | None:
    connection = model.connection or Connection()
    if not allows(model, Action.SEND):
        return Action.REMOVE if asks_about_cancelled(model) and connection.may_remove else None
    if not allows(model, Action.UPDATE_ZOOM):
        return Action.SEND
    if shown.drift is not None and connection.may_move:
        return Action.UPDATE_ZOOM
    if shown.drift is not None and not shown.drift.note_agrees:
        return Action.UPDATE_NOTE
    other = find_other_host(model)
    if other is not None and other.may_move:
        return Action.HAND_OVER
    return Action.START if shown.is_mailed_by_zoom and can_start(model, shown) else Action.SEND


def can_start(model: Model, shown: ShownMeeting) -> bool:
    """Tell whether the meeting can be started from the panel."""
    connection = model.connection or Connection()
    return shown.link.meeting_id is not None and connection.may_look and allows(model, Action.START)
