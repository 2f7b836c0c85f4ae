"""The host page sends the meeting itself, and says what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from playwright.sync_api import expect

from e2e.pages import MeetingWidget
from e2e.stage import A_MAC, EMAIL, LINK, NOTES, TOPIC, write_element, write_line

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.hosts import HostPages

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
