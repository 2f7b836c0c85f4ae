"""The other tabs of this origin, over a `BroadcastChannel`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import create_proxy

_CHANNEL = "pywidget:v1:tabs"


class BroadcastTabs:
    """Implements `ports.Tabs`; lives as long as the page."""

    def __init__(self) -> None:
        self._js_channel = js.BroadcastChannel.new(_CHANNEL)

    def tell(self, text: str) -> None:
        """Every other tab hears it; this one does not."""
        self._js_channel.postMessage(text)

    def listen(self, on_message: Callable[[str], None]) -> None:
        """Hears what other tabs tell, from now on."""

        def hear(js_event: Any) -> None:
            if isinstance(js_event.data, str):
                on_message(js_event.data)

        self._js_channel.addEventListener("message", create_proxy(hear))
