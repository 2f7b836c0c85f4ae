"""The widget's state machine: `update(model, event)` gives the next model and what to do.

Pure. Each kind of event has one handler and a set of states in which it counts; anywhere else it
came too late, or twice, and changes nothing. That is what makes the second click harmless.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pywidget.app import effects as do
from pywidget.app import events as on
from pywidget.app import notices
from pywidget.app.model import BUSY, Menu, Model, Notice, Offer, State, Wanted
from pywidget.app.shown import Shown
from pywidget.domain.errors import Code, WidgetError
from pywidget.domain.invitation import write_invitation

Step = tuple[Model, tuple[do.Effect, ...]]

_STILL = frozenset({State.IDLE, State.ERROR})
_SHOWING = frozenset({State.READY, State.GONE})
_ANY = frozenset(State)
_CREATES = frozenset({Wanted.CREATE, Wanted.CREATE_ANYWAY})
# What the user chose to stop: told, but no error.
_STOPPED = frozenset({Code.POPUP_CLOSED, Code.ACCESS_DENIED})


def update(model: Model, event: on.Event) -> Step:
    """The next model, and what the outside world has to do, in this order."""
    states, handle = _TABLE[type(event)]
    if model.state not in states:
        return model, ()
    if model.appointment is None and not isinstance(event, on.Opened | on.Refused):
        return model, ()  # the element stands for nothing
    return handle(model, event)


# The page


def _open(model: Model, event: on.Opened) -> Step:
    same = model.appointment is not None and model.appointment.id == event.appointment.id
    if same and model.state in BUSY:  # an attribute changed while something runs
        return replace(model, appointment=event.appointment), ()
    opened = Model(State.IDLE, event.appointment, connection=event.connection, route=event.route)
    if event.shown is not None:
        if same and _shows_already(model, event.shown):
            return _reopen(model, event)
        return _show(opened, event.shown)
    if same and model.shown is None:  # else they are about a meeting that is not there any more
        opened = replace(opened, notice=model.notice, menu=model.menu)
    settles = event.connection is not None and event.is_unsettled
    return opened, (do.FindLost(),) if settles else ()


def _reopen(model: Model, event: on.Opened) -> Step:
    """The same meeting, perhaps with another time: what is known of it stays."""
    same_time = model.appointment is not None and (
        model.appointment.starts == event.appointment.starts
    )
    reopened = replace(model, appointment=event.appointment, connection=event.connection)
    return reopened, () if same_time or not _can_check(reopened) else (do.Check(),)


def _shows_already(model: Model, shown: Shown) -> bool:
    """What is shown may know more than the notes: the passcode, a problem, what was copied."""
    now = model.shown
    return now is not None and (now.link, now.is_noted, now.starts_at) == (
        shown.link,
        shown.is_noted,
        shown.starts_at,
    )


def _refuse(_model: Model, event: on.Refused) -> Step:
    """The element's attributes make no appointment, or its notes are not there."""
    return Model(State.ERROR, notice=notices.explain(event.error)), (
        _report(event.error),
        do.Complain(event.error.message),
    )


def _edit_notes(model: Model, event: on.NotesEdited) -> Step:
    if event.shown is None:
        if model.shown is None or not model.shown.is_noted:
            return model, ()
        return _empty(model), ()
    if _shows_already(model, event.shown):
        return model, ()
    edited, effects = _show(model, event.shown)
    is_same = model.shown is not None and model.shown.link.room == event.shown.link.room
    # What ended the edit may be the click that has just opened a menu.
    return replace(edited, menu=model.menu if is_same else None), effects


def _change_connection(model: Model, event: on.ConnectionChanged) -> Step:
    changed = replace(model, connection=event.connection)
    is_new = model.connection is None and event.connection is not None
    # Whoever signs in for something gets that first: it may be the meeting's end.
    if is_new and model.state is not State.SIGNING_IN and _can_check(changed):
        return changed, (do.Check(),)
    return changed, ()


