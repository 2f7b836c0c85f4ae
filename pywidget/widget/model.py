"""The widget's state at one moment: everything that the view shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pywidget.connection.account import Connection
from pywidget.connection.route import STRAIGHT, Route
from pywidget.connection.wanted import Wanted
from pywidget.domain.appointment import Appointment
from pywidget.domain.join_link import JoinLink
from pywidget.widget.actions import Action
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.words.message import Message


class State(StrEnum):
    """The element's `data-state`; part of the public contract."""

    LOADING = "loading"
    IDLE = "idle"
    SIGNING_IN = "signing-in"
    CREATING = "creating"
    READY = "ready"
    UPDATING = "updating"
    REMOVING = "removing"
    GONE = "gone"
    ERROR = "error"


class Menu(StrEnum):
    """The menu that is unfolded; one at a time."""

    ADD = "add"
    CHOICES = "choices"  # the same, with other kinds of meetings
    ACCOUNT = "account"
    SEND = "send"
    INVITE = "invite"
    REMOVE = "remove"


class Copyable(StrEnum):
    """A text that can be put on the clipboard."""

    LINK = "link"
    INVITATION = "invitation"
    GUEST_LINK = "guest-link"


class Channel(StrEnum):
    """A way to the client, in the detail of `zoom-meeting:send`; part of the public contract."""

    EMAIL = "email"
    TEXT = "text"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the host page is sending, or has sent; `by` is the control that was pressed for it."""

    by: Action
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the page and its device can do, whatever the appointment.

    Attributes:
        sends_texts: Whether a text message can be sent from here.
        registers_clients: Whether people may be registered in Zoom.
    """

    sends_texts: bool = True
    registers_clients: bool = True


ABLE = Abilities()


class Tone(StrEnum):
    """The tone of a notice."""

    INFO = "info"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button beside a notice, as a way out: its action and its words."""

    action: Action
    key: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain message in the panel. `code` is an error's, or a word for the event.

    `by_hand` is what the browser did not copy: the user can, from a field. `guest_link` is another
    person's than the client's; it goes with the notice.
    """

    code: str
    messages: tuple[Message, ...]
    tone: Tone
    offers: tuple[Offer, ...] = ()
    links_to_zoom: bool = False
    support: str = ""
    by_hand: Copyable | None = None
    guest_link: JoinLink | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """The whole state of one element.

    `route` names the hosts that a sign-in passes through; `held_up` is for how many more seconds
    Zoom's limit holds up what runs. `accepted_account` is the address of the account with which the
    user wants to create the meeting, although the page has named another one. `has_begun` says that
    the appointment was under way when it was last read.
    """

    state: State = State.LOADING
    appointment: Appointment | None = None
    shown: ShownMeeting | None = None
    connection: Connection | None = None
    notice: Notice | None = None
    menu: Menu | None = None
    copied: Copyable | None = None
    wanted: Wanted = Wanted.CREATE
    route: Route = STRAIGHT
    held_up: int = 0
    accepted_account: str = ""
    abilities: Abilities = ABLE
    delivery: Delivery | None = None
    has_begun: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether something is in progress: the element's `aria-busy`."""
        return self.state in BUSY or self.held_up > 0

    @property
    def meeting(self) -> ShownMeeting:
        """The meeting that is shown, in states that have one; raises `RuntimeError` in others."""
        if self.shown is None:
            raise RuntimeError("no meeting is shown")
        return self.shown


def registers_guests(model: Model) -> bool:
    """Tell whether another person would be registered, and so get a link of their own.

    That changes the meeting, so not where nothing may be changed.
    """
    return (
        not (model.appointment is not None and model.appointment.read_only)
        and model.abilities.registers_clients
        and model.connection is not None
        and model.connection.may_register
        and model.meeting.has_registration
    )


def may_invite(model: Model) -> bool:
    """Tell whether another person can be invited: a client's own link is for nobody else."""
    return registers_guests(model) or not model.meeting.is_mailed_by_zoom


BUSY = frozenset({State.SIGNING_IN, State.CREATING, State.UPDATING, State.REMOVING})


def is_handing_over(model: Model) -> bool:
    """Tell whether the meeting is being given to another host."""
    return model.state is State.UPDATING and model.wanted is Wanted.HAND_OVER
