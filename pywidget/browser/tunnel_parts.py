"""The tunnel's own composition root: joins HTTP, TLS and the forwarder."""

from __future__ import annotations

import asyncio
from typing import Any

from pyodide.http import pyfetch

from pywidget.app.ports import Transport
from pywidget.browser.late_tunnel import TunnelFilesError, explaining_failures
from pywidget.browser.wasm_module import BrowserWasmModule
from pywidget.browser.web_socket import WebSocketForwarder
from pywidget.tunnel.mbed_tls import MbedTls
from pywidget.tunnel.ports import TlsError
from pywidget.tunnel.transport import TunnelTransport
from pywidget.zoom.tunnel import Tunnel

_FOUND = 200


async def make_transport(tunnel: Tunnel, js_files: Any) -> Transport:
    """A transport that goes through this tunnel.

    Args:
        tunnel: Where the forwarder is, and whose roots count.
        js_files: The exports of `web/tunnel/tunnel.js`.

    Raises:
        TunnelFilesError: TLS or its roots can't be had.
    """
    tls = await make_tls(tunnel.roots_url, js_files)
    return TunnelTransport(tunnel, WebSocketForwarder(), tls)


async def make_tls(roots_url: str, js_files: Any) -> MbedTls:
    """TLS that trusts the roots at this address, or the built-in ones.

    Raises:
        TunnelFilesError: As above.
    """
    roots = _fetch_roots(roots_url) if roots_url else _load_roots(js_files)
    with explaining_failures():
        js_module, pem = await asyncio.gather(js_files.loadTls(), roots)
    try:
        return MbedTls(BrowserWasmModule(js_module), pem.decode("ascii"))
    except (TlsError, UnicodeDecodeError) as error:
        source = "data-tunnel-roots" if roots_url else "the tunnel's roots"
        raise TunnelFilesError(f"{source} can't be used ({error}).") from None


async def _load_roots(js_files: Any) -> bytes:
    pem: bytes = (await js_files.loadRoots()).to_bytes()
    return pem


async def _fetch_roots(url: str) -> bytes:
    try:
        # What is not said, some pages say for every object.
        answer = await pyfetch(url, cache="no-cache", redirect="follow")
        if answer.status != _FOUND:
            raise TunnelFilesError(f"data-tunnel-roots can't be loaded (status {answer.status}).")
        return await answer.bytes()
    except OSError:
        problem = "data-tunnel-roots can't be loaded: nobody answers, or the page may not ask."
        raise TunnelFilesError(problem) from None
