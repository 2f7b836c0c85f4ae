"""The widget's own files do not come, or come late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from e2e.pages import AppointmentBook, TabStorage

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import PythonGate
    from e2e.simulator import Simulator
    from e2e.zoom_side import ZoomSide


def answer_not_found(route: Route) -> None:
    route.fulfill(status=404)


def cut(route: Route) -> None:
    route.abort("connectionreset")


@pytest.mark.parametrize(
    ("file", "fail"),
    [("pyodide.asm.wasm", cut), ("core.js", answer_not_found)],
)
def test_file_that_did_not_load_is_tried_again_without_a_reload(
    context: BrowserContext,
    book: AppointmentBook,
    expect_errors: Callable[..., None],
    file: str,
    fail: Callable[[Route], None],
) -> None:
    expect_errors("Failed to load resource", f"zoom-meeting: could not load .*{file}")
    context.route(f"**/{file}", fail, times=1)
    widget = book.open("812")
    book.page.evaluate("() => { window.sameDocument = true }")

    widget.wait_for_state("error")
    expect(widget.message).to_contain_text("could not be loaded")
    expect(widget.root).to_have_attribute("aria-busy", "false")
    (event,) = book.list_events()
    assert event.name == "error"
    assert event.detail["code"] == "runtime_load_failed"
    assert event.detail["appointment"] == "812"

    widget.load_again_button.click()
    widget.wait_for_state("idle")
    widget.add_button.click()
    expect(widget.menu).to_be_focused()
    assert book.page.evaluate("() => window.sameDocument")


def test_early_click_stays_visible_and_survives_a_failed_load(
    python_gate: PythonGate,
    book: AppointmentBook,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("Failed to load resource", "zoom-meeting: could not load")
    book.page.route("**/pywidget-*.zip", answer_not_found, times=1)
    widget = book.open("812")
    TabStorage(book.page).keep_token(simulator.issue_tokens("maya@lotus-spa.example"))
    widget.wait_for_state("error")

    widget.load_again_button.click()
    widget.add_button.click()
    expect(widget.progress).to_have_text("Getting ready…")
    expect(widget.add_button).to_be_visible()
    python_gate.open()
    widget.wait_for_state("ready")
    zoom_side.get_meeting()


def test_early_click_of_somebody_not_connected_opens_the_menu(
    python_gate: PythonGate, book: AppointmentBook
) -> None:
    widget = book.open("812")
    widget.add_button.click()
    expect(widget.progress).to_have_text("Getting ready…")
    python_gate.open()
    expect(widget.connect_button).to_be_visible()
    expect(widget.menu).to_be_focused()
    expect(widget.progress).to_have_count(0)


def test_meeting_in_the_notes_is_announced_while_python_loads(
    python_gate: PythonGate, book: AppointmentBook
) -> None:
    book.page.goto(book.url)
    book.write_notes("https://us02web.zoom.us/j/86012345678?pwd=Q2x")
    widget = book.reload()
    expect(widget.progress).to_have_text("Loading meeting…")
    expect(widget.add_button).to_have_count(0)
    python_gate.open()
    widget.wait_for_state("ready")
