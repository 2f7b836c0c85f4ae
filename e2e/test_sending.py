"""The host page sends the meeting itself, and says what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect
from zoom_meeting_testing.pages import MeetingWidget

from e2e.stage import A_MAC, EMAIL, LINK, NOTES, TOPIC, write_element, write_line

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import OpenStage
    from e2e.hosts import HostPages
    from e2e.zoom_side import ZoomSide

BODY = f'<textarea id="notes">{NOTES}{write_line(LINK)}</textarea>' + write_element(
    client_email=EMAIL, client_phone="+1 (555) 0100"
)
ANSWER = """
() => {
  window.sends = [];
  document.addEventListener("zoom-meeting:send", (event) => {
    window.sends.push({ event, detail: event.detail });
    if (event.detail.channel === "copy") event.preventDefault();
    else event.respondWith(new Promise((sent, failed) => Object.assign(window, { sent, failed })));
  });
}
"""
TOO_LATE = """
() => {
  try {
    window.sends[0].event.respondWith(null);
  } catch (error) {
    return error.name;
  }
}
"""


def test_a_page_with_messages_of_its_own_sends_the_meeting(
    page: Page, hosts: HostPages, hosts_url: str
) -> None:
    page.goto(hosts_url + hosts.serve(BODY, script={"data-send": "host"}))
    widget = MeetingWidget.find(page, "#widget")
    widget.send_button.click()
    mail = widget.email_link.get_attribute("href") or ""
    page.evaluate(ANSWER)

    widget.email_link.click()
    expect(widget.sending_link).to_be_focused()
    widget.sending_link.click()  # once more: it is on its way already, and the link is not followed
    detail = page.evaluate("() => window.sends.map(({ detail }) => detail)")
    (email,) = detail
    fields = parse_qs(mail.partition("?")[2], strict_parsing=True)
    assert email == {
        "appointment": "7",
        "channel": "email",
        "to": EMAIL,
        "subject": TOPIC,
        "text": fields["body"][0].replace("\r\n", "\n"),
        "joinUrl": LINK,
        "line": write_line(LINK),
    }
    page.evaluate("() => window.sent()")
    expect(widget.sent_link).to_be_focused()
    expect(widget.heard).to_have_text("The message was sent.")

    widget.text_message_link.click()
    page.evaluate("() => window.failed(new Error('<b>No credit</b> is left.'))")
    expect(widget.message).to_have_text("The message was not sent: “<b>No credit</b> is left”.")
    expect(widget.notice).to_have_attribute("data-code", "send_failed")
    expect(widget.text_message_link).to_be_focused()

    widget.send_menu.get_by_role("button", name="Copy invitation", exact=True).click()
    page.wait_for_function("() => window.sends.length === 3")
    expect(widget.notice).to_have_count(0)
    expect(widget.send_menu.get_by_role("button", name="Copied", exact=True)).to_have_count(0)
    assert page.evaluate(TOO_LATE) == "InvalidStateError"
    assert len(page.context.pages) == 1, "no link was followed"


def test_a_text_message_is_offered_where_the_device_can_send_one(
    page: Page, hosts: HostPages, hosts_url: str
) -> None:
    place = hosts_url + hosts.serve(BODY)
    widget = MeetingWidget.find(page, "#widget")
    page.add_init_script(A_MAC.replace("MacIntel", "Win32").replace("}", ", configurable: true }"))
    page.goto(place)
    widget.send_button.click()
    expect(widget.email_link).to_be_visible()
    expect(widget.text_message_link).to_have_count(0)
    page.add_init_script(A_MAC)
    page.goto(place)
    widget.send_button.click()
    expect(widget.text_message_link).to_be_visible()


def test_another_person_is_invited_by_enter_and_no_form_is_sent(
    page: Page, hosts: HostPages, hosts_url: str
) -> None:
    page.goto(hosts_url + hosts.serve(BODY))
    widget = MeetingWidget.find(page, "#widget")
    widget.send_button.click()
    page.evaluate(ANSWER)
    address = page.url
    widget.invite_button.click()
    expect(widget.guest_field).to_be_focused()
    page.keyboard.type("kim")
    page.keyboard.press("Enter")
    assert widget.guest_field.evaluate("field => field.validity.typeMismatch")
    assert page.evaluate("() => window.sends.length") == 0
    page.keyboard.type("@example.com")
    page.keyboard.press("Enter")
    (kims,) = page.evaluate("() => window.sends.map(({ detail }) => detail)")
    assert (kims["channel"], kims["to"], kims["subject"]) == ("email", "kim@example.com", TOPIC)
    page.evaluate("() => window.sent()")
    expect(widget.heard).to_have_text("The message was sent.")
    expect(widget.guest_field).to_be_focused()
    assert (page.url, len(page.context.pages)) == (address, 1)
    page.keyboard.press("Escape")
    expect(widget.send_button).to_be_focused()


@pytest.mark.long
def test_another_person_is_registered_where_the_client_is(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(
        f'<textarea id="notes">{NOTES}</textarea>{write_element(client_email=EMAIL)}'
    )
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.create_meeting()
    notes = stage.read_notes()
    widget.send_button.click()
    widget.invite_button.click()
    widget.guest_field.fill("kim@example.com")
    widget.guest_field.press("Enter")
    expect(widget.notice).to_have_attribute("data-code", "invited")
    field = widget.notice.get_by_role("textbox", name="Their own link", exact=True)
    expect(field).to_be_focused()
    link = field.input_value()
    assert "/w/" in link
    assert link != widget.client_link.get_attribute("href")
    widget.notice.get_by_role("button", name="Copy link", exact=True).click()
    expect(widget.heard).to_contain_text("Link copied.")
    assert stage.page.evaluate("() => navigator.clipboard.readText()") == link
    assert [to for to, _subject in zoom_side.list_mails()] == [EMAIL, "kim@example.com"]
    assert stage.read_notes() == notes
    widget.dismiss_button.click()
    expect(widget.notice).to_have_count(0)
