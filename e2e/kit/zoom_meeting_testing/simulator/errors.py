"""Zoom's errors, word for word where they are known.

Facts (the error tables of Zoom's API reference, developers.zoom.us/docs/api/meetings/):

REST:   `{"code": int, "message": str}` and, for validation, `"errors": [{"field", "message"}]`.
        401/124 bad or expired token · 400/300 validation · 404/3001 no such meeting ·
        400/3161 may not host · 400/200 paid users only · 404/1001 no such user · 429 limits.
OAuth:  `{"reason": str, "error": str}`, mostly 400. `reason` echoes the code that was sent, which
        is why no client may log or show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoom_meeting_testing.simulator.messages import json_answer
from zoom_meeting_testing.simulator.settings import ForeignMeeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zoom_meeting_testing.simulator.messages import Answer
    from zoom_meeting_testing.simulator.settings import Settings


class ZoomError(Exception):
    """A refusal by Zoom; `answer` is the response."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"Zoom answers {answer.status}")
        self.answer = answer


@dataclass(frozen=True)
class FieldError:
    """A field of a body or query, and what is wrong with it."""

    field: str
    message: str


def rest_error(
    status: int, code: int, message: str, headers: Mapping[str, str] | None = None
) -> ZoomError:
    """Return an error of the REST API, as `{"code", "message"}`."""
    return ZoomError(json_answer(status, {"code": code, "message": message}, headers))


def token_error(error: str, reason: str, status: int = 400) -> ZoomError:
    """Return an error of the token endpoint, as `{"reason", "error"}`.

    Zoom differs here from RFC 6749, section 5.2, which has `error_description`.
    """
    return ZoomError(
        json_answer(status, {"reason": reason, "error": error}, {"cache-control": "no-store"})
    )


def bad_request(message: str) -> ZoomError:
    """Return 400/300: the request as a whole makes no sense."""
    return rest_error(400, 300, message)


def bad_fields(errors: Iterable[FieldError]) -> ZoomError:
    """Return 400/300 with a list of the bad fields."""
    listed = [{"field": error.field, "message": error.message} for error in errors]
    body = {"code": 300, "message": "Validation Failed.", "errors": listed}
    return ZoomError(json_answer(400, body))


def bad_token(code: int = 124, message: str = "Invalid access token.") -> ZoomError:
    """Return 401/124, or another code for a token that does not work (RFC 6750, section 3.1)."""
    return rest_error(401, code, message)


def expired_token() -> ZoomError:
    """Return 401/124 for a token whose time is over."""
    return bad_token(message="Access token is expired.")


def missing_scope(settings: Settings, scope: str) -> ZoomError:
    """Return the error for a token without this scope; status and code are settings."""
    return rest_error(
        settings.missing_scope_status,
        settings.missing_scope_code,
        f"Invalid access token, does not contain scopes:[{scope}].",
    )


def missing_meeting(meeting_id: int) -> ZoomError:
    """Return 404/3001: there is no such meeting."""
    return rest_error(404, 3001, f"Meeting does not exist: {meeting_id}.")


def foreign_meeting(settings: Settings, meeting_id: int) -> ZoomError:
    """Return the error for another user's meeting; which one is a setting."""
    if settings.foreign_meeting is ForeignMeeting.BAD_REQUEST:
        return rest_error(400, 3000, "This meeting is not registered under this user's account.")
    return missing_meeting(meeting_id)


def missing_user(user: str) -> ZoomError:
    """Return 404/1001: there is no such user, or the caller may not see them."""
    return rest_error(404, 1001, f"User does not exist: {user}.")


def not_allowed_to_host() -> ZoomError:
    """Return 400/3161: the user may not host meetings."""
    return rest_error(
        400,
        3161,
        "Your user account is not allowed meeting hosting and scheduling capabilities.",
    )


def bad_scheduler(_named: str) -> ZoomError:
    """Return 400/300: a create may not be for this person."""
    return rest_error(
        400,
        300,
        "The value that you entered for the schedule_for field is invalid. Enter a valid value and"
        " try again.",
    )


def bad_new_host(named: str) -> ZoomError:
    """Return 400/3000: an update may not make this person the host."""
    return rest_error(400, 3000, f"You cannot schedule a meeting for {named}.")


def paid_users_only() -> ZoomError:
    """Return 400/200: registration needs a Licensed host."""
    return rest_error(400, 200, "Only available for Paid user.")


def no_registration(meeting_id: int) -> ZoomError:
    """Return 404/404: the meeting takes no registrations."""
    return rest_error(
        404, 404, f"Registration has not been enabled for this meeting: {meeting_id}."
    )


def unknown_path() -> ZoomError:
    """Return 404/404: Zoom has no such path."""
    return rest_error(404, 404, "Not Found")


def wrong_method(allowed: Iterable[str]) -> ZoomError:
    """Return 405/405 with the methods that the path offers (RFC 9110, section 15.5.6)."""
    return rest_error(405, 405, "Method Not Allowed", {"allow": ", ".join(sorted(allowed))})


def unwanted_origin() -> ZoomError:
    """Return 403/403 for a call that names an `Origin`."""
    return rest_error(403, 403, "Forbidden")


def body_too_large() -> ZoomError:
    """Return 413/300: the body is longer than the simulator reads."""
    return rest_error(413, 300, "Request Entity Too Large")
