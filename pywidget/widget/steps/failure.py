"""The step after a failure."""

from __future__ import annotations

from dataclasses import replace

from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import Code, WidgetError
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.model import Menu, Model, Offer, State
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.widget.steps.step import Step, rest, rest_with_lost, with_notice

# The user's own decision to stop: reported, but not as an error.
_STOPPED = frozenset({Code.POPUP_CLOSED, Code.ACCESS_DENIED})
_AGAIN = {
    State.SIGNING_IN: Action.CONNECT,
    State.UPDATING: Action.UPDATE_ZOOM,
    State.REMOVING: Action.REMOVE,
}


def fail(model: Model, event: on.Failed) -> Step:
    """Come to rest and say what went wrong: nothing is lost, and the next click works."""
    error = event.error
    is_over = error.code is Code.INVALID_GRANT
    connection = None if is_over else model.connection
    failed = replace(rest(model, model.shown), connection=connection, wanted=model.wanted)
    failed = with_notice(failed, notices.make_notice(error, *_find_offers(model, error)))
    if model.shown is None:
        if error.code not in _STOPPED:
            failed = replace(failed, state=State.ERROR)
        if is_over:  # the way out of a dead token is to connect: offered right away
            failed = replace(failed, menu=Menu.ADD)
    elif error.code is Code.MEETING_GONE:
        failed = replace(rest_with_lost(failed, model.shown), wanted=model.wanted)
    elif not model.shown.is_noted and not model.shown.is_gone:
        orphan = notices.make_notice(error, notices.SAVE_AGAIN, notices.DELETE_ORPHAN)
        failed = replace(failed, notice=orphan)
    return failed, (do.Report(error),)


def _find_offers(model: Model, error: WidgetError) -> tuple[Offer, ...]:
    """Find the ways out: to connect, or to do the same again."""
    if error.code is Code.INVALID_GRANT:
        return () if model.shown is None else (notices.CONNECT,)
    if error.code is Code.SCOPE_MISSING:
        return (notices.CONNECT,)
    if not notices.may_work_next_time(error):
        return ()
    action = _find_action(model, model.shown, error)
    return () if action is None else (notices.try_again(action),)


def _find_action(model: Model, shown: ShownMeeting | None, error: WidgetError) -> Action | None:
    """Find the action that repeats what has failed."""
    if shown is None:
        is_connected = model.connection is not None and model.state is not State.SIGNING_IN
        return Action.ADD if is_connected else Action.CONNECT
    if model.state in _AGAIN:
        return _AGAIN[model.state]
    if shown.is_gone:
        return None  # what can be done with it is offered anyway
    if error.code is Code.NOTES_WRITE_FAILED:
        return None if shown.drift is None else Action.UPDATE_NOTE
    return Action.START if model.wanted is Wanted.START else None
