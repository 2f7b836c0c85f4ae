"""Notes in rich text, while a person is at work in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from zoom_meeting_testing.pages import ConsentPage

from e2e.stage import write_element, write_line

if TYPE_CHECKING:
    from e2e.conftest import HoldCalls, OpenStage
    from e2e.stage import Stage
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

CREATE = "/v2/users/me/meetings"
TYPED = "the quick brown fox jumps over the lazy dog, and then once more for luck. " * 2
KEYS_APART_MS = 25
COLLEAGUE = """
document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector("textarea#notes");
  if (field) field.value = "Coffee";
});
"""


def sign_in_without_popups(stage: Stage) -> None:
    """Sign in by a redirect of the page itself; then the meeting is created."""
    stage.page.evaluate("() => { window.open = () => null }")
    stage.widget.add_button.click()
    stage.widget.connect_button.click()
    stage.page.wait_for_url("**/oauth/authorize**")
    ConsentPage(stage.page).allow()
    stage.widget.wait_for_state("ready")


def write_body(notes: str) -> str:
    return (
        f'<div id="notes" contenteditable="true">{notes}</div><input id="search">{write_element()}'
    )


def list_lines(shown: str) -> list[str]:
    """Return the lines with text: Chromium adds a paragraph for one, Firefox a line break."""
    lines = (line.rstrip() for line in shown.replace("\xa0", " ").split("\n"))
    return [line for line in lines if line]


@pytest.mark.parametrize("target", ["#search", "#notes"])
def test_keys_that_are_pressed_while_the_line_is_written_go_where_they_were_meant(
    open_stage: OpenStage, zoom_side: ZoomSide, hold_calls: HoldCalls, target: str
) -> None:
    stage = open_stage(write_body("<p>Tea, no milk.</p>"))
    widget = stage.widget
    stage.sign_in()
    widget.wait_for_state("idle")
    gate = hold_calls(stage.page, CREATE)
    widget.add_button.click()
    widget.wait_for_state("creating")
    stage.page.locator(target).click()
    stage.page.keyboard.press("End")
    stage.page.keyboard.type(TYPED[:20], delay=KEYS_APART_MS)
    gate.open()
    stage.page.keyboard.type(TYPED[20:], delay=KEYS_APART_MS)
    widget.wait_for_state("ready")
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    notes = list_lines(stage.page.locator("#notes").inner_text())
    if target == "#search":
        assert stage.page.locator(target).input_value() == TYPED
        assert notes == ["Tea, no milk.", line]
    else:
        assert notes == [f"Tea, no milk.{TYPED}".rstrip(), line]
    expect(stage.page.locator(target)).to_be_focused()


def test_a_line_in_a_locked_part_of_the_notes_keeps_its_meeting(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(write_body("<p>Tea</p>"))
    stage.create_meeting()
    line = stage.page.locator("#notes").locator("p, div", has_text="Zoom:")
    line.evaluate("block => { block.contentEditable = 'false' }")
    stage.widget.confirm_removal()
    expect(stage.widget.notice).to_have_attribute("data-code", "notes_write_failed")
    expect(stage.widget.message).to_contain_text("read-only")
    assert len(zoom_side.list_meetings()) == 1
    line.evaluate("block => { block.contentEditable = 'inherit' }")
    stage.widget.confirm_removal()
    stage.widget.wait_for_state("idle")
    assert zoom_side.list_meetings() == []


def test_a_click_that_ends_an_edit_of_the_notes_hits_its_button(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    """The edit shrinks the panel, but not while a mouse button is down."""
    stage = open_stage(f'<textarea id="notes" rows="9"></textarea>{write_element()}')
    stage.sign_in()
    widget = stage.widget
    widget.add_button.click()
    widget.wait_for_state("ready")
    stage.page.locator("#notes").press("Control+Home")
    stage.page.keyboard.type("X")  # no longer our line, but a link
    widget.remove_button.click()
    expect(widget.remove_menu).to_be_visible()
    expect(widget.start).to_have_text("Zoom meeting")
    widget.remove_menu.get_by_role("button", name="Remove", exact=True).click()
    widget.wait_for_state("idle")
    assert zoom_side.list_meetings() == []


@pytest.mark.parametrize("notes", ["<p>Tea, <b>no milk</b></p>", "Tea, <em>no milk</em>"])
def test_a_line_behind_bold_text_is_not_bold(
    open_stage: OpenStage, zoom_side: ZoomSide, notes: str
) -> None:
    stage = open_stage(write_body(notes))
    stage.create_meeting()
    field = stage.page.locator("#notes")
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    assert field.inner_text().rstrip().endswith(line)
    assert "Zoom" not in "".join(field.locator("b, i, em").all_inner_texts())
    stage.widget.confirm_removal()
    stage.widget.wait_for_state("idle")
    assert field.inner_text() == "Tea, no milk"
    assert field.locator("b, em").inner_text() == "no milk"


def test_the_caret_is_there_again_after_the_page_has_been_at_zoom(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(write_body("<p>Tea</p>"))
    stage.widget.wait_for_state("idle")
    field = stage.page.locator("#notes")
    field.click()
    stage.page.keyboard.press("End")
    stage.page.keyboard.type(", no milk")
    for _ in range(4):
        stage.page.keyboard.press("ArrowLeft")
    sign_in_without_popups(stage)
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    before = stage.page.evaluate(
        """() => {
          const selection = getSelection();
          const range = document.createRange();
          range.setStart(document.getElementById("notes"), 0);
          range.setEnd(selection.focusNode, selection.focusOffset);
          return range.toString();
        }"""
    )
    assert before == "Tea, no "
    assert list_lines(field.inner_text()) == ["Tea, no milk", line]


def test_notes_that_changed_during_the_sign_in_are_told_in_the_panel(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(f'<textarea id="notes">Tea</textarea>{write_element()}')
    stage.widget.wait_for_state("idle")
    stage.page.locator("#notes").fill("Tea, no milk")
    stage.page.add_init_script(COLLEAGUE)
    sign_in_without_popups(stage)
    expect(stage.widget.notice).to_have_attribute("data-code", "draft-merged")
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    assert stage.read_notes() == f"Coffee\nTea, no milk\n{line}"