def _resume(model: Model, event: on.Resumed) -> Step:
    """The page was left for Zoom's consent page, and is back."""
    signing_in = replace(model, state=State.SIGNING_IN, notice=None, menu=None, wanted=event.wanted)
    return signing_in, (do.FollowSignIn(),)


def _tell_merged(model: Model, _event: on.DraftMerged) -> Step:
    return replace(model, notice=notices.DRAFT_MERGED), ()


# Adding


def _add(model: Model, event: on.AddClicked) -> Step:
    if model.appointment is None or model.appointment.disabled:
        return model, ()
    if event.is_hinted and model.wanted is not Wanted.CREATE_ANYWAY:
        return _ask_about_hint(model), ()
    wanted = Wanted.CREATE_ANYWAY if event.is_hinted else Wanted.CREATE
    wanting = replace(model, wanted=wanted, notice=None)
    if event.is_signed_in:
        return _start_creating(wanting)
    if model.menu is Menu.ADD:
        return replace(wanting, menu=None), ()
    if event.was_closed:  # perhaps still: no menu that would be gone again in a moment
        return replace(wanting, notice=notices.LOOKING), (do.LookForWay(),)
    return _offer_to_connect(wanting)


def _offer_to_connect(model: Model) -> Step:
    return replace(model, menu=Menu.ADD, notice=None), (do.LookForToken(), do.LookForWay())


def _open_way(model: Model, _event: on.WayOpened) -> Step:
    return _offer_to_connect(model) if _waits_for_way(model) else (model, ())


def _close_way(model: Model, event: on.WayClosed) -> Step:
    waits = _waits_for_way(model) or (model.connection is None and model.menu is Menu.ADD)
    return _fail(model, on.Failed(event.error)) if waits else (model, ())


def _waits_for_way(model: Model) -> bool:
    """Nobody has signed in meanwhile, and the user has not turned to something else."""
    return model.connection is None and model.notice == notices.LOOKING


def _ask_about_hint(model: Model) -> Model:
    return replace(_empty(model), notice=notices.HINTED)


def _hinted(model: Model, _event: on.Hinted) -> Step:
    return _ask_about_hint(model), ()


def _find_token(model: Model, _event: on.TokenFound) -> Step:
    """Another tab is signed in: no need to do so here, and the click is carried on with."""
    return _start_creating(model) if model.menu is Menu.ADD else (model, ())


def _create_anyway(model: Model, _event: on.CreateAnywayClicked) -> Step:
    if model.appointment is None or model.appointment.disabled:
        return model, ()
    if model.notice is None or model.notice.code != Code.LINK_IN_NOTES:
        return _start_creating(model, even_if_unknown=True)
    wanting = replace(model, wanted=Wanted.CREATE_ANYWAY, notice=None)
    return _offer_to_connect(wanting) if model.connection is None else _start_creating(wanting)


def _start_creating(model: Model, *, even_if_unknown: bool = False) -> Step:
    creating = replace(model, state=State.CREATING, notice=None, menu=None)
    even_if_hinted = model.wanted is Wanted.CREATE_ANYWAY
    return creating, (do.CreateMeeting(even_if_unknown, even_if_hinted),)


def _made(model: Model, event: on.Made) -> Step:
    if model.shown is not None and model.shown.is_noted:
        return model, ()
    ready = _rest(model, event.shown)
    name = "created" if event.is_new else "loaded"
    effects: tuple[do.Effect, ...] = (do.EmitMeeting(name, event.shown, event.line),)
    if event.line is not None:
        effects = (do.EmitMeeting("notes-changed", event.shown, event.line), *effects)
    if event.problem is None:
        return ready, effects
    offers = () if event.shown.is_noted else (notices.SAVE_AGAIN, notices.DELETE_ORPHAN)
    told = replace(ready, notice=notices.explain(event.problem, *offers))
    return told, (*effects, _report(event.problem))


def _tell_second(model: Model, event: on.SecondLeft) -> Step:
    """What is said already may be about the meeting that counts: it stays, with its offers."""
    notice = notices.explain(event.error)
    if model.notice is not None:
        text = f"{model.notice.text} {notice.text}"
        notice = replace(model.notice, text=text, links_to_zoom=True)
    return replace(model, notice=notice), (_report(event.error),)


