"""A WebAssembly instance that `web/tunnel/tunnel.js` has created.

Facts: each call into the page costs some microseconds. A view of the instance's memory is invalid
once that memory has grown, so none is kept.
"""

from __future__ import annotations

from typing import Any

from pyodide.ffi import JsException

from pywidget.tunnel.ports import TlsError


class BrowserWasmModule:
    """The browser's `tunnel.ports.WasmModule`."""

    def __init__(self, js_module: Any) -> None:
        self._js_module = js_module

    def call(self, name: str, *numbers: int) -> int:
        """Call an exported function; return 0 for one that returns nothing.

        Raises:
            TlsError: It has trapped; from then on its results mean nothing.
        """
        try:
            return int(self._js_module.call(name, *numbers))
        except JsException as error:
            raise TlsError(f"{name} has failed ({error.name})") from None

    def read(self, address: int, length: int) -> bytes:
        """Return a copy of that part of the memory."""
        copy: bytes = self._js_module.view(address, length).to_bytes()
        return copy

    def write(self, address: int, data: bytes) -> None:
        """Write the bytes there."""
        self._js_module.view(address, len(data)).assign(data)
