"""The carriers that change or use the connection to Zoom."""

from __future__ import annotations

import asyncio

from pywidget.connection.departure import Departure, Draft
from pywidget.connection.sign_in import Progress
from pywidget.connection.waiting import wait_or
from pywidget.connection.wanted import Wanted
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, NotDoneError, Reason, UnexpectedAnswerError, WidgetError
from pywidget.widget import events as on
from pywidget.widget.actions import Action
from pywidget.widget.widget import Widget


def sign_in(widget: Widget, wanted: Wanted) -> None:
    """Open the consent page; if that is blocked, go there with the page itself, if it may."""
    appointment = widget.appointment

    def depart() -> Departure:
        return Departure(
            return_to=widget.services.navigation.address,
            wanted=wanted,
            draft=_take_draft(widget, appointment),
        )

    try:
        progress = widget.services.sign_in.begin(appointment.id, depart)
    except Exception as error:  # noqa: BLE001 - whatever it is, the click must not end here
        widget.dispatch(on.Failed(widget.to_widget_error(error), Action.CONNECT))
        return
    follow(widget, progress)


def follow_resumed(widget: Widget) -> None:
    """Wait for the sign-in that was in progress when the page was left."""
    if widget.resumed is None:
        over = UnexpectedAnswerError(Code.STATE_EXPIRED, Reason.USED)
        widget.dispatch(on.Failed(over, Action.CONNECT))
    else:
        follow(widget, widget.resumed.progress)


def follow(widget: Widget, progress: Progress) -> None:
    """Wait for a sign-in that is in progress."""
    widget.spawn(_follow(widget, widget.appointment, progress), Action.CONNECT)


async def _follow(widget: Widget, appointment: Appointment, progress: Progress) -> None:
    """Report a window that seems closed; its answer still counts if it comes."""
    finished = progress.finished
    was_told = not await wait_or(progress.gone.wait(), finished)
    if was_told:
        widget.dispatch_for(appointment, on.Failed(NotDoneError(Code.POPUP_CLOSED), Action.CONNECT))
    await asyncio.wait({finished})
    if finished.cancelled():
        return  # another click began a new one
    error = finished.exception()
    if error is None:
        came = on.SignedIn() if finished.result() else on.SignInCancelled()
        widget.dispatch_for(appointment, came)
    elif not was_told:
        widget.dispatch_for(appointment, on.Failed(widget.to_widget_error(error), Action.CONNECT))


def focus_window(widget: Widget) -> None:
    """Bring the consent page to the front."""
    widget.services.sign_in.focus_window()


def abandon(widget: Widget) -> None:
    """Stop waiting for the sign-in."""
    widget.services.sign_in.abandon()


def look_for_token(widget: Widget) -> None:
    """Ask the other tabs for their token."""
    widget.spawn(_look_for_token(widget, widget.appointment))


async def _look_for_token(widget: Widget, appointment: Appointment) -> None:
    if await widget.services.session.find_token_elsewhere():
        widget.dispatch_for(appointment, on.TokenFound())


def look_for_way(widget: Widget) -> None:
    """Find out whether Zoom's hosts answer, unless that is known."""
    widget.spawn(_look_for_way(widget, widget.appointment))


async def _look_for_way(widget: Widget, appointment: Appointment) -> None:
    try:
        await widget.services.way.look()
    except WidgetError as error:
        widget.dispatch_for(appointment, on.WayClosed(error))
    else:
        widget.dispatch_for(appointment, on.WayOpened())


def find_account(widget: Widget) -> None:
    """Find out who is connected; the account tells its listeners."""
    widget.spawn(_find_account(widget))


async def _find_account(widget: Widget) -> None:
    await widget.services.account.find_user()


def disconnect(widget: Widget) -> None:
    """Forget the token at once, here and in other tabs; Zoom revokes it in its own time."""
    widget.spawn(widget.services.session.end())
    widget.dispatch(on.Disconnected())


def _take_draft(widget: Widget, appointment: Appointment) -> Draft | None:
    try:
        return widget.find_record(appointment).take_draft(widget.opened_notes)
    except WidgetError:
        return None  # no notes, nothing to lose
