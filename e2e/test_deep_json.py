"""JSON that is nested so deeply that Python's own parser would take the browser's stack with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e.stage import write_element, write_line

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

DEEP = "[" * 100_000
PLANT = "text => { for (const key of ['token', 'hosted']) "
PLANT += "(key === 'token' ? sessionStorage : localStorage).setItem(`pywidget:v1:${key}`, text) }"
SHOUT = "text => { new BroadcastChannel('pywidget:v1:tabs').postMessage(text) }"


def test_an_answer_storage_and_other_tabs_cannot_end_python_with_it(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    stage = open_stage('<textarea id="notes">Tea</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("idle")

    # Another tab's message, and what somebody has put into this one's storage.
    stage.page.evaluate(SHOUT, DEEP)
    stage.page.evaluate(PLANT, DEEP)
    stage.page.reload()
    widget.wait_for_state("idle")

    # Zoom's answer.
    simulator.add_fault({"operation": "create", "kind": "respond", "status": 201, "body": DEEP})
    stage.sign_in()
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "zoom_error")
    assert stage.read_notes() == "Tea"

    widget.add_button.click()
    widget.wait_for_state("ready")
    assert write_line(zoom_side.join_url(zoom_side.get_meeting())) in stage.read_notes()
