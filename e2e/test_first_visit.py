"""The first meeting of a user who has never connected to Zoom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playwright.sync_api import expect
from zoom_meeting_testing.pages import AppointmentBook, ConsentPage, MeetingEvent
from zoom_meeting_testing.simulator import Operation

from e2e.stage import FRONT_DESK

if TYPE_CHECKING:
    from e2e.stage import Gate
    from e2e.zoom_side import ZoomSide

NEW_YORK = ZoneInfo("America/New_York")
TWO_CLICKS_OPEN_THE_POPUP = """
(button) => {
  const open = window.open;
  let opened = 0;
  window.open = (...args) => {
    opened += 1;
    return open.apply(window, args);
  };
  button.click();
  const afterOne = opened;
  button.click();
  window.open = open;
  return [afterOne, opened];
}
"""


def test_camera_button_stands_there_before_python_does(
    python_gate: Gate, book: AppointmentBook
) -> None:
    widget = book.open()

    expect(widget.add_button).to_be_visible()
    expect(widget.add_button).to_have_accessible_name("Add Meeting")
    expect(widget.root).to_have_attribute("data-state", "loading")
    expect(widget.root).to_have_attribute("aria-busy", "false")  # nobody waits
    before = widget.add_button.bounding_box()
    python_gate.open()
    widget.wait_for_state("idle")
    expect(widget.root).to_have_attribute("aria-busy", "false")
    expect(widget.add_button).to_have_accessible_name("Add Meeting")
    assert widget.add_button.bounding_box() == before, "the button moved when Python took over"


def test_menu_has_the_focus_and_its_click_opens_the_popup_at_once(book: AppointmentBook) -> None:
    widget = book.open()
    widget.wait_for_state("idle")

    widget.add_button.click()

    expect(widget.menu).to_be_focused()
    expect(widget.add_button).to_have_attribute("aria-expanded", "true")
    expect(widget.menu).to_contain_text("asks for your permission")
    book.page.keyboard.press("Escape")
    expect(widget.menu).to_have_count(0)
    expect(widget.add_button).to_be_focused()
    expect(widget.add_button).to_have_attribute("aria-expanded", "false")

    book.page.keyboard.press("Enter")
    expect(widget.menu).to_be_focused()
    book.notes.focus()
    expect(widget.menu).to_have_count(0)
    expect(book.notes).to_be_focused()

    widget.add_button.click()
    expect(widget.menu).to_be_visible()
    widget.add_button.click()
    expect(widget.menu).to_have_count(0)

    widget.add_button.click()
    with book.page.expect_popup() as popup:
        opened = widget.connect_button.evaluate(TWO_CLICKS_OPEN_THE_POPUP)
    assert opened == [1, 1], "Safari blocks a popup that opens after its click; one is enough"
    consent = ConsentPage(popup.value)
    expect(consent.heading).to_contain_text("SimpleSpa")
    assert len(book.page.context.pages) == 2


def test_allow_is_the_last_click_that_a_first_meeting_takes(
    book: AppointmentBook, zoom_side: ZoomSide
) -> None:
    widget = book.open("812")
    widget.wait_for_state("idle")
    notes_before = book.read_notes()
    day = book.read_day(1)

    widget.add_button.click()
    consent = widget.connect()
    expect(widget.root).to_have_attribute("data-state", "signing-in")
    expect(widget.root).to_have_attribute("aria-busy", "true")
    expect(widget.progress).to_contain_text("Waiting for Zoom…")
    consent.choose_user(FRONT_DESK)
    consent.allow()
    widget.wait_for_state("ready")

    meeting = zoom_side.get_meeting()
    join_url = zoom_side.join_url(meeting)
    when = f"{day:%A, %B} {day.day} {day.year} 6:00 pm"
    line = f"Zoom: [Appointment with Dana Lee] {when} — {join_url}"
    assert book.read_notes() == f"{notes_before}\n{line}"
    assert meeting.topic == "Appointment with Dana Lee"
    assert meeting.start == datetime(day.year, day.month, day.day, 18, tzinfo=NEW_YORK)
    assert (meeting.duration, meeting.timezone) == (60, "America/New_York")
    assert meeting.host == FRONT_DESK

    expect(widget.panel).to_be_visible()
    expect(widget.client_link).to_have_attribute("href", join_url)
    expect(widget.start).to_have_text(when)
    expect(widget.start_elsewhere).to_have_count(0)
    expect(widget.root).to_have_attribute("aria-busy", "false")
    expect(book.save_status).to_have_text("Saved")
    expect(book.camera_mark("812")).to_be_visible()
    assert len(book.page.context.pages) == 1, "the popup is still there"

    about_the_meeting = {
        "appointment": "812",
        "meetingId": str(meeting.id),
        "topic": "Appointment with Dana Lee",
        "startsAt": meeting.start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "joinUrl": join_url,
        "line": line,
    }
    assert book.list_events() == [
        MeetingEvent("connected", {"appointment": "812"}),
        MeetingEvent("notes-changed", about_the_meeting),
        MeetingEvent("created", about_the_meeting),
    ]

    widget = book.choose("811")
    widget.wait_for_state("idle")
    widget.add_button.click()
    widget.wait_for_state("ready")
    expect(book.notes).to_have_value(
        f"Package 3 of 5.\nSandalwood, never rosemary.\n"
        f"Zoom: [Appointment with Sam Okafor [VIP]] {day:%A, %B} {day.day} {day.year} 4:15 pm — "
        f"{zoom_side.join_url(zoom_side.list_meetings()[0])}"
    )
    assert zoom_side.count_calls(Operation.CREATE) == 2
    assert zoom_side.count_calls(Operation.TOKEN) == 1