def _found(model: Model, event: on.Found) -> Step:
    return _show(model, event.shown)


# Signing in


def _connect(model: Model, event: on.ConnectClicked) -> Step:
    if model.appointment is None or model.appointment.disabled:
        return model, ()
    if event.is_hinted and model.shown is None and model.wanted is Wanted.CREATE:
        return _ask_about_hint(model), ()
    return _start_signing_in(model, model.wanted)


def _switch_account(model: Model, _event: on.SwitchAccountClicked) -> Step:
    return _start_signing_in(model, Wanted.NOTHING)


def _start_signing_in(model: Model, wanted: Wanted) -> Step:
    signing_in = replace(model, state=State.SIGNING_IN, notice=None, menu=None, wanted=wanted)
    return signing_in, (do.SignIn(),)


def _signed_in(model: Model, _event: on.SignedIn) -> Step:
    """Carries on with what was asked."""
    told = do.Emit("connected")
    if model.state is not State.SIGNING_IN and model.wanted not in _CREATES:
        return model, (told,)
    match model.wanted:
        case Wanted.CREATE | Wanted.CREATE_ANYWAY if model.shown is None:
            next_model, effects = _start_creating(model)
        case _ if model.shown is None:
            next_model, effects = _rest(model, None), ()
        case _ if model.shown.is_gone:  # perhaps not to this account
            next_model, effects = _rest_and_check(model)
        case Wanted.MOVE:
            next_model, effects = _start_moving(model)
        case Wanted.REMOVE | Wanted.REMOVE_AND_TELL:
            next_model, effects = _start_removing(model)
        case Wanted.START:
            next_model, effects = _rest_and_check(model)
            next_model = replace(next_model, notice=notices.CONNECTED_TO_START)
        case Wanted.NOTHING:
            next_model, effects = _rest(model, model.shown), ()
        case _:
            next_model, effects = _rest_and_check(model)
    return next_model, (told, *effects)


def _rest_and_check(model: Model) -> Step:
    resting = _rest(model, model.shown)
    return resting, (do.Check(),) if _can_check(resting) else ()


def _show_window(model: Model, _event: on.ShowWindowClicked) -> Step:
    return model, (do.ShowSignInWindow(),)


def _cancel(model: Model, _event: on.CancelClicked | on.Escaped) -> Step:
    cancelled, effects = _return(model)
    return cancelled, (do.AbandonSignIn(), *effects)


def _return(model: Model, _event: on.SignInCancelled | None = None) -> Step:
    """Back to where it was; what was said of the meeting there is for Zoom to say again."""
    told = replace(_rest(model, model.shown), notice=notices.SIGN_IN_CANCELLED)
    returned = replace(told, wanted=Wanted.NOTHING)  # an answer that is late starts nothing
    return returned, (do.Check(),) if _can_check(returned) else ()


def _open_account(model: Model, _event: on.AccountClicked) -> Step:
    return _toggle(model, Menu.ACCOUNT), (do.FindAccount(),)


def _disconnect(model: Model, _event: on.DisconnectClicked) -> Step:
    return replace(model, menu=None), (do.Disconnect(),)


def _disconnected(model: Model, _event: on.Disconnected) -> Step:
    disconnected = replace(model, connection=None)
    return _tell(disconnected, notices.DISCONNECTED), (do.Emit("disconnected"),)


# A meeting that is shown


def _check(model: Model, event: on.Checked) -> Step:
    if model.shown is None or model.shown.link.meeting_id != event.shown.link.meeting_id:
        return model, ()
    notice = None if model.state is State.GONE else model.notice
    shown = replace(event.shown, is_gone=False)
    return replace(model, state=State.READY, shown=shown, notice=notice), ()


def _refuse_check(model: Model, event: on.CheckRefused) -> Step:
    if event.error.code is not Code.NOT_HOST:
        return _tell(model, notices.explain(event.error)), (_report(event.error),)
    email = None if model.connection is None else model.connection.email
    return _tell(model, notices.explain_stranger(event.error, email)), (_report(event.error),)


