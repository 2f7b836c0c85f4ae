"""One appointment, its notes and its line: what the tests of a meeting's whole life share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zoom_meeting_testing.pages import MeetingWidget, TabStorage
from zoom_meeting_testing.pages.typing import rewrite

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route
    from zoom_meeting_testing.simulator import Simulator
    from zoom_meeting_testing.simulator.meetings import Meeting

MAYA: Final = "maya@lotus-spa.example"
"""A Licensed user."""
FRONT_DESK: Final = "front-desk@lotus-spa.example"
"""A Basic user."""
TEMP: Final = "temp@lotus-spa.example"
"""A Basic user who may only create meetings."""
EMAIL: Final = "dana@example.com"
TOPIC: Final = "Appointment with Dana Lee"
DAY: Final = "Tuesday, November 12 2199"
NOTES: Final = "Tea, no milk.\n\n  \u0639\u0631\u0628\u064a [VIP] 🌸  \n\n"
LINK: Final = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"

REOPEN: Final = "element => { element.replaceWith(element.cloneNode()) }"
"""A script that replaces an element with a new one like it, as a single-page app does."""

SNAPSHOT_AT_ONCE: Final = """
const wait = window.setTimeout;
window.setTimeout = (work, ms, ...more) => wait(work, ms === 8000 ? 0 : ms, ...more);
"""
"""A script that has Python's snapshot made at once, instead of some seconds after the start."""

A_MAC: Final = "Object.defineProperty(navigator, 'platform', { value: 'MacIntel' })"
"""A script that has the page believe that it is on a Mac, which sends text messages."""

_PAUSE_MS: Final = 50
_MOST_PAUSES: Final = 400


def write_element(name: str = "widget", *, appointment: str = "7", **changes: str) -> str:
    """Return a `<zoom-meeting>` for Dana Lee's appointment; keywords are more attributes."""
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
    """Return the note line of Dana Lee's meeting."""
    return f"Zoom: [{TOPIC}] {DAY} {clock} — {link}"


def add_meeting(simulator: Simulator, *, host: str = MAYA, clock: str = "18:00") -> Meeting:
    """Create Dana Lee's meeting in Zoom itself, without the widget."""
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
    """Wait for something that only the test can see, and not the page."""
    for _ in range(_MOST_PAUSES):
        if is_so():
            return
        page.wait_for_timeout(_PAUSE_MS)
    raise AssertionError("this did not come true in time")


@dataclass(frozen=True)
class Stage:
    """A page with one widget and one `textarea`, `#notes`."""

    page: Page
    simulator: Simulator

    @property
    def widget(self) -> MeetingWidget:
        """The widget with the id `widget`."""
        return MeetingWidget.find(self.page, "#widget")

    @property
    def storage(self) -> TabStorage:
        """The storage of this tab."""
        return TabStorage(self.page)

    def sign_in(self, email: str = MAYA) -> None:
        """Put a token into this tab, and open the appointment again."""
        self.storage.keep_token(self.simulator.issue_tokens(email))
        self.reopen()

    def create_meeting(self, email: str = MAYA) -> None:
        """Sign in, click the camera button, and wait until the meeting is shown."""
        self.sign_in(email)
        self.widget.add_button.click()
        self.widget.wait_for_state("ready")

    def reopen(self, name: str = "widget") -> None:
        """Open the appointment again with a new element, as a single-page app does."""
        self.page.locator(f"#{name}").evaluate(REOPEN)

    def change(self, name: str, value: str) -> None:
        """Set an attribute of the element."""
        script = "(element, [name, value]) => element.setAttribute(name, value)"
        self.widget.root.evaluate(script, [name, value])

    def read_notes(self) -> str:
        """Return the notes as they are now."""
        return self.page.locator("#notes").input_value()

    def write_notes(self, text: str) -> None:
        """Replace the notes, and leave the field."""
        rewrite(self.page.locator("#notes"), text)

    def list_events(self) -> list[dict[str, Any]]:
        """Return the widgets' events since the page was loaded, oldest first."""
        events: list[dict[str, Any]] = self.page.evaluate("() => window.meetingEvents")
        return events

    def list_names(self) -> list[str]:
        """Return the names of these events."""
        return [event["name"] for event in self.list_events()]

    def list_own_keys(self) -> list[str]:
        """Return the widget's keys in this tab's storage."""
        return [key for key in self.storage.read() if key.startswith("pywidget")]


class Gate:
    """Holds a page's or a context's requests until it is opened."""

    def __init__(self, target: BrowserContext | Page, pattern: str) -> None:
        self.held: list[Route] = []
        self._is_open = False
        target.route(pattern, self._hold)

    def open(self) -> None:
        """Let the held requests go, and all that come later."""
        self._is_open = True
        for route in self.held:
            route.continue_()

    def _hold(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self.held.append(route)
