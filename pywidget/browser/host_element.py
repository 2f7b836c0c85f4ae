"""One element's messages to the host page: events, and lines in the console."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import js

from pywidget.browser.loader import find_js_helpers
from pywidget.browser.values import make_options
from pywidget.ports import Reply

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

    @property
    def is_in_sight(self) -> bool:
        """Whether the tab is shown, and part of the element is within its window."""
        return bool(find_js_helpers().isInSight(self._js_element))

    def ask_to_send(self, detail: Mapping[str, str]) -> Reply:
        """Fire the event that the host page may cancel; `web/sending.js` makes it."""
        js_reply = find_js_helpers().askToSend(self._js_element, json.dumps(detail))
        return Reply(bool(js_reply.isTaken), js_reply.outcome)

    def read_address(self) -> str:
        """Have the browser judge the field, and read it."""
        return str(find_js_helpers().readAddress(self._js_element))

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
