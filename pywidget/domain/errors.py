"""What can go wrong, sorted by whose turn it is to do something about it.

Every error carries a stable `code` (docs/errors.md has one entry for each), a `reason` where one
code says several things, and its evidence: the parameters of its sentence, and what support needs.
None holds a sentence: `words/` has those, by code and reason. Evidence never holds a token, an
authorization code, a verifier, a passcode or a whole URL.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from pywidget.domain.moment import Moment

Value = str | int | Moment


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
    SEND_FAILED = "send_failed"
    BAD_ATTRIBUTE = "bad_attribute"
    RUNTIME_LOAD_FAILED = "runtime_load_failed"  # said by the loader, before Python is there


class Reason(StrEnum):
    """What a code says in particular, where it says several things; each has its own sentence."""

    # popup_blocked
    IN_FRAME = "in_frame"
    # state_expired, invalid_grant
    USED = "used"
    # network
    PAGE_POLICY = "page_policy"  # the page's own policy forbids Zoom's addresses
    TUNNEL_POLICY = "tunnel_policy"  # or the tunnel's
    TUNNEL_BUSY = "tunnel_busy"
    NO_TARGET = "no_target"  # the forwarder could not reach Zoom
    CUT_OFF = "cut_off"  # before the answer
    BROKE_OFF = "broke_off"  # in the middle of it
    DAMAGED = "damaged"
    # certificate_refused
    CHECK_CLOCK = "check_clock"
    # rate_limited
    UNTIL = "until"
    DAILY = "daily"
    DAILY_UNTIL = "daily_until"
    SAME_PERSON = "same_person"  # the same one was registered too often today
    CALLED_OFF = "called_off"  # the user did not want to wait
    # zoom_error; the first one for answers of the network, too
    UNREADABLE = "unreadable"
    SERVER = "server"
    SIGN_IN = "sign_in"
    INVALID_FIELDS = "invalid_fields"
    PAID_USERS_ONLY = "paid_users_only"
    STRANGER = "stranger"  # the meeting is another account's
    NO_PRIVILEGE = "no_privilege"  # to schedule for somebody else
    HOST_STAYED = "host_stayed"  # although Zoom said yes
    # not_host
    PERSONAL_ROOM = "personal_room"
    # outcome_unknown
    ASK_USER = "ask_user"
    ASK_HOST = "ask_host"
    # second_meeting
    TIMED = "timed"
    # notes_conflict
    CHANGED = "changed"
    OTHER_MEETING = "other_meeting"
    # time_changed_by_zoom
    NOT_MOVED = "not_moved"
    # notes_not_found
    NO_MATCH = "no_match"
    NOT_EDITABLE = "not_editable"
    CLOSED = "closed"
    ADAPTER_FAILED = "adapter_failed"  # notes_write_failed, too
    ADAPTER_NOT_TEXT = "adapter_not_text"
    # notes_write_failed
    READ_ONLY = "read_only"
    FULL = "full"
    HIDDEN = "hidden"
    TYPING = "typing"
    # send_failed
    EXPLAINED = "explained"
    # bad_attribute
    MISSING = "missing"
    MISSING_FROM_TAG = "missing_from_tag"
    NOT_A_START = "not_a_start"
    NOT_A_ZONE = "not_a_zone"
    NOT_A_STATUS = "not_a_status"
    NOT_A_DURATION = "not_a_duration"
    NOT_A_CLIENT_ID = "not_a_client_id"
    NOT_A_URL = "not_a_url"
    NOT_SAFE = "not_safe"
    NOT_ON_PAGE = "not_on_page"
    NO_SLASH = "no_slash"
    MORE_THAN_PATH = "more_than_path"
    MORE_THAN_QUERY = "more_than_query"
    NEITHER = "neither"
    NOT_ALONE = "not_alone"
    NOT_TOGETHER = "not_together"
    NO_PLACE = "no_place"
    NOT_FOR_TUNNEL = "not_for_tunnel"
    OTHER_HOST = "other_host"


class Consequence(StrEnum):
    """What a failure means for the meeting, where that is the first thing to say."""

    CLIENT_NOT_REGISTERED = "client_not_registered"
    NOT_INVITED = "not_invited"
    NOT_NOTED = "not_noted"
    OLD_TIME_STAYED = "old_time_stayed"
    LINE_STAYED = "line_stayed"
    NOT_DELETED = "not_deleted"
    MAY_EXIST = "may_exist"
    NOT_HANDED_OVER = "not_handed_over"


_OF_TIME = frozenset({"expired", "not-yet-valid"})  # or the clock here is wrong
SERVER_ERRORS = 500  # HTTP statuses from here on (RFC 9110 section 15.6)


class WidgetError(Exception):
    """The root: a failure that has a code.

    `evidence` holds the parameters of its sentence and what support needs. As text it is short and
    technical: `notes_write_failed/full (limit=20)`.
    """

    def __init__(self, code: Code, reason: Reason | None = None, /, **evidence: Value) -> None:
        super().__init__(code, reason, evidence)
        self.code = code
        self.reason = reason
        self.evidence: Mapping[str, Value] = MappingProxyType(evidence)

    def __str__(self) -> str:
        name = f"{self.code}" if self.reason is None else f"{self.code}/{self.reason}"
        details = ", ".join(f"{key}={value}" for key, value in self.evidence.items())
        return f"{name} ({details})" if details else name


class HostPageError(WidgetError):
    """The page around the widget must change: an attribute, the notes field, a secure origin."""


class BadAttributeError(HostPageError):
    """An attribute is missing or malformed; `attribute` names it."""

    def __init__(self, attribute: str, reason: Reason, /, **evidence: Value) -> None:
        super().__init__(Code.BAD_ATTRIBUTE, reason, attribute=attribute, **evidence)
        self.attribute = attribute


class NotesChangedError(HostPageError):
    """The notes are not those any more that a change was meant for; nothing was done."""

    def __init__(self) -> None:
        super().__init__(Code.NOTES_CONFLICT, Reason.CHANGED)


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
        reason: Reason | None = None,
        /,
        *,
        may_have_arrived: bool = True,
        answers_again: bool = False,
        **evidence: Value,
    ) -> None:
        super().__init__(code, reason, **evidence)
        self.may_have_arrived = may_have_arrived
        self.answers_again = answers_again


class CertificateRefusedError(UnreachableError):
    """Who answered could not prove to be Zoom, and was sent nothing; asking again is no way out.

    `causes` says why, in words such as `expired` or `unknown-issuer`.
    """

    def __init__(self, causes: tuple[str, ...]) -> None:
        reason = Reason.CHECK_CLOCK if _OF_TIME & set(causes) else None
        listed = ", ".join(causes)
        super().__init__(Code.CERTIFICATE_REFUSED, reason, may_have_arrived=False, causes=listed)
        self.causes = causes


def build_closed_way_error(code: Code) -> UnreachableError:
    """Zoom cannot be reached from this page, whoever clicks: only who set it up can mend that."""
    # What answers in a relay's place has not passed anything on, nor has a tunnel that is none.
    return UnreachableError(code, may_have_arrived=code is Code.CORS_BLOCKED)


class SessionEndedError(WidgetError):
    """Nobody is signed in any more, as far as this tab knows; Zoom was not asked."""

    def __init__(self) -> None:
        super().__init__(Code.INVALID_GRANT)


class SignInRefusedError(WidgetError):
    """Zoom sent the browser back with an error; `error` is its name, RFC 6749 section 4.1.2.1."""

    def __init__(self, error: str) -> None:
        super().__init__(Code.ZOOM_ERROR, Reason.SIGN_IN, error=error)


class TimeChangedError(WidgetError):
    """Zoom said yes, and the meeting is at another time than the one it was told."""

    def __init__(self, reason: Reason | None = None) -> None:
        super().__init__(Code.TIME_CHANGED, reason)


class ZoomRefusedError(WidgetError):
    """Zoom answered and said no.

    `status` is the one that Zoom sent; `zoom_code` the number in the body, if any: for support
    alone, since `code` and `reason` say what it means.
    """

    def __init__(
        self,
        code: Code,
        reason: Reason | None = None,
        /,
        *,
        status: int,
        zoom_code: int | None = None,
        **evidence: Value,
    ) -> None:
        numbers = {"status": status} | ({} if zoom_code is None else {"zoom_code": zoom_code})
        super().__init__(code, reason, **numbers, **evidence)
        self.status = status
        self.zoom_code = zoom_code

    @property
    def is_server_error(self) -> bool:
        """Whether Zoom itself has failed, and may have done what it was asked for."""
        return self.status >= SERVER_ERRORS


class RateLimitedError(ZoomRefusedError):
    """Zoom wants to be left alone for a while.

    `retry_after` is the header's text where CORS lets us read it: seconds, or an ISO date.
    `is_daily` says that the host's creates and updates of the day are used up. `reopens_at`, in
    UTC, is found out by whoever knows what time it is; `tell` makes it part of the sentence.
    """

    def __init__(
        self,
        *,
        status: int,
        zoom_code: int | None = None,
        retry_after: str | None,
        is_daily: bool,
        when: Moment | None = None,
    ) -> None:
        reasons = (None, Reason.UNTIL) if not is_daily else (Reason.DAILY, Reason.DAILY_UNTIL)
        super().__init__(
            Code.RATE_LIMITED,
            reasons[when is not None],
            status=status,
            zoom_code=zoom_code,
            **({} if when is None else {"when": when}),
        )
        self.retry_after = retry_after
        self.is_daily = is_daily
        self.reopens_at: datetime | None = None

    def tell(self, when: Moment) -> RateLimitedError:
        """Return the same error with the time from which Zoom takes requests again.

        A new error: several widgets may have been waiting for the same request.
        """
        return RateLimitedError(
            status=self.status,
            zoom_code=self.zoom_code,
            retry_after=self.retry_after,
            is_daily=self.is_daily,
            when=when,
        )


class OutcomeUnknownError(WidgetError):
    """A meeting may have been created. `is_for_user` says that only they can find out.

    `has_other_host` says that it would be in the list of the person it was scheduled for.
    """

    def __init__(self, *, is_for_user: bool, has_other_host: bool = False) -> None:
        whom = Reason.ASK_HOST if has_other_host else Reason.ASK_USER
        super().__init__(Code.OUTCOME_UNKNOWN, whom if is_for_user else None)
        self.is_for_user = is_for_user


class UnexpectedAnswerError(WidgetError):
    """An answer that breaks the protocol: it is dropped whole, and nothing of it is stored.

    `problem` in its evidence says how, in a few words for support.
    """


class InternalError(WidgetError):
    """A defect of ours; `kind` is the name of the exception that nobody had expected."""

    def __init__(self, kind: str) -> None:
        super().__init__(Code.INTERNAL_ERROR, kind=kind)
        self.kind = kind


class SetbackError(WidgetError):
    """A failure together with what it means for the meeting; its code is the failure's own."""

    def __init__(self, consequence: Consequence, because: WidgetError) -> None:
        super().__init__(because.code, because.reason, **because.evidence)
        self.consequence = consequence
        self.because = because
