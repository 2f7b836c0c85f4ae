"""One model for each state, menu and notice that people get to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pywidget.connection.account import Connection
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import (
    Code,
    HostPageError,
    NotDoneError,
    OutcomeUnknownError,
    SessionEndedError,
    UnreachableError,
    ZoomRefusedError,
)
from pywidget.domain.invitation import Invitation
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.secret import Secret
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.model import Copyable, Menu, Model, State
from pywidget.widget.shown_meeting import Drift, ShownMeeting
from tests.world import at

SIX = datetime.fromisoformat("2026-03-05T18:00")
ONE = Appointment("812", SIX, "UTC", "#n", client="Dana")
LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "s3cr3t-pwd")
INVITATION = Invitation(
    "Appointment with Dana Lee", at("2026-03-05T23:00"), "UTC", LINK, Secret("s3cr3t-passcode")
)
SHOWN = ShownMeeting(
    link=LINK,
    topic="Appointment with Dana Lee",
    starts_at=at("2026-03-05T23:00"),
    elsewhere="",
    passcode=Secret("s3cr3t-passcode"),
    invitation=INVITATION,
    minutes=45,
    written_at=at("2026-03-01T12:00"),
    is_noted=True,
)
PLAIN_DRIFT = Drift(
    zoom_starts_at=at("2026-03-06T00:30"),
    zoom_starts=SIX.replace(hour=19, minute=30),
    appointment_starts_at=at("2026-03-05T23:00"),
    is_same_day=True,
    note_agrees=False,
)
ZOOM = Connection("maya@lotus-spa.example", is_licensed=True)
FAILED = notices.make_notice(UnreachableError(Code.NETWORK))
ENDED = SessionEndedError()
NOT_HOST = ZoomRefusedError(Code.NOT_HOST, status=400, zoom_code=3000)
NOT_WRITTEN = HostPageError(Code.NOTES_WRITE_FAILED)
UNKNOWN = notices.make_notice(OutcomeUnknownError(is_for_user=True))
TOLD = notices.make_notice(NotDoneError(Code.POPUP_CLOSED))

READY = Model(State.READY, ONE, SHOWN)
UNNOTED = replace(SHOWN, is_noted=False)
MODELS = {
    "idle": Model(State.IDLE, ONE),
    "idle, connected": Model(State.IDLE, ONE, connection=ZOOM),
    "disabled": Model(State.IDLE, replace(ONE, disabled=True)),
    "menu": Model(State.IDLE, ONE, menu=Menu.ADD),
    "account": Model(State.IDLE, ONE, connection=ZOOM, menu=Menu.ACCOUNT),
    "told": Model(State.IDLE, ONE, notice=TOLD),
    "failed": Model(State.ERROR, ONE, notice=FAILED),
    "unknown": Model(State.ERROR, ONE, connection=ZOOM, notice=UNKNOWN),
    "bad attribute": Model(State.ERROR, notice=FAILED),
    "removed": Model(State.IDLE, ONE, connection=ZOOM, notice=notices.REMOVED),
    "cleaned": Model(State.IDLE, ONE, connection=ZOOM, notice=notices.CLEANED),
    "signing in": Model(State.SIGNING_IN, ONE),
    "creating": Model(State.CREATING, ONE, connection=ZOOM),
    "held up": Model(State.CREATING, ONE, connection=ZOOM, held_up=45),
    "held up, removing": replace(READY, state=State.REMOVING, connection=ZOOM, held_up=3),
    "held up, starting": replace(READY, connection=ZOOM, held_up=12),
    "ready": READY,
    "connected": replace(READY, connection=ZOOM),
    "copied": replace(READY, copied=Copyable.LINK),
    "copy by hand": replace(READY, notice=notices.NOT_COPIED[Copyable.LINK]),
    "copy by hand, invitation": replace(READY, notice=notices.NOT_COPIED[Copyable.INVITATION]),
    "send": replace(READY, menu=Menu.SEND),
    "send, copied": replace(READY, menu=Menu.SEND, copied=Copyable.INVITATION),
    "remove": replace(READY, connection=ZOOM, menu=Menu.REMOVE),
    "ready, account": replace(READY, connection=ZOOM, menu=Menu.ACCOUNT),
    "drift": replace(READY, connection=ZOOM, shown=replace(SHOWN, drift=PLAIN_DRIFT)),
    "gone": Model(State.GONE, ONE, replace(SHOWN, is_gone=True), ZOOM, notices.GONE),
    "not host": replace(
        READY, connection=ZOOM, notice=notices.make_notice(NOT_HOST, notices.SWITCH)
    ),
    "connect again": replace(READY, notice=notices.make_notice(ENDED, notices.CONNECT)),
    "connected to start": replace(READY, connection=ZOOM, notice=notices.CONNECTED_TO_START),
    "updating": replace(READY, state=State.UPDATING, connection=ZOOM),
    "removing": replace(READY, state=State.REMOVING, connection=ZOOM),
    "signing in again": replace(READY, state=State.SIGNING_IN),
    "not saved": replace(
        READY,
        connection=ZOOM,
        shown=UNNOTED,
        notice=notices.make_notice(NOT_WRITTEN, notices.SAVE_AGAIN, notices.DELETE_ORPHAN),
    ),
}
MODELS["try again"] = replace(
    MODELS["failed"],
    notice=notices.make_notice(UnreachableError(Code.NETWORK), notices.try_again(Action.ADD)),
)
MODELS["not removed"] = replace(
    READY,
    connection=ZOOM,
    notice=notices.make_notice(UnreachableError(Code.NETWORK), notices.try_again(Action.REMOVE)),
)
MODELS["not saved, remove"] = replace(MODELS["not saved"], menu=Menu.REMOVE)
MODELS["elsewhere"] = replace(
    READY,
    shown=replace(SHOWN, elsewhere="Europe/Berlin"),
)
OWN_LINK = JoinLink("zoom.us", LinkKind.REGISTRANT, "86012345678", "Q2x", "t")
LINK_NAME = "Client link us02web.zoom.us/j/86012345678"
