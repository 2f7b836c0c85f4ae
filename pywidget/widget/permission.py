"""What the appointment allows: a click that it does not allow is not offered, and does nothing.

Facts: the host page may change the appointment at any moment, so a control may still be on its way
to the user, or the user's click to the widget.
"""

from __future__ import annotations

from pywidget.connection.wanted import Wanted
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.model import Model, Offer, State

_CREATES = frozenset({Action.ADD, Action.CREATE_ANYWAY})
_CHANGES = frozenset(
    {
        Action.REMOVE,
        Action.CONFIRM_REMOVE,
        Action.CONFIRM_REMOVE_AND_TELL,
        Action.UPDATE_ZOOM,
        Action.UPDATE_NOTE,
        Action.HAND_OVER,
        Action.SAVE_AGAIN,
        Action.CLEAN,
        Action.KEEP,
        Action.UNDO,
    }
)
# Without a point for an appointment that does not take place, or has taken place.
_PREPARES = frozenset(
    {
        Action.START,
        Action.SEND,
        Action.SEND_EMAIL,
        Action.SEND_TEXT,
        Action.COPY_INVITATION,
        Action.INVITE_ANOTHER,
        Action.SEND_INVITATION,
        Action.HAND_OVER,
        Action.UPDATE_ZOOM,
        Action.UPDATE_NOTE,
    }
)
_ANSWERS_CANCELLED = frozenset({notices.DELETE_ORPHAN, notices.KEEP})
_ABOUT_LINE = frozenset({Action.CLEAN, Action.SAVE_AGAIN})
_LEADS_TO = {
    Wanted.CREATE: Action.ADD,
    Wanted.CREATE_ANYWAY: Action.CREATE_ANYWAY,
    Wanted.MOVE: Action.UPDATE_ZOOM,
    Wanted.HAND_OVER: Action.HAND_OVER,
    Wanted.REMOVE: Action.CONFIRM_REMOVE,
    Wanted.REMOVE_AND_TELL: Action.CONFIRM_REMOVE_AND_TELL,
    Wanted.START: Action.START,
}


def allows(model: Model, action: Action) -> bool:
    """Tell whether the appointment allows the action now."""
    appointment = model.appointment
    if appointment is None:
        return True  # nothing can be clicked
    if action in _CREATES or (action is Action.CONNECT and model.shown is None):
        return appointment.may_get_meeting
    if action in _CHANGES and appointment.read_only:
        return False
    if action is Action.KEEP and model.state is State.READY:
        return asks_about_cancelled(model) or _offers(model, action)
    return appointment.is_booked or action not in _PREPARES


def _offers(model: Model, action: Action) -> bool:
    return model.notice is not None and action in {each.action for each in model.notice.offers}


def find_offers(model: Model) -> tuple[Offer, ...]:
    """Find the notice's ways out that are open, without those that the panel's question offers."""
    offers = () if model.notice is None else model.notice.offers
    asked = _ANSWERS_CANCELLED if asks_about_cancelled(model) else frozenset()
    return tuple(each for each in offers if allows(model, each.action) and each not in asked)


def has_to_be_answered(model: Model) -> bool:
    """Tell whether the notice asks about the meeting or its line, so that nobody may pass over it.

    A warning asks only where it can be answered; a line that is missing or left over, always.
    """
    offers = () if model.notice is None else model.notice.offers
    is_about_line = any(offer.action in _ABOUT_LINE for offer in offers)
    return is_about_line or Action.KEEP in {offer.action for offer in find_offers(model)}


def allows_wanted(model: Model, wanted: Wanted) -> bool:
    """Tell whether the appointment still allows what a sign-in was for."""
    action = _LEADS_TO.get(wanted)
    return action is None or allows(model, action)


def asks_about_cancelled(model: Model) -> bool:
    """Tell whether the panel asks if the meeting of a cancelled appointment is to be removed."""
    appointment, shown = model.appointment, model.shown
    return (
        appointment is not None
        and shown is not None
        and appointment.is_cancelled
        and not appointment.read_only
        and not shown.is_kept
        and not shown.is_gone
        and shown.link.meeting_id is not None  # a personal room stays
    )
