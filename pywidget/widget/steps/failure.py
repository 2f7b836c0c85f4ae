"""The step after a failure."""

from __future__ import annotations

from dataclasses import replace

from pywidget.domain.errors import Code, Reason
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.model import Menu, Model, Offer, State
from pywidget.widget.steps.step import Step, rest, rest_with_lost, with_notice

# The user's own decision to stop: reported, but not as an error.
_STOPPED = frozenset({Code.POPUP_CLOSED, Code.ACCESS_DENIED})
_CALLED_OFF = Reason.CALLED_OFF  # and here nobody but they need to know


def fail(model: Model, event: on.Failed) -> Step:
    """Come to rest and say what went wrong: nothing is lost, and the next click works."""
    error = event.error
    is_over = error.code is Code.INVALID_GRANT
    connection = None if is_over else model.connection
    failed = replace(rest(model, model.shown), connection=connection, wanted=model.wanted)
    failed = replace(failed, accepted_account=model.accepted_account)
    if error.code is Code.STARTS_IN_PAST:
        failed = replace(failed, has_begun=False)
    failed = with_notice(failed, notices.make_notice(error, *_find_offers(model, event)))
    if model.shown is None:
        if error.code not in _STOPPED and error.reason is not _CALLED_OFF:
            failed = replace(failed, state=State.ERROR)
        if is_over:  # the way out of a dead token is to connect: offered right away
            failed = replace(failed, menu=Menu.ADD)
    elif error.code is Code.MEETING_GONE:
        failed = replace(rest_with_lost(failed, model.shown), wanted=model.wanted)
    elif not model.shown.is_noted and not model.shown.is_gone:
        orphan = notices.make_notice(error, notices.SAVE_AGAIN, notices.DELETE_ORPHAN)
        failed = replace(failed, notice=orphan)
    return failed, () if error.reason is _CALLED_OFF else (do.Report(error),)


def _find_offers(model: Model, event: on.Failed) -> tuple[Offer, ...]:
    """Find the ways out: to connect, or to do the same again."""
    error, again = event.error, event.again
    if error.code is Code.INVALID_GRANT:
        return () if model.shown is None else (notices.CONNECT,)
    if error.code is Code.SCOPE_MISSING:
        return (notices.CONNECT,)
    if error.reason is Reason.STRANGER:
        return (notices.SWITCH,)
    if again is None or not notices.may_work_next_time(error):
        return ()
    if model.shown is not None and model.shown.is_gone and again is not Action.CONNECT:
        return ()  # what can be done with it is offered anyway
    return (notices.try_again(again),)
