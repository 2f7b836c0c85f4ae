"""The steps of signing in and of being connected."""

from __future__ import annotations

from dataclasses import replace

from pywidget.connection.wanted import Wanted
from pywidget.domain.errors import Code
from pywidget.widget import effects as do
from pywidget.widget import events as on
from pywidget.widget import notices
from pywidget.widget.model import Menu, Model, State
from pywidget.widget.other_host import may_have_other_host
from pywidget.widget.permission import allows_wanted
from pywidget.widget.steps.step import (
    Step,
    ask_about_hint,
    begin_creating,
    begin_handing_over,
    begin_moving,
    begin_removing,
    begin_signing_in,
    can_check,
    rest,
    rest_and_check,
    with_menu_toggled,
    with_notice,
)

_CREATES = frozenset({Wanted.CREATE, Wanted.CREATE_ANYWAY})


def connect(model: Model, event: on.ConnectClicked) -> Step:
    """Sign in, then carry out the user's request."""
    if model.shown is None:
        if event.hint is not None and model.wanted is Wanted.CREATE:
            return ask_about_hint(model, event.hint), ()
        if model.wanted in _CREATES and model.connection is not None and not _lacks_scope(model):
            return begin_creating(model)  # signed in since: another sign-in would end that one
    return begin_signing_in(model, model.wanted)


def _lacks_scope(model: Model) -> bool:
    return model.notice is not None and model.notice.code == Code.SCOPE_MISSING


def switch_account(model: Model, _event: on.SwitchAccountClicked) -> Step:
    """Sign in with another account; if that answers a question, the meeting is created then."""
    was_asked = model.notice is not None and model.notice.code == notices.OTHER_ACCOUNT
    return begin_signing_in(model, model.wanted if was_asked else Wanted.NOTHING)


def signed_in(model: Model, _event: on.SignedIn) -> Step:
    """Carry out the request that led to the sign-in."""
    told = do.Emit(do.EventName.CONNECTED)
    is_allowed = allows_wanted(model, model.wanted)  # the appointment may have changed since
    if model.state is not State.SIGNING_IN and not (model.wanted in _CREATES and is_allowed):
        return model, (told,)
    match model.wanted:
        case Wanted.CREATE | Wanted.CREATE_ANYWAY if model.shown is None and is_allowed:
            next_model, effects = begin_creating(model)
        case _ if model.shown is None:
            next_model, effects = rest(model, None), ()
        case _ if model.shown.is_gone:  # perhaps not for this account
            next_model, effects = rest_and_check(model)
        case Wanted.MOVE if is_allowed:
            next_model, effects = begin_moving(model)
        case Wanted.HAND_OVER if is_allowed and may_have_other_host(model):
            next_model, effects = begin_handing_over(model)
        case Wanted.REMOVE | Wanted.REMOVE_AND_TELL if is_allowed:
            next_model, effects = begin_removing(model)
        case Wanted.START if is_allowed:
            next_model, effects = rest_and_check(model)
            next_model = replace(next_model, notice=notices.CONNECTED_TO_START)
        case Wanted.NOTHING:
            next_model, effects = rest(model, model.shown), ()
        case _:
            next_model, effects = rest_and_check(model)
    return next_model, (told, *effects)


def focus_window(model: Model, _event: on.ShowWindowClicked) -> Step:
    """Bring the consent page to the front."""
    return model, (do.FocusSignInWindow(),)


def cancel(model: Model, event: on.CancelClicked | on.Escaped) -> Step:
    """Stop waiting, for the sign-in or for Zoom's limit."""
    if model.state is not State.SIGNING_IN:
        return model, (do.CallOff(),)
    cancelled, effects = come_back(model, event)
    return cancelled, (do.AbandonSignIn(), *effects)


def hold_up(model: Model, event: on.HeldUp) -> Step:
    """Show how long Zoom's limit holds up what runs."""
    return replace(model, held_up=event.seconds, menu=None if event.seconds else model.menu), ()


def come_back(model: Model, _event: on.SignInCancelled | on.CancelClicked | on.Escaped) -> Step:
    """Return to the state before the sign-in; Zoom is asked again about the meeting there is."""
    told = replace(rest(model, model.shown), notice=notices.SIGN_IN_CANCELLED)
    returned = replace(told, wanted=Wanted.NOTHING)  # a late answer starts nothing
    return returned, (do.Check(),) if can_check(returned) else ()


def open_account(model: Model, _event: on.AccountClicked) -> Step:
    """Unfold the account menu, and find out who is connected."""
    return with_menu_toggled(model, Menu.ACCOUNT), (do.FindAccount(),)


def disconnect(model: Model, _event: on.DisconnectClicked) -> Step:
    """Disconnect from Zoom."""
    return replace(model, menu=None), (do.Disconnect(),)


def disconnected(model: Model, _event: on.Disconnected) -> Step:
    """Say that nobody is connected any more."""
    disconnected = replace(model, connection=None)
    return with_notice(disconnected, notices.DISCONNECTED), (do.Emit(do.EventName.DISCONNECTED),)


def escape(model: Model, event: on.Escaped) -> Step:
    """Call off what can be called off."""
    if model.state is State.SIGNING_IN:
        return cancel(model, event)
    return replace(model, menu=None), ()