def _doubt(model: Model, _event: on.Doubted) -> Step:
    return model if model.shown is None else _lose(model, model.shown), ()


def _clean(model: Model, _event: on.CleanClicked) -> Step:
    return model, (do.CleanNote(),)


def _keep(model: Model, _event: on.KeepClicked) -> Step:
    if model.shown is None:
        return model, ()
    return _rest(model, replace(model.shown, is_gone=False)), (do.KeepMeeting(),)


def _cleaned(model: Model, event: on.Cleaned) -> Step:
    if model.shown is None:
        return model, ()
    notice = notices.CLEANED_AS_ASKED if event.was_asked_for else notices.CLEANED
    cleaned = replace(_empty(model), notice=notice)
    return cleaned, (
        do.EmitMeeting("notes-changed", model.shown, event.line),
        do.EmitMeeting("cleaned", model.shown, event.line),
    )


def _restored(model: Model, event: on.Restored) -> Step:
    """Put back, and gone all the same, until Zoom or the user says otherwise."""
    told = do.EmitMeeting("notes-changed", event.shown, event.line)
    return _lose(model, event.shown), (told,)


def _fail_to_restore(model: Model, event: on.RestoreFailed) -> Step:
    return replace(model, notice=notices.explain(event.error, notices.UNDO)), (
        _report(event.error),
    )


def _undo(model: Model, _event: on.UndoClicked) -> Step:
    return model, (do.RestoreNote(),)


def _open_send(model: Model, _event: on.SendClicked) -> Step:
    return _toggle(model, Menu.SEND), ()


def _start_meeting(model: Model, _event: on.StartClicked) -> Step:
    if model.connection is None:
        return _start_signing_in(model, Wanted.START)
    return replace(model, notice=None, wanted=Wanted.START), (do.StartMeeting(),)


def _ask_to_remove(model: Model, _event: on.RemoveClicked) -> Step:
    return _toggle(model, Menu.REMOVE), ()


def _remove(model: Model, event: on.RemoveConfirmed) -> Step:
    wanted = Wanted.REMOVE_AND_TELL if event.tells_registrants else Wanted.REMOVE
    if model.connection is None:
        return _start_signing_in(model, wanted)
    return _start_removing(replace(model, wanted=wanted))


def _start_removing(model: Model) -> Step:
    removing = replace(model, state=State.REMOVING, notice=None, menu=None)
    return removing, (do.DeleteMeeting(model.wanted is Wanted.REMOVE_AND_TELL),)


def _removed(model: Model, event: on.Removed) -> Step:
    removed = replace(_empty(model), was_removed=True)
    if model.shown is None:
        return removed, ()
    effects: tuple[do.Effect, ...] = (do.EmitMeeting("removed", model.shown, event.line),)
    if event.line is not None:
        effects = (do.EmitMeeting("notes-changed", model.shown, event.line), *effects)
    return removed, effects


def _leave_line(model: Model, event: on.LineStayed) -> Step:
    """Half done: told as that, with the other half on offer."""
    if model.shown is None:
        return _empty(model), ()
    notice = notices.explain_line_stayed(event.error)
    left = replace(model, state=State.GONE, notice=notice, menu=None)
    return left, (do.EmitMeeting("removed", model.shown), _report(event.error))


def _update_zoom(model: Model, _event: on.UpdateZoomClicked) -> Step:
    if model.connection is None:
        return _start_signing_in(model, Wanted.MOVE)
    return _start_moving(model)


def _start_moving(model: Model) -> Step:
    moving = replace(model, state=State.UPDATING, notice=None, menu=None, wanted=Wanted.MOVE)
    return moving, (do.MoveMeeting(),)


def _update_note(model: Model, _event: on.UpdateNoteClicked) -> Step:
    return replace(model, notice=None), (do.UpdateNote(),)


