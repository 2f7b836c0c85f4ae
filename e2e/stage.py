"""What the journeys through a meeting's whole life share: one appointment, its notes, its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from e2e.pages import MeetingWidget, TabStorage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route

    from e2e.simulator import Simulator
    from e2e.simulator.meetings import Meeting

MAYA: Final = "maya@lotus-spa.example"
"""Licensed."""
FRONT_DESK: Final = "front-desk@lotus-spa.example"
"""Basic."""
TEMP: Final = "temp@lotus-spa.example"
"""Basic, and granted nothing but to create."""
EMAIL: Final = "dana@example.com"
TOPIC: Final = "Appointment with Dana Lee"
DAY: Final = "Tuesday, November 12 2199"
NOTES: Final = "Tea, no milk.\n\n  \u0639\u0631\u0628\u064a [VIP] 🌸  \n\n"
LINK: Final = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"

REOPEN: Final = "element => { element.replaceWith(element.cloneNode()) }"
"""Puts an element like it in its place, as a single-page app does."""

_PAUSE_MS: Final = 50
_MOST_PAUSES: Final = 400


def write_element(name: str = "widget", *, appointment: str = "7", **changes: str) -> str:
    """Write a `<zoom-meeting>` for Dana Lee's appointment; keywords are more attributes."""
    attributes = {
        "id": name,
        "appointment": appointment,
        "client": "Dana Lee",
        "starts": "2199-11-12T18:00",
        "time-zone": "America/New_York",
        "notes": "#notes",
    } | {key.replace("_", "-"): value for key, value in changes.items()}
    written = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f"<zoom-meeting {written}></zoom-meeting>"


def write_line(link: str, *, clock: str = "6:00 pm") -> str:
    """Write the note line of Dana Lee's meeting."""
    return f"Zoom: [{TOPIC}] {DAY} {clock} — {link}"


def add_meeting(simulator: Simulator, *, host: str = MAYA, clock: str = "18:00") -> Meeting:
    """Let there be a meeting in Zoom that the widget has not made."""
    return simulator.add_meeting(
        {
            "host": host,
            "topic": TOPIC,
            "start_time": f"2199-11-12T{clock}:00",
            "timezone": "America/New_York",
            "duration": 60,
        }
    )


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait for something that only the test's own side can see."""
    for _ in range(_MOST_PAUSES):
        if is_so():
            return
        page.wait_for_timeout(_PAUSE_MS)
    raise AssertionError("it never came to that")


@dataclass(frozen=True)
class Stage:
    """A page with one widget and one `textarea`, `#notes`."""

    page: Page
    simulator: Simulator

    @property
    def widget(self) -> MeetingWidget:
        """The one with the id "widget"."""
        return MeetingWidget.find(self.page, "#widget")

    @property
    def storage(self) -> TabStorage:
        """What this tab keeps."""
        return TabStorage(self.page)

    def sign_in(self, email: str = MAYA) -> None:
        """Have a token in this tab, and open the appointment anew."""
        self.storage.keep_token(self.simulator.issue_tokens(email))
        self.reopen()

    def reopen(self, name: str = "widget") -> None:
        """Open the appointment anew, as a single-page app does: with a new element."""
        self.page.locator(f"#{name}").evaluate(REOPEN)

    def change(self, name: str, value: str) -> None:
        """Set an attribute of the element."""
        script = "(element, [name, value]) => element.setAttribute(name, value)"
        self.widget.root.evaluate(script, [name, value])

    def read_notes(self) -> str:
        """Read the notes as they are now."""
        return self.page.locator("#notes").input_value()

    def write_notes(self, text: str) -> None:
        """Write other notes, and leave the field."""
        self.page.locator("#notes").fill(text)
        self.page.locator("#notes").blur()

    def list_events(self) -> list[dict[str, Any]]:
        """List what the widgets told the page since it was loaded, oldest first."""
        events: list[dict[str, Any]] = self.page.evaluate("() => window.meetingEvents")
        return events

    def list_names(self) -> list[str]:
        """List the names of these events."""
        return [event["name"] for event in self.list_events()]

    def list_own_keys(self) -> list[str]:
        """List what the widget keeps in this tab."""
        return [key for key in self.storage.read() if key.startswith("pywidget")]


class Gate:
    """Holds requests until it is opened."""

    def __init__(self, target: BrowserContext | Page, pattern: str) -> None:
        self.held: list[Route] = []
        self._is_open = False
        target.route(pattern, self._hold)

    def open(self) -> None:
        """Let them go, and all that come later."""
        self._is_open = True
        for route in self.held:
            route.continue_()

    def _hold(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self.held.append(route)
