"""Without a popup, the page itself goes to Zoom, and comes back unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from zoom_meeting_testing.pages import ConsentPage
from zoom_meeting_testing.simulator import Operation

from e2e.stage import EMAIL, write_element, write_line

if TYPE_CHECKING:
    from e2e.conftest import OpenStage
    from e2e.stage import Stage
    from e2e.zoom_side import ZoomSide

BODY = (
    '<textarea id="notes">Tea</textarea><textarea id="others">Coffee</textarea>'
    + write_element("other", appointment="8", notes="#others")
    + write_element(client_email=EMAIL)
)
TYPED = "Tea 🌸, no milk.\nLikes it quiet.\n"
SELECTION = "field => [field.selectionStart, field.selectionEnd, field.value.length]"


def depart(stage: Stage) -> ConsentPage:
    stage.page.evaluate("() => { window.open = () => null }")
    widget = stage.widget
    widget.add_button.click()
    widget.connect_button.click()
    stage.page.wait_for_url("**/oauth/authorize**")
    return ConsentPage(stage.page)


@pytest.mark.core
def test_blocked_popup_goes_there_and_back_with_the_unsaved_notes(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    """In other products, browsers blocked the popup because it opened after an `await`."""
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    address = f"{stage.page.url}?day=2#row-7"
    stage.page.goto(address)
    widget = stage.widget
    widget.wait_for_state("idle")
    notes = stage.page.locator("#notes")
    notes.fill(TYPED)
    notes.evaluate("field => field.setSelectionRange(4, 6)")

    # After *Deny* the page is back, and nothing is lost.
    depart(stage).deny()
    stage.page.wait_for_url(address)
    expect(widget.notice).to_have_attribute("data-code", "access_denied")
    assert widget.state == "idle"
    assert stage.read_notes() == TYPED
    assert notes.evaluate(SELECTION)[:2] == [4, 6]
    assert stage.list_own_keys() == []
    assert zoom_side.count_calls(Operation.TOKEN) == 0

    notes.fill(TYPED + "Also: Bob")
    notes.evaluate("field => field.setSelectionRange(20, 20)")
    history = stage.page.evaluate("() => history.length")
    depart(stage).allow()
    stage.page.wait_for_url(address)
    widget.wait_for_state("ready")
    link = zoom_side.client_url()
    line = write_line(link)
    assert stage.read_notes() == f"{TYPED}Also: Bob\n{line}"
    assert notes.evaluate(SELECTION)[:2] == [20, 20]
    expect(widget.client_link).to_have_attribute("href", link)
    assert stage.page.locator("#others").input_value() == "Coffee"
    assert [event["detail"]["appointment"] for event in stage.list_events()] == ["7"] * 3
    assert stage.list_names() == ["connected", "notes-changed", "created"]
    assert stage.list_own_keys() == ["pywidget:v1:token"]
    assert zoom_side.count_calls(Operation.TOKEN) == 1
    assert "code=" not in stage.page.url
    assert stage.page.evaluate("() => history.length") > history

    # *Back* and a reload do not use the answer again. Firefox keeps the notes through a reload.
    stage.page.reload()
    widget.wait_for_state("idle" if stage.read_notes() == "Tea" else "ready")
    assert zoom_side.count_calls(Operation.TOKEN) == 1
    assert zoom_side.count_calls(Operation.CREATE) == 1
