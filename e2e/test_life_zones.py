"""Time zones that Zoom does not list: a client hears of a meeting only at the right time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from zoom_meeting_testing.simulator import Operation
from zoom_meeting_testing.simulator.users import ALL_SCOPES, UPDATE

from e2e.stage import DAY, EMAIL, MAYA, TOPIC, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

BODY = '<textarea id="notes"></textarea>' + write_element(
    time_zone="America/Toronto", client_email=EMAIL
)
SIX_IN_TORONTO = "2199-11-12T23:00:00Z"


@pytest.mark.parametrize("time_zones", ["all", "listed_else_refused", "listed_else_hosts"])
def test_the_client_is_mailed_the_right_time_whatever_zoom_makes_of_the_zone(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
    time_zones: str,
) -> None:
    if time_zones == "listed_else_refused":
        expect_errors("status of 400.*/users/me/meetings")
    simulator.change_settings({"time_zones": time_zones})
    simulator.put_user(MAYA, {"timezone": "Europe/Berlin"})
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.create_meeting()

    assert zoom_side.get_meeting().to_json()["start_time"] == SIX_IN_TORONTO
    assert zoom_side.list_mails() == [(EMAIL, f"{TOPIC} Confirmation")]
    expect(stage.widget.notice).to_have_count(0)
    expect(stage.widget.drift).to_have_count(0)
    assert stage.read_notes() == write_line(zoom_side.client_url())
    calls = [
        request["operation"]
        for request in simulator.list_requests()
        if request["method"] in {"POST", "PATCH"}
    ]
    assert calls[-1] == Operation.REGISTRANT
    assert calls.count(Operation.REGISTRANT) == 1


def test_a_time_that_stays_wrong_is_told_and_nobody_is_mailed(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    """Without the scope to update the meeting, its time cannot be corrected."""
    simulator.change_settings({"time_zones": "listed_else_hosts"})
    scopes = [scope for scope in ALL_SCOPES if scope != UPDATE]
    simulator.put_user(MAYA, {"timezone": "Europe/Berlin", "scopes": scopes})
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.create_meeting()

    expect(widget.notice).to_have_attribute("data-code", "time_changed_by_zoom")
    expect(widget.drift).to_contain_text(f"Zoom has this meeting at {DAY} 12:00 pm")
    expect(widget.drift).to_contain_text("The appointment is at 6:00 pm")
    assert zoom_side.list_mails() == []
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert stage.read_notes() == write_line(link)
    widget.update_note_button.click()
    expect(widget.drift.get_by_role("button")).to_have_count(0)
    assert stage.read_notes() == write_line(link, clock="12:00 pm")
