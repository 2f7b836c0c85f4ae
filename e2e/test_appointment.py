"""What the host page says of the appointment: cancelled, not to be changed, begun, of two kinds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from zoom_meeting_testing.simulator import Operation

from e2e.stage import MAYA, NOTES, write_element

if TYPE_CHECKING:
    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

FIELD = f'<textarea id="notes">{NOTES}</textarea>'
# A page's own data-action, as Stimulus has them, must mean nothing to the widget.
CHOICE = '<button slot="meeting-choice" id="meet" data-action="connect">Add Google Meet</button>'
COUNT_CLICKS = """
button => {
  window.clicks = 0;
  button.addEventListener("click", () => (window.clicks += 1));
}
"""


def test_the_meeting_of_a_cancelled_appointment_is_removed_only_if_the_user_says_so(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(FIELD + write_element())
    widget = stage.widget
    widget.wait_for_state("idle")
    before = stage.read_notes()
    stage.create_meeting()
    noted = stage.read_notes()
    widget.send_button.click()

    stage.change("status", "cancelled")
    expect(widget.cancelled).to_contain_text("This appointment was canceled.")
    expect(widget.heard).to_contain_text("This appointment was canceled.")
    for button in (widget.send_menu, widget.send_button, widget.start_button, widget.add_button):
        expect(button).to_have_count(0)
    assert (stage.read_notes(), zoom_side.count_calls(Operation.DELETE)) == (noted, 0)

    # Nobody may change anything: not even the answer is asked for.
    stage.change("read-only", "")
    expect(widget.cancelled).to_have_count(0)
    expect(widget.remove_button).to_have_count(0)
    stage.change("status", "booked")
    expect(widget.start_button).to_be_visible()
    expect(widget.remove_button).to_have_count(0)
    widget.root.evaluate("element => { element.readOnly = false; element.status = 'cancelled' }")

    widget.cancelled.get_by_role("button", name="Remove meeting", exact=True).click()
    expect(widget.remove_menu.get_by_role("button", name="Cancel", exact=True)).to_be_focused()
    widget.remove_menu.get_by_role("button", name="Remove", exact=True).click()
    widget.wait_for_state("idle")
    assert stage.read_notes() == before
    assert zoom_side.count_calls(Operation.DELETE) == 1
    expect(widget.hint).to_have_text("This appointment was canceled.")
    expect(widget.add_button).to_have_count(0)


def test_another_kind_of_meeting_stands_in_the_cameras_menu(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(FIELD + write_element().replace("></zoom", f">{CHOICE}</zoom"))
    page, widget = stage.page, stage.widget
    meet = page.locator("#meet")
    expect(meet).to_be_hidden()
    widget.wait_for_state("idle")
    stage.sign_in()  # into an element without children; they may come at any time
    widget.root.evaluate("(element, markup) => { element.innerHTML = markup }", CHOICE)
    meet.evaluate(COUNT_CLICKS)
    widget.wait_for_state("idle")

    # One menu for keys, although the buttons belong to two.
    widget.add_button.press("Enter")
    expect(meet).to_be_visible()
    for target in (widget.connect_button, meet):
        page.keyboard.press("Tab")
        expect(target).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(widget.connect_button).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(meet).to_be_hidden()
    expect(widget.add_button).to_be_focused()

    # A click is the host page's, and the menu has done its part.
    widget.add_button.click()
    meet.click()
    expect(meet).to_be_hidden()
    expect(widget.add_button).to_be_focused()
    assert page.evaluate("window.clicks") == 1
    assert (widget.state, zoom_side.count_calls(Operation.CREATE)) == ("idle", 0)

    widget.add_button.click()
    page.locator("#notes").focus()
    expect(meet).to_be_hidden()

    widget.add_button.click()
    widget.connect_button.click()
    widget.wait_for_state("ready")
    expect(meet).to_be_hidden()
    assert zoom_side.count_calls(Operation.CREATE) == 1


def test_an_appointment_that_has_begun_gets_its_meeting_for_now(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    began = (datetime.now(UTC) - timedelta(minutes=5)).replace(second=0, microsecond=0)
    starts = began.strftime("%Y-%m-%dT%H:%M")
    stage = open_stage(FIELD + write_element(starts=starts, time_zone="UTC", duration="30"))
    widget = stage.widget
    stage.sign_in(MAYA)
    expect(widget.hint).to_have_text("The appointment has begun: the meeting starts now.")
    widget.add_button.click()
    widget.wait_for_state("ready")
    ahead = zoom_side.get_meeting().start - datetime.now(UTC)
    assert timedelta(0) < ahead <= timedelta(minutes=2)
    clock = began.strftime("%I:%M %p").lstrip("0").lower()
    assert f" {clock} — " in stage.read_notes()

    stage.reopen()
    widget.wait_for_state("ready")
    expect(widget.detail("Passcode")).to_have_count(1)  # Zoom was asked again
    expect(widget.drift).to_have_count(0)
