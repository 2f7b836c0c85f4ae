"""A user who is already connected to Zoom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from zoom_meeting_testing.pages import AppointmentBook
from zoom_meeting_testing.pages.tab_storage import TOKEN_KEY, write_token
from zoom_meeting_testing.simulator import Operation

from e2e.stage import MAYA, wait_until

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.zoom_side import ZoomSide


@pytest.fixture
def signed_in(context: BrowserContext, simulator: Simulator, demo_url: str) -> None:
    """A browser context in which every page finds a token when it loads."""
    entry = json.dumps([demo_url, TOKEN_KEY, write_token(simulator.issue_tokens(MAYA))])
    context.add_init_script(
        f"""{{
          const [origin, key, text] = {entry};
          if (location.origin === origin) sessionStorage.setItem(key, text);
        }}"""
    )


@pytest.mark.usefixtures("signed_in")
def test_one_click_makes_the_meeting_and_a_reload_finds_it(
    book: AppointmentBook, zoom_side: ZoomSide
) -> None:
    widget = book.open("812")
    widget.wait_for_state("idle")

    widget.add_button.click()
    widget.wait_for_state("ready")

    expect(widget.menu).to_have_count(0)
    assert zoom_side.count_calls(Operation.AUTHORIZE) == 0
    assert [event.name for event in book.list_events()] == ["notes-changed", "created"]
    notes = book.read_notes()

    book.save()
    widget = book.reload()
    widget.wait_for_state("ready")
    assert book.read_notes() == notes
    expect(widget.client_link).to_have_attribute("href", zoom_side.client_url())
    assert zoom_side.count_calls(Operation.CREATE) == 1


@pytest.mark.usefixtures("signed_in")
def test_meeting_goes_to_the_appointment_that_was_clicked(
    book: AppointmentBook, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    simulator.add_fault({"operation": "create", "kind": "delay", "seconds": 0.5})
    widget = book.open("812")
    widget.wait_for_state("idle")
    notes = book.read_notes()

    widget.add_button.click()
    widget.wait_for_state("creating")
    book.choose("811")
    widget.wait_for_state("idle")
    others = book.read_notes()
    wait_until(book.page, lambda: zoom_side.count_answers(Operation.CREATE) == 1)
    widget = book.choose("812")
    widget.wait_for_state("ready")

    link = zoom_side.client_url()
    expect(widget.client_link).to_have_attribute("href", link)
    told = ["notes-changed", "created"]
    wait_until(book.page, lambda: [event.name for event in book.list_events()][-2:] == told)
    assert book.read_notes().startswith(f"{notes}\nZoom: [Appointment with Dana Lee]")
    assert book.read_notes().endswith(link)
    expect(widget.notice).to_have_count(0)
    book.choose("811")
    assert book.read_notes() == others
    expect(widget.add_button).to_be_visible()


@pytest.mark.core
def test_undo_takes_the_line_out_again(
    book: AppointmentBook, simulator: Simulator, page: Page
) -> None:
    widget = book.open("812")
    widget.wait_for_state("idle")
    book.storage.keep_token(simulator.issue_tokens(MAYA))
    before = book.read_notes()
    book.notes.press("Control+Home")
    book.notes.evaluate("field => field.setSelectionRange(3, 9)")

    widget.add_button.click()
    widget.wait_for_state("ready")

    expect(widget.copy_button).to_be_focused()
    selection = book.notes.evaluate("field => [field.selectionStart, field.selectionEnd]")
    assert selection == [3, 9], "the caret moved"
    book.notes.focus()
    page.keyboard.press("Control+z")
    assert book.read_notes() == before
    book.notes.blur()
    widget.wait_for_state("idle")
