"""The other tabs of this origin, over a `BroadcastChannel`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import js

from pywidget.browser.defects import make_listener

_CHANNEL = "pywidget:v1:tabs"


class BroadcastTabs:
    """The browser's `ports.Tabs`, which live as long as the page."""

    def __init__(self) -> None:
        self._js_channel = js.BroadcastChannel.new(_CHANNEL)

    def tell(self, text: str) -> None:
        """Send it to every other tab; this one does not receive it."""
        self._js_channel.postMessage(text)

    def listen(self, on_message: Callable[[str], None]) -> None:
        """Receive what other tabs send, from now on."""

        def hear(js_event: Any) -> None:
            if isinstance(js_event.data, str):
                on_message(js_event.data)

        self._js_channel.addEventListener("message", make_listener(hear))
