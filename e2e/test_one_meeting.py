"""Exactly one meeting, however often and fast the user clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from zoom_meeting_testing.pages import AppointmentBook, MeetingWidget, TabStorage
from zoom_meeting_testing.simulator import Operation
from zoom_meeting_testing.simulator.users import ALL_SCOPES, DELETE

from e2e.stage import FRONT_DESK, MAYA, wait_until

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.hosts import HostPages
    from e2e.stage import Gate
    from e2e.zoom_side import ZoomSide


@pytest.fixture
def slow_create(simulator: Simulator) -> None:
    """A Zoom that is slow to create, so that there is time for another click."""
    simulator.add_fault({"operation": "create", "kind": "delay", "seconds": 0.4})


@pytest.mark.usefixtures("slow_create")
def test_fast_clicks_and_keys_make_one_meeting_for_each_appointment(
    book: AppointmentBook, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    simulator.add_fault({"operation": "create", "kind": "delay", "seconds": 0.4})
    widget = book.open("812")
    widget.wait_for_state("idle")
    book.storage.keep_token(simulator.issue_tokens(MAYA))

    widget.add_button.dblclick()
    widget.wait_for_state("creating")
    widget.add_button.dispatch_event("click")  # as a click would: Playwright waits for "enabled"
    widget.add_button.press("Enter")
    widget.wait_for_state("ready")

    assert zoom_side.count_calls(Operation.CREATE) == 1
    assert book.read_notes().count("Zoom: [") == 1
    expect(book.events("created")).to_have_count(1)

    book.choose("811")
    widget.wait_for_state("idle")
    widget.add_button.evaluate("button => { button.focus(); button.click(); button.click() }")
    book.page.keyboard.press("Enter")
    widget.wait_for_state("ready")

    assert zoom_side.count_calls(Operation.CREATE) == 2
    assert book.read_notes().count("Zoom: [") == 1
    expect(book.events("created")).to_have_count(2)


@pytest.mark.usefixtures("slow_create")
def test_early_clicks_make_one_meeting(
    python_gate: Gate, book: AppointmentBook, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    widget = book.open()
    book.storage.keep_token(simulator.issue_tokens(MAYA))

    widget.add_button.dblclick()
    widget.add_button.press("Enter")
    expect(widget.progress).to_have_text("Getting ready…")
    assert widget.state == "loading"
    python_gate.open()
    widget.wait_for_state("ready")

    assert zoom_side.count_calls(Operation.CREATE) == 1
    assert book.read_notes().count("Zoom: [") == 1


@pytest.mark.direct("no browser repeats a call there")
def test_a_create_that_the_browser_repeats_makes_one_meeting(
    book: AppointmentBook,
    simulator: Simulator,
    zoom_side: ZoomSide,
) -> None:
    """The connection is cut before the answer, and Chromium automatically repeats the request."""
    widget = book.open("812")
    widget.wait_for_state("idle")
    book.storage.keep_token(simulator.issue_tokens(MAYA))
    simulator.add_fault({"operation": "create", "kind": "drop_reused"})

    widget.add_button.click()
    widget.wait_for_state("ready")
    assert zoom_side.count_calls(Operation.CREATE) == 2
    wait_until(book.page, lambda: len(zoom_side.list_meetings()) == 1)

    assert zoom_side.client_url() in book.read_notes()
    assert len(zoom_side.list_mails()) == 1
    expect(widget.notice).to_have_count(0)
    expect(book.events("created")).to_have_count(1)


@pytest.mark.direct("no browser repeats a call there")
def test_a_second_meeting_that_may_not_be_deleted_is_named(
    book: AppointmentBook, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    widget = book.open("812")
    widget.wait_for_state("idle")
    scopes = [scope for scope in ALL_SCOPES if scope != DELETE]
    simulator.put_user(FRONT_DESK, {"scopes": scopes})
    book.storage.keep_token(simulator.issue_tokens(FRONT_DESK))
    simulator.add_fault({"operation": "create", "kind": "drop_reused"})

    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "second_meeting")

    expect(widget.root).to_have_attribute("data-state", "ready")
    notes = book.read_notes()
    (twin,) = (
        meeting for meeting in zoom_side.list_meetings() if zoom_side.join_url(meeting) not in notes
    )
    expect(widget.message).to_contain_text(f"its ID ends in {str(twin.id)[-4:]}")
    way = widget.notice.get_by_role("link", name="Open my Zoom meetings")
    expect(way).to_have_attribute("href", "https://zoom.us/meeting#/upcoming")
    assert [event.detail["code"] for event in book.list_events() if event.name == "error"] == [
        "second_meeting"
    ]


@pytest.mark.usefixtures("slow_create")
def test_two_widgets_for_one_appointment_make_one_meeting(
    page: Page, hosts: HostPages, hosts_url: str, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    element = (
        '<zoom-meeting id="{}" appointment="7" client="Dana Lee" starts="2199-11-12T18:00" '
        'time-zone="America/New_York" notes="#notes"></zoom-meeting>'
    )
    body = f'<textarea id="notes">Tea</textarea>{element.format("a")}{element.format("b")}'
    page.goto(hosts_url + hosts.serve(body))
    widgets = [MeetingWidget.find(page, selector) for selector in ("#a", "#b")]
    for widget in widgets:
        widget.wait_for_state("idle")
    TabStorage(page).keep_token(simulator.issue_tokens(MAYA))

    page.evaluate(
        """() => {
          for (const id of ["a", "b"]) {
            document.getElementById(id).shadowRoot.querySelector("[data-action=add]").click();
          }
        }"""
    )

    link = None
    for widget in widgets:
        widget.wait_for_state("ready")
        link = zoom_side.join_url(zoom_side.get_meeting())
        expect(widget.client_link).to_have_attribute("href", link)
    assert zoom_side.count_calls(Operation.CREATE) == 1
    notes = page.locator("#notes").input_value()
    assert notes.startswith("Tea\nZoom: [Appointment with Dana Lee] Tuesday, November 12 2199")
    assert notes.count("Zoom: [") == 1
