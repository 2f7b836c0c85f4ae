"""The tunnel, loaded only on pages that have one: no other page pays for it.

Facts: its Python is in an archive of its own, `dist/tunnel/`, with the modules that the widget's
archives lack (`web/build_tunnel.py`). The build puts into these every module that an import names,
even inside a function; so the tunnel's entry is named as text. An archive fits one build of the
widget, whose ID is in the script's name.
"""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from zipimport import ZipImportError, zipimporter

import js
from pyodide.ffi import JsException

import pywidget
from pywidget import browser
from pywidget.domain.errors import Code, UnreachableError, build_closed_way_error
from pywidget.ports import Transport
from pywidget.zoom.http import Request, Response
from pywidget.zoom.tunnel import Tunnel

_BEFORE_LOADING = 0.5  # seconds; what the user looks at comes first
_ENTRY = "pywidget.browser.tunnel_slices"
_ARCHIVE = "/lib/pywidget_tunnel.zip"
_CURE = "make tunnel builds tunnel/ for this build: upload it beside embed.js"


class TunnelFilesError(Exception):
    """An error for unusable files of the tunnel; `is_network` says that the network broke."""

    def __init__(self, problem: str, *, is_network: bool = False) -> None:
        super().__init__(problem)
        self.is_network = is_network


class LateTunnel:
    """A `ports.Transport` that loads the tunnel after the page has started."""

    def __init__(self, tunnel: Tunnel, js_helpers: Any, base: str) -> None:
        """Load nothing now, but soon, so that a first click need not wait for it.

        Args:
            tunnel: Where the forwarder is.
            js_helpers: The loader's helpers (`loader.find_js_helpers`).
            base: The folder that `embed.js` came from.
        """
        self._tunnel = tunnel
        self._js_page = js_helpers
        self._base = base
        self._loading: asyncio.Task[Transport] | None = None
        asyncio.get_running_loop().call_later(_BEFORE_LOADING, self._begin_to_load)

    async def send(self, request: Request) -> Response:
        """Send the request through the tunnel; files that failed to load are loaded again.

        Raises:
            UnreachableError: As `TunnelTransport.send` says; or the tunnel's files can't be used.
        """
        transport = await asyncio.shield(self._begin_to_load())
        return await transport.send(request)

    def _begin_to_load(self) -> asyncio.Task[Transport]:
        if self._loading is None:
            self._loading = asyncio.ensure_future(self._load())
            self._loading.add_done_callback(self._loaded)
        return self._loading

    def _loaded(self, loading: asyncio.Task[Transport]) -> None:
        if loading.cancelled() or loading.exception():
            self._loading = None

    async def _load(self) -> Transport:
        try:
            parts, js_files = await load_tunnel(self._js_page, self._base, self._tunnel.roots_url)
            transport: Transport = parts.make_transport(self._tunnel, js_files)
        except TunnelFilesError as error:
            js.console.error(f"zoom-meeting: {error}")
            if error.is_network or not js.navigator.onLine:
                raise UnreachableError(Code.NETWORK, may_have_arrived=False) from None
            raise build_closed_way_error(Code.TUNNEL_FAILED) from None
        return transport


async def load_tunnel(js_helpers: Any, base: str, roots_url: str) -> tuple[Any, Any]:
    """Load the tunnel's files.

    Args:
        js_helpers: The loader's helpers (`loader.find_js_helpers`).
        base: The folder that `embed.js` came from.
        roots_url: The URL of the certificates to trust; empty for the built-in ones.

    Returns:
        The module `tunnel_parts`, and the loaded files, which its functions take.

    Raises:
        TunnelFilesError: They are missing, or belong to another build of the widget.
    """
    try:
        js_asset = js_helpers.tunnel  # what the build knows of its script
        js_script = await js_helpers.importModule(urljoin(base, js_asset.file), js_asset.digest)
        js_files = await js_script.load(roots_url)
    except JsException as error:
        is_network = bool(getattr(error, "isNetwork", False))
        problem = error.message
        if roots_url and roots_url in problem:
            problem += "; data-tunnel-roots names it."
        elif not is_network:
            problem += f"; {_CURE}."
        raise TunnelFilesError(problem, is_network=is_network) from None
    if _ARCHIVE not in sys.path:
        _add_archive(js_files.archive.to_bytes())
    return await import_module(_ENTRY).import_parts(), js_files


def _add_archive(data: bytes) -> None:
    """Make the archive importable: its own packages, and its modules of ours.

    Raises:
        TunnelFilesError: It is not an archive, but for example a page that says that nothing is
            there.
    """
    Path(_ARCHIVE).write_bytes(data)
    try:
        zipimporter(_ARCHIVE)
    except ZipImportError:
        raise TunnelFilesError(f"the tunnel's archive can't be read; {_CURE}.") from None
    sys.path.append(_ARCHIVE)
    for package in (pywidget, browser):
        package.__path__.append(f"{_ARCHIVE}/{package.__name__.replace('.', '/')}")
