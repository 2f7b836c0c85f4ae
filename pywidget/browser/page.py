"""One element's voice on the host page: events, and the console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import js
from pyodide.ffi import to_js


class ElementPage:
    """Implements `ports.Page`."""

    def __init__(self, js_element: Any) -> None:
        self._js_element = js_element

    def emit(self, name: str, detail: Mapping[str, str]) -> None:
        """Fires a bubbling, composed `CustomEvent`."""
        init = {"detail": dict(detail), "bubbles": True, "composed": True}
        js_init = to_js(init, dict_converter=js.Object.fromEntries)
        self._js_element.dispatchEvent(js.CustomEvent.new(f"zoom-meeting:{name}", js_init))

    def complain(self, message: str) -> None:
        """One line in the console, with the widget's name in front."""
        js.console.error(f"zoom-meeting: {message}")
