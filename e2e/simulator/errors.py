"""Zoom's refusals, word for word where they are known.

REST:   `{"code": int, "message": str}` and, for validation, `"errors": [{"field", "message"}]`.
        401/124 bad or expired token · 400/300 validation · 404/3001 no such meeting ·
        400/3161 may not host · 400/200 paid users only · 404/1001 no such user · 429 limits.
OAuth:  `{"reason": str, "error": str}`, mostly 400. `reason` echoes the code that was sent, which
        is why no client may log or show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from e2e.simulator.messages import json_answer
from e2e.simulator.settings import ForeignMeeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from e2e.simulator.messages import Answer
    from e2e.simulator.settings import Settings


class ZoomError(Exception):
    """Zoom refuses; `answer` is what it says."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"Zoom answers {answer.status}")
        self.answer = answer


@dataclass(frozen=True)
class FieldError:
    """One thing that is wrong with a body."""

    field: str
    message: str


def rest_error(
    status: int, code: int, message: str, headers: Mapping[str, str] | None = None
) -> ZoomError:
    return ZoomError(json_answer(status, {"code": code, "message": message}, headers))


def token_error(error: str, reason: str, status: int = 400) -> ZoomError:
    return ZoomError(
        json_answer(status, {"reason": reason, "error": error}, {"cache-control": "no-store"})
    )


def bad_request(message: str) -> ZoomError:
    return rest_error(400, 300, message)


def bad_fields(errors: Iterable[FieldError]) -> ZoomError:
    listed = [{"field": error.field, "message": error.message} for error in errors]
    body = {"code": 300, "message": "Validation Failed.", "errors": listed}
    return ZoomError(json_answer(400, body))


def bad_token(code: int = 124, message: str = "Invalid access token.") -> ZoomError:
    return rest_error(401, code, message)


def expired_token() -> ZoomError:
    return bad_token(message="Access token is expired.")


def missing_scope(settings: Settings, scope: str) -> ZoomError:
    return rest_error(
        settings.missing_scope_status,
        settings.missing_scope_code,
        f"Invalid access token, does not contain scopes:[{scope}].",
    )


def missing_meeting(meeting_id: int) -> ZoomError:
    return rest_error(404, 3001, f"Meeting does not exist: {meeting_id}.")


def foreign_meeting(settings: Settings, meeting_id: int) -> ZoomError:
    if settings.foreign_meeting is ForeignMeeting.BAD_REQUEST:
        return rest_error(400, 3000, "This meeting is not registered under this user's account.")
    return missing_meeting(meeting_id)


def missing_user(user: str) -> ZoomError:
    return rest_error(404, 1001, f"User does not exist: {user}.")


def not_allowed_to_host() -> ZoomError:
    return rest_error(
        400,
        3161,
        "Your user account is not allowed meeting hosting and scheduling capabilities.",
    )


def paid_users_only() -> ZoomError:
    return rest_error(400, 200, "Only available for Paid user.")


def no_registration(meeting_id: int) -> ZoomError:
    return rest_error(
        404, 404, f"Registration has not been enabled for this meeting: {meeting_id}."
    )


def unknown_path() -> ZoomError:
    return rest_error(404, 404, "Not Found")


def wrong_method(allowed: Iterable[str]) -> ZoomError:
    return rest_error(405, 405, "Method Not Allowed", {"allow": ", ".join(sorted(allowed))})


def unwanted_origin() -> ZoomError:
    return rest_error(403, 403, "Forbidden")


def body_too_large() -> ZoomError:
    return rest_error(413, 300, "Request Entity Too Large")
