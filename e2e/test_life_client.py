"""The ways to the client: Zoom's email, or the staff's own mail, message or calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

from playwright.sync_api import expect
from zoom_meeting_testing.simulator import Operation
from zoom_meeting_testing.simulator.dial_in import NUMBERS

from e2e.stage import (
    A_MAC,
    DAY,
    EMAIL,
    FRONT_DESK,
    NOTES,
    TOPIC,
    write_element,
    write_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

BODY = f'<textarea id="notes">{NOTES}</textarea>' + write_element(
    client_email=EMAIL, client_phone="+1 (555) 0100"
)


def parse_calendar(text: str) -> dict[str, str]:
    """Return the properties of a calendar file with one event (RFC 5545)."""
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")
    found = dict(line.split(":", 1) for line in lines if line)
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return found


def test_zoom_mails_the_link_of_a_licensed_hosts_client(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 500")
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    before = stage.read_notes()
    stage.create_meeting()

    link = zoom_side.client_url()
    assert "/w/" in link
    expect(widget.client_link).to_have_attribute("href", link)
    assert write_line(link) in stage.read_notes()
    assert zoom_side.list_mails() == [(EMAIL, f"{TOPIC} Confirmation")]
    expect(widget.mailing).to_have_text(f"Zoom has emailed the link to {EMAIL}.")
    widget.confirm_removal()
    widget.wait_for_state("idle")

    # The client could not be registered: the meeting stays, and a message tells the staff.
    simulator.add_fault({"operation": "registrant", "kind": "respond", "status": 500})
    widget.add_button.click()
    widget.wait_for_state("ready")
    expect(widget.notice).to_have_attribute("data-code", "zoom_error")
    plain = zoom_side.join_url(zoom_side.get_meeting())
    expect(widget.client_link).to_have_attribute("href", plain)
    assert stage.read_notes().replace(write_line(plain), "").strip() == before.strip()
    expect(widget.mailing).to_have_text(
        "Zoom doesn't email this link. Dana Lee gets the link from you."
    )
    assert len(zoom_side.list_mails()) == 1
    assert zoom_side.count_calls(Operation.CREATE) == 2


def test_a_basic_hosts_client_is_sent_the_link_by_the_staff(
    page: Page, open_stage: OpenStage, tmp_path: Path, zoom_side: ZoomSide
) -> None:
    """In other products, invitations were parsed as English text, and text messages cost double."""
    page.add_init_script(A_MAC)
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.create_meeting(FRONT_DESK)
    meeting = zoom_side.get_meeting()
    link = zoom_side.join_url(meeting)
    expect(widget.client_link).to_have_attribute("href", link)
    assert zoom_side.count_calls(Operation.REGISTRANT) == 0

    expect(widget.mailing).to_have_text(
        "Your Zoom plan doesn't email clients. Dana Lee gets the link from you."
    )
    widget.send_button.click()
    menu = widget.send_menu
    expect(widget.send_button).to_have_attribute("aria-expanded", "true")
    invitation = (
        f"{TOPIC}\n\nWhen: {DAY} 6:00 pm (Eastern Time)\nJoin the Zoom meeting: {link}\n"
        f"Meeting ID: {meeting.id // 10**8} {meeting.id // 10**4 % 10**4:04} "
        f"{meeting.id % 10**4:04}\nPasscode: {meeting.password}\n"
        f"By phone: {NUMBERS[0][3]}\nPasscode for the phone: {meeting.phone_passcode}"
    )

    mail = menu.get_by_role("link", name="Email", exact=True).get_attribute("href") or ""
    address, _, query = mail.partition("?")
    fields = parse_qs(query, strict_parsing=True)
    assert address == f"mailto:{EMAIL}"
    assert fields == {"subject": [TOPIC], "body": [invitation.replace("\n", "\r\n")]}
    assert "+" not in query, "mail programs show it as a plus"

    text = menu.get_by_role("link", name="Text message", exact=True).get_attribute("href") or ""
    number, _, message = text.partition("?&body=")
    assert number == "sms:+15550100"
    message = unquote(message)
    assert message == f"Zoom, Tue Nov 12 6:00 pm ET: {link}"
    assert message.isascii()
    assert len(message) <= 160, "costs double"

    menu.get_by_role("button", name="Copy invitation", exact=True).click()
    expect(menu.get_by_role("button", name="Copied", exact=True)).to_be_focused()
    expect(widget.heard).to_contain_text("Invitation copied.")
    assert stage.page.evaluate("() => navigator.clipboard.readText()") == invitation
    expect(widget.copy_button).to_have_text("Copy")

    with stage.page.expect_download() as download:
        menu.get_by_role("link", name="Calendar file", exact=True).click()
    assert download.value.suggested_filename == "zoom-meeting.ics"
    file = tmp_path / "meeting.ics"
    download.value.save_as(file)
    entry = parse_calendar(file.read_bytes().decode())
    assert (entry["DTSTART"], entry["DTEND"]) == ("21991112T230000Z", "21991113T000000Z")
    assert (entry["SUMMARY"], entry["URL"]) == (TOPIC, link)
    assert entry["UID"] == f"zoom-{meeting.id}@simplespa"
    expect(menu).to_be_visible()
