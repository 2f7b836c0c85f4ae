"""Every place that is searched, and what may be there; whatever else is found is astray.

The table is the promise of SECURITY.md, place by place: `ALLOWED` says which secrets a place may
hold, and why. A place that is not in it may hold none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from e2e.canary.secrets import Kind


class Place(StrEnum):
    """A place, in the words of the report."""

    # What the page's server hears
    CALLBACK_URL = "address of callback.html, at the page's server"
    PAGE_URL = "any other address at the page's server"
    PAGE_HEADERS = "headers of requests to the page's server"
    PAGE_BODY = "bodies of requests to the page's server"
    CALLBACK_LOG = "access log of the page's server, lines of callback.html"
    PAGE_LOG = "access log of the page's server, other lines"
    # What Zoom hears
    CONSENT_URL = "address of Zoom's consent page"
    ZOOM_URL = "any other address at Zoom"
    AUTHORIZATION = "Authorization header of calls to Zoom's API"
    ZOOM_HEADERS = "any other header of calls to Zoom"
    TOKEN_BODY = "body of token requests"
    REVOKE_BODY = "body of revocation requests"
    ZOOM_BODY = "body of any other call to Zoom"
    ZOOM_LOG = "request log and state of the simulated Zoom"
    SERVER_OUTPUT = "what both servers print"
    # What anybody else hears
    START_URL = "address of the window of Start meeting"
    JOIN_URL = "address of the window of the client's link"
    ELSEWHERE_HEADERS = "headers of requests to any other origin"
    ELSEWHERE = "address and body of any other request"
    # What the browser keeps
    COOKIES = "cookies"
    TOKEN_ENTRY = "sessionStorage, the token"
    ATTEMPT_ENTRY = "sessionStorage, a sign-in under way"
    TAB_STORAGE = "sessionStorage, anything else"
    ORIGIN_STORAGE = "localStorage"
    INDEXED_DB = "IndexedDB"
    CACHES = "Cache Storage, the snapshot included"
    HISTORY = "history, history.state, address and referrer of our pages"
    CALLBACK_TIMING = "performance entries of callback.html"
    TIMING = "performance entries of other pages"
    GLOBALS = "window.name and other global texts"
    # What the page shows
    NOTES = "the notes field"
    LINKS = "href of the widget's links"
    DETAILS = "the widget's details"
    BY_HAND = "the field to copy from by hand"
    DOM = "anything else in the DOM, shadow roots included"
    CONSOLE = "the console"
    EVENTS = "details of events"
    CLIPBOARD = "the clipboard"
    DOWNLOADS = "the calendar file"
    # What goes to other windows and tabs
    TOKEN_MESSAGE = "tab message token"
    MADE_MESSAGE = "tab message made"
    TAB_MESSAGE = "any other tab message"
    SIGN_IN_MESSAGE = "message of callback.html to the page that asked"
    MESSAGE = "any other message between windows"
    OPENED = "name and storage of windows that the widget opens"
    # What is left of a failure
    REPRS = "repr of Python's objects"
    TRACEBACKS = "texts and tracebacks of errors"
    REPORTS = "reports and pictures of failing tests"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    place: Place
    kinds: tuple[Kind, ...]
    why: str


_LINK: Final = (Kind.PWD, Kind.TK)
_PASSCODES: Final = (Kind.PASSCODE, Kind.PHONE_PASSCODE)
_INVITATION: Final = (*_LINK, *_PASSCODES)
ALLOWED: Final = (
    Row(Place.CALLBACK_URL, (Kind.CODE, Kind.STATE), "Zoom's redirect: RFC 6749, 4.1.2"),
    Row(Place.CALLBACK_LOG, (Kind.CODE, Kind.STATE), "the same; SECURITY.md says not to log it"),
    Row(Place.CALLBACK_TIMING, (Kind.CODE, Kind.STATE), "the same; the page closes or goes on"),
    Row(Place.CONSENT_URL, (Kind.STATE,), "the authorization request: RFC 6749, 4.1.1"),
    Row(Place.TOKEN_BODY, (Kind.CODE, Kind.VERIFIER), "RFC 7636, 4.5"),
    Row(Place.TOKEN_BODY, (Kind.REFRESH,), "the renewal: RFC 6749, 6"),
    Row(Place.REVOKE_BODY, (Kind.ACCESS,), "Disconnect: RFC 7009, 2.1"),
    Row(Place.AUTHORIZATION, (Kind.ACCESS,), "RFC 6750, 2.1"),
    Row(Place.START_URL, (Kind.ZAK,), "whoever starts the meeting is the host by it"),
    Row(Place.JOIN_URL, _LINK, "the client's link is clicked"),
    Row(Place.TOKEN_ENTRY, (Kind.ACCESS, Kind.REFRESH, Kind.FAMILY), "this tab's token"),
    Row(Place.ATTEMPT_ENTRY, (Kind.STATE, Kind.VERIFIER), "until the answer comes"),
    Row(Place.ATTEMPT_ENTRY, (Kind.CODE,), "the answer, where the page itself went to Zoom"),
    Row(Place.ATTEMPT_ENTRY, _LINK, "unsaved notes, while the page itself is at Zoom"),
    Row(Place.TOKEN_MESSAGE, (Kind.ACCESS, Kind.FAMILY), "tabs of one origin share a sign-in"),
    Row(Place.SIGN_IN_MESSAGE, (Kind.CODE, Kind.STATE), "to the page's own origin only"),
    Row(Place.MADE_MESSAGE, _LINK, "another tab must not make a second meeting"),
    Row(Place.NOTES, _LINK, "the note line: it lets the client in"),
    Row(Place.LINKS, _INVITATION, "the client's link, an email and a text message with it"),
    Row(Place.DETAILS, (Kind.PASSCODE,), "what staff read to the client"),
    Row(Place.BY_HAND, _INVITATION, "where the browser refuses to copy"),
    Row(Place.EVENTS, _LINK, "the note line and its link, for the host page"),
    Row(Place.EVENTS, _PASSCODES, "the invitation, for a host page that sends it itself"),
    Row(Place.CLIPBOARD, _INVITATION, "what Copy and Copy invitation copy"),
    Row(Place.DOWNLOADS, _INVITATION, "the invitation, as a calendar entry"),
    Row(Place.REPRS, (*_LINK, Kind.PASSCODE), "of the markup that shows them"),
)


def may_be(kind: Kind, place: Place) -> bool:
    """Tell whether the table allows this secret in this place."""
    return any(kind in row.kinds for row in ALLOWED if row.place is place)
