"""Failures: a plain message with a documented code, unchanged notes, and a way on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Request, expect
from zoom_meeting_testing.pages import AppointmentBook, ConsentPage, MeetingWidget
from zoom_meeting_testing.simulator import Expirable, Operation

from e2e.stage import MAYA, wait_until
from e2e.watcher import OFFLINE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import HoldCalls
    from e2e.zoom_side import ZoomSide

CALLBACK = re.compile(r"/zoom/callback\.html\?")


@dataclass(frozen=True)
class Refusal:
    """An error of Zoom's, and how the widget reports it."""

    name: str
    code: str
    words: str
    status: int
    body: object = ""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def order(self, operation: str) -> dict[str, object]:
        return {
            "operation": operation,
            "kind": "respond",
            "status": self.status,
            "body": self.body,
            "content_type": self.content_type,
            "headers": dict(self.headers),
        }


HTML = "<html><body><h1>Bad Gateway</h1></body></html>"
NO_SCOPE = {
    "code": 4711,
    "message": "Invalid access token, does not contain scopes:[meeting:write:meeting].",
}
REFUSED_CREATES = [
    Refusal(
        "500",
        "zoom_error",
        "Zoom has a problem right now",
        500,
        {"code": 500, "message": "Internal"},
    ),
    Refusal("503", "zoom_error", "Zoom has a problem right now", 503, ""),
    Refusal("html", "zoom_error", "Zoom has a problem right now", 502, HTML, "text/html"),
    Refusal("html instead of a meeting", "zoom_error", "couldn't", 201, HTML, "text/html"),
    Refusal("truncated", "zoom_error", "couldn't", 201, '{"id": 8601234', "text/plain"),
    Refusal("429", "rate_limited", "Zoom is busy", 429, {"code": 429, "message": "Slow"}),
    Refusal("no host", "not_allowed_to_host", "not allowed", 400, {"code": 3161, "message": "No"}),
    Refusal("scope", "scope_missing", "permission", 400, NO_SCOPE),
]
REFUSED_TOKENS = [
    Refusal("500", "zoom_error", "couldn't finish the sign-in", 500, ""),
    Refusal("html", "token_response_invalid", "couldn't", 200, HTML, "text/html"),
    Refusal("no bearer", "token_response_invalid", "couldn't be read", 200, {"access_token": "x"}),
    Refusal(
        "client", "invalid_client", "client ID", 400, {"reason": "", "error": "invalid_client"}
    ),
]


def is_callback(request: Request) -> bool:
    return CALLBACK.search(request.url) is not None


def expect_failure(
    widget: MeetingWidget, code: str, words: str = "", *, state: str = "error"
) -> None:
    expect(widget.notice).to_have_attribute("data-code", code)
    expect(widget.message).to_contain_text(words)
    expect(widget.root).to_have_attribute("data-state", state)
    expect(widget.root).to_have_attribute("aria-busy", "false")
    expect(widget.panel).to_have_count(0)


def start_sign_in(widget: MeetingWidget) -> ConsentPage:
    if not widget.menu.is_visible():
        widget.add_button.click()
    return widget.connect()


def sign_in(widget: MeetingWidget) -> None:
    start_sign_in(widget).allow()


@pytest.fixture
def widget(book: AppointmentBook) -> MeetingWidget:
    """Tomorrow's appointment, with Python started and no user signed in."""
    widget = book.open("812")
    widget.wait_for_state("idle")
    return widget


@pytest.fixture
def signed_in(book: AppointmentBook, widget: MeetingWidget, simulator: Simulator) -> MeetingWidget:
    book.storage.keep_token(simulator.issue_tokens(MAYA))
    return widget


# The window with Zoom's consent page


def test_sign_in_that_is_given_up_changes_nothing(
    book: AppointmentBook, widget: MeetingWidget, zoom_side: ZoomSide
) -> None:
    notes = book.read_notes()

    start_sign_in(widget).deny()
    expect_failure(widget, "access_denied", "permission was denied", state="idle")

    start_sign_in(widget).page.close()
    expect_failure(widget, "popup_closed", "was closed before", state="idle")

    consent = start_sign_in(widget)
    with consent.page.expect_event("close"):
        widget.cancel_button.click()
    widget.wait_for_state("idle")
    expect(widget.message).to_have_text("Sign-in canceled.")

    assert book.read_notes() == notes
    assert book.storage.read() == {}
    codes = ["access_denied", "popup_closed"]  # *Cancel* is not a failure
    assert [event.detail["code"] for event in book.list_events()] == codes
    assert zoom_side.count_calls(Operation.TOKEN) == 0
    sign_in(widget)
    widget.wait_for_state("ready")


def test_isolated_consent_page_still_gets_its_answer_through(
    book: AppointmentBook, widget: MeetingWidget, simulator: Simulator
) -> None:
    """With its headers, the popup looks closed at once; the answer comes by another channel."""
    simulator.change_settings({"consent_coop": True})

    consent = start_sign_in(widget)
    expect_failure(widget, "popup_closed", state="idle")
    consent.allow()

    widget.wait_for_state("ready")
    expect(widget.notice).to_have_count(0)
    expect(book.events("created")).to_have_count(1)


# The answer that comes back


def test_answer_with_another_state_is_refused(
    book: AppointmentBook, widget: MeetingWidget, zoom_side: ZoomSide
) -> None:
    notes = book.read_notes()

    consent = start_sign_in(widget)
    consent.heading.wait_for()
    (callback,) = parse_qs(urlsplit(consent.page.url).query)["redirect_uri"]
    forged = f"{callback}?code=forged&state=forged"
    consent.page.evaluate("url => { location.href = url }", forged)

    expect_failure(widget, "state_mismatch", "does not belong to this sign-in")
    assert zoom_side.count_calls(Operation.TOKEN) == 0
    assert book.read_notes() == notes
    assert book.storage.read() == {}
    sign_in(widget)
    widget.wait_for_state("ready")