def _moved(model: Model, event: on.Moved) -> Step:
    effects: tuple[do.Effect, ...] = ()
    if event.line is not None:
        effects = (do.EmitMeeting("notes-changed", event.shown, event.line),)
    if model.state is State.UPDATING:
        effects = (*effects, do.EmitMeeting("updated", event.shown, event.line))
    return _rest(model, event.shown), effects


def _save_again(model: Model, _event: on.SaveAgainClicked) -> Step:
    return model, (do.SaveNote(),)


def _saved(model: Model, event: on.Saved) -> Step:
    if model.shown is None:
        return model, ()
    saved = replace(model, shown=replace(model.shown, is_noted=True), notice=None)
    if event.line is None or saved.shown is None:
        return saved, ()
    return saved, (do.EmitMeeting("notes-changed", saved.shown, event.line),)


def _copy(model: Model, _event: on.CopyClicked) -> Step:
    return model, () if model.shown is None else (do.Copy("link", model.shown.link.url),)


def _copy_invitation(model: Model, _event: on.CopyInvitationClicked) -> Step:
    if model.shown is None:
        return model, ()
    return model, (do.Copy("invitation", write_invitation(model.shown.invitation)),)


def _copied(model: Model, event: on.Copied) -> Step:
    if event.is_done:
        return replace(model, copied=event.what), (do.ForgetCopied(),)
    return _tell(model, notices.NOT_COPIED), ()


def _forget_copied(model: Model, _event: on.CopiedForgotten) -> Step:
    return replace(model, copied=""), ()


# What went wrong, and the rest


def _fail(model: Model, event: on.Failed) -> Step:
    """Nothing is lost and the next click works."""
    error = event.error
    connection = model.connection
    offers: tuple[Offer, ...] = ()
    if error.code is Code.INVALID_GRANT:
        connection = None  # the way out of a dead token is to connect: offered right away
        offers = () if model.shown is None else (notices.CONNECT,)
    failed = replace(_rest(model, model.shown), connection=connection, wanted=model.wanted)
    failed = _tell(failed, notices.explain(error, *offers))
    if model.shown is None:
        if error.code not in _STOPPED:
            failed = replace(failed, state=State.ERROR)
        if error.code is Code.INVALID_GRANT:
            failed = replace(failed, menu=Menu.ADD)
    elif error.code is Code.MEETING_GONE:
        failed = replace(_lose(failed, model.shown), wanted=model.wanted)
    elif not model.shown.is_noted and not model.shown.is_gone:
        orphan = notices.explain(error, notices.SAVE_AGAIN, notices.DELETE_ORPHAN)
        failed = replace(failed, notice=orphan)
    return failed, (_report(error),)


def _dismiss(model: Model, _event: on.Dismissed) -> Step:
    return replace(model, menu=None), ()


def _escape(model: Model, event: on.Escaped) -> Step:
    if model.state is State.SIGNING_IN:
        return _cancel(model, event)
    return replace(model, menu=None), ()


def _toggle(model: Model, menu: Menu) -> Model:
    return replace(model, menu=None if model.menu is menu else menu)


def _tell(model: Model, notice: Notice) -> Model:
    """A notice; beside it, the ways out of a meeting that is gone stay where they are."""
    if model.state is State.GONE:
        notice = replace(notice, offers=(*notice.offers, *notices.GONE.offers))
    return replace(model, notice=notice)


def _rest(model: Model, shown: Shown | None) -> Model:
    """Nothing is under way: the meeting, if there is one, and no message but that it is gone."""
    is_gone = shown is not None and shown.is_gone
    state = State.IDLE if shown is None else State.GONE if is_gone else State.READY
    return Model(
        state,
        model.appointment,
        shown,
        model.connection,
        notices.GONE if is_gone else None,
        route=model.route,
    )


def _lose(model: Model, shown: Shown) -> Model:
    return _rest(model, replace(shown, is_gone=True))


def _empty(model: Model) -> Model:
    return _rest(model, None)


