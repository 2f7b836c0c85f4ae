"""Python dies in the middle of its work, of a trap in WebAssembly, as has happened in browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from zoom_meeting_testing.pages import MeetingWidget

from e2e.stage import LINK, wait_until, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import OpenStage

DIE = """
() => {
  const script = document.createElement("script");
  script.type = "py";
  script.textContent = "import _pyodide_core\\n_pyodide_core.trigger_fatal_error()";
  document.body.append(script);
}
"""
BODY = (
    '<textarea id="notes">Tea</textarea>'
    + write_element()
    + f'<textarea id="others">{write_line(LINK)}</textarea>'
    + write_element("other", appointment="8", notes="#others")
)


MEASURE = """
(element) => {
  const inside = element.shadowRoot.querySelector(".panel, .row, .notice").getBoundingClientRect();
  return Math.round(element.getBoundingClientRect().bottom - inside.bottom);
}
"""


EMPTY = """
() => {
  document.querySelector("#notes").value = "";
  document.querySelector("#widget").refresh();
}
"""


def is_told(widget: MeetingWidget) -> None:
    widget.wait_for_state("error")
    expect(widget.root).to_have_attribute("aria-busy", "false")
    expect(widget.notice).to_have_attribute("data-code", "runtime_load_failed")
    expect(widget.message).to_contain_text("stopped working")
    expect(widget.reload_button).to_be_visible()
    expect(widget.panel).to_have_count(0)


def test_the_room_that_was_kept_for_words_is_given_back(
    page: Page, open_stage: OpenStage, expect_errors: Callable[..., None]
) -> None:
    expect_errors("fatal", "console: Error")
    body = f'<textarea id="notes">{write_line(LINK)}</textarea>{write_element()}'
    widget = open_stage(body).widget
    widget.wait_for_state("ready")
    page.evaluate(EMPTY)
    widget.wait_for_state("idle")
    assert widget.root.evaluate(MEASURE) > 0, "nothing was kept"
    page.evaluate(DIE)
    is_told(widget)
    wait_until(page, lambda: widget.root.evaluate(MEASURE) == 0)  # it comes with a motion


@pytest.mark.long
def test_every_element_says_so_whatever_it_was_doing(
    page: Page, open_stage: OpenStage, expect_errors: Callable[..., None]
) -> None:
    expect_errors("fatal", "console: Error")
    stage = open_stage(BODY)
    widget, other = stage.widget, MeetingWidget.find(page, "#other")
    other.wait_for_state("ready")
    widget.add_button.click()
    consent = widget.connect()
    widget.wait_for_state("signing-in")

    page.evaluate(DIE)
    is_told(widget)
    is_told(other)
    failed = [event for event in stage.list_events() if event["name"] == "error"]
    assert sorted(event["element"] for event in failed) == ["other", "widget"]

    # Work that was under way does not come back.
    consent.allow()
    consent.page.get_by_text("This sign-in is over").wait_for()
    is_told(widget)
    assert stage.simulator.list_meetings() == []

    # Later elements say so, too; nothing else on the page changes.
    stage.reopen("other")
    is_told(other)
    other.root.evaluate("element => element.setAttribute('client', 'Somebody Else')")
    other.root.evaluate("element => element.remove()")
    assert stage.read_notes() == "Tea"

    # The page reloads when the user clicks, and not before.
    page.evaluate("() => { window.sameDocument = true }")
    widget.reload_button.click()
    wait_until(page, lambda: not page.evaluate("() => window.sameDocument"))
    widget.wait_for_state("idle")
