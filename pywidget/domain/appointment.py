"""The appointment, as the host page describes it in the element's attributes.

Facts: an attribute is text or absent, and its text may be anything. `starts` is the wall-clock time
at the place of the appointment, so it has no offset; Zoom takes it with an IANA zone name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pywidget.domain.errors import BadAttributeError, Reason
from pywidget.domain.one_line import put_on_one_line, shorten
from pywidget.domain.wall_clock import parse_starts

MAX_MINUTES = 1440  # Zoom's longest meeting
MAX_TOPIC = 200  # characters; Zoom refuses a longer one
DEFAULT_MINUTES = 60
DEFAULT_TOPIC = "Appointment with {client}"
_UNNAMED_CLIENT = "client"
_LONGEST_ECHO = 40
_BLANKS = re.compile(r"[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


class Status(StrEnum):
    """What has become of the appointment; the host page's word for it."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment.

    `starts` is naive wall-clock time in `time_zone`; `minutes` is 1 to 1440; `client_time_zone` is
    empty where nobody has said where the client is. `zoom_account` is the address of the account
    that should host the meeting, `host_email` that of the person it is scheduled for; empty if the
    page does not say.
    """

    id: str
    starts: datetime
    time_zone: str
    notes: str
    client: str = ""
    client_email: str = ""
    client_phone: str = ""
    minutes: int = DEFAULT_MINUTES
    disabled: bool = False
    client_time_zone: str = ""
    status: Status = Status.BOOKED
    zoom_account: str = ""
    host_email: str = ""
    read_only: bool = False

    @property
    def is_booked(self) -> bool:
        """Whether it is still to take place: then its meeting can be started, sent and moved."""
        return self.status is Status.BOOKED

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled: then nobody needs its meeting."""
        return self.status is Status.CANCELLED

    @property
    def is_record(self) -> bool:
        """Whether it is history, and its line in the notes is the record of it."""
        return self.status in {Status.NO_SHOW, Status.DONE}

    @property
    def may_get_meeting(self) -> bool:
        """Whether a meeting may be created for it."""
        return self.is_booked and not self.disabled and not self.read_only

    def topic(self, template: str = DEFAULT_TOPIC) -> str:
        """Return the meeting's topic, on one line that Zoom accepts, with `{client}` filled in."""
        client = self.client or _UNNAMED_CLIENT
        template = template.strip() or DEFAULT_TOPIC
        topic = _BLANKS.sub(" ", put_on_one_line(template.replace("{client}", client)))
        return shorten(topic.strip(), MAX_TOPIC)


def is_other_account(expected: str, connected: str) -> bool:
    """Tell whether these are the addresses of two accounts; one that is not known is no other one.

    No two of Zoom's accounts differ by the case of their addresses alone.
    """
    return bool(expected and connected) and expected.casefold() != connected.casefold()


def parse_appointment(
    attributes: Mapping[str, str],
    *,
    local_zone: str,
    is_zone: Callable[[str], bool],
    has_notes_adapter: bool = False,
) -> Appointment:
    """Parse the element's attributes.

    Args:
        attributes: Names to texts; an absent attribute is not in it.
        local_zone: The browser's own zone, for an element that names none.
        is_zone: Tells whether this browser knows a time zone of that name.
        has_notes_adapter: Whether `notes` may be missing, because no field has to be found.

    Raises:
        BadAttributeError: The first attribute that is missing or malformed.
    """

    def required(name: str) -> str:
        text = attributes.get(name, "").strip()
        if not text:
            raise BadAttributeError(name, Reason.MISSING)
        return text

    appointment_id = required("appointment")
    notes = attributes.get("notes", "").strip() if has_notes_adapter else required("notes")
    given = required("starts")
    try:
        starts = parse_starts(given)
    except ValueError as error:
        shown = given[:_LONGEST_ECHO]
        raise BadAttributeError("starts", Reason.NOT_A_START, given=shown) from error

    def zone(name: str, default: str) -> str:
        given = attributes.get(name, "").strip() or default
        if given and not is_zone(given):
            raise BadAttributeError(name, Reason.NOT_A_ZONE)
        return given

    time_zone = zone("time-zone", local_zone)
    client_time_zone = zone("client-time-zone", "")
    return Appointment(
        id=appointment_id,
        starts=starts,
        time_zone=time_zone,
        notes=notes,
        client=attributes.get("client", "").strip(),
        client_email=attributes.get("client-email", "").strip(),
        client_phone=attributes.get("client-phone", "").strip(),
        minutes=_parse_minutes(attributes.get("duration", "").strip()),
        disabled="disabled" in attributes,
        client_time_zone=client_time_zone,
        status=_parse_status(attributes.get("status", "").strip()),
        zoom_account=attributes.get("zoom-account", "").strip(),
        host_email=attributes.get("host-email", "").strip(),
        read_only="read-only" in attributes,
    )


def _parse_status(text: str) -> Status:
    try:
        return Status(text) if text else Status.BOOKED
    except ValueError as error:
        names = ", ".join(Status)
        raise BadAttributeError("status", Reason.NOT_A_STATUS, names=names) from error


def _parse_minutes(text: str) -> int:
    if not text:
        return DEFAULT_MINUTES
    # `isdecimal` alone accepts the digits of other scripts. A longer text is out of range anyway.
    if text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_MINUTES)):
        minutes = int(text)
        if 1 <= minutes <= MAX_MINUTES:
            return minutes
    raise BadAttributeError("duration", Reason.NOT_A_DURATION, longest=MAX_MINUTES)
