"""A meeting that is there: shown, checked, started, changed, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selenium.webdriver.common.keys import Keys
from zoom_meeting_testing.simulator import Operation

from e2e.stage import (
    DAY,
    EMAIL,
    NOTES,
    TOPIC,
    add_meeting,
    write_element,
    write_line,
)
from e2e.webkit.pages import DRIFT, MeetingWidget
from e2e.webkit.tab import wait_until

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.webkit.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

BODY = f'<textarea id="notes">{NOTES}</textarea>' + write_element(client_email=EMAIL)
START_PAGE = "https://us02web.zoom.us/s/"


def test_the_client_is_registered_and_the_details_are_shown(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.create_meeting()
    meeting, link = zoom_side.get_meeting(), zoom_side.client_url()
    assert stage.widget.client_link == link
    assert write_line(link) in stage.read_notes()
    assert zoom_side.list_mails() == [(EMAIL, f"{TOPIC} Confirmation")]

    assert stage.widget.read_text("[part~=start]").startswith(DAY)
    stage.widget.press("Details")
    number = str(meeting.id)
    assert stage.widget.detail("Topic") == TOPIC
    assert stage.widget.detail("Meeting ID") == f"{number[:3]} {number[3:7]} {number[7:]}"
    assert stage.widget.detail("Passcode") == meeting.password
    told = stage.widget.read_text("[part~=mailing]")
    assert told == f"Zoom has emailed the link to {EMAIL}."


def test_the_link_is_copied(open_stage: OpenStage, zoom_side: ZoomSide) -> None:
    stage = open_stage(BODY + '<textarea id="other"></textarea>')
    stage.widget.wait_for_state("idle")
    stage.create_meeting()
    stage.widget.press("Copy")
    wait_until(lambda: stage.widget.button("Copied"), "Copied")
    stage.tab.find("#other").click()
    stage.tab.hold_and_press(Keys.CONTROL, "v")
    pasted = "return document.querySelector('#other').value"
    wait_until(lambda: stage.tab.run(pasted) == zoom_side.client_url(), "the link is pasted")


def test_start_meeting_opens_the_hosts_link_in_a_window(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    meeting = add_meeting(simulator)
    notes = write_line(zoom_side.join_url(meeting))
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>' + write_element())
    stage.widget.wait_for_state("ready")
    stage.sign_in()
    wait_until(lambda: stage.widget.detail("Passcode"), "the details are there")
    with stage.tab.expect_popup() as popup:
        stage.widget.press("Start meeting")
    wait_until(lambda: _find_started(simulator), "the host's link was asked for")
    wait_until(lambda: popup[0].url.startswith(f"{START_PAGE}{meeting.id}?zak="), "Zoom's page")
    secret = popup[0].url.partition("zak=")[2]
    popup[0].close()
    kept = stage.tab.run(
        """return JSON.stringify([
          { ...sessionStorage }, { ...localStorage }, document.body.innerHTML, window.meetingEvents,
          document.querySelector("#widget").shadowRoot.innerHTML, history.state, location.href,
        ])"""
    )
    assert secret not in kept
    assert (stage.widget.state, stage.read_notes()) == ("ready", notes)


def _find_started(simulator: Simulator) -> bool:
    return any(each["operation"] == Operation.READ for each in simulator.list_requests())


def test_another_time_is_told_and_mended_both_ways(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    meeting = add_meeting(simulator)
    notes = f"Tea\n{write_line(zoom_side.join_url(meeting))}\nCall her."
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("ready")
    stage.sign_in()
    wait_until(lambda: widget.detail("Passcode"), "the details are there")

    stage.change("starts", "2199-11-12T17:00")
    assert f"Zoom has this meeting at {DAY} 6:00 pm" in widget.read_text(DRIFT)
    widget.press("Update Zoom to 5:00 pm")
    widget.wait_until_gone(DRIFT)
    widget.wait_for_state("ready")
    assert stage.read_notes() == notes.replace("6:00 pm", "5:00 pm")
    assert zoom_side.get_meeting().id == meeting.id
    assert stage.list_names()[-1] == "updated"

    simulator.change_meeting(meeting.id, {"start_time": "2199-11-12T20:30:00"})
    stage.reopen()
    assert f"{DAY} 8:30 pm" in widget.read_text(DRIFT)
    widget.press("Update note to 8:30 pm")
    wait_until(lambda: stage.read_notes() == notes.replace("6:00 pm", "8:30 pm"), "the note")
    assert zoom_side.count_calls(Operation.UPDATE) == 1


def test_removed_in_zoom_is_cleaned_told_and_undoable(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    before = stage.read_notes()
    stage.create_meeting()
    noted = stage.read_notes()
    simulator.delete_meeting(zoom_side.get_meeting().id)
    stage.reopen()
    assert "was deleted in Zoom" in widget.wait_for_notice("cleaned")
    widget.wait_for_state("idle")
    assert stage.read_notes() == before
    assert stage.list_names()[-2:] == ["notes-changed", "cleaned"]

    widget.press("Undo")
    widget.wait_for_state("gone")
    assert stage.read_notes() == noted
    widget.wait_for_notice("meeting_gone")
    assert widget.button("Start meeting") is None


def test_remove_asks_and_gives_the_notes_back(open_stage: OpenStage, zoom_side: ZoomSide) -> None:
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    before = stage.read_notes()
    stage.create_meeting()
    widget.confirm_removal("Cancel")
    widget.wait_until_gone("[role=group][aria-label='Remove meeting']")
    assert zoom_side.count_calls(Operation.DELETE) == 0
    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert (stage.read_notes(), zoom_side.list_meetings()) == (before, [])
    assert stage.list_names()[-2:] == ["notes-changed", "removed"]


def test_two_widgets_for_one_appointment_make_one_meeting(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    simulator.add_fault({"operation": "create", "kind": "delay", "seconds": 0.4})
    body = '<textarea id="notes">Tea</textarea>' + write_element() + write_element("other")
    stage = open_stage(body)
    widgets = [stage.widget, MeetingWidget(stage.tab, "#other")]
    for widget in widgets:
        widget.wait_for_state("idle")
    stage.sign_in()
    stage.tab.run(
        """for (const id of ["widget", "other"]) {
          document.getElementById(id).shadowRoot.querySelector("[data-action=add]").click();
        }"""
    )
    for widget in widgets:
        widget.wait_for_state("ready")
        assert widget.client_link == zoom_side.join_url(zoom_side.get_meeting())
    assert zoom_side.count_calls(Operation.CREATE) == 1
    assert stage.read_notes().count("Zoom: [") == 1


def test_rich_text_gets_the_line_and_gives_it_back(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    markup = "<p>Tea, <b>no</b> milk.</p><p>Call her.</p>"
    stage = open_stage(f'<div id="notes" contenteditable="true">{markup}</div>{write_element()}')
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.create_meeting()
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    text = str(stage.tab.run("return document.querySelector('#notes').innerText"))
    lines = [part for part in text.replace("\xa0", " ").split("\n") if part]
    assert lines == ["Tea, no milk.", "Call her.", line]

    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert stage.tab.run("return document.querySelector('#notes').innerHTML") == markup
