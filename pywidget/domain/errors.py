"""What can go wrong, sorted by whose turn it is to do something about it.

Every error carries a stable `code` (docs/errors.md has one entry for each), a `message` in plain
words for the person in front of the screen, and its evidence as attributes. A message never
holds a token, an authorization code, a verifier, a passcode or a whole URL.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Code(StrEnum):
    """The stable name of a kind of failure; part of the public contract."""

    POPUP_BLOCKED = "popup_blocked"
    POPUP_CLOSED = "popup_closed"
    SIGN_IN_TIMEOUT = "sign_in_timeout"
    INSECURE_CONTEXT = "insecure_context"
    STATE_MISMATCH = "state_mismatch"
    STATE_EXPIRED = "state_expired"
    ACCESS_DENIED = "access_denied"
    INVALID_CLIENT = "invalid_client"
    INVALID_GRANT = "invalid_grant"
    REDIRECT_MISMATCH = "redirect_mismatch"
    RESPONSE_INVALID = "token_response_invalid"
    SCOPE_MISSING = "scope_missing"
    NETWORK = "network"
    CORS_BLOCKED = "cors_blocked"
    RELAY_FAILED = "relay_failed"
    TUNNEL_FAILED = "tunnel_failed"
    TUNNEL_REFUSED = "tunnel_refused"
    CERTIFICATE_REFUSED = "certificate_refused"
    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    NOT_ALLOWED_TO_HOST = "not_allowed_to_host"
    MEETING_GONE = "meeting_gone"
    STARTS_IN_PAST = "starts_in_past"
    NOT_HOST = "not_host"
    OUTCOME_UNKNOWN = "outcome_unknown"
    SECOND_MEETING = "second_meeting"
    NOTES_CONFLICT = "notes_conflict"
    LINK_IN_NOTES = "zoom_link_in_notes"  # only asked about: it is never an error
    TIME_CHANGED = "time_changed_by_zoom"
    ZOOM_ERROR = "zoom_error"
    INTERNAL_ERROR = "internal_error"
    STORAGE_UNAVAILABLE = "storage_unavailable"
    NOTES_NOT_FOUND = "notes_not_found"
    NOTES_WRITE_FAILED = "notes_write_failed"
    CLIPBOARD_REFUSED = "clipboard_refused"
    BAD_ATTRIBUTE = "bad_attribute"
    RUNTIME_LOAD_FAILED = "runtime_load_failed"  # said by the loader, before Python is there


_OF_TIME = frozenset({"expired", "not-yet-valid"})  # or the clock here is wrong


class WidgetError(Exception):
    """The root: a failure that has a code and words for the user."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class HostPageError(WidgetError):
    """The page around the widget must change: an attribute, the notes field, a secure origin."""


class BadAttributeError(HostPageError):
    """An attribute is missing or malformed; `attribute` names it."""

    def __init__(self, attribute: str, problem: str) -> None:
        super().__init__(Code.BAD_ATTRIBUTE, f"The attribute “{attribute}” {problem}.")
        self.attribute = attribute


class NotesChangedError(HostPageError):
    """The notes are not those any more that a change was meant for; nothing was done."""

    def __init__(self) -> None:
        message = "The notes have changed and no longer contain this meeting."
        super().__init__(Code.NOTES_CONFLICT, message)


class NotDoneError(WidgetError):
    """The user can simply go on: nothing was started, or they chose to stop."""


class UnreachableError(WidgetError):
    """No answer that the browser lets us read: offline, cut off, too slow, or refused by CORS.

    `may_have_arrived` is False only where it is certain that the request never got to Zoom.
    `answers_again` is True where a harmless request right after it got an answer.
    """

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        may_have_arrived: bool = True,
        answers_again: bool = False,
    ) -> None:
        super().__init__(code, message)
        self.may_have_arrived = may_have_arrived
        self.answers_again = answers_again


class CertificateRefusedError(UnreachableError):
    """Who answered could not prove to be Zoom, and was sent nothing; asking again is no way out.

    `causes` says why, in words such as `expired` or `unknown-issuer`.
    """

    def __init__(self, causes: tuple[str, ...]) -> None:
        code = Code.CERTIFICATE_REFUSED
        first = (
            "Check this computer's date and time. If they are right, tell"
            if _OF_TIME & set(causes)
            else "Tell"
        )
        message = (
            "This connection is not safe: what answered in Zoom's place could not prove to be "
            f"Zoom. Nothing was sent to it. {first} your administrator: {code} "
            f"({', '.join(causes)})."
        )
        super().__init__(code, message, may_have_arrived=False)
        self.causes = causes


def way_is_closed(code: Code) -> UnreachableError:
    """Zoom cannot be reached from this page, whoever clicks: only who set it up can mend that."""
    message = f"Zoom can't be reached from this page. Tell your administrator: {code}."
    # What answers in a relay's place has not passed anything on, nor has a tunnel that is none.
    return UnreachableError(code, message, may_have_arrived=code is Code.CORS_BLOCKED)


class ZoomRefusedError(WidgetError):
    """Zoom answered and said no; `status` is HTTP's, `zoom_code` the number in the body, if any."""

    def __init__(
        self, code: Code, message: str, *, status: int, zoom_code: int | None = None
    ) -> None:
        super().__init__(code, message)
        self.status = status
        self.zoom_code = zoom_code


class RateLimitedError(ZoomRefusedError):
    """Zoom wants to be left alone for a while.

    `retry_after` is the header's text where CORS lets us read it: seconds, or an ISO date.
    `is_daily` says that the host's creates and updates of the day are used up. `reopens_at`, in
    UTC, is found out by whoever knows what time it is.
    """

    def __init__(self, message: str, *, retry_after: str | None, is_daily: bool) -> None:
        super().__init__(Code.RATE_LIMITED, message, status=429, zoom_code=429)
        self.retry_after = retry_after
        self.is_daily = is_daily
        self.reopens_at: datetime | None = None


class OutcomeUnknownError(WidgetError):
    """A meeting may have been made. `is_for_user` says that only they can find out."""

    def __init__(self, message: str, *, is_for_user: bool) -> None:
        super().__init__(Code.OUTCOME_UNKNOWN, message)
        self.is_for_user = is_for_user


class UnexpectedAnswerError(WidgetError):
    """An answer that breaks the protocol: it is dropped whole, and nothing of it is stored."""


class InternalError(WidgetError):
    """A defect of ours; `kind` is the name of the exception that nobody had expected."""

    def __init__(self, kind: str) -> None:
        message = f"Something went wrong in the widget ({kind}). Try again."
        super().__init__(Code.INTERNAL_ERROR, message)
        self.kind = kind
