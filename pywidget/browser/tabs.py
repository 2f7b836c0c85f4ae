"""The other tabs of this origin, over a `BroadcastChannel`."""

from __future__ import annotations

from collections.abc import Callable

from pywidget.browser.defects import make_listener
from pywidget.browser.loader import find_js_natives

_CHANNEL = "pywidget:v1:tabs"


class BroadcastTabs:
    """The browser's `ports.Tabs`, which live as long as the page."""

    def __init__(self) -> None:
        self._js_channel = find_js_natives().openChannel(_CHANNEL)

    def tell(self, text: str) -> None:
        """Send it to every other tab; this one does not receive it."""
        self._js_channel.post(text)

    def listen(self, on_message: Callable[[str], None]) -> None:
        """Receive what other tabs send, from now on."""

        def hear(message: object) -> None:
            if isinstance(message, str):
                on_message(message)

        self._js_channel.listen(make_listener(hear))
