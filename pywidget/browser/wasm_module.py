"""A WebAssembly instance that `web/tunnel/tunnel.js` has made.

Facts: each call into the page costs some microseconds, and a view of the instance's memory is void
once that memory has grown: so none is kept.
"""

from __future__ import annotations

from typing import Any

from pyodide.ffi import JsException

from pywidget.tunnel.ports import TlsError


class BrowserWasmModule:
    """Implements `tunnel.ports.WasmModule`."""

    def __init__(self, js_module: Any) -> None:
        self._js_module = js_module

    def call(self, name: str, *numbers: int) -> int:
        """Calls an exported function; 0 for one that gives nothing back.

        Raises:
            TlsError: It has trapped; from then on nothing it says counts.
        """
        try:
            return int(self._js_module.call(name, *numbers))
        except JsException as error:
            raise TlsError(f"{name} has failed ({error.name})") from None

    def read(self, address: int, length: int) -> bytes:
        """A copy of that part of the memory."""
        copy: bytes = self._js_module.view(address, length).to_bytes()
        return copy

    def write(self, address: int, data: bytes) -> None:
        """Puts the bytes there."""
        self._js_module.view(address, len(data)).assign(data)