def test_replayed_callback_is_told_that_it_is_over(
    book: AppointmentBook, context: BrowserContext, widget: MeetingWidget, zoom_side: ZoomSide
) -> None:
    with context.expect_event("request", is_callback) as request:
        sign_in(widget)
    widget.wait_for_state("ready")
    notes = book.read_notes()

    replay = context.new_page()
    replay.goto(request.value.url)
    expect(replay.get_by_role("heading", level=1)).to_have_text("This sign-in is over")

    assert "code=" not in replay.url
    assert zoom_side.count_calls(Operation.TOKEN) == 1
    assert book.read_notes() == notes
    assert widget.state == "ready"


def test_code_that_brings_no_token_asks_to_connect_again(
    book: AppointmentBook,
    widget: MeetingWidget,
    simulator: Simulator,
    expect_errors: Callable[..., None],
    hold_calls: HoldCalls,
) -> None:
    expect_errors(r"status of 500.*/oauth/token", r"status of 400.*/oauth/token")
    notes = book.read_notes()
    for refusal in REFUSED_TOKENS:
        simulator.add_fault(refusal.order("token"))
        sign_in(widget)
        expect_failure(widget, refusal.code, refusal.words)
        assert book.storage.read() == {}, refusal.name
        assert book.read_notes() == notes

    gate = hold_calls(book.page, "/oauth/token")
    sign_in(widget)
    wait_until(book.page, lambda: bool(gate.held))
    simulator.expire(Expirable.CODES)
    gate.open()
    expect_failure(widget, "invalid_grant", "too old or already used")
    expect(widget.connect_button).to_be_visible()
    assert book.read_notes() == notes
    sign_in(widget)
    widget.wait_for_state("ready")


# Making the meeting


def test_zoom_refuses_to_make_the_meeting(
    book: AppointmentBook,
    signed_in: MeetingWidget,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors(*(rf"status of {status}" for status in (400, 429, 500, 502, 503)))
    notes = book.read_notes()
    for refusal in REFUSED_CREATES:
        simulator.add_fault(refusal.order("create"))
        signed_in.add_button.click()
        expect_failure(signed_in, refusal.code, refusal.words)
        assert not simulator.list_faults(), refusal.name
        assert book.read_notes() == notes, refusal.name
        latest = book.list_events()[-1]
        assert (latest.name, latest.detail["code"]) == ("error", refusal.code)
        assert latest.detail["message"] == signed_in.message.inner_text()
        # The next message is a new one, even if its words are the same.
        book.choose("811")
        book.choose("812")
        signed_in.wait_for_state("idle")

    assert zoom_side.list_meetings() == []
    assert zoom_side.count_calls(Operation.CREATE) == len(REFUSED_CREATES), "one was repeated"
    simulator.put_user("viewer@lotus-spa.example", {"scopes": ["user:read:user"]})
    book.storage.keep_token(simulator.issue_tokens("viewer@lotus-spa.example"))
    signed_in.add_button.click()
    expect_failure(signed_in, "scope_missing", "permission")

    book.storage.keep_token(simulator.issue_tokens(MAYA))
    signed_in.add_button.click()
    signed_in.wait_for_state("ready")
    zoom_side.get_meeting()


def test_ended_connection_offers_to_connect_again(
    book: AppointmentBook,
    signed_in: MeetingWidget,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors(r"status of 401.*/v2/users/me\)", "status of 400.*/oauth/token")
    simulator.uninstall(MAYA)
    notes = book.read_notes()

    signed_in.add_button.click()
    expect_failure(signed_in, "invalid_grant", "has ended")
    assert book.read_notes() == notes
    assert book.storage.read() == {}, "the dead token was kept"

    signed_in.connect().allow()
    signed_in.wait_for_state("ready")
    zoom_side.get_meeting()


# The network in between


def test_dropped_connection_and_no_network(
    book: AppointmentBook,
    signed_in: MeetingWidget,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
    *,
    way: str,
) -> None:
    expect_errors(r"net::ERR_(EMPTY_RESPONSE|CONNECTION_\w+)", r"status of 401", OFFLINE)
    notes = book.read_notes()

    simulator.add_fault({"operation": "create", "kind": "drop_before"})
    signed_in.add_button.click()
    words = "could not be reached" if way == "direct" else "lost before Zoom answered"
    expect_failure(signed_in, "network", words)
    assert book.read_notes() == notes

    book.choose("811")
    book.choose("812")
    signed_in.wait_for_state("idle")
    book.page.context.set_offline(True)
    # The outcome of the first request is not known, and now it cannot be looked up.
    signed_in.add_button.click()
    expect_failure(signed_in, "outcome_unknown", "no second one is created")
    assert book.read_notes() == notes

    book.page.context.set_offline(False)
    signed_in.add_button.click()
    signed_in.wait_for_state("ready")
    zoom_side.get_meeting()


def test_a_create_that_never_left_is_no_riddle(
    book: AppointmentBook,
    signed_in: MeetingWidget,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
    way: str,
) -> None:
    """The browser knows that it is offline: nothing can have been made."""
    expect_errors(OFFLINE)
    if way == "tunnel":
        expect_errors("zoom-meeting: could not load .*/tunnel/")
    notes = book.read_notes()

    book.page.context.set_offline(True)
    signed_in.add_button.click()
    expect_failure(signed_in, "network", "could not be reached")
    assert book.read_notes() == notes

    book.page.context.set_offline(False)
    signed_in.add_button.click()
    signed_in.wait_for_state("ready")
    zoom_side.get_meeting()
    assert zoom_side.count_calls(Operation.CREATE) == 1
