"""The steps from the click on the camera to the meeting."""

from __future__ import annotations

from dataclasses import replace

from pywidget.connection.wanted import Wanted
from pywidget.domain.admission import UNTOLD
from pywidget.domain.appointment import is_other_account
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.model import Menu, Model
from pywidget.widget.permission import allows
from pywidget.widget.steps.failure import fail
from pywidget.widget.steps.step import (
    Step,
    ask_about_account,
    ask_about_hint,
    begin_creating,
    rest,
    rest_without_meeting,
    show_meeting,
    with_admission_told,
)


def add(model: Model, event: on.AddClicked) -> Step:
    """Create the meeting, or ask what has to be asked first."""
    if event.has_choices:
        return _offer_choices(model)
    if event.hint is not None and model.wanted is not Wanted.CREATE_ANYWAY:
        return ask_about_hint(model, event.hint), ()
    wanted = Wanted.CREATE if event.hint is None else Wanted.CREATE_ANYWAY
    wanting = replace(model, wanted=wanted, notice=None)
    if event.is_signed_in:
        other = _find_other_account(wanting)
        return (ask_about_account(wanting, other), ()) if other else begin_creating(wanting)
    if model.menu is Menu.ADD:
        return replace(wanting, menu=None), ()
    if event.was_closed:  # it may still be closed: no menu that would vanish in a moment
        return replace(wanting, notice=notices.LOOKING), (do.LookForWay(),)
    return _offer_to_connect(wanting)


def _offer_choices(model: Model) -> Step:
    """Unfold the menu of all kinds, or fold it up: a token or a closed way decides nothing here."""
    resting = rest_without_meeting(model)
    if model.menu is Menu.CHOICES:
        return resting, ()
    looks = () if model.connection is not None else (do.LookForToken(), do.LookForWay())
    return replace(resting, menu=Menu.CHOICES), looks


def _offer_to_connect(model: Model) -> Step:
    return replace(model, menu=Menu.ADD, notice=None), (do.LookForToken(), do.LookForWay())


def open_way(model: Model, _event: on.WayOpened) -> Step:
    """Offer to connect, now that Zoom answers."""
    return _offer_to_connect(model) if _waits_for_way(model) else (model, ())


def close_way(model: Model, event: on.WayClosed) -> Step:
    """Say that Zoom does not answer, if the user is waiting for it."""
    waits = _waits_for_way(model) or (model.connection is None and model.menu is Menu.ADD)
    return fail(model, on.Failed(event.error, Action.CONNECT)) if waits else (model, ())


def _waits_for_way(model: Model) -> bool:
    """Tell whether nobody has signed in yet and the user has not turned to something else."""
    return model.connection is None and model.notice == notices.LOOKING


def hinted(model: Model, event: on.Hinted) -> Step:
    """Ask before a second meeting is created."""
    return ask_about_hint(model, event.hint), ()


def find_other_account(model: Model, event: on.OtherAccount) -> Step:
    """Ask whether the meeting is to be created with another account than the page has named."""
    return ask_about_account(model, event.connected), ()


def _find_other_account(model: Model) -> str:
    """Find the account that is connected, if it has to be asked about; empty if not."""
    connected = (model.connection.email if model.connection else None) or ""
    if model.appointment is None or connected == model.accepted_account:
        return ""
    return connected if is_other_account(model.appointment.zoom_account, connected) else ""


def find_token(model: Model, _event: on.TokenFound) -> Step:
    """Carry out the click without a sign-in, because another tab is signed in."""
    waits = model.menu is Menu.ADD and allows(model, Action.ADD)
    return begin_creating(model) if waits else (model, ())


def create_anyway(model: Model, _event: on.CreateAnywayClicked) -> Step:
    """Create the meeting although there may be one."""
    if model.notice is not None and model.notice.code == notices.OTHER_ACCOUNT:
        # The one that the question has named: by now somebody else may be connected.
        account = str(model.notice.messages[0].values["connected"])
        wanting = replace(model, accepted_account=account, notice=None)
    elif model.notice in notices.OF_HINTS.values():
        wanting = replace(model, wanted=Wanted.CREATE_ANYWAY, notice=None)
    else:
        return begin_creating(model, even_if_unknown=True)
    return _offer_to_connect(wanting) if model.connection is None else begin_creating(wanting)


def created(model: Model, event: on.Created) -> Step:
    """Show the new meeting, and what did not go as asked."""
    if model.shown is not None and model.shown.is_noted:
        return model, ()
    ready = rest(model, event.shown)
    name = do.EventName.CREATED if event.is_new else do.EventName.LOADED
    effects: tuple[do.Effect, ...] = (do.EmitMeeting(name, event.shown, event.line),)
    if event.line is not None:
        effects = (do.EmitMeeting(do.EventName.NOTES_CHANGED, event.shown, event.line), *effects)
    if event.problem is None:
        return with_admission_told(ready, UNTOLD), effects
    offers = () if event.shown.is_noted else (notices.SAVE_AGAIN, notices.DELETE_ORPHAN)
    told = replace(ready, notice=notices.make_notice(event.problem, *offers))
    return with_admission_told(told, UNTOLD), (*effects, do.Report(event.problem))


def tell_second(model: Model, event: on.SecondLeft) -> Step:
    """Tell of the second meeting; an earlier notice may be about the first one, so it stays."""
    notice = notices.join(model.notice, notices.make_notice(event.error))
    return replace(model, notice=notice), (do.Report(event.error),)


def found(model: Model, event: on.Found) -> Step:
    """Show the meeting that was there already."""
    return show_meeting(model, event.shown)
