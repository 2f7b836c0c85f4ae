"""The parts that steps share: a model at rest, a meeting on the panel, a notice."""

from __future__ import annotations

from dataclasses import replace

from pywidget.connection.wanted import Wanted
from pywidget.domain.admission import Admission
from pywidget.domain.link_hint import Hint
from pywidget.widget import effects as do
from pywidget.widget import notices
from pywidget.widget.admission import find_surprises
from pywidget.widget.model import Menu, Model, Notice, State
from pywidget.widget.shown_meeting import ShownMeeting

Step = tuple[Model, tuple[do.Effect, ...]]


def rest(model: Model, shown: ShownMeeting | None) -> Model:
    """Return the model at rest: the meeting, if any, and no message but that it is gone."""
    is_gone = shown is not None and shown.is_gone
    state = State.IDLE if shown is None else State.GONE if is_gone else State.READY
    return Model(
        state,
        model.appointment,
        shown,
        model.connection,
        notices.GONE if is_gone else None,
        route=model.route,
        abilities=model.abilities,
        delivery=None if shown is None else model.delivery,  # it goes on, whatever was done beside
        has_begun=model.has_begun,
    )


def rest_with_lost(model: Model, shown: ShownMeeting) -> Model:
    """Return the model at rest with a meeting that Zoom does not show."""
    return rest(model, replace(shown, is_gone=True))


def rest_without_meeting(model: Model) -> Model:
    """Return the model at rest without a meeting."""
    return rest(model, None)


def show_meeting(model: Model, shown: ShownMeeting) -> Step:
    """Show a meeting, announce it, and look it up if that is possible."""
    ready = rest(model, shown)
    # One that is not noted was created while another appointment was open here.
    effects: tuple[do.Effect, ...] = (
        (do.EmitMeeting(do.EventName.LOADED, shown),) if shown.is_noted else (do.WriteNew(),)
    )
    if not shown.is_noted and model.appointment is not None and model.appointment.read_only:
        effects = ()  # until it may be written
    return ready, (*effects, do.Check()) if can_check(ready) else effects


def can_check(model: Model) -> bool:
    """Tell whether the meeting that is shown can be looked up.

    Of an appointment that is history the line is the record: Zoom forgets meetings in 30 days.
    """
    return (
        model.connection is not None
        and not (model.appointment is not None and model.appointment.is_record)
        and model.shown is not None
        and model.shown.link.meeting_id is not None
    )


def rest_and_check(model: Model) -> Step:
    """Come to rest, and look the meeting up."""
    resting = rest(model, model.shown)
    return resting, (do.Check(),) if can_check(resting) else ()


def begin_signing_in(model: Model, wanted: Wanted) -> Step:
    """Open Zoom's consent page; `wanted` is carried out afterwards."""
    signing_in = replace(model, state=State.SIGNING_IN, notice=None, menu=None, wanted=wanted)
    return signing_in, (do.SignIn(wanted),)


def with_notice(model: Model, notice: Notice) -> Model:
    """Return the model with the notice; a meeting that is gone keeps its ways out."""
    if model.state is State.GONE:
        notice = replace(notice, offers=(*notice.offers, *notices.GONE.offers))
    return replace(model, notice=notice)


def with_admission_told(model: Model, before: Admission | None) -> Model:
    """Warn of what nobody could expect of how clients get in; `before` is what was known."""
    now = None if model.shown is None else model.shown.admission
    is_booked = model.appointment is not None and model.appointment.is_booked
    surprises = find_surprises(before, now) if now is not None and is_booked else ()
    if not surprises:
        return model
    notice = notices.make_admission_notice(surprises)
    return replace(model, notice=notices.join(model.notice, notice))


def with_menu_toggled(model: Model, menu: Menu) -> Model:
    """Return the model with the menu unfolded, or folded up again."""
    return replace(model, menu=None if model.menu is menu else menu)


def begin_creating(model: Model, *, even_if_unknown: bool = False) -> Step:
    """Create the meeting."""
    creating = replace(model, state=State.CREATING, notice=None, menu=None)
    even_if_hinted = model.wanted is Wanted.CREATE_ANYWAY
    create = do.CreateMeeting(even_if_unknown, even_if_hinted, model.accepted_account)
    return creating, (create,)


def ask_about_account(model: Model, connected: str) -> Model:
    """Ask whether the meeting is to be created with this account; what was said before stays."""
    expected = "" if model.appointment is None else model.appointment.zoom_account
    return replace(
        rest_without_meeting(model),
        notice=notices.make_account_notice(connected, expected),
        wanted=model.wanted,
    )


def ask_about_hint(model: Model, hint: Hint) -> Model:
    """Ask before a second meeting is created."""
    return replace(rest_without_meeting(model), notice=notices.OF_HINTS[hint])


def begin_removing(model: Model) -> Step:
    """Delete the meeting in Zoom, then its line."""
    removing = replace(model, state=State.REMOVING, notice=None, menu=None)
    return removing, (do.DeleteMeeting(model.wanted is Wanted.REMOVE_AND_TELL),)


def begin_handing_over(model: Model) -> Step:
    """Give the meeting to the appointment's host."""
    handing = replace(model, state=State.UPDATING, notice=None, menu=None, wanted=Wanted.HAND_OVER)
    return handing, (do.HandOver(),)


def begin_moving(model: Model) -> Step:
    """Give the meeting the appointment's time."""
    moving = replace(model, state=State.UPDATING, notice=None, menu=None, wanted=Wanted.MOVE)
    return moving, (do.MoveMeeting(),)
