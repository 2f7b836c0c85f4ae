"""One `<zoom-meeting>` element, whose controls are found by the names that users read."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from zoom_meeting_testing.pages.consent_page import ConsentPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

State = Literal[
    "loading",
    "idle",
    "signing-in",
    "creating",
    "ready",
    "updating",
    "removing",
    "gone",
    "error",
]

_LISTEN: Final = """
(element, name) => ({
  detail: new Promise((resolve) => {
    const appointment = element.getAttribute("appointment");
    document.addEventListener(name, function hear(event) {
      if (event.composedPath()[0].getAttribute("appointment") !== appointment) return;
      document.removeEventListener(name, hear);
      resolve(JSON.parse(JSON.stringify(event.detail)));
    });
  }),
})
"""
"""On the document: a framework may have replaced the element by then.

It returns an object, since a promise itself would be waited for.
"""
_HEAR: Final = """
(heard, name) =>
  Promise.race([
    heard.detail,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no event "${name}"`)), 30000)),
  ])
"""


@dataclass
class HeardEvent:
    """An event of the element; `detail` is there once the event was waited for."""

    name: str
    detail: dict[str, Any] = field(default_factory=dict)


class MeetingWidget:
    """The element and its controls. Locators find them in its open shadow root."""

    def __init__(self, root: Locator) -> None:
        self.root = root

    @classmethod
    def find(cls, page: Page, selector: str = "zoom-meeting") -> MeetingWidget:
        """Return the page's only widget, or the one that a selector names."""
        return cls(page.locator(selector))

    @property
    def state(self) -> str | None:
        """The element's `data-state` at this moment."""
        return self.root.get_attribute("data-state")

    def wait_for_state(self, state: State) -> None:
        """Wait until the element is in this state."""
        self.root.and_(self.root.page.locator(f'[data-state="{state}"]')).wait_for(state="attached")

    @property
    def add_button(self) -> Locator:
        """The camera button, "Add Meeting"."""
        return self.root.get_by_role("button", name="Add Meeting", exact=True)

    @property
    def menu(self) -> Locator:
        """The menu that the camera button opens for a user who is not connected."""
        return self.root.get_by_role("group", name="Add Meeting", exact=True)

    def meeting_choice(self, name: str) -> Locator:
        """Return another kind of meeting, which the page has put into the menu."""
        return self.root.get_by_role("button", name=name, exact=True)

    @property
    def connect_button(self) -> Locator:
        """*Add Zoom Meeting* in the menu."""
        return self.menu.get_by_role("button", name="Add Zoom Meeting", exact=True)

    def connect(self, button: Locator | None = None) -> ConsentPage:
        """Press *Add Zoom Meeting* or another button, and return the popup that opens."""
        with self.root.page.expect_popup() as popup:
            (button or self.connect_button).click()
        return ConsentPage(popup.value)

    def start_sign_in(self) -> ConsentPage:
        """Press the camera button, then *Add Zoom Meeting*; return the popup that opens."""
        self.wait_for_state("idle")
        self.add_button.click()
        return self.connect()

    def create_meeting(self) -> None:
        """Sign in as the user whom Zoom preselects, and wait until the meeting is shown."""
        self.start_sign_in().allow()
        self.wait_for_state("ready")

    def reopen(self) -> None:
        """Open the appointment again with a new element, as a single-page app does."""
        self.root.evaluate("element => { element.replaceWith(element.cloneNode()) }")

    @contextmanager
    def expect_event(self, name: str) -> Iterator[HeardEvent]:
        """Wait at the end of the block for an event of the element, such as "created".

        The page has to stay: after a reload nothing listens.

            with meeting_widget.expect_event("created") as event:
                meeting_widget.create_meeting()
            event.detail["joinUrl"]

        Raises Playwright's `Error` if none has come 30 seconds after the block.
        """
        heard = HeardEvent(name)
        handle = self.root.evaluate_handle(_LISTEN, f"zoom-meeting:{name}")
        yield heard
        heard.detail = handle.evaluate(_HEAR, name)
        handle.dispose()

    @property
    def progress(self) -> Locator:
        """The words that say what the widget is doing."""
        return self.root.locator("[part~=progress]")

    @property
    def in_progress(self) -> Locator:
        """*In progress*, as long as the meeting is."""
        return self.root.locator("[part~=in-progress]")

    @property
    def cancel_button(self) -> Locator:
        """*Cancel*, while the widget waits for Zoom's window."""
        return self.root.get_by_role("button", name="Cancel", exact=True)

    @property
    def panel(self) -> Locator:
        """The panel with the meeting."""
        return self.root.get_by_role("region", name=re.compile("^Zoom meeting"))

    @property
    def mailing(self) -> Locator:
        """The line that says who sends the client the link."""
        return self.panel.locator("[part~=mailing]")

    @property
    def client_link(self) -> Locator:
        """The client's link; its `href` is the join URL."""
        return self.panel.locator("[part~=link]")

    @property
    def copy_button(self) -> Locator:
        """*Copy*, and for a moment afterwards *Copied*."""
        return self.panel.locator("[part~=link-row] [part~=copy-button]")

    @property
    def start(self) -> Locator:
        """The meeting's start in the viewer's time zone."""
        return self.panel.locator("[part~=start]")

    @property
    def start_elsewhere(self) -> Locator:
        """The start in the appointment's time zone, if that is another one."""
        return self.panel.locator("[part~=elsewhere]")

    @property
    def details_summary(self) -> Locator:
        """*Details*, which opens the details."""
        return self.panel.locator("summary")

    def detail(self, name: str) -> Locator:
        """Return a value of the details: "Topic", "Meeting ID" or "Passcode"."""
        term = self.root.page.locator("dt", has_text=name)
        return self.panel.locator("dl > div").filter(has=term).locator("dd")

    @property
    def drift(self) -> Locator:
        """The notice that Zoom has another time than the appointment."""
        return self.panel.locator("[data-code=drift]")

    @property
    def update_zoom_button(self) -> Locator:
        """*Update Zoom to* the appointment's time."""
        return self.drift.get_by_role("button", name="Update Zoom to")

    @property
    def update_note_button(self) -> Locator:
        """*Update note to* Zoom's time."""
        return self.drift.get_by_role("button", name="Update note to")

    @property
    def cancelled(self) -> Locator:
        """The question about the meeting of a cancelled appointment."""
        return self.panel.locator("[data-code=appointment-cancelled]")

    @property
    def hint(self) -> Locator:
        """What is said quietly of the appointment."""
        return self.root.locator(":is(.row, .panel) > [part~=hint]")

    @property
    def other_host(self) -> Locator:
        """The notice that somebody else hosts the meeting than the appointment says."""
        return self.panel.locator("[data-code=other-host]")

    @property
    def hand_over_button(self) -> Locator:
        """*Move to* the appointment's host."""
        return self.other_host.get_by_role("button", name="Move to")

    @property
    def start_button(self) -> Locator:
        """*Start meeting*, for the host."""
        return self.button("Start meeting")

    @property
    def send_button(self) -> Locator:
        """*Send to client*, which opens the ways to send."""
        return self.panel.get_by_role("button", name="Send to client", exact=True)

    @property
    def send_menu(self) -> Locator:
        """The ways to send, and whether Zoom has emailed the client."""
        return self.panel.get_by_role("group", name="Send to client", exact=True)

    @property
    def email_link(self) -> Locator:
        """*Email*."""
        return self.send_menu.get_by_role("link", name="Email", exact=True)

    @property
    def text_message_link(self) -> Locator:
        """*Text message*, where the device or the page can send one."""
        return self.send_menu.get_by_role("link", name="Text message", exact=True)

    @property
    def invite_button(self) -> Locator:
        """*Invite another person*, which unfolds a field for their address."""
        return self.send_menu.get_by_role("button", name="Invite another person", exact=True)

    @property
    def guest_field(self) -> Locator:
        """The field for another person's address; Enter sends."""
        return self.send_menu.get_by_role("textbox", name="Their email address", exact=True)

    @property
    def sending_link(self) -> Locator:
        """*Sending…*, in the place of the link that was pressed, while the host page sends."""
        return self.send_menu.get_by_role("link", name="Sending…", exact=True)

    @property
    def sent_link(self) -> Locator:
        """*Sent*, in the same place, for a few seconds."""
        return self.send_menu.get_by_role("link", name="Sent", exact=True)

    @property
    def remove_button(self) -> Locator:
        """*Remove meeting*, which opens a question."""
        return self.panel.get_by_role("button", name="Remove meeting", exact=True)

    @property
    def remove_menu(self) -> Locator:
        """The question whether to remove the meeting."""
        return self.panel.get_by_role("group", name="Remove meeting", exact=True)

    def confirm_removal(self, name: str = "Remove") -> None:
        """Press *Remove meeting*, and then this button of the question."""
        self.remove_button.click()
        self.remove_menu.get_by_role("button", name=name, exact=True).click()

    @property
    def account_button(self) -> Locator:
        """The button of the account menu, while a user is connected."""
        return self.button("Zoom account")

    @property
    def account_menu(self) -> Locator:
        """The connected user, *Switch account* and *Disconnect*."""
        return self.root.get_by_role("group", name="Zoom account", exact=True)

    def button(self, name: str) -> Locator:
        """Return a button of the widget by its name."""
        return self.root.get_by_role("button", name=name, exact=True)

    @property
    def notice(self) -> Locator:
        """A message; its `data-code` is the documented error code."""
        return self.root.locator(
            "[part~=notice]:not("
            "[data-code=drift], [data-code=appointment-cancelled], [data-code=other-host])"
        )

    @property
    def message(self) -> Locator:
        """The words of the message."""
        return self.notice.locator("[part~=message]")

    @property
    def dismiss_button(self) -> Locator:
        """*Dismiss*, a cross beside a message that asks nothing."""
        return self.notice.get_by_role("button", name="Dismiss", exact=True)

    @property
    def heard(self) -> Locator:
        """What a screen reader says, and does not interrupt for."""
        return self.root.get_by_role("status")

    @property
    def alarm(self) -> Locator:
        """What a screen reader interrupts for: a failure."""
        return self.root.get_by_role("alert")

    @property
    def save_again_button(self) -> Locator:
        """*Save again*, after the note line could not be written."""
        return self.notice.get_by_role("button", name="Save again", exact=True)

    @property
    def load_again_button(self) -> Locator:
        """*Try again*, after the widget itself could not be loaded."""
        return self.notice.get_by_role("button", name="Try again", exact=True)

    @property
    def reload_button(self) -> Locator:
        """*Reload page*, when nothing else can help."""
        return self.notice.get_by_role("button", name="Reload page", exact=True)
