"""HTTP in a worker, for the install check: urllib, which pyodide-http leads to the browser.

Facts: a patched urllib sends with a synchronous XMLHttpRequest. Its failures are JavaScript's, with
the browser's name for what happened: `TimeoutError`, or `NetworkError` for all else.
"""

from __future__ import annotations

from pyodide.ffi import JsException
from pyodide_http import patch_urllib

from pywidget.browser.urllib_http import UrllibTransport
from pywidget.domain.errors import Code, UnreachableError
from pywidget.zoom.http import Request, Response


class WorkerTransport:
    """Implements `ports.Transport`."""

    def __init__(self) -> None:
        patch_urllib()
        self._transport = UrllibTransport()

    async def send(self, request: Request) -> Response:
        """Sends and blocks: nothing else happens in this worker meanwhile."""
        try:
            return await self._transport.send(request)
        except JsException as error:
            if error.name == "TimeoutError":
                raise UnreachableError(Code.TIMEOUT) from None
            raise UnreachableError(Code.NETWORK) from None
