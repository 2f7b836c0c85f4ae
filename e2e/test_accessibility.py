"""Keyboard, names, focus, colors and narrow screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from zoom_meeting_testing.pages import AppointmentBook, ConsentPage, MeetingWidget

if TYPE_CHECKING:
    from e2e.conftest import OpenContext
    from e2e.hosts import HostPages

LINK = "https://us02web.zoom.us/j/86012345678?pwd=" + "Q2x" * 12
TOPIC = "Appointment with " + "Wolfeschlegelsteinhausenbergerdorff" * 3
BODY = f"""
<button id="before">Before</button>
<zoom-meeting id="empty" appointment="1" starts="2199-11-12T18:00" notes="#empty-notes"
  time-zone="America/New_York"></zoom-meeting>
<zoom-meeting id="full" appointment="2" starts="2199-11-12T18:00" notes="#full-notes"
  time-zone="America/New_York"></zoom-meeting>
<button id="after">After</button>
<textarea id="empty-notes"></textarea>
<textarea id="full-notes">Zoom: [{TOPIC}] Tuesday, November 12 2199 6:00 pm — {LINK}</textarea>
"""
FOCUSED = """
() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active?.id || active?.ariaLabel || active?.textContent.trim();
}
"""
UNNAMED_CONTROLS = """
element => [...element.shadowRoot.querySelectorAll("button, a, summary, section, [role=group]")]
  .filter((each) => !(each.ariaLabel || each.textContent).trim())
  .map((each) => each.outerHTML)
"""
OVERFLOWS = "element => element.scrollWidth > element.clientWidth"


def test_first_meeting_needs_no_mouse_and_never_loses_the_focus(book: AppointmentBook) -> None:
    widget = book.open("812")
    widget.wait_for_state("idle")
    keyboard = book.page.keyboard

    widget.add_button.focus()
    keyboard.press("Space")
    expect(widget.menu).to_be_focused()
    keyboard.press("Tab")
    expect(widget.connect_button).to_be_focused()
    with book.page.expect_popup() as popup:
        keyboard.press("Enter")
    ConsentPage(popup.value).deny_by_key()
    expect(widget.message).to_contain_text("denied")
    keyboard.press("Tab")
    expect(widget.add_button).to_be_focused()

    keyboard.press("Enter")
    expect(widget.notice).to_have_count(0)
    keyboard.press("Tab")
    expect(widget.connect_button).to_be_focused()
    with book.page.expect_popup() as popup:
        keyboard.press("Enter")
    book.page.bring_to_front()  # in Firefox the popup has the focus
    expect(widget.progress).to_be_focused()
    expect(widget.add_button).to_have_attribute("aria-disabled", "true")
    expect(widget.heard).to_contain_text("Zoom asks for your permission")

    ConsentPage(popup.value).allow_by_key()
    widget.wait_for_state("ready")
    expect(widget.copy_button).to_be_focused()
    expect(widget.heard).to_contain_text("The Zoom meeting is ready.")

    keyboard.press("Enter")
    expect(widget.copy_button).to_have_text("Copied")
    expect(widget.heard).to_contain_text("Link copied.")
    for control in (widget.start_button, widget.send_button, widget.details_summary):
        keyboard.press("Tab")
        expect(control).to_be_focused()
    keyboard.press("Enter")
    expect(widget.detail("Meeting ID")).to_be_visible()
    for _ in range(4):
        keyboard.press("Shift+Tab")
    expect(widget.client_link).to_be_focused()


@pytest.fixture
def host_page(page: Page, hosts: HostPages, hosts_url: str) -> Page:
    page.goto(hosts_url + hosts.serve(BODY))
    MeetingWidget.find(page, "#full").wait_for_state("ready")
    return page


@pytest.mark.core
def test_tab_goes_through_every_control_and_on(host_page: Page) -> None:
    host_page.locator("#before").focus()
    visited = []
    for _ in range(8):
        host_page.keyboard.press("Tab")
        visited.append(host_page.evaluate(FOCUSED))
    assert visited == [
        "Add Meeting",
        "Client link us02web.zoom.us/j/86012345678",
        "Copy",
        "Start meeting",
        "Send to client",
        "Details",
        "Remove meeting",
        "after",
    ]

    empty = MeetingWidget.find(host_page, "#empty")
    full = MeetingWidget.find(host_page, "#full")
    empty.add_button.click()
    for widget in (empty, full):
        assert widget.root.evaluate(UNNAMED_CONTROLS) == []
    expect(empty.root).to_match_aria_snapshot(
        """
        - status
        - alert
        - group "Zoom meeting":
          - button "Add Meeting" [expanded]
          - group "Add Meeting":
            - paragraph: /asks for your permission/
            - button "Add Zoom Meeting"
        """
    )

    # The menu closes when the focus goes elsewhere; a click on what stands below still counts.
    after = host_page.locator("#after")
    after.evaluate("button => button.addEventListener('click', () => (button.title = 'clicked'))")
    after.click()
    expect(empty.menu).to_have_count(0)
    expect(after).to_have_attribute("title", "clicked")


def test_narrow_screens_and_other_colours_break_nothing(
    open_context: OpenContext, hosts: HostPages, hosts_url: str
) -> None:
    context = open_context(
        viewport={"width": 320, "height": 640}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(hosts_url + hosts.serve(BODY, direction="rtl"))
    empty = MeetingWidget.find(page, "#empty")
    full = MeetingWidget.find(page, "#full")
    full.wait_for_state("ready")
    full.details_summary.click()
    expect(full.detail("Topic")).to_be_visible()
    empty.add_button.click()
    expect(empty.menu).to_be_visible()

    for direction in ("rtl", "ltr"):
        page.evaluate("direction => { document.documentElement.dir = direction }", direction)
        for widget in (empty, full):
            assert not widget.root.evaluate(OVERFLOWS), f"{direction}: overflows"
        for control in (empty.add_button, empty.connect_button, full.client_link, full.copy_button):
            box = control.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320

    page.emulate_media(forced_colors="active")
    background = "(each, part) => getComputedStyle(each, part).backgroundColor"
    icon = empty.add_button.locator(".camera")
    for part in ("::before", "::after"):
        assert icon.evaluate(background, part) != empty.add_button.evaluate(background)
