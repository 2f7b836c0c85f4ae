"""The widget's state machine: `update(model, event)` gives the next model and what to do.

Pure. Each kind of event has one handler and a set of states in which it counts; anywhere else it
came too late, or twice, and changes nothing. That is what makes the second click harmless.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pywidget.app import effects as do
from pywidget.app import events as on
from pywidget.app.shown import Shown
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code, NotDoneError, WidgetError


class State(StrEnum):
    """The element's `data-state`; part of the public contract."""

    LOADING = "loading"
    IDLE = "idle"
    SIGNING_IN = "signing-in"
    CREATING = "creating"
    READY = "ready"
    ERROR = "error"


class Tone(StrEnum):
    """How a notice is meant."""

    INFO = "info"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain message in the panel."""

    code: Code
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Model:
    """All that the view shows."""

    state: State = State.LOADING
    appointment: Appointment | None = None
    shown: Shown | None = None
    notice: Notice | None = None
    menu_open: bool = False
    is_copied: bool = False


Step = tuple[Model, tuple[do.Effect, ...]]

_STILL = frozenset({State.IDLE, State.ERROR})
_BUSY = frozenset({State.SIGNING_IN, State.CREATING})
_ANY = frozenset(State)


def update(model: Model, event: on.Event) -> Step:
    """The next model, and what the outside world has to do, in this order."""
    states, handle = _TABLE[type(event)]
    if model.state not in states:
        return model, ()
    if model.appointment is None and not isinstance(event, on.Opened | on.Refused):
        return model, ()  # the element stands for nothing
    return handle(model, event)


def is_busy(model: Model) -> bool:
    """Whether something is under way: the element's `aria-busy`."""
    return model.state in _BUSY or model.state is State.LOADING


def _open(model: Model, event: on.Opened) -> Step:
    same = model.appointment is not None and model.appointment.id == event.appointment.id
    if same and model.state in _BUSY:  # an attribute changed while something runs
        return replace(model, appointment=event.appointment), ()
    opened = Model(State.IDLE, event.appointment)
    if event.shown is None:
        return (replace(opened, notice=model.notice) if same else opened), ()
    if same and _shows_already(model, event.shown):
        return replace(model, appointment=event.appointment), ()
    return _show(opened, event.shown)


def _refuse(_model: Model, event: on.Refused) -> Step:
    """The element's attributes make no appointment, or its notes are not there."""
    return Model(State.ERROR, notice=_explain(event.error)), (
        _report(event.error),
        do.Complain(event.error.message),
    )


def _add(model: Model, event: on.AddClicked) -> Step:
    if model.appointment is None or model.appointment.disabled:
        return model, ()
    if event.is_signed_in:
        return _start_creating(model)
    return replace(model, notice=None, menu_open=not model.menu_open), ()


def _connect(model: Model, _event: on.ConnectClicked) -> Step:
    if model.appointment is None or model.appointment.disabled:
        return model, ()
    signing_in = replace(model, state=State.SIGNING_IN, notice=None, menu_open=False)
    return signing_in, (do.SignIn(),)


def _dismiss(model: Model, _event: on.Dismissed) -> Step:
    return replace(model, menu_open=False), ()


def _show_window(model: Model, _event: on.ShowWindowClicked) -> Step:
    return model, (do.ShowSignInWindow(),)


def _cancel(model: Model, _event: on.CancelClicked) -> Step:
    return model, (do.AbandonSignIn(),)


def _signed_in(model: Model, _event: on.SignedIn) -> Step:
    creating, effects = _start_creating(model)
    return creating, (do.Emit("connected"), *effects)


def _start_creating(model: Model) -> Step:
    creating = replace(model, state=State.CREATING, notice=None, menu_open=False)
    return creating, (do.CreateMeeting(),)


def _fail(model: Model, event: on.Failed) -> Step:
    """Nothing is lost and the next click works; what the user chose to stop is no error."""
    stopped = event.error.code in {Code.POPUP_CLOSED, Code.ACCESS_DENIED}
    failed = replace(
        model,
        state=State.IDLE if stopped else State.ERROR,
        notice=_explain(event.error),
        # The way out of a dead token is to connect: offered right away.
        menu_open=event.error.code is Code.INVALID_GRANT,
    )
    return failed, (_report(event.error),)


