"""The states that the gallery shows: the models that test the view, in groups.

What is added to `tests/ui/models.py` appears by itself, in the last group until it is named here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from e2e.gallery.errors import list_notices
from pywidget.connection.account import Connection
from pywidget.connection.route import Route
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.widget import notices
from pywidget.widget.model import Menu, Model, Notice, State
from pywidget.zoom.scopes import Scope
from tests.ui.models import MODELS, ONE, OWN_LINK, READY, SHOWN, ZOOM

if TYPE_CHECKING:
    from collections.abc import Mapping


_PERSON: Final = replace(
    ONE, client="Dana Lee", client_email="dana@example.com", client_phone="+15550100"
)
_BASIC: Final = Connection("front-desk@lotus-spa.example", is_licensed=False)
_LONG_NAME: Final = "Marguerite-Anne Wolfeschlegelsteinhausenbergerdorff-Delacroix 🌸"
_MAILED: Final = replace(SHOWN, link=OWN_LINK)
_ROOM: Final = JoinLink("lotus-spa.zoom.us", LinkKind.PERSONAL, "lotus.day.spa")
_BY_WAY: Final = Route(("relay.lotus-spa.example",), "tunnel.lotus-spa.example")

_MORE: Final = {
    "idle, by a relay and a tunnel": replace(MODELS["menu"], route=_BY_WAY),
    "account, nobody's name": replace(MODELS["account"], connection=Connection()),
    "Zoom mails the client": replace(READY, connection=ZOOM, shown=_MAILED),
    "Zoom doesn't mail: Basic plan": replace(READY, connection=_BASIC),
    "personal room": replace(READY, shown=replace(SHOWN, link=_ROOM, topic=None, passcode=None)),
    "bare link": replace(READY, shown=replace(SHOWN, topic=None, starts_at=None)),
    "long topic and name": replace(
        READY, shown=replace(SHOWN, topic=f"Appointment with {_LONG_NAME}"), connection=ZOOM
    ),
    "send, mailed": replace(READY, connection=ZOOM, shown=_MAILED, menu=Menu.SEND),
    "send, Basic plan": replace(READY, connection=_BASIC, menu=Menu.SEND),
    "remove, client told": replace(
        READY, connection=ZOOM, shown=replace(SHOWN, has_registration=True), menu=Menu.REMOVE
    ),
    "may not remove": replace(READY, connection=replace(ZOOM, denied=frozenset({Scope.DELETE}))),
    "drift, elsewhere": replace(
        MODELS["drift"],
        shown=replace(MODELS["drift"].meeting, elsewhere="Europe/Berlin"),
    ),
}
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "No meeting": (
        "idle",
        "idle, connected",
        "disabled",
        "begun",
        "begun, menu",
        "menu",
        "choices",
        "choices, signed out",
        "idle, by a relay and a tunnel",
        "account",
        "account, nobody's name",
        "other account",
    ),
    "Connecting and creating": ("signing in", "creating", "connect again", "connected to start"),
    "A meeting": (
        "ready",
        "connected",
        "in progress",
        "copied",
        "copied, own link",
        "Zoom mails the client",
        "Zoom doesn't mail: Basic plan",
        "elsewhere",
        "personal room",
        "bare link",
        "long topic and name",
        "may not remove",
        "signing in again",
    ),
    "Menus of a meeting": (
        "send",
        "send, copied",
        "sending",
        "sent",
        "not sent",
        "send, own link",
        "invite",
        "invite, registered",
        "invited",
        "invited, pending",
        "send, mailed",
        "send, Basic plan",
        "ready, account",
        "remove",
        "remove, client told",
    ),
    "What is told of a new meeting": ("free plan", "overlap", "sign-in required", "admission"),
    "Changed or gone in Zoom": (
        "drift",
        "drift, elsewhere",
        "other host",
        "other host, may move",
        "handing over",
        "updating",
        "gone",
        "cleaned",
    ),
    "Cancelled or over": (
        "cancelled",
        "cancelled, meeting",
        "cancelled, remove",
        "cancelled, kept",
        "no-show",
        "no-show, meeting",
        "done",
        "done, meeting",
    ),
    "Read-only": ("read-only", "read-only, meeting", "read-only, drift", "read-only, gone"),
    "Removing": ("removing", "not removed", "not saved, remove"),
}


def list_groups() -> dict[str, dict[str, Model]]:
    """List the models by the names of their groups and by their own."""
    models = {name: _give_a_client(model) for name, model in {**MODELS, **_MORE}.items()}
    groups = {title: {name: models.pop(name) for name in names} for title, names in _GROUPS.items()}
    groups["More"] = models
    groups["Notices"] = {
        _name(each): replace(_give_a_client(MODELS["idle"]), notice=each)
        for each in vars(notices).values()
        if isinstance(each, Notice)
    }
    groups["Errors"] = {
        _name(each): Model(State.ERROR, _PERSON, connection=ZOOM, notice=each)
        for each in list_notices()
    }
    return groups


def _give_a_client(model: Model) -> Model:
    if model.appointment is None:
        return model
    given = replace(
        model.appointment,
        client=_PERSON.client,
        client_email=_PERSON.client_email,
        client_phone=_PERSON.client_phone,
    )
    return replace(model, appointment=given)


def _name(notice: Notice) -> str:
    return notice.messages[0].key
