"""The widget finds out whether it reaches Zoom before it asks a user for consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from zoom_meeting_testing.pages import AppointmentBook, ConsentPage, MeetingWidget
from zoom_meeting_testing.simulator import Operation

from e2e.stage import MAYA, wait_until, write_element
from e2e.watcher import OFFLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import HoldCalls, OpenStage
    from e2e.hosts import HostPages
    from e2e.zoom_side import ZoomSide

CLOSED = "Zoom can't be reached from this page. Tell your administrator: cors_blocked."
EXPECTED = "blocked by CORS policy|Same Origin Policy|net::ERR_FAILED|status of 40[0135]"
PROBE = "/oauth/token?probe"
NOTES = "<textarea id='notes'>Tea, no milk.</textarea>"


@pytest.fixture
def widget(book: AppointmentBook) -> MeetingWidget:
    widget = book.open("812")
    widget.wait_for_state("idle")
    return widget


def list_operations(simulator: Simulator) -> set[object]:
    return {entry["operation"] for entry in simulator.list_requests()}


@pytest.mark.direct("CORS is not asked there")
@pytest.mark.parametrize(
    "closed",
    [{"cors_token": False}, {"cors_api": False}, {"refuses_origin": True}],
    ids=["token", "api", "origin"],
)
def test_closed_way_is_told_and_no_consent_is_asked_for(
    closed: dict[str, object],
    book: AppointmentBook,
    widget: MeetingWidget,
    simulator: Simulator,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors(EXPECTED)
    simulator.change_settings(closed)
    notes = book.read_notes()

    widget.add_button.click()

    expect(widget.message).to_have_text(CLOSED)
    expect(widget.root).to_have_attribute("data-state", "error")
    expect(widget.menu).to_have_count(0)
    (event,) = book.list_events()
    assert (event.name, event.detail["code"]) == ("error", "cors_blocked")
    assert event.detail["message"] == CLOSED

    widget.add_button.click()
    wait_until(book.page, lambda: len(book.list_events()) == 2)
    expect(widget.message).to_have_text(CLOSED)
    assert len(book.page.context.pages) == 1
    assert Operation.AUTHORIZE not in list_operations(simulator)
    assert book.read_notes() == notes
    assert book.storage.read() == {}

    simulator.change_settings({name: not value for name, value in closed.items()})
    widget.add_button.click()
    expect(widget.menu).to_be_visible()
    expect(widget.message).to_have_count(0)
    widget.connect().allow()
    widget.wait_for_state("ready")


def test_being_offline_is_another_thing_than_being_refused(
    widget: MeetingWidget, context: BrowserContext, way: str, expect_errors: Callable[..., None]
) -> None:
    expect_errors(OFFLINE)
    if way == "tunnel":
        expect_errors("zoom-meeting: could not load .*/tunnel/")
    context.set_offline(True)
    widget.add_button.click()
    expect(widget.message).to_contain_text("Check the network connection")
    assert len(context.pages) == 1

    context.set_offline(False)
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")


def test_nothing_is_sent_before_the_menu_opens_and_then_once(
    book: AppointmentBook, widget: MeetingWidget, simulator: Simulator, way: str
) -> None:
    widget.add_button.hover()
    book.page.wait_for_timeout(300)
    assert not simulator.list_requests()

    widget.add_button.click()
    # Two calls. On the direct way, the browser sends a preflight before each.
    expected = {"direct": (4, {"OPTIONS"}), "tunnel": (2, {"GET"})}
    count, methods = expected[way]
    wait_until(book.page, lambda: len(simulator.list_requests()) == count)
    assert {entry["method"] for entry in simulator.list_requests()} == methods
    other = book.choose("811")
    other.wait_for_state("idle")
    other.add_button.click()
    other.connect().deny()
    expect(other.message).to_contain_text("permission was denied")
    book.page.wait_for_timeout(300)
    assert (
        len([each for each in simulator.list_requests() if each["operation"] == "other"]) == count
    )


def test_who_is_signed_in_has_come_that_way(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    stage = open_stage(NOTES + write_element())
    stage.widget.wait_for_state("idle")
    stage.sign_in(MAYA)
    stage.widget.wait_for_state("idle")
    stage.widget.add_button.click()
    stage.widget.wait_for_state("ready")
    zoom_side.get_meeting()
    assert "other" not in list_operations(simulator)


def test_hasty_click_waits_for_the_answer_and_can_be_called_off(
    book: AppointmentBook,
    widget: MeetingWidget,
    context: BrowserContext,
    page: Page,
    hold_calls: HoldCalls,
) -> None:
    gate = hold_calls(page, PROBE)
    widget.add_button.click()
    widget.connect_button.click()
    expect(widget.root).to_have_attribute("data-state", "signing-in")
    page.wait_for_timeout(300)
    assert len(context.pages) == 1
    assert book.storage.read() == {}  # no attempt was begun
    widget.cancel_button.click()
    expect(widget.root).to_have_attribute("data-state", "idle")

    widget.add_button.click()
    widget.connect_button.click()
    with context.expect_page() as popup:
        gate.open()
    ConsentPage(popup.value).allow()
    widget.wait_for_state("ready")


def test_zoom_that_does_not_say_a_word_is_not_waited_for_until_the_click_is_forgotten(
    widget: MeetingWidget, context: BrowserContext, page: Page, hold_calls: HoldCalls
) -> None:
    gate = hold_calls(page, PROBE)
    widget.add_button.click()
    widget.connect_button.click()
    expect(widget.message).to_contain_text("Zoom is taking too long to answer")
    assert len(context.pages) == 1
    gate.open()
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")


@pytest.mark.direct("what CORS hides is not hidden there")
def test_answers_lost_twice_on_a_way_that_seems_open_close_it(
    widget: MeetingWidget,
    context: BrowserContext,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    """A server that lets pages read only errors looks open before the first sign-in."""
    expect_errors(EXPECTED)
    simulator.change_settings({"cors_only_on_errors": True})
    for _ in range(2):
        widget.add_button.click()
        widget.connect().allow()
        expect(widget.root).to_have_attribute("data-state", "error")
    widget.add_button.click()
    expect(widget.message).to_have_text(CLOSED)
    assert len(context.pages) == 1
    assert zoom_side.count_calls(Operation.TOKEN) == 2


@pytest.mark.direct("CORS is not asked there")
@pytest.mark.long
def test_api_that_closes_afterwards_is_told_in_the_same_words(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors(EXPECTED)
    stage = open_stage(NOTES + write_element())
    stage.widget.wait_for_state("idle")
    stage.sign_in(MAYA)
    simulator.change_settings({"cors_api": False})
    stage.widget.add_button.click()
    expect(stage.widget.message).to_have_text(CLOSED)
    assert stage.read_notes() == "Tea, no milk."

    simulator.change_settings({"cors_api": True})
    stage.widget.add_button.click()
    stage.widget.wait_for_state("ready")
    zoom_side.get_meeting()
    assert zoom_side.count_calls(Operation.CREATE) == 1


# A relay on the page's own origin


RELAYED = {"data-relay": "/relay/"} | dict.fromkeys(
    ("data-token-url", "data-revoke-url", "data-api-url")
)
NO_RELAY = "Zoom can't be reached from this page. Tell your administrator: relay_failed."


def send_on(place: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=302, headers={"location": place})


def answer(status: int, body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, body=body, content_type="application/json")


ZOOMS = {
    "**/relay/oauth/token?probe": answer(400, '{"reason": "No code.", "error": "invalid_request"}'),
    "**/relay/v2/**": answer(401, '{"code": 124, "message": "Invalid access token."}'),
}


def expect_no_relay(page: Page, url: str, answers: dict[str, Callable[[Route], None]]) -> None:
    for place, handle in answers.items():
        page.route(place, handle)
    page.goto(url)
    widget = MeetingWidget.find(page, "#widget")
    widget.wait_for_state("idle")
    widget.add_button.click()
    expect(widget.message).to_have_text(NO_RELAY)
    assert len(page.context.pages) == 1


@pytest.mark.direct("a page has one of the two")
@pytest.mark.parametrize("place", ["/", "https://sso.example/"], ids=["own", "other"])
def test_relay_behind_a_sign_in_page_is_told_as_no_relay(
    page: Page,
    hosts: HostPages,
    hosts_url: str,
    place: str,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors(chromium="net::ERR_FAILED")
    url = hosts_url + hosts.serve(NOTES + write_element(), script=RELAYED)
    expect_no_relay(page, url, dict.fromkeys(ZOOMS, send_on(place)))


@pytest.mark.direct("a page has one of the two")
@pytest.mark.parametrize(
    "others",
    [
        {place: answer(404, "") for place in ZOOMS},
        {"**/relay/oauth/token?probe": answer(404, "<h1>Not found</h1>")},
        {"**/relay/v2/**": answer(200, "<!doctype html>")},
        {"**/relay/v2/**": answer(401, '{"relay": "no session"}')},
    ],
    ids=["nothing", "half", "page", "no session"],
)
def test_relay_behind_which_is_not_zoom_is_told_as_that(
    page: Page,
    hosts: HostPages,
    hosts_url: str,
    others: dict[str, Callable[[Route], None]],
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 40[014]")
    url = hosts_url + hosts.serve(NOTES + write_element(), script=RELAYED)
    expect_no_relay(page, url, ZOOMS | others)


@pytest.mark.direct("a page has one of the two")
def test_relay_that_zoom_answers_through_is_offered(
    page: Page, hosts: HostPages, hosts_url: str, expect_errors: Callable[..., None]
) -> None:
    expect_errors("status of 40[01]")
    for place, handle in ZOOMS.items():
        page.route(place, handle)
    page.goto(hosts_url + hosts.serve(NOTES + write_element(), script=RELAYED))
    widget = MeetingWidget.find(page, "#widget")
    widget.wait_for_state("idle")
    widget.add_button.click()
    host = hosts_url.removeprefix("http://")
    expect(widget.menu).to_contain_text(f"passes through {host}, which keeps nothing")
    widget.connect()
