"""Carries out what has to do with the connection to Zoom."""

from __future__ import annotations

import asyncio
from typing import Any

from pywidget.app import events as on
from pywidget.app.departure import Departure, Draft
from pywidget.app.model import Wanted
from pywidget.app.sign_in import Progress, explain_closed
from pywidget.app.stage import Stage
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import WidgetError


def sign_in(stage: Stage, wanted: Wanted) -> None:
    """Opens the consent page; where that is blocked, the page itself goes there if it may."""
    appointment = stage.appointment

    def depart() -> Departure:
        return Departure(
            return_to=stage.services.navigation.address,
            wanted=wanted,
            draft=_take_draft(stage, appointment),
        )

    try:
        progress = stage.services.sign_in.begin(appointment.id, depart)
    except Exception as error:  # noqa: BLE001 - whatever it is, the click must not end here
        stage.dispatch(on.Failed(stage.explain(error)))
        return
    follow(stage, progress)


def follow(stage: Stage, progress: Progress) -> None:
    """Waits for a sign-in that is under way."""
    stage.start(_follow(stage, stage.appointment, progress))


async def _follow(stage: Stage, appointment: Appointment, progress: Progress) -> None:
    """A window that seems closed is told, and its answer still counts if it comes."""
    finished = progress.finished
    gone = asyncio.ensure_future(progress.gone.wait())
    waiting: set[asyncio.Future[Any]] = {finished, gone}
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    gone.cancel()
    was_told = not finished.done()
    if was_told:
        stage.dispatch_for(appointment, on.Failed(explain_closed()))
    await asyncio.wait({finished})
    if finished.cancelled():
        return  # another click began a new one
    error = finished.exception()
    if error is None:
        came = on.SignedIn() if finished.result() else on.SignInCancelled()
        stage.dispatch_for(appointment, came)
    elif not was_told:
        stage.dispatch_for(appointment, on.Failed(stage.explain(error)))


def show_window(stage: Stage) -> None:
    """Brings the consent page to the front."""
    stage.services.sign_in.show_window()


def abandon(stage: Stage) -> None:
    """Stops waiting."""
    stage.services.sign_in.abandon()


def look_for_token(stage: Stage) -> None:
    """Asks the other tabs."""
    stage.start(_look_for_token(stage, stage.appointment))


async def _look_for_token(stage: Stage, appointment: Appointment) -> None:
    if await stage.services.session.find_token_elsewhere():
        stage.dispatch_for(appointment, on.TokenFound())


def look_for_way(stage: Stage) -> None:
    """Asks Zoom's hosts for a sign of life, unless they gave one already."""
    stage.start(_look_for_way(stage, stage.appointment))


async def _look_for_way(stage: Stage, appointment: Appointment) -> None:
    try:
        await stage.services.way.look()
    except WidgetError as error:
        stage.dispatch_for(appointment, on.WayClosed(error))
    else:
        stage.dispatch_for(appointment, on.WayOpened())


def find_account(stage: Stage) -> None:
    """Finds out who is connected; the account tells everybody."""
    stage.start(_find_account(stage))


async def _find_account(stage: Stage) -> None:
    await stage.services.account.find_user()


def disconnect(stage: Stage) -> None:
    """Forgets the token at once, here and in other tabs; Zoom's revocation takes its time."""
    stage.start(stage.services.session.end())
    stage.dispatch(on.Disconnected())


def _take_draft(stage: Stage, appointment: Appointment) -> Draft | None:
    try:
        return stage.find_record(appointment).take_draft(stage.opened_notes)
    except WidgetError:
        return None  # no notes, nothing to lose