def _show(model: Model, shown: Shown) -> Step:
    ready = _rest(model, shown)
    # One that is not noted was made while another appointment was open here.
    effects: tuple[do.Effect, ...] = (
        (do.EmitMeeting("loaded", shown),) if shown.is_noted else (do.WriteMade(),)
    )
    return ready, (*effects, do.Check()) if _can_check(ready) else effects


def _can_check(model: Model) -> bool:
    return (
        model.connection is not None
        and model.shown is not None
        and model.shown.link.meeting_id is not None
    )


def _report(error: WidgetError) -> do.Emit:
    return do.Emit("error", (("code", error.code.value), ("message", error.message)))


_SIGNING_IN = frozenset({State.SIGNING_IN})
_READY = frozenset({State.READY})
_REMOVING = frozenset({State.REMOVING})
_RESTING = _STILL | _SHOWING

# What counts when. A `SignedIn` in a resting state is the answer of a window that seemed closed.
_TABLE: dict[type[on.Event], tuple[frozenset[State], Callable[[Model, Any], Step]]] = {
    on.Opened: (_ANY, _open),
    on.Refused: (_ANY, _refuse),
    on.NotesEdited: (_RESTING, _edit_notes),
    on.ConnectionChanged: (_ANY, _change_connection),
    on.Resumed: (_RESTING, _resume),
    on.DraftMerged: (_RESTING, _tell_merged),
    on.AddClicked: (_STILL, _add),
    on.TokenFound: (_STILL, _find_token),
    on.WayOpened: (_STILL, _open_way),
    on.WayClosed: (_STILL, _close_way),
    on.CreateAnywayClicked: (_STILL, _create_anyway),
    on.Made: (_STILL | {State.CREATING, State.READY}, _made),
    on.SecondLeft: (_ANY - {State.LOADING}, _tell_second),
    on.Hinted: (_STILL | {State.CREATING}, _hinted),
    on.Found: (_STILL | {State.CREATING}, _found),
    on.ConnectClicked: (_RESTING, _connect),
    on.SwitchAccountClicked: (_RESTING, _switch_account),
    on.SignedIn: (_RESTING | _SIGNING_IN, _signed_in),
    on.SignInCancelled: (_SIGNING_IN, _return),
    on.ShowWindowClicked: (_SIGNING_IN, _show_window),
    on.CancelClicked: (_SIGNING_IN, _cancel),
    on.AccountClicked: (_RESTING, _open_account),
    on.DisconnectClicked: (_RESTING, _disconnect),
    on.Disconnected: (_RESTING, _disconnected),
    on.Checked: (_SHOWING, _check),
    on.CheckRefused: (_SHOWING, _refuse_check),
    on.Doubted: (_READY, _doubt),
    on.CleanClicked: (frozenset({State.GONE}), _clean),
    on.KeepClicked: (frozenset({State.GONE}), _keep),
    on.Cleaned: (_SHOWING, _cleaned),
    on.UndoClicked: (_STILL, _undo),
    on.Restored: (_STILL, _restored),
    on.RestoreFailed: (_STILL, _fail_to_restore),
    on.SendClicked: (_READY, _open_send),
    on.StartClicked: (_READY, _start_meeting),
    on.RemoveClicked: (_READY, _ask_to_remove),
    on.RemoveConfirmed: (_READY, _remove),
    on.Removed: (_REMOVING, _removed),
    on.LineStayed: (_REMOVING, _leave_line),
    on.UpdateZoomClicked: (_READY, _update_zoom),
    on.UpdateNoteClicked: (_READY, _update_note),
    on.Moved: (frozenset({State.READY, State.UPDATING}), _moved),
    on.SaveAgainClicked: (_READY, _save_again),
    on.Saved: (_READY, _saved),
    on.CopyClicked: (_SHOWING, _copy),
    on.CopyInvitationClicked: (_SHOWING, _copy_invitation),
    on.Copied: (_SHOWING, _copied),
    on.CopiedForgotten: (_SHOWING, _forget_copied),
    on.Failed: (_ANY - {State.LOADING}, _fail),
    on.Dismissed: (_RESTING, _dismiss),
    on.Escaped: (_RESTING | _SIGNING_IN, _escape),
}
