"""The demo page: SimpleSpa's appointment book."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zoom_meeting_testing.pages.meeting_widget import MeetingWidget
from zoom_meeting_testing.pages.tab_storage import TabStorage
from zoom_meeting_testing.pages.typing import rewrite

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass(frozen=True)
class MeetingEvent:
    """An event of the widget."""

    name: str
    """The event's name without `zoom-meeting:`."""
    detail: dict[str, str]


class AppointmentBook:
    """A tab with the appointment book; `url` is the book's address."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url.rstrip("/")
        self.widget = MeetingWidget.find(page)
        self.storage = TabStorage(page)

    def open(self, appointment: str = "812") -> MeetingWidget:
        """Open an appointment by its number; load the page only if it is not open already."""
        self.page.goto(f"{self.url}/#appointment-{appointment}")
        self._wait_for(appointment)
        return self.widget

    def choose(self, appointment: str) -> MeetingWidget:
        """Click another appointment of the day that is shown."""
        self.page.locator(f'[data-appointment="{appointment}"] a').click()
        self._wait_for(appointment)
        return self.widget

    def reload(self) -> MeetingWidget:
        """Reload the page; the appointment stays open."""
        self.page.reload()
        self.widget.root.wait_for(state="attached")
        return self.widget

    @property
    def title(self) -> Locator:
        """The name of the client whose appointment is open."""
        return self.page.locator("#appointment-title")

    @property
    def notes(self) -> Locator:
        """The notes field of the open appointment."""
        return self.page.get_by_label("Notes", exact=True)

    def read_notes(self) -> str:
        """Return the notes as they are now."""
        return self.notes.input_value()

    def write_notes(self, text: str) -> None:
        """Replace the notes, and leave the field."""
        rewrite(self.notes, text)

    def save(self) -> None:
        """Press *Save*."""
        self.page.get_by_role("button", name="Save", exact=True).click()

    @property
    def save_status(self) -> Locator:
        """The words that say whether the notes are saved."""
        return self.page.locator("#save-status")

    def switch_zoom(self, name: str, value: str) -> None:
        """Choose what Zoom has of the user: "plan" (the page loads again) or "meetings"."""
        with self.page.expect_response("**/zoom-orders"):
            self.page.locator(f"#{name}").select_option(value)

    def let_book_send(self) -> None:
        """Have the book send its messages itself; the page loads again, and is seen from its top.

        The switch is at its end, where the widget, out of sight, would not start.
        """
        with self.page.expect_navigation():
            self.page.get_by_label("The book sends messages itself").click()
        self.page.evaluate("scrollTo(0, 0)")

    @property
    def messages(self) -> Locator:
        """The messages that the book has sent itself, newest first."""
        return self.page.locator("#message-list li")

    def try_out(self, name: str) -> None:
        """Press a button of *What to try*."""
        self.page.locator("#tour").get_by_role("button", name=name, exact=True).click()

    def camera_mark(self, appointment: str) -> Locator:
        """Return the mark in the list for an appointment that has a Zoom meeting."""
        return self.page.locator(f'[data-appointment="{appointment}"] .entry__camera')

    def read_today(self) -> date:
        """Return the date that the book takes for today."""
        written = self.page.locator("#today").get_attribute("datetime")
        return date.fromisoformat(written or "")

    def read_day(self, days_from_today: int) -> date:
        """Return the date of another day in the book; tomorrow is 1."""
        return self.read_today() + timedelta(days=days_from_today)

    def events(self, name: str) -> Locator:
        """Return the log's entries for one kind of event, such as "created", newest first."""
        return self.page.locator(f'#event-list [data-event="zoom-meeting:{name}"]')

    def list_events(self) -> list[MeetingEvent]:
        """Return the widget's events since the page was loaded, oldest first."""
        entries = self.page.locator("#event-list li").evaluate_all(
            "items => items.map(li => [li.dataset.event, li.querySelector('code').textContent])"
        )
        return [
            MeetingEvent(name.removeprefix("zoom-meeting:"), json.loads(detail))
            for name, detail in reversed(entries)
        ]

    def _wait_for(self, appointment: str) -> None:
        selector = f'zoom-meeting[appointment="{appointment}"]'
        self.page.locator(selector).wait_for(state="attached")
