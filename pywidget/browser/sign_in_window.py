"""The popup with Zoom's consent page, and the two ways in which its response comes back.

Facts: `window.open` works only inside the click, and Safari returns null for `noopener`. Zoom's
headers may cut the popup off from its opener: then only the BroadcastChannel gets through. If a
browser partitions storage by site, only `postMessage` does. Either is trusted only as far as
possible: same origin, and the right kind of message; the receiver of the response checks the state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import JsProxy

from pywidget.browser.defects import make_listener
from pywidget.browser.values import make_options, none_if_null
from pywidget.browser.windows import open_window

MESSAGE_TYPE = "pywidget:v1:authorization-response"
_CHANNEL = "pywidget:v1:sign-in:"
_RECEIVED = "received"  # lets the redirect URI's page close itself
_WIDTH, _HEIGHT = 620, 760


class PopupWindows:
    """The browser's `ports.SignInWindows`."""

    @property
    def is_secure(self) -> bool:
        """Whether the page came over https, or from this machine."""
        return bool(js.isSecureContext)

    def open(self, url: str, state: str, on_answer: Callable[[str], None]) -> Popup | None:
        """Open the popup in the middle of the page's own window."""
        left = js.screenX + max(0, (js.outerWidth - _WIDTH) // 2)
        top = js.screenY + max(0, (js.outerHeight - _HEIGHT) // 2)
        features = f"popup,width={_WIDTH},height={_HEIGHT},left={left},top={top}"
        js_window = open_window(url, features)
        return None if js_window is None else Popup(js_window, state, on_answer)


class Popup:
    """The browser's `ports.SignInWindow`."""

    def __init__(self, js_window: JsProxy, state: str, on_answer: Callable[[str], None]) -> None:
        self._js_window: Any = js_window
        self._on_answer = on_answer
        self._js_channel = js.BroadcastChannel.new(_CHANNEL + state)
        self._js_abort = js.AbortController.new()
        self._listener = make_listener(self._hear)
        options = make_options({"signal": self._js_abort.signal})
        self._js_channel.addEventListener("message", self._listener, options)
        js.addEventListener("message", self._listener, options)

    @property
    def closed(self) -> bool:
        """Whether the browser says that it is closed."""
        return bool(self._js_window.closed)

    def focus(self) -> None:
        """Bring it to the front."""
        self._js_window.focus()

    def close(self) -> None:
        """Close the popup, and stop listening; twice does no harm."""
        if self._js_abort.signal.aborted:
            return
        self._js_abort.abort()
        self._js_channel.close()
        self._js_window.close()
        self._listener.destroy()

    def _hear(self, js_event: Any) -> None:
        from_channel = js_event.currentTarget == self._js_channel
        if js_event.origin != js.location.origin:
            return
        if not from_channel and js_event.source != self._js_window:
            return
        js_data = none_if_null(js_event.data)
        if getattr(js_data, "type", None) != MESSAGE_TYPE:
            return
        query = getattr(js_data, "query", None)
        if isinstance(query, str):
            self._js_channel.postMessage(_RECEIVED)
            self._on_answer(query)
