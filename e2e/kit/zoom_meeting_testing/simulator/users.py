"""The people with a Zoom account: their plan, and the scopes that they grant.

Facts (*Get a user* in Zoom's API reference, developers.zoom.us/docs/api/users/): a user's `type` is
1 Basic, 2 Licensed, 4 unassigned, 99 none. Scopes come from the app's own settings, and a user may
be granted fewer.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from zoom_meeting_testing.simulator.control_error import ControlError
from zoom_meeting_testing.simulator.errors import ZoomError
from zoom_meeting_testing.simulator.meeting_body import parse_meeting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CREATE: Final = "meeting:write:meeting"
READ: Final = "meeting:read:meeting"
UPDATE: Final = "meeting:update:meeting"
DELETE: Final = "meeting:delete:meeting"
LIST: Final = "meeting:read:list_meetings"
REGISTRANT: Final = "meeting:write:registrant"
USER: Final = "user:read:user"
SCHEDULERS: Final = "user:read:list_schedulers"

ALL_SCOPES: Final = (CREATE, READ, UPDATE, DELETE, LIST, REGISTRANT, USER, SCHEDULERS)

SCOPE_WORDS: Final = {
    CREATE: "Create a meeting for you",
    READ: "View your meetings",
    UPDATE: "Change your meetings",
    DELETE: "Delete your meetings",
    LIST: "List your meetings",
    REGISTRANT: "Register people for your meetings",
    USER: "View your profile",
    SCHEDULERS: "View for whom you can schedule",
}
"""The words of the consent page for each scope."""


class Plan(StrEnum):
    """The plan that the account pays for. Hosting with registration takes a Licensed user."""

    BASIC = "basic"
    LICENSED = "licensed"
    UNASSIGNED = "unassigned"
    NONE = "none"

    @property
    def type(self) -> int:
        """Zoom's number for the plan: a user's `type`."""
        return {"basic": 1, "licensed": 2, "unassigned": 4, "none": 99}[self.value]


def _new_id() -> str:
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class User:
    """A person with a Zoom account; `assistants` are the addresses of who may schedule for them."""

    email: str
    display_name: str
    plan: Plan = Plan.BASIC
    scopes: tuple[str, ...] = ALL_SCOPES
    allowed_to_host: bool = True
    timezone: str = "America/New_York"
    meeting_settings: Mapping[str, bool | int | str] = field(default_factory=dict)
    """Of the settings of their meetings, those that are not the simulator's usual ones."""
    assistants: tuple[str, ...] = ()
    id: str = field(default_factory=_new_id)

    def to_json(self) -> dict[str, object]:
        """Return the user as the control API shows them."""
        return {
            "email": self.email,
            "id": self.id,
            "display_name": self.display_name,
            "plan": self.plan,
            "scopes": list(self.scopes),
            "allowed_to_host": self.allowed_to_host,
            "timezone": self.timezone,
            "meeting_settings": dict(self.meeting_settings),
            "assistants": list(self.assistants),
        }

    def to_zoom(self) -> dict[str, object]:
        """Return the user as `GET /users/me` shows them."""
        first, _, last = self.display_name.partition(" ")
        return {
            "id": self.id,
            "first_name": first,
            "last_name": last,
            "display_name": self.display_name,
            "email": self.email,
            "type": self.plan.type,
            "timezone": self.timezone,
            "verified": 1,
            "language": "en-US",
            "account_id": "simulated-account",
            "status": "active",
        }


def default_users() -> dict[str, User]:
    """Return the users that there are after a reset, by email address."""
    maya, kim = "maya@lotus-spa.example", "kim@lotus-spa.example"
    users = (
        User(maya, "Maya Chen", Plan.LICENSED),
        User("front-desk@lotus-spa.example", "Front Desk"),
        User("temp@lotus-spa.example", "Temp", scopes=(CREATE,)),
        User(kim, "Kim Sato", Plan.LICENSED, assistants=(maya,)),
    )
    return {user.email: user for user in users}


def parse_user(email: str, known: User | None, changes: Mapping[str, object]) -> User:
    """Read a user's properties from the control API; one that is left out stays as it is.

    Raises `ControlError` with all bad properties.
    """
    problems: dict[str, str] = {}
    if "@" not in email or not email.isprintable() or " " in email:
        problems["email"] = "must be an email address"
    for name, value in changes.items():
        if name not in CHECKS:
            problems[name] = "users have no such property"
        elif not CHECKS[name](value):
            problems[name] = f"cannot be {value!r}"
    if problems:
        raise ControlError(problems)
    checked = dict(changes)
    if "plan" in checked:
        checked["plan"] = Plan(str(checked["plan"]))
    scopes = checked.get("scopes")
    if isinstance(scopes, list | tuple):
        checked["scopes"] = tuple(scope for scope in ALL_SCOPES if scope in scopes)
    assistants = checked.get("assistants")
    if isinstance(assistants, list | tuple):
        checked["assistants"] = tuple(assistants)
    user = known or User(email, email.partition("@")[0])
    return replace(user, **checked)  # type: ignore[arg-type] # checked one by one above


def _are_meeting_settings(value: object) -> bool:
    try:
        parsed = parse_meeting({"settings": value}, "UTC").switches
    except ZoomError:
        return False
    return isinstance(value, dict) and parsed.keys() == value.keys()


def _are_scopes(value: object) -> bool:
    return isinstance(value, list | tuple) and all(scope in ALL_SCOPES for scope in value)


def _are_addresses(value: object) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(item, str) and "@" in item and item.isprintable() for item in value
    )


CHECKS: Final[dict[str, Callable[[object], bool]]] = {
    "plan": lambda value: value in list(Plan),
    "scopes": _are_scopes,
    "meeting_settings": _are_meeting_settings,
    "allowed_to_host": lambda value: isinstance(value, bool),
    "display_name": lambda value: (
        isinstance(value, str) and value.isprintable() and bool(value.strip())
    ),
    "assistants": _are_addresses,
    "timezone": lambda value: isinstance(value, str) and value in available_timezones(),
}
