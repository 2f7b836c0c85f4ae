"""One model for each state, menu and notice that people get to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pywidget.connection.account import Connection
from pywidget.connection.wanted import Wanted
from pywidget.domain.admission import UNTOLD, Admission, Entry, Recording
from pywidget.domain.appointment import Appointment, Status
from pywidget.domain.errors import (
    BadAttributeError,
    Code,
    HostPageError,
    NotDoneError,
    OutcomeUnknownError,
    Reason,
    SessionEndedError,
    UnreachableError,
    ZoomRefusedError,
)
from pywidget.domain.invitation import Invitation
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.moment import Moment, TimeStyle
from pywidget.domain.secret import Secret
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.admission import find_surprises
from pywidget.widget.model import Copyable, Delivery, Menu, Model, State
from pywidget.widget.shown_meeting import Drift, ShownMeeting, Span
from tests.world import at

SIX = datetime.fromisoformat("2026-03-05T18:00")
ONE = Appointment("812", SIX, "UTC", "#n", client="Dana")
LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "s3cr3t-pwd")
OWN_LINK = JoinLink("zoom.us", LinkKind.REGISTRANT, "86012345678", "Q2x", "t")
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
REFUSED = notices.make_notice(BadAttributeError("starts", Reason.MISSING))
FAILED = notices.make_notice(UnreachableError(Code.NETWORK))
ENDED = SessionEndedError()
NOT_HOST = ZoomRefusedError(Code.NOT_HOST, status=400, zoom_code=3000)
NOT_WRITTEN = HostPageError(Code.NOTES_WRITE_FAILED)
KIM = "kim@lotus-spa.example"
UNKNOWN = notices.make_notice(OutcomeUnknownError(is_for_user=True))
NOT_SENT = notices.make_notice(
    HostPageError(Code.SEND_FAILED, Reason.EXPLAINED, explanation="No text messages are left")
)
TOLD = notices.make_notice(NotDoneError(Code.POPUP_CLOSED))

CANCELLED, MISSED, DONE = (
    replace(ONE, status=status) for status in (Status.CANCELLED, Status.NO_SHOW, Status.DONE)
)
LOCKED = replace(ONE, read_only=True)

OWN = replace(SHOWN, link=OWN_LINK)
REGISTERED = replace(OWN, has_registration=True)
GUEST_LINK = JoinLink("zoom.us", LinkKind.REGISTRANT, "86012345678", "Q2x", "k")
INVITED = notices.make_invited_notice("kim@example.com", GUEST_LINK)
READY = Model(State.READY, ONE, SHOWN)
UNNOTED = replace(SHOWN, is_noted=False)
MODELS = {
    "idle": Model(State.IDLE, ONE),
    "idle, connected": Model(State.IDLE, ONE, connection=ZOOM),
    "begun": Model(State.IDLE, ONE, has_begun=True),
    "begun, menu": Model(State.IDLE, ONE, menu=Menu.ADD, has_begun=True),
    "disabled": Model(State.IDLE, replace(ONE, disabled=True)),
    "menu": Model(State.IDLE, ONE, menu=Menu.ADD),
    "choices": Model(State.IDLE, ONE, connection=ZOOM, menu=Menu.CHOICES),
    "choices, signed out": Model(State.IDLE, ONE, menu=Menu.CHOICES),
    "account": Model(State.IDLE, ONE, connection=ZOOM, menu=Menu.ACCOUNT),
    "told": Model(State.IDLE, ONE, notice=TOLD),
    "failed": Model(State.ERROR, ONE, notice=FAILED),
    "unknown": Model(State.ERROR, ONE, connection=ZOOM, notice=UNKNOWN),
    "bad attribute": Model(State.ERROR, notice=REFUSED),
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
    "copied, own link": replace(READY, shown=OWN, copied=Copyable.LINK),
    "copy by hand": replace(READY, notice=notices.NOT_COPIED[Copyable.LINK]),
    "copy by hand, invitation": replace(READY, notice=notices.NOT_COPIED[Copyable.INVITATION]),
    "send": replace(READY, menu=Menu.SEND),
    "send, copied": replace(READY, menu=Menu.SEND, copied=Copyable.INVITATION),
    "sending": replace(READY, menu=Menu.SEND, delivery=Delivery(Action.SEND_EMAIL)),
    "sent": replace(READY, menu=Menu.SEND, delivery=Delivery(Action.SEND_EMAIL, is_done=True)),
    "not sent": replace(READY, menu=Menu.SEND, notice=NOT_SENT),
    "send, own link": replace(READY, shown=OWN, menu=Menu.SEND),
    "invite": replace(READY, menu=Menu.INVITE),
    "invite, registered": replace(READY, connection=ZOOM, shown=REGISTERED, menu=Menu.INVITE),
    "invited": replace(READY, connection=ZOOM, shown=REGISTERED, notice=INVITED),
    "invited, pending": replace(
        READY,
        connection=ZOOM,
        shown=REGISTERED,
        notice=notices.make_invited_notice("kim@example.com", None),
    ),
    "remove": replace(READY, connection=ZOOM, menu=Menu.REMOVE),
    "ready, account": replace(READY, connection=ZOOM, menu=Menu.ACCOUNT),
    "drift": replace(READY, connection=ZOOM, shown=replace(SHOWN, drift=PLAIN_DRIFT)),
    "other host": replace(
        READY,
        appointment=replace(ONE, host_email=KIM),
        shown=replace(SHOWN, host_email="maya@lotus-spa.example"),
        connection=ZOOM,
    ),
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
for _name, _appointment in {
    "cancelled": CANCELLED,
    "no-show": MISSED,
    "done": DONE,
    "read-only": LOCKED,
}.items():
    MODELS[_name] = Model(State.IDLE, _appointment)
    MODELS[f"{_name}, meeting"] = replace(READY, appointment=_appointment, connection=ZOOM)
MODELS["cancelled, remove"] = replace(MODELS["cancelled, meeting"], menu=Menu.REMOVE)
MODELS["cancelled, kept"] = replace(
    MODELS["cancelled, meeting"], shown=replace(SHOWN, is_kept=True)
)
MODELS["read-only, drift"] = replace(
    MODELS["read-only, meeting"], shown=replace(SHOWN, drift=PLAIN_DRIFT)
)
MODELS["read-only, gone"] = replace(MODELS["gone"], appointment=LOCKED)
MODELS["not saved, remove"] = replace(MODELS["not saved"], menu=Menu.REMOVE)
MODELS["other host, may move"] = replace(
    MODELS["other host"], connection=replace(ZOOM, hosts=frozenset({KIM}))
)
MODELS["handing over"] = replace(
    MODELS["other host, may move"], state=State.UPDATING, wanted=Wanted.HAND_OVER
)
MODELS["elsewhere"] = replace(
    READY,
    shown=replace(SHOWN, elsewhere="Europe/Berlin"),
)
OTHER_TIME = Span(
    Moment(at("2026-03-05T23:30"), TimeStyle.TIME), Moment(at("2026-03-06T00:30"), TimeStyle.TIME)
)
MODELS["overlap"] = replace(READY, connection=ZOOM, notice=notices.make_overlap_notice(OTHER_TIME))
STRICT = Admission(Entry.ADMITTED, 0, True, Recording.CLOUD, True)  # noqa: FBT003 - all there is
MODELS["sign-in required"] = replace(
    READY,
    connection=ZOOM,
    shown=replace(SHOWN, admission=STRICT),
    notice=notices.make_admission_notice(find_surprises(UNTOLD, STRICT)),
)
MODELS["admission"] = replace(
    READY,
    connection=ZOOM,
    shown=replace(
        SHOWN, admission=Admission(Entry.EARLY, early_minutes=10, recording=Recording.LOCAL)
    ),
)
MODELS["in progress"] = replace(READY, connection=ZOOM, shown=replace(SHOWN, is_started=True))
MODELS["other account"] = replace(
    MODELS["idle, connected"],
    notice=notices.make_account_notice("maya@lotus-spa.example", "kim@lotus-spa.example"),
)
MODELS["free plan"] = replace(READY, connection=replace(ZOOM, is_licensed=False))
LINK_NAME = "Client link us02web.zoom.us/j/86012345678"
