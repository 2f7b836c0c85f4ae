"""The people registered for a meeting, and the emails that Zoom sends them.

Facts (*Add a meeting registrant* in Zoom's API reference, developers.zoom.us/docs/api/meetings/):

- `email` (up to 128 characters) and `first_name` are required, `last_name` is optional (64 each).
- Zoom emails a registrant only if the meeting has both `registrants_email_notification` and
  `registrants_confirmation_email`.
- With manual approval there is no join link yet.
- The same address, registered again, is the same registrant.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator.errors import FieldError, bad_fields
from zoom_meeting_testing.simulator.meeting_body import MANUAL
from zoom_meeting_testing.simulator.meetings import format_utc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zoom_meeting_testing.simulator.meetings import Meeting
    from zoom_meeting_testing.simulator.settings import Settings

LENGTHS: Final = {"email": 128, "first_name": 64, "last_name": 64}
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Person:
    """The person to register."""

    email: str
    first_name: str
    last_name: str = ""


@dataclass(frozen=True)
class Registrant:
    """A person who is registered for a meeting; `key` opens their own link."""

    id: str
    meeting_id: int
    person: Person
    key: str = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """An email that Zoom sent to a registrant."""

    to: str
    subject: str
    meeting_id: int

    def to_json(self) -> dict[str, object]:
        """Return the email as the control API shows it."""
        return dict(vars(self))


def parse_person(body: Mapping[str, object]) -> Person:
    """Read a registrant's body. Raises Zoom's 400/300 with a list of all bad fields."""
    errors: list[FieldError] = []
    texts: dict[str, str] = {}
    for name, maximum in LENGTHS.items():
        value = body.get(name, "")
        if not isinstance(value, str) or len(value) > maximum:
            errors.append(FieldError(name, f"The maximum is {maximum} characters."))
        elif not value.strip() and name != "last_name":
            errors.append(FieldError(name, "This field is required."))
        elif name == "email" and not EMAIL.fullmatch(value):
            errors.append(FieldError(name, "Invalid email address."))
        else:
            texts[name] = value
    if errors:
        raise bad_fields(errors)
    return Person(**texts)


def describe_registrant(
    registrant: Registrant, meeting: Meeting, settings: Settings
) -> dict[str, object]:
    """Return the registrant as Zoom's answer shows them; with manual approval, without a link."""
    shown: dict[str, object] = {
        "registrant_id": registrant.id,
        "id": meeting.id,
        "topic": meeting.topic,
        "start_time": format_utc(meeting.start),
    }
    if meeting.approval_type != MANUAL:
        passcode = f"&pwd={meeting.encrypted_password}" if settings.embed_passcode else ""
        shown["join_url"] = (
            f"https://{settings.join_host}/w/{meeting.id}?tk={registrant.key}{passcode}"
        )
    return shown


class Registrants:
    """The registrants of all meetings, and the emails that Zoom has sent."""

    def __init__(self) -> None:
        self._registrants: dict[tuple[int, str], Registrant] = {}
        self.mails: list[Mail] = []

    def register(self, meeting: Meeting, person: Person) -> Registrant:
        """Register a person, and email them if the meeting's settings say so."""
        place = (meeting.id, person.email.lower())
        if place not in self._registrants:
            identity, key = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
            self._registrants[place] = Registrant(identity, meeting.id, person, key)
            if (
                meeting.switches["registrants_email_notification"]
                and meeting.switches["registrants_confirmation_email"]
                and meeting.approval_type != MANUAL
            ):
                self.mails.append(Mail(person.email, f"{meeting.topic} Confirmation", meeting.id))
        return self._registrants[place]

    def cancel(self, meeting: Meeting, *, remind: bool) -> None:
        """Forget a deleted meeting's registrants; `remind` emails them that it is canceled."""
        for place, registrant in list(self._registrants.items()):
            if registrant.meeting_id == meeting.id:
                del self._registrants[place]
                if remind:
                    to = registrant.person.email
                    self.mails.append(Mail(to, f"{meeting.topic} has been cancelled", meeting.id))

    def all(self) -> list[Registrant]:
        """Return all registrants, in the order in which they were registered."""
        return list(self._registrants.values())

    def to_json(self) -> list[dict[str, object]]:
        """Return the registrants as the control API shows them: without their keys."""
        return [
            {"id": each.id, "meeting_id": each.meeting_id, **vars(each.person)}
            for each in self._registrants.values()
        ]
