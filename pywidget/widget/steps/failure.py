"""What went wrong."""

from __future__ import annotations

from dataclasses import replace

from pywidget.domain.errors import Code
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import Menu, Model, Offer, State
from pywidget.widget.steps.step import Step, report, rest, rest_with_lost, with_notice

# What the user chose to stop: told, but no error.
_STOPPED = frozenset({Code.POPUP_CLOSED, Code.ACCESS_DENIED})


def fail(model: Model, event: on.Failed) -> Step:
    """Nothing is lost and the next click works."""
    error = event.error
    connection = model.connection
    offers: tuple[Offer, ...] = ()
    if error.code is Code.INVALID_GRANT:
        connection = None  # the way out of a dead token is to connect: offered right away
        offers = () if model.shown is None else (notices.CONNECT,)
    failed = replace(rest(model, model.shown), connection=connection, wanted=model.wanted)
    failed = with_notice(failed, notices.explain(error, *offers))
    if model.shown is None:
        if error.code not in _STOPPED:
            failed = replace(failed, state=State.ERROR)
        if error.code is Code.INVALID_GRANT:
            failed = replace(failed, menu=Menu.ADD)
    elif error.code is Code.MEETING_GONE:
        failed = replace(rest_with_lost(failed, model.shown), wanted=model.wanted)
    elif not model.shown.is_noted and not model.shown.is_gone:
        orphan = notices.explain(error, notices.SAVE_AGAIN, notices.DELETE_ORPHAN)
        failed = replace(failed, notice=orphan)
    return failed, (report(error),)
