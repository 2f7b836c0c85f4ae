"""The signed-in Zoom user: `GET /users/me`. Used in memory, never stored."""

from __future__ import annotations

from dataclasses import dataclass

from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.rest import build_answer_error, build_get, parse_answer

_LICENSED = 2
_LONGEST_EMAIL = 254  # characters (RFC 5321 section 4.5.3.1.3); Zoom's own limit is 128


@dataclass(frozen=True, slots=True)
class User:
    """The user who is connected. Zoom can email clients only for a licensed user."""

    id: str
    email: str
    is_licensed: bool


def build_read_user(endpoints: Endpoints, access: Secret) -> Request:
    """Build the request that asks who the token belongs to."""
    return build_get(f"{endpoints.api_url}/users/me", access)


def parse_user(response: Response) -> User:
    """Parse the user. Raises like `parse_answer`."""
    body = parse_answer(response, success=200)
    user_id = body.get("id")
    if not isinstance(user_id, str) or not user_id:
        raise build_answer_error("no user ID")
    return User(
        id=user_id,
        email=parse_email(body.get("email")),
        is_licensed=body.get("type") == _LICENSED,
    )


def parse_email(value: object) -> str:
    """Parse an address; empty if it does not fit on the page, as all that are real do."""
    is_shown = isinstance(value, str) and len(value) <= _LONGEST_EMAIL and value.isprintable()
    return value if isinstance(value, str) and is_shown else ""
