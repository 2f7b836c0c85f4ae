"""This tab's address, ways to leave it, and windows for meetings.

Facts: no browser says whether anything answers a link such as `sms:`. Phones and tablets do, whose
first pointer is a finger, and Macs, by *Messages*; on other computers such a link does nothing, or
asks for an app that is not there.
"""

from __future__ import annotations

from typing import Any

import js
from pyodide.ffi import jsnull

from pywidget.browser.windows import open_window
from pywidget.domain.secret import Secret


class BrowserNavigation:
    """The browser's `ports.Navigation`."""

    @property
    def address(self) -> str:
        """The page's own address."""
        return str(js.location.href)

    @property
    def is_framed(self) -> bool:
        """Whether this page is in a frame."""
        return bool(js.self != js.top)

    @property
    def sends_texts(self) -> bool:
        """Whether this is a phone, a tablet or a Mac."""
        is_touched = bool(js.matchMedia("(pointer: coarse)").matches)
        return is_touched or str(js.navigator.platform).startswith("Mac")

    def go(self, address: str) -> None:
        """Leave this page for the address."""
        js.location.assign(address)

    def open_link(self, address: str) -> None:
        """Follow the link in a new window, which the browser closes if a program answers."""
        js_link = js.document.createElement("a")
        js_link.href, js_link.target, js_link.rel = address, "_blank", "noopener noreferrer"
        js_link.click()

    def open_window(self) -> MeetingTab | None:
        """Open an empty tab, inside the click."""
        js_window = open_window()
        if js_window is None:
            return None
        # The page opened there must not reach this one. Only null cuts it off: None would arrive as
        # undefined, and be lost as soon as the window navigates.
        js_window.opener = jsnull
        return MeetingTab(js_window)


class MeetingTab:
    """The browser's `ports.MeetingWindow`."""

    def __init__(self, js_window: Any) -> None:
        self._js_window = js_window

    def go(self, address: Secret) -> None:
        """Show the address there, in place of the empty page."""
        self._js_window.location.replace(address.reveal())

    def close(self) -> None:
        """Close the tab."""
        self._js_window.close()
