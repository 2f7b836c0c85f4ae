"""The tunnel's own composition root, which joins HTTP, TLS and the forwarder."""

from __future__ import annotations

from typing import Any

from pywidget.browser.late_tunnel import TunnelFilesError
from pywidget.browser.wasm_module import BrowserWasmModule
from pywidget.browser.web_socket import WebSocketForwarder
from pywidget.ports import Transport
from pywidget.tunnel.mbed_tls import MbedTls
from pywidget.tunnel.ports import TlsError
from pywidget.tunnel.transport import TunnelTransport
from pywidget.zoom.tunnel import Tunnel


def make_transport(tunnel: Tunnel, js_files: Any) -> Transport:
    """Create a transport that goes through this tunnel; `js_files` are those that were loaded.

    Raises:
        TunnelFilesError: The roots can't be used.
    """
    return TunnelTransport(tunnel, WebSocketForwarder(), make_tls(js_files))


def make_tls(js_files: Any) -> MbedTls:
    """Create TLS that trusts the roots that were loaded with it.

    Raises:
        TunnelFilesError: They can't be used.
    """
    try:
        roots = js_files.roots.to_bytes().decode("ascii")
        return MbedTls(BrowserWasmModule(js_files.tls), roots)
    except (TlsError, UnicodeDecodeError) as error:
        raise TunnelFilesError(f"the tunnel's roots can't be used: {error}.") from None
