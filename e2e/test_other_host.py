"""The desk books, and the therapist hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from e2e.stage import MAYA, write_element

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

KIM, LEE = "kim@lotus-spa.example", "lee@lotus-spa.example"


def test_the_meeting_is_the_therapists_and_follows_the_appointment(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    for therapist in (KIM, LEE):
        simulator.put_user(therapist, {"plan": "licensed", "assistants": [MAYA]})
    stage = open_stage('<textarea id="notes">Tea.</textarea>' + write_element(host_email=KIM))
    widget = stage.widget
    stage.create_meeting()
    widget.wait_for_state("ready")
    assert zoom_side.get_meeting().host == KIM
    expect(widget.other_host).to_have_count(0)
    notes = stage.read_notes()

    stage.change("host-email", LEE)
    expect(widget.other_host).to_contain_text(f"hosted by {KIM}, not by {LEE}")
    widget.hand_over_button.click()
    expect(widget.other_host).to_have_count(0)
    widget.details_summary.click()
    expect(widget.detail("Host")).to_have_text(LEE)
    assert zoom_side.get_meeting().host == LEE
    assert stage.read_notes() == notes

    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert (zoom_side.list_meetings(), stage.read_notes()) == ([], "Tea.")
