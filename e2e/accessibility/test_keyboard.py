"""Whole journeys without a mouse: nothing is out of reach, and the focus is never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect
from zoom_meeting_testing.pages import ConsentPage

from e2e.abilities import Ability
from e2e.stage import write_element
from web.catalogue import read_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenContext, OpenStage
    from e2e.hosts import HostPages
    from e2e.zoom_side import ZoomSide

BODY: Final = '<textarea id="notes">Tea</textarea>' + write_element()
IS_IN_WIDGET: Final = "() => document.activeElement?.localName === 'zoom-meeting'"
MOST_TABS: Final = 20
REFUSE: Final = """
// Firefox has none in a window that is still empty.
if (navigator.clipboard)
  navigator.clipboard.writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
"""
SELECTED: Final = """
field => [field.value.slice(field.selectionStart, field.selectionEnd), field.value]
"""


def reach(page: Page, control: Locator) -> None:
    """Press Tab until the control has the focus."""
    for _ in range(MOST_TABS):
        if control.evaluate("each => each.matches(':focus')"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {control}")


def press(page: Page, control: Locator) -> None:
    reach(page, control)
    page.keyboard.press("Enter")


def test_a_meeting_is_created_sent_and_removed_by_key_alone(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(BODY)
    page, widget = stage.page, stage.widget
    widget.wait_for_state("idle")
    page.locator("#notes").focus()

    press(page, widget.add_button)
    expect(widget.menu).to_be_focused()
    with page.expect_popup() as popup:
        press(page, widget.connect_button)
    ConsentPage(popup.value).allow_by_key()
    widget.wait_for_state("ready")
    page.bring_to_front()
    expect(widget.copy_button).to_be_focused()

    press(page, widget.send_button)
    expect(widget.send_menu).to_be_focused()
    press(page, widget.button("Copy invitation"))
    page.keyboard.press("Escape")
    expect(widget.send_menu).to_have_count(0)
    expect(widget.send_button).to_be_focused()

    press(page, widget.details_summary)
    expect(widget.detail("Passcode")).to_be_visible()
    press(page, widget.remove_button)
    expect(widget.remove_menu.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(widget.remove_button).to_be_focused()
    page.keyboard.press("Enter")
    press(page, widget.remove_menu.get_by_role("button", name="Remove", exact=True))
    widget.wait_for_state("idle")
    assert page.evaluate(IS_IN_WIDGET), "the focus is lost"
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("Tea", [])


@pytest.mark.long
def test_the_same_in_arabic_on_the_narrowest_phone(
    open_context: OpenContext, hosts: HostPages, hosts_url: str, zoom_side: ZoomSide
) -> None:
    """From right to left, and without a name that a test would know beforehand."""
    words = read_words("ar")
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(hosts_url + hosts.serve(BODY, lang="ar", direction="rtl"))
    widget = page.locator("#widget")

    def find(key: str) -> Locator:
        return widget.get_by_role("button", name=words[key], exact=True)

    expect(find("button.add_meeting")).to_be_visible()
    page.locator("#notes").focus()
    press(page, find("button.add_meeting"))
    expect(find("button.add_zoom_meeting")).to_be_visible()
    with page.expect_popup() as popup:
        press(page, find("button.add_zoom_meeting"))
    ConsentPage(popup.value).allow_by_key()
    expect(find("button.copy")).to_be_focused()
    page.bring_to_front()
    assert len(zoom_side.list_meetings()) == 1

    press(page, find("button.send_to_client"))
    mail = widget.get_by_role("link", name=words["link.email"], exact=True)
    assert unquote(mail.get_attribute("href") or "").count(words["invitation.when"].split(":")[0])
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320

    press(page, find("button.remove_meeting"))
    expect(find("button.cancel")).to_be_focused()
    press(page, find("button.remove"))
    expect(widget).to_have_attribute("data-state", "idle")
    expect(widget.locator("[part~=message]")).to_have_text(words["notice.removed"])
    assert page.evaluate(IS_IN_WIDGET), "the focus is lost"
    assert (page.locator("#notes").input_value(), zoom_side.list_meetings()) == ("Tea", [])


@pytest.mark.long
def test_what_zoom_has_changed_is_answered_by_key_alone(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 404")
    stage = open_stage(BODY)
    page, widget = stage.page, stage.widget
    widget.wait_for_state("idle")
    stage.create_meeting()
    meeting = zoom_side.get_meeting()
    noted = stage.read_notes()

    simulator.change_meeting(meeting.id, {"start_time": "2199-11-12T19:30:00"})
    stage.reopen()
    expect(widget.drift).to_be_visible()
    page.locator("#notes").focus()
    press(page, widget.update_note_button)
    expect(widget.update_note_button).to_have_count(0)
    assert page.evaluate(IS_IN_WIDGET), "the focus is lost"
    press(page, widget.update_zoom_button)
    expect(widget.drift).to_have_count(0)
    widget.wait_for_state("ready")
    assert page.evaluate(IS_IN_WIDGET), "the focus is lost"
    assert stage.read_notes() == noted

    simulator.delete_meeting(meeting.id)
    stage.reopen()
    expect(widget.button("Undo")).to_be_visible()
    page.locator("#notes").focus()
    press(page, widget.button("Undo"))
    widget.wait_for_state("gone")
    assert page.evaluate(IS_IN_WIDGET), "the focus is lost"
    assert stage.read_notes() == noted
    press(page, widget.button("Remove from notes"))
    widget.wait_for_state("idle")
    assert page.evaluate(IS_IN_WIDGET), "the focus is lost"
    assert stage.read_notes() == "Tea"


@pytest.mark.parametrize("name", ["Copy", "Copy invitation"])
def test_what_the_browser_does_not_copy_is_selected_whole_for_the_keyboard(
    page: Page, open_stage: OpenStage, zoom_side: ZoomSide, name: str
) -> None:
    page.add_init_script(REFUSE)
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.create_meeting()
    meeting = zoom_side.get_meeting()
    link = zoom_side.join_url(meeting)
    assert "pwd=" in link
    if name != "Copy":
        widget.send_button.click()
    press(page, widget.button(name))
    field = widget.notice.get_by_role("textbox")
    expect(field).to_be_focused()
    selected, whole = field.evaluate(SELECTED)
    assert selected == whole
    if name == "Copy":
        assert whole == link
    else:
        assert link in whole
        assert f"Passcode: {meeting.password}" in whole
    expect(widget.message).to_contain_text("Press Ctrl+C")
    page.keyboard.type("x")
    assert field.input_value() == whole, "it can be copied, and not changed"


@pytest.mark.long
@pytest.mark.needs(Ability.CLIPBOARD)
def test_the_field_is_copied_by_the_key_that_it_names(
    page: Page, open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    page.add_init_script(REFUSE)
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.create_meeting()
    stage.widget.copy_button.click()
    expect(stage.widget.notice.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Control+C")
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert page.evaluate("() => navigator.clipboard.readText()") == link
