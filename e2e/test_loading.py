"""The widget's own files are missing, or come late."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from zoom_meeting_testing.pages import AppointmentBook, TabStorage

from e2e.accessibility.ear import Ear
from e2e.stage import Gate, wait_until, write_element

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

LONG = "02:00"
HOLD_START = """
() => {
  const { instantiate } = WebAssembly;
  const isOpen = new Promise((resolve) => (window.letPythonStart = resolve));
  WebAssembly.instantiate = (...args) => isOpen.then(() => instantiate(...args));
}
"""
"""All files come, and then Python does not start until the test lets it."""
AN_ASSET_THAT_COMES_LATE = re.compile(r"/pywidget-\w+\.zip$")


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
    python_gate: Gate,
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
    python_gate: Gate, book: AppointmentBook
) -> None:
    widget = book.open("812")
    widget.add_button.click()
    expect(widget.progress).to_have_text("Getting ready…")
    python_gate.open()
    expect(widget.connect_button).to_be_visible()
    expect(widget.menu).to_be_focused()
    expect(widget.progress).to_have_count(0)


@pytest.mark.core
def test_click_during_which_python_comes_up_counts(
    python_gate: Gate, open_stage: OpenStage, page: Page
) -> None:
    other = write_element("other", appointment="8")
    stage = open_stage(f'<textarea id="notes"></textarea>{write_element()}{other}')
    stage.widget.add_button.hover()
    page.mouse.down()
    python_gate.open()
    expect(page.locator("#other")).to_have_attribute("data-state", "idle")
    expect(stage.widget.root).to_have_attribute("data-state", "loading")
    page.mouse.up()
    expect(stage.widget.connect_button).to_be_visible()


def test_meeting_in_the_notes_is_announced_while_python_loads(
    python_gate: Gate, book: AppointmentBook
) -> None:
    book.page.goto(book.url)
    book.write_notes("https://us02web.zoom.us/j/86012345678?pwd=Q2x")
    widget = book.reload()
    expect(widget.progress).to_have_text("Loading meeting…")
    expect(widget.add_button).to_have_count(0)
    python_gate.open()
    widget.wait_for_state("ready")


def test_from_two_seconds_on_one_sees_how_far_a_first_visit_is(
    page: Page, book: AppointmentBook
) -> None:
    ear = Ear(page)
    page.clock.install()
    gate = Gate(page, "**/pyodide.asm.wasm")
    widget = book.open("812")
    widget.add_button.click()
    expect(widget.progress).to_have_text("Getting ready…")
    wait_until(page, lambda: bool(gate.held))
    page.clock.run_for(2000)
    percent = re.compile(r"^Loading Zoom for the first time, [1-9]\d%…$")
    expect(widget.progress).to_have_text(percent)
    gate.open()
    expect(widget.menu).to_be_focused()
    assert ear.wait_for(1) == ["Getting ready…"], "numbers are not read out"


@pytest.mark.parametrize("file", ["pyodide.asm.wasm", "pywidget-*.zip", "core.js"])
def test_slow_network_is_no_failure(page: Page, book: AppointmentBook, file: str) -> None:
    page.clock.install()
    gate = Gate(page, f"**/{file}")
    widget = book.open("812")
    widget.add_button.click()
    expect(widget.progress).to_have_text("Getting ready…")
    wait_until(page, lambda: bool(gate.held))

    page.clock.run_for(LONG)
    expect(widget.progress).to_contain_text("longer than usual")
    expect(widget.heard).to_have_text("This is taking longer than usual…")
    assert widget.state == "loading"
    page.clock.run_for(LONG)
    assert widget.state == "loading"

    gate.open()
    expect(widget.menu).to_be_focused()
    assert book.list_events() == []


def test_python_that_takes_too_long_is_a_failure_and_mended_when_it_comes(
    context: BrowserContext,
    page: Page,
    book: AppointmentBook,
    expect_errors: Callable[..., None],
    watcher: Watcher,
) -> None:
    expect_errors("zoom-meeting: Python takes too long to start")
    context.add_init_script(f"({HOLD_START})()")
    page.clock.install()
    widget = book.open("812")
    wait_until(page, lambda: any(map(AN_ASSET_THAT_COMES_LATE.search, watcher.requests)))
    page.wait_for_load_state("networkidle")
    page.clock.run_for(LONG)

    widget.wait_for_state("error")
    expect(widget.message).to_contain_text("unusually long to start")
    expect(widget.reload_button).to_be_visible()
    assert [event.detail["code"] for event in book.list_events()] == ["runtime_load_failed"]

    page.evaluate("() => window.letPythonStart()")
    widget.wait_for_state("idle")
    expect(widget.notice).to_have_count(0)
    widget.add_button.click()
    expect(widget.menu).to_be_focused()
