"""Where this tab is and where it goes, and windows for meetings."""

from __future__ import annotations

from typing import Any

import js
from pyodide.ffi import jsnull

from pywidget.browser.values import none_if_null
from pywidget.domain.secret import Secret


class BrowserNavigation:
    """Implements `ports.Navigation`."""

    @property
    def address(self) -> str:
        """The page's own address."""
        return str(js.location.href)

    @property
    def is_framed(self) -> bool:
        """Whether a frame holds this page."""
        return bool(js.self != js.top)

    def go(self, address: str) -> None:
        """Leaves this page."""
        js.location.assign(address)

    def open_window(self) -> MeetingTab | None:
        """Opens an empty tab, inside the click."""
        js_window = none_if_null(js.open("", "_blank", ""))
        if js_window is None:
            return None
        # What is opened there has no business with this page. Only null cuts it off: None would
        # arrive as undefined, and be forgotten as soon as the window goes somewhere.
        js_window.opener = jsnull
        return MeetingTab(js_window)


class MeetingTab:
    """Implements `ports.MeetingWindow`."""

    def __init__(self, js_window: Any) -> None:
        self._js_window = js_window

    def go(self, address: Secret) -> None:
        """Shows the address there, in the place of the empty page."""
        self._js_window.location.replace(address.reveal())

    def close(self) -> None:
        """Closes it."""
        self._js_window.close()
