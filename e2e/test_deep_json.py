"""JSON that is nested so deeply that Python's own parser would take the browser's stack with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e.simulator import Operation
from e2e.stage import add_meeting, wait_until, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import OpenStage
    from e2e.simulator import Simulator
    from e2e.zoom_side import ZoomSide

DEEP = "[" * 100_000
PLANT = "text => { for (const key of ['token', 'hosted']) "
PLANT += "(key === 'token' ? sessionStorage : localStorage).setItem(`pywidget:v1:${key}`, text) }"
SHOUT = "text => { new BroadcastChannel('pywidget:v1:tabs').postMessage(text) }"


@pytest.mark.every_engine
def test_an_answer_storage_and_other_tabs_cannot_end_python_with_it(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 400")
    notes = write_line(zoom_side.join_url(add_meeting(simulator)))
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("ready")

    # Another tab's message, and what somebody has put into this one's storage.
    stage.page.evaluate(SHOUT, DEEP)
    stage.page.evaluate(PLANT, DEEP)
    stage.page.reload()
    widget.wait_for_state("ready")

    # Zoom's answer.
    simulator.add_fault({"operation": "read", "kind": "respond", "status": 200, "body": DEEP})
    stage.sign_in()
    wait_until(stage.page, lambda: zoom_side.count_answers(Operation.READ) == 1)
    simulator.add_fault({"operation": "delete", "kind": "respond", "status": 400, "body": DEEP})
    widget.confirm_removal()
    expect(widget.notice).to_have_attribute("data-code", "zoom_error")
    assert (widget.state, stage.read_notes()) == ("ready", notes)

    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("", [])
