"""What is said to the user, and which ways out are offered with it."""

from __future__ import annotations

from dataclasses import replace

from pywidget.domain.errors import (
    Code,
    NotDoneError,
    OutcomeUnknownError,
    Reason,
    Value,
    WidgetError,
)
from pywidget.domain.join_link import JoinLink
from pywidget.domain.link_hint import Hint
from pywidget.widget.actions import Action
from pywidget.widget.model import Copyable, Notice, Offer, Tone
from pywidget.widget.shown_meeting import Span
from pywidget.words.errors import describe_for_support, find_messages
from pywidget.words.message import Message

OTHER_ACCOUNT = "other-account"
OVERLAP = "overlap"
ADMISSION = "admission"

CONNECT = Offer(Action.CONNECT, "button.connect")
SAVE_AGAIN = Offer(Action.SAVE_AGAIN, "button.save_again")
DELETE_ORPHAN = Offer(Action.REMOVE, "button.remove_meeting")
START = Offer(Action.START, "button.start_meeting")
UNDO = Offer(Action.UNDO, "button.undo")
ADD_AGAIN = Offer(Action.ADD, "button.add_again")
CLEAN = Offer(Action.CLEAN, "button.remove_from_notes")
KEEP = Offer(Action.KEEP, "button.keep")
CREATE_ANYWAY = Offer(Action.CREATE_ANYWAY, "button.create_anyway")
COPY_GUEST_LINK = Offer(Action.COPY_GUEST_LINK, "button.copy_link")
SWITCH = Offer(Action.SWITCH_ACCOUNT, "button.switch_account")


def try_again(action: Action) -> Offer:
    """Offer what has failed once more."""
    return Offer(action, "button.try_again")


def _inform(code: str, key: str, *offers: Offer, **values: Value) -> Notice:
    return Notice(code, (Message(key, values),), Tone.INFO, offers)


def make_overlap_notice(other: Span) -> Notice:
    """Make the warning about another meeting of the same account at that time."""
    times = {"start": other.start, "end": other.end}
    return _inform("overlap", "notice.overlap", DELETE_ORPHAN, KEEP, **times)


def make_account_notice(connected: str, expected: str) -> Notice:
    """Make the question about a meeting in another account than the one that the page has named."""
    accounts = {"connected": connected, "expected": expected}
    return _inform("other-account", "notice.other_account", SWITCH, CREATE_ANYWAY, **accounts)


def make_admission_notice(surprises: tuple[Message, ...]) -> Notice:
    """Make the warning about how clients get in, or what is kept of the meeting."""
    notice = _inform("admission", "notice.sign_in_required")
    leads = notice.messages[0] in surprises  # to where it can be changed
    return replace(notice, messages=surprises, links_to_zoom=leads)


def join(first: Notice | None, second: Notice) -> Notice:
    """Make one notice of two: the first one's, and what the second one says.

    Its own ways out come with it, unless the first one asks for something.
    """
    if first is None:
        return second
    return replace(
        first,
        messages=(*first.messages, *second.messages),
        offers=first.offers or second.offers,
        links_to_zoom=first.links_to_zoom or second.links_to_zoom,
    )


CLEANED = _inform("cleaned", "notice.cleaned", UNDO, ADD_AGAIN)
CLEANED_AS_ASKED = _inform("cleaned", "notice.cleaned_as_asked", UNDO, ADD_AGAIN)
REMOVED = _inform("removed", "notice.removed")
REMOVED_UNNOTED = _inform("removed", "notice.removed_unnoted")
GONE = _inform(Code.MEETING_GONE, "notice.gone", CLEAN, KEEP)
DRAFT_MERGED = _inform("draft-merged", "notice.draft_merged")
HINTED = _inform(Code.LINK_IN_NOTES, "notice.hinted", CREATE_ANYWAY)
OTHER_MEETING = _inform("other-meeting", "notice.other_meeting", CREATE_ANYWAY)
LOOKING = _inform("looking", "notice.looking")
DISCONNECTED = _inform("disconnected", "notice.disconnected")
SIGN_IN_CANCELLED = _inform("cancelled", "notice.sign_in_cancelled")
CONNECTED_TO_START = _inform("connected", "notice.connected", START)

