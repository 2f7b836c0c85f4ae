"""What is told of a meeting around its creation and its time, in a real page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from zoom_meeting_testing.simulator import Operation
from zoom_meeting_testing.simulator.meetings import join_url

from e2e.stage import FRONT_DESK, MAYA, NOTES, add_meeting, write_element
from pywidget.domain.join_link import parse_join_link
from pywidget.domain.note_line import NoteLine, write_line

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

OUT_OF_SIGHT = "() => { document.body.style.paddingBottom = '300vh'; scrollTo(0, 10_000); }"
FIELD = f'<textarea id="notes">{NOTES}</textarea>'


def test_a_new_meeting_comes_with_what_its_account_makes_of_it(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    settings = {"meeting_authentication": True, "waiting_room": True}
    simulator.put_user(MAYA, {"meeting_settings": settings})
    add_meeting(simulator, clock="18:30")
    stage = open_stage(FIELD + write_element(zoom_account=FRONT_DESK))
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.sign_in()

    # Another account than the page expects: nothing is sent.
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "other-account")
    expect(widget.notice).to_contain_text(f"connected to Zoom as {MAYA}")
    assert zoom_side.count_calls(Operation.CREATE) == 0
    assert stage.read_notes() == NOTES

    widget.notice.get_by_role("button", name="Create anyway", exact=True).click()
    widget.wait_for_state("ready")
    expect(widget.notice).to_have_attribute("data-code", "admission")
    expect(widget.notice).to_contain_text("Clients need a Zoom account")
    expect(widget.notice).to_contain_text("another meeting from")
    assert "error" not in stage.list_names()

    # It can be kept; removed, it leaves the notes as they were.
    widget.notice.get_by_role("button", name="Keep", exact=True).click()
    expect(widget.notice).to_have_count(0)
    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert stage.read_notes() == NOTES


@pytest.mark.long  # half a minute passes until Zoom is asked again
def test_that_a_meeting_has_started_is_seen_while_its_panel_is_in_sight(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    starts = (datetime.now(UTC) + timedelta(minutes=5)).replace(
        second=0, microsecond=0, tzinfo=None
    )
    meeting = simulator.add_meeting(
        {"host": MAYA, "start_time": starts.isoformat(), "timezone": "UTC", "duration": 45}
    )
    link = parse_join_link(join_url(meeting, simulator.settings))
    assert link is not None
    line = write_line(NoteLine("Appointment with Dana Lee", starts, link))
    element = write_element(starts=starts.isoformat(), time_zone="UTC", duration="45")
    stage = open_stage(f'<textarea id="notes">{line}</textarea>{element}')
    stage.sign_in()
    stage.widget.wait_for_state("ready")
    expect(stage.widget.in_progress).to_have_count(0)
    simulator.change_meeting(meeting.id, {"status": "started"})
    expect(stage.widget.in_progress).to_be_visible(timeout=40_000)
    stage.page.evaluate(OUT_OF_SIGHT)
    stage.page.wait_for_timeout(1000)
    before = zoom_side.count_calls(Operation.READ)
    stage.page.wait_for_timeout(35_000)
    assert zoom_side.count_calls(Operation.READ) == before
