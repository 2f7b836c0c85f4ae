"""Page objects as the kit has them: controls are found by what users read. They assert nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zoom_meeting_testing.pages.tab_storage import TOKEN_KEY, write_token

from e2e.stage import MAYA, REOPEN
from e2e.webkit.tab import Tab, press, wait_until

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement
    from zoom_meeting_testing.pages.meeting_widget import State
    from zoom_meeting_testing.simulator import Simulator
    from zoom_meeting_testing.simulator.grants import TokenPair

_FIND_BY_NAME: Final = """
const [selector, place, name] = arguments;
const root = document.querySelector(selector)?.shadowRoot;
const within = place ? root?.querySelector(place) : root;
const read = (node) => (node.getAttribute("aria-label") ?? node.textContent).trim();
const all = [...(within?.querySelectorAll("button, a[href], summary") ?? [])];
return all.find((node) => read(node) === name) ?? null;
"""
_FIND: Final = """
const [selector, inside] = arguments;
return document.querySelector(selector)?.shadowRoot?.querySelector(inside) ?? null;
"""
_FIND_DETAIL: Final = """
const [selector, name] = arguments;
const terms = [...(document.querySelector(selector)?.shadowRoot?.querySelectorAll("dt") ?? [])];
return terms.find((term) => term.textContent === name)?.parentNode.querySelector("dd")
  .textContent ?? null;
"""
NOTICE: Final = "[part~=notice]:not([data-code=drift])"
DRIFT: Final = "[data-code=drift]"


class ConsentPage:
    """Zoom's consent page, in a popup or in the tab itself."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def wait_for(self) -> None:
        """Wait until the question is there."""
        self.tab.find("h1")

    def allow(self) -> None:
        """Press *Allow*."""
        self._press("Allow")

    def deny(self) -> None:
        """Press *Deny*."""
        self._press("Deny")

    def _press(self, name: str) -> None:
        script = """
          const all = [...document.querySelectorAll("button")];
          return all.find((button) => button.innerText === arguments[0]) ?? null;
        """
        press(lambda: self.tab.run(script, name), name)


class MeetingWidget:
    """One `<zoom-meeting>` and its controls."""

    def __init__(self, tab: Tab, selector: str = "#widget") -> None:
        self.tab = tab
        self.selector = selector

    def read(self, attribute: str) -> str | None:
        """Return an attribute of the element; `None` if there is none."""
        script = "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null"
        found: str | None = self.tab.run(script, self.selector, attribute)
        return found

    @property
    def state(self) -> str | None:
        """The element's `data-state` at this moment."""
        return self.read("data-state")

    def wait_for_state(self, state: State) -> None:
        """Wait until the element is in this state."""
        wait_until(lambda: self.state == state, f"{self.selector} is {state}, not {self.state}")

    def find(self, inside: str) -> WebElement | None:
        """Return a part of the widget by its selector; `None` if it is not there."""
        found: WebElement | None = self.tab.run(_FIND, self.selector, inside)
        return found

    def wait_for(self, inside: str) -> WebElement:
        """Return the part, as soon as it is there."""
        return wait_until(lambda: self.find(inside), inside)

    def wait_until_gone(self, inside: str) -> None:
        """Wait until the part is not there."""
        wait_until(lambda: self.find(inside) is None, f"no {inside}")

    def read_text(self, inside: str) -> str:
        """Return the text of a part that is there, or will be."""
        return str(wait_until(lambda: self.wait_for(inside).text, f"text in {inside}"))

    def button(self, name: str, place: str = "") -> WebElement | None:
        """Return a button or link by its name, anywhere or in this part of the widget."""
        found: WebElement | None = self.tab.run(_FIND_BY_NAME, self.selector, place, name)
        return found

    def press(self, name: str, place: str = "") -> None:
        """Press a button or link by its name."""
        press(lambda: self.button(name, place), name)

    def add(self) -> None:
        """Press the camera button, "Add Meeting"."""
        self.press("Add Meeting")

    def connect(self, name: str = "Add Zoom Meeting", place: str = "") -> ConsentPage:
        """Press *Add Zoom Meeting* or another button, and return the popup that opens."""
        with self.tab.expect_popup() as popup:
            self.press(name, place)
        return ConsentPage(popup[0])

    def wait_for_notice(self, code: str) -> str:
        """Wait for the message with this error code, and return its words."""
        self.wait_for(f"[part~=notice][data-code={code}]")
        return self.read_text(NOTICE)

    @property
    def client_link(self) -> str:
        """The join URL in the panel."""
        return str(self.wait_for("[part~=link]").get_attribute("href"))

    def detail(self, name: str) -> str | None:
        """Return a value of the details: "Topic", "Meeting ID" or "Passcode"."""
        found: str | None = self.tab.run(_FIND_DETAIL, self.selector, name)
        return found

    def confirm_removal(self, name: str = "Remove") -> None:
        """Press *Remove meeting*, and then this button of the question."""
        self.press("Remove meeting")
        self.press(name, "[role=group][aria-label='Remove meeting']")


class TabStorage:
    """The storage of one tab for the page that is open in it."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    def read(self) -> dict[str, str]:
        """Return all entries."""
        found: dict[str, str] = self._tab.run("return { ...sessionStorage }")
        return found

    def keep_token(self, pair: TokenPair) -> None:
        """Sign a user in without Zoom's window; the tokens are from `simulator.issue_tokens`."""
        script = "sessionStorage.setItem(arguments[0], arguments[1])"
        self._tab.run(script, TOKEN_KEY, write_token(pair))


@dataclass(frozen=True)
class Stage:
    """A page with one widget and its notes, `#notes`."""

    tab: Tab
    simulator: Simulator

    @property
    def widget(self) -> MeetingWidget:
        """The widget with the id `widget`."""
        return MeetingWidget(self.tab)

    @property
    def storage(self) -> TabStorage:
        """The storage of this tab."""
        return TabStorage(self.tab)

    def sign_in(self, email: str = MAYA) -> None:
        """Put a token into this tab, and open the appointment again."""
        self.storage.keep_token(self.simulator.issue_tokens(email))
        self.reopen()

    def create_meeting(self, email: str = MAYA) -> None:
        """Sign in, click the camera button, and wait until the meeting is shown."""
        self.sign_in(email)
        self.widget.add()
        self.widget.wait_for_state("ready")

    def reopen(self) -> None:
        """Open the appointment again with a new element, as a single-page app does."""
        self.tab.run(f"({REOPEN})(document.querySelector('#widget'))")

    def change(self, name: str, value: str) -> None:
        """Set an attribute of the element."""
        script = "document.querySelector('#widget').setAttribute(arguments[0], arguments[1])"
        self.tab.run(script, name, value)

    def read_notes(self) -> str:
        """Return the notes as they are now."""
        return str(self.tab.run("return document.querySelector('#notes').value"))

    def list_events(self) -> list[dict[str, Any]]:
        """Return the widgets' events since the page was loaded, oldest first."""
        events: list[dict[str, Any]] = self.tab.run("return window.meetingEvents")
        return events

    def list_names(self) -> list[str]:
        """Return the names of these events."""
        return [event["name"] for event in self.list_events()]

    def list_own_keys(self) -> list[str]:
        """Return the widget's keys in this tab's storage."""
        return [key for key in self.storage.read() if key.startswith("pywidget")]