# What asks before a second meeting is created.
OF_HINTS = {Hint.ZOOM: HINTED, Hint.OTHER: OTHER_MEETING}

# What warns of a meeting that takes place.
WARNINGS = frozenset({OVERLAP, ADMISSION})

# What is left to say where nobody may create a meeting any more.
OF_THE_PAST = frozenset({CLEANED.code, REMOVED.code})

NOT_COPIED = {
    Copyable.LINK: replace(
        _inform(Code.CLIPBOARD_REFUSED, "error.clipboard_refused"), by_hand=Copyable.LINK
    ),
    Copyable.INVITATION: replace(
        _inform(Code.CLIPBOARD_REFUSED, "notice.invitation_not_copied"),
        by_hand=Copyable.INVITATION,
    ),
}

_MAY_WORK_NEXT_TIME = frozenset(
    {
        Code.POPUP_BLOCKED,
        Code.POPUP_CLOSED,
        Code.SIGN_IN_TIMEOUT,
        Code.STATE_MISMATCH,
        Code.STATE_EXPIRED,
        Code.ACCESS_DENIED,
        Code.RESPONSE_INVALID,
        Code.NETWORK,
        Code.TIMEOUT,
        Code.RATE_LIMITED,
        Code.OUTCOME_UNKNOWN,
        Code.ZOOM_ERROR,
        Code.INTERNAL_ERROR,
        Code.STORAGE_UNAVAILABLE,
        Code.NOTES_WRITE_FAILED,
    }
)
# What somebody else has to mend first, or what has a better way out.
_STAYS = frozenset(
    {
        Reason.IN_FRAME,
        Reason.PAGE_POLICY,
        Reason.TUNNEL_POLICY,
        Reason.ASK_USER,
        Reason.ASK_HOST,
        Reason.INVALID_FIELDS,
        Reason.PAID_USERS_ONLY,
        Reason.STRANGER,
        Reason.NO_PRIVILEGE,
        Reason.SAME_PERSON,
        Reason.ADAPTER_FAILED,
        Reason.UNTIL,
        Reason.DAILY,
        Reason.DAILY_UNTIL,
    }
)
_LEADS_TO_ZOOM = frozenset({Reason.ASK_USER, Reason.NOT_MOVED})


def may_work_next_time(error: WidgetError) -> bool:
    """Tell whether doing the same once more is a way out."""
    return error.code in _MAY_WORK_NEXT_TIME and error.reason not in _STAYS


def make_stranger_notice(error: WidgetError, email: str | None) -> Notice:
    """Make the notice for another account's meeting; which one is the user's is for them alone."""
    notice = make_notice(error, SWITCH)
    if not email:
        return notice
    return replace(notice, messages=(Message("notice.stranger", {"email": email}),))


INVITED = "invited"


def make_invited_notice(email: str, link: JoinLink | None) -> Notice:
    """Make the notice for a person who is registered now, with their link if there is one."""
    key = "notice.invited_pending" if link is None else "notice.invited"
    offers = () if link is None else (COPY_GUEST_LINK,)
    return replace(
        _inform("invited", key, *offers),
        messages=(Message(key, {"email": email}),),
        guest_link=link,
    )


def make_notice(error: WidgetError, *offers: Offer) -> Notice:
    """Make the notice for an error; what the user chose to stop is told without alarm."""
    is_failure = not isinstance(error, NotDoneError)
    if isinstance(error, OutcomeUnknownError) and error.is_for_user:
        offers = (*offers, CREATE_ANYWAY)
    return Notice(
        error.code,
        find_messages(error),
        Tone.ERROR if is_failure else Tone.INFO,
        offers,
        links_to_zoom=error.reason in _LEADS_TO_ZOOM or error.code is Code.SECOND_MEETING,
        support=describe_for_support(error) if is_failure else "",
    )
