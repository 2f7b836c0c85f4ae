"""One element's messages to the host page: events, and lines in the console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import js

from pywidget.browser.values import make_options

_CHOICE = ':scope > [slot="meeting-choice"]:not([hidden])'


class BrowserElement:
    """The browser's `ports.HostElement`."""

    def __init__(self, js_element: Any) -> None:
        self._js_element = js_element

    def emit(self, name: str, detail: Mapping[str, str]) -> None:
        """Fire a bubbling, composed `CustomEvent`."""
        init = {"detail": dict(detail), "bubbles": True, "composed": True}
        event = js.CustomEvent.new(f"zoom-meeting:{name}", make_options(init))
        self._js_element.dispatchEvent(event)

    def say(self, text: str, *, is_urgent: bool) -> None:
        """Change the text of one of the element's live regions, which the loader made."""
        self._js_element.say(text, is_urgent)

    def has_choices(self) -> bool:
        """Tell whether a child, other than a hidden one, is meant for the menu of the camera."""
        return bool(self._js_element.querySelectorAll(_CHOICE).length)

    def complain(self, message: str) -> None:
        """Write one line to the console, with the widget's name in front."""
        js.console.error(f"zoom-meeting: {message}")

    def remark(self, message: str) -> None:
        """Write a line to the console, without alarm."""
        js.console.info(f"zoom-meeting: {message}")
