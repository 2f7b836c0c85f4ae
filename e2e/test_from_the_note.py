"""A meeting shown from the notes alone: no user is signed in, and Zoom gets no call."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import Page, expect
from zoom_meeting_testing.pages import AppointmentBook, MeetingWidget
from zoom_meeting_testing.simulator import Operation

from e2e.stage import LINK, add_meeting, write_element, write_line

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenContext, OpenStage
    from e2e.hosts import HostPages
    from e2e.zoom_side import ZoomSide

LINE = f"Zoom: [Appointment with Dana Lee] Tuesday, November 12 2199 6:00 pm — {LINK}"
BODY = f"""
<textarea id="notes">Tea, no milk.
{LINE}
Call her back.</textarea>
<zoom-meeting appointment="7" client="Dana Lee" starts="2199-11-12T18:00"
              time-zone="America/New_York" notes="#notes"></zoom-meeting>
"""


def test_reload_shows_the_meeting_and_its_details_without_asking_zoom(
    book: AppointmentBook, simulator: Simulator
) -> None:
    widget = book.open("812")
    widget.wait_for_state("idle")
    day = book.read_day(1)
    when = f"{day:%A, %B} {day.day} {day.year} 6:00 pm"
    notes = f"Tea, no milk.\nZoom: [Appointment with Dana Lee] {when} — {LINK}\nCall her back."
    book.write_notes(notes)
    book.save()
    book.storage.clear()

    widget = book.reload()
    widget.wait_for_state("ready")

    assert simulator.list_requests() == []
    expect(widget.start).to_have_text(when)
    expect(widget.start_elsewhere).to_have_count(0)
    expect(widget.client_link).to_have_attribute("href", LINK)
    expect(widget.client_link).to_have_attribute("target", "_blank")
    expect(widget.client_link).to_have_attribute("rel", re.compile("noopener"))
    assert "pwd" not in widget.client_link.inner_text()

    expect(widget.detail("Topic")).to_be_hidden()
    widget.details_summary.click()
    expect(widget.detail("Topic")).to_have_text("Appointment with Dana Lee")
    expect(widget.detail("Meeting ID")).to_have_text("860 1234 5678")
    expect(widget.detail("Passcode")).to_have_count(0)

    widget.copy_button.click()
    expect(widget.copy_button).to_have_text("Copied")
    assert book.page.evaluate("() => navigator.clipboard.readText()") == LINK
    expect(widget.copy_button).to_have_text("Copy")
    expect(widget.copy_button).to_be_focused()
    assert book.read_notes() == notes
    assert simulator.list_requests() == []
    (loaded,) = book.list_events()
    assert loaded.name == "loaded"
    assert loaded.detail["joinUrl"] == LINK
    assert loaded.detail["meetingId"] == "86012345678"

    book.page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new DOMException("no"));
        }"""
    )
    widget.copy_button.click()
    expect(widget.notice).to_have_attribute("data-code", "clipboard_refused")
    expect(widget.message).to_contain_text("Press Ctrl+C")
    expect(widget.client_link).to_be_visible()

    book.write_notes("Tea, no milk.")
    widget.wait_for_state("idle")
    book.write_notes(f"Tea.\n{LINK}")
    widget.wait_for_state("ready")
    expect(widget.start).to_have_text("Zoom meeting")
    expect(widget.client_link).to_have_attribute("href", LINK)


def test_wrapped_link_is_shown_plain_and_removed_whole(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    link = zoom_side.join_url(add_meeting(simulator))
    wrapped = f"https://eur01.safelinks.protection.outlook.com/?url={quote(link, safe='')}&data=05"
    notes = f"Tea.\nJoin: {link.removeprefix('https://')} <{wrapped}>\nCall her back."
    stage = open_stage(f'<textarea id="notes">{escape(notes)}</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("ready")
    expect(widget.client_link).to_have_attribute("href", link)
    assert simulator.list_requests() == []

    stage.sign_in()
    widget.wait_for_state("ready")
    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert stage.read_notes() == "Tea.\nJoin: \nCall her back."
    assert zoom_side.list_meetings() == []


def test_link_that_only_hints_is_asked_about_before_a_window_opens(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    hint = "Registered: https://us02web.zoom.us/meeting/register/tZAbcDEf"
    stage = open_stage(f'<textarea id="notes">{hint}</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("idle")
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "zoom_link_in_notes")
    expect(widget.menu).to_have_count(0)
    assert len(stage.page.context.pages) == 1
    assert simulator.list_requests() == []

    widget.button("Create anyway").click()
    expect(widget.notice).to_have_count(0)
    widget.connect().allow()
    widget.wait_for_state("ready")
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    assert stage.read_notes() == f"{hint}\n{line}"
    assert stage.list_names() == ["connected", "notes-changed", "created"]

    # Signed in, a click asks too, and nothing is sent before the answer.
    widget.confirm_removal()
    widget.wait_for_state("idle")
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "zoom_link_in_notes")
    assert zoom_side.count_calls(Operation.CREATE) == 1
    widget.button("Create anyway").click()
    widget.wait_for_state("ready")
    assert zoom_side.count_calls(Operation.CREATE) == 2


def test_viewer_in_another_zone_reads_both_times(
    open_context: OpenContext, hosts: HostPages, hosts_url: str, simulator: Simulator
) -> None:
    page = open_context(timezone_id="Asia/Kolkata").new_page()
    page.goto(hosts_url + hosts.serve(BODY))
    widget = MeetingWidget.find(page)
    widget.wait_for_state("ready")
    expect(widget.start).to_have_text("Wednesday, November 13 2199 4:30 am")
    expect(widget.start_elsewhere).to_have_text("Tuesday, November 12 2199 6:00 pm (New York)")
    assert page.locator("#notes").input_value().count(LINE) == 1
    assert simulator.list_requests() == []


def test_page_in_another_language_reads_the_time_in_its_own(
    page: Page, hosts: HostPages, hosts_url: str
) -> None:
    page.goto(hosts_url + hosts.serve(BODY, lang="de"))
    widget = MeetingWidget.find(page)
    widget.wait_for_state("ready")
    start = widget.root.locator("[part~=start]")
    expect(start).to_have_text("Dienstag, 12. November 2199 um 18:00")
    assert page.locator("#notes").input_value().count(LINE) == 1