def _made(model: Model, event: on.Made) -> Step:
    ready = Model(State.READY, model.appointment, event.shown)
    emitted: tuple[do.Effect, ...] = (do.EmitMeeting("created", event.line),)
    if event.line is not None:
        emitted = (do.EmitMeeting("notes-changed", event.line), *emitted)
    if event.problem is None:
        return ready, emitted
    return replace(ready, notice=_explain(event.problem)), (*emitted, _report(event.problem))


def _saved(model: Model, event: on.Saved) -> Step:
    if model.shown is None:
        return model, ()
    saved = replace(model, shown=replace(model.shown, is_noted=True), notice=None)
    return saved, () if event.line is None else (do.EmitMeeting("notes-changed", event.line),)


def _not_saved(model: Model, event: on.NotSaved) -> Step:
    return replace(model, notice=_explain(event.error)), (_report(event.error),)


def _found(model: Model, event: on.Found) -> Step:
    return _show(model, event.shown)


def _show(model: Model, shown: Shown) -> Step:
    # Made while another appointment was open here: its line is still missing.
    effect = do.EmitMeeting("loaded") if shown.is_noted else do.SaveNote()
    return Model(State.READY, model.appointment, shown), (effect,)


def _notes_edited(model: Model, event: on.NotesEdited) -> Step:
    if event.shown is None:
        if model.shown is None or not model.shown.is_noted:
            return model, ()
        return Model(State.IDLE, model.appointment), ()
    if _shows_already(model, event.shown):
        return model, ()
    return _show(model, event.shown)


def _shows_already(model: Model, shown: Shown) -> bool:
    """What is shown may know more than the notes: the passcode, a problem, what was copied."""
    now = model.shown
    return now is not None and (now.link, now.is_noted) == (shown.link, shown.is_noted)


def _save_again(model: Model, _event: on.SaveAgainClicked) -> Step:
    return model, (do.SaveNote(),)


def _copy(model: Model, _event: on.CopyClicked) -> Step:
    return model, () if model.shown is None else (do.Copy(model.shown.link.url),)


def _copied(model: Model, event: on.Copied) -> Step:
    if event.is_done:
        return replace(model, is_copied=True), (do.ForgetCopied(),)
    text = "The browser did not allow copying. Select the link and copy it by hand."
    return replace(model, notice=Notice(Code.CLIPBOARD_REFUSED, text, Tone.INFO)), ()


def _copied_forgotten(model: Model, _event: on.CopiedForgotten) -> Step:
    return replace(model, is_copied=False), ()


def _explain(error: WidgetError) -> Notice:
    tone = Tone.INFO if isinstance(error, NotDoneError) else Tone.ERROR
    return Notice(error.code, error.message, tone)


def _report(error: WidgetError) -> do.Emit:
    return do.Emit("error", (("code", error.code.value), ("message", error.message)))


# What counts when. A `SignedIn` in a still state is the answer of a window that seemed closed.
_TABLE: dict[type[on.Event], tuple[frozenset[State], Callable[[Model, Any], Step]]] = {
    on.Opened: (_ANY, _open),
    on.Refused: (_ANY, _refuse),
    on.AddClicked: (_STILL, _add),
    on.ConnectClicked: (_STILL, _connect),
    on.Dismissed: (_STILL, _dismiss),
    on.ShowWindowClicked: (frozenset({State.SIGNING_IN}), _show_window),
    on.CancelClicked: (frozenset({State.SIGNING_IN}), _cancel),
    on.SignedIn: (_STILL | {State.SIGNING_IN}, _signed_in),
    on.Failed: (_BUSY, _fail),
    on.Made: (frozenset({State.CREATING}), _made),
    on.Found: (_STILL | {State.CREATING}, _found),
    on.NotesEdited: (_STILL | {State.READY}, _notes_edited),
    on.SaveAgainClicked: (frozenset({State.READY}), _save_again),
    on.Saved: (frozenset({State.READY}), _saved),
    on.NotSaved: (frozenset({State.READY}), _not_saved),
    on.CopyClicked: (frozenset({State.READY}), _copy),
    on.Copied: (frozenset({State.READY}), _copied),
    on.CopiedForgotten: (frozenset({State.READY}), _copied_forgotten),
}
