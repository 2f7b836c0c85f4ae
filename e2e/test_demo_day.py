"""The demo's day: each appointment shows what the widget makes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect
from zoom_meeting_testing.simulator import Operation

from e2e.salon_day import (
    AT_ONE_TIME,
    CANCELLED,
    GOOGLE_MEET,
    NO_SHOW,
    READ_ONLY,
    RECORDED,
    TWO_KINDS,
    UNDER_WAY,
    SalonDay,
)

if TYPE_CHECKING:
    from zoom_meeting_testing.pages import AppointmentBook

    from e2e.zoom_side import ZoomSide

KIM = "kim@lotus-spa.example"


@pytest.mark.direct("it is about the page")
def test_each_appointment_of_the_day_shows_its_state(
    book: AppointmentBook, zoom_side: ZoomSide
) -> None:
    widget = book.open(CANCELLED)
    expect(widget.cancelled).to_be_visible()
    expect(widget.add_button).to_have_count(0)

    book.open(NO_SHOW)
    expect(widget.hint).to_have_text("The client did not come to this appointment.")
    expect(widget.client_link).to_be_visible()

    book.open(READ_ONLY)
    expect(widget.client_link).to_be_visible()
    expect(widget.remove_button).to_have_count(0)
    assert len(zoom_side.list_meetings()) == 3

    book.open(UNDER_WAY)
    expect(widget.hint).to_have_text("The appointment has begun: the meeting starts now.")

    book.open(TWO_KINDS)
    widget.add_button.click()
    expect(widget.connect_button).to_be_visible()
    widget.meeting_choice(GOOGLE_MEET).click()
    assert book.read_notes().splitlines()[-1].startswith("Google Meet: https://")
    expect(book.save_status).to_have_text("Saved")
    assert zoom_side.count_calls(Operation.CREATE) == 0


@pytest.mark.long
@pytest.mark.direct("it is about the page")
def test_a_day_goes_through_all_of_it(book: AppointmentBook, zoom_side: ZoomSide) -> None:
    day = SalonDay(book)
    assert len(set(day.walk())) == 12
    hosts = [meeting.host for meeting in zoom_side.list_meetings()]
    assert hosts.count(KIM) == 1
    assert len(hosts) == 9

    # What the salon has to say stands in the invitation, and nowhere in the page.
    widget = book.open(RECORDED)
    widget.send_button.click()
    expect(widget.email_link).to_have_attribute("href", re.compile("record"))  # Zoom has told
    mail = (widget.email_link.get_attribute("href") or "").partition("?")[2]
    fields = parse_qs(mail, strict_parsing=True)
    (invitation,) = fields["body"]
    assert fields["subject"] == ["Zoom meeting with Lotus Day Spa"]
    assert "We record this meeting, so that you can watch it again." in invitation
    assert invitation.splitlines()[-1] == "Late? Call 555-0100."

    # The book says to whom it has sent, and keeps what it has sent to itself.
    expect(book.messages).to_have_text(re.compile("^Email to .beatriz@example.com. Zoom meeting"))
    (sent,) = [event for event in book.list_events() if event.name == "send"]
    assert sent.detail["text"] == "…"

    # A canceled appointment's meeting goes when the desk says so.
    widget = book.open(CANCELLED)
    widget.cancelled.get_by_role("button", name="Remove meeting", exact=True).click()
    widget.remove_menu.get_by_role("button", name="Remove", exact=True).click()
    widget.wait_for_state("idle")
    assert book.read_notes() == "Has a cold, called it off this morning."

    # Both of one time can be had, too.
    for appointment in AT_ONE_TIME:
        book.open(appointment)
        expect(widget.client_link).to_be_visible()
