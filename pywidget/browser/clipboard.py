"""The system's clipboard, which a page may write to inside a click."""

from __future__ import annotations

from collections.abc import Awaitable

import js
from pyodide.ffi import JsException


class SystemClipboard:
    """The system's `ports.Clipboard`."""

    def write(self, text: str) -> Awaitable[bool]:
        """Write immediately, as part of the click; the result tells whether it worked."""
        try:
            js_promise = js.navigator.clipboard.writeText(text)
        except (JsException, AttributeError):  # no clipboard in an insecure context
            return _answer(None)
        return _answer(js_promise)


async def _answer(js_promise: Awaitable[None] | None) -> bool:
    if js_promise is None:
        return False
    try:
        await js_promise
    except JsException:  # the permission was denied, or the page has lost the focus
        return False
    return True
