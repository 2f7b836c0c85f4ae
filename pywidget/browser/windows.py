"""Windows that this page opens, none of which gets what the widget stores in its tab.

Facts: a window that has an opener starts with a copy of the opener's `sessionStorage`, and keeps it
when it goes to another site: whoever comes back to this origin in that window has the copy. With
`noopener` there is no copy, but no way to close the window or to send it on either. Right after
`open` the window is empty and of this origin, so the copy can be deleted in it. To hide the items
while the window opens is not enough in WebKit, which makes the copy a little later.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import js
from pyodide.ffi import JsException

from pywidget.browser.values import none_if_null

_PREFIX = "pywidget:"


def open_window(address: str = "", features: str = "") -> Any | None:
    """Open the address in a new window, during a click; return `None` if that was blocked."""
    try:
        js_window = none_if_null(js.open(address, "_blank", features))
    except JsException:  # in Firefox, in a frame whose sandbox allows no windows
        return None
    if js_window is None:
        return None
    with suppress(JsException):  # blocked site data, or a sandbox: then there is no copy
        js_storage = js_window.sessionStorage
        for key in js.Object.keys(js_storage):
            if key.startswith(_PREFIX):
                js_storage.removeItem(key)
    return js_window
