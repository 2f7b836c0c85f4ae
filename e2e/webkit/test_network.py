"""Calls that fail. WebKit's `fetch` fails with an error that looks like none to Pyodide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoom_meeting_testing.simulator import Operation

from e2e.stage import write_element, write_line
from e2e.webkit.pages import NOTICE

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.webkit.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

BODY = '<textarea id="notes">Tea</textarea>' + write_element()


def test_a_closed_way_is_told_and_no_consent_is_asked_for(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    simulator.change_settings({"cors_token": False})
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.widget.add()
    assert "can't be reached from this page" in stage.widget.wait_for_notice("cors_blocked")
    assert zoom_side.count_calls(Operation.AUTHORIZE) == 0

    simulator.change_settings({"cors_token": True})
    stage.widget.add()
    stage.widget.connect().allow()
    stage.widget.wait_for_state("ready")


def test_a_lost_answer_is_looked_for_and_the_meeting_found(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    simulator.add_fault({"operation": "create", "kind": "drop_after"})
    stage.create_meeting()
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert stage.read_notes() == f"Tea\n{write_line(link)}"
    assert stage.widget.find(NOTICE) is None
    assert zoom_side.count_calls(Operation.CREATE) == 1
