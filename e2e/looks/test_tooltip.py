"""The name of a button that is only an icon: for mouse, key and finger (WCAG 1.4.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.stage import write_element

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from zoom_meeting_testing.pages import MeetingWidget

    from e2e.conftest import OpenStage

BODY = f"""
<button id="elsewhere">Elsewhere</button>
{write_element()}
<textarea id="notes"></textarea>
"""
SHOWN = """button => {
  const { display, content } = getComputedStyle(button, "::after");
  if (display === "none") return "";
  // Firefox tells how the text is found, Chromium what is found.
  return content === "attr(aria-label)" ? button.ariaLabel : JSON.parse(content);
}"""


def read_tooltip(widget: MeetingWidget) -> str:
    return str(widget.add_button.evaluate(SHOWN))


@pytest.mark.core
def test_the_name_is_there_on_focus_and_hovering_and_escape_hides_it(
    page: Page, open_stage: OpenStage
) -> None:
    widget = open_stage(BODY).widget
    widget.wait_for_state("idle")
    elsewhere = page.locator("#elsewhere")
    assert read_tooltip(widget) == ""

    elsewhere.focus()
    page.keyboard.press("Tab")
    assert read_tooltip(widget) == "Add Meeting"
    page.keyboard.press("Escape")
    assert read_tooltip(widget) == ""
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert read_tooltip(widget) == "Add Meeting", "it is there for whoever comes back"

    elsewhere.focus()
    box = widget.add_button.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    assert read_tooltip(widget) == "Add Meeting"
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] + 12, steps=8)
    assert read_tooltip(widget) == "Add Meeting", "the mouse may rest on it"
    page.keyboard.press("Escape")
    assert read_tooltip(widget) == ""
    page.mouse.move(0, 0)
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    assert read_tooltip(widget) == "Add Meeting"
    assert widget.add_button.get_attribute("title") is None, "it would be shown twice"

    widget.add_button.click()
    widget.connect_button.wait_for()
    assert read_tooltip(widget) == "", "the menu is open"


def test_a_message_is_dismissed_by_key_and_the_camera_stays(
    page: Page, open_stage: OpenStage
) -> None:
    widget = open_stage(BODY).widget
    widget.wait_for_state("idle")
    widget.add_button.click()
    widget.connect().deny()
    widget.dismiss_button.focus()
    page.keyboard.press("Enter")
    widget.notice.wait_for(state="detached")
    widget.wait_for_state("idle")
    assert widget.add_button.is_visible()
