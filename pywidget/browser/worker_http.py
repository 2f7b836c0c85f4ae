"""HTTP in a worker, for the install check: urllib, which pyodide-http connects to the browser.

Facts: a patched urllib sends with a synchronous XMLHttpRequest. Its failures are JavaScript's, with
the browser's name for what happened: `TimeoutError`, or `NetworkError` for everything else.
"""

from __future__ import annotations

from pyodide.ffi import JsException
from pyodide_http import patch_urllib

from pywidget.browser.urllib_http import UrllibTransport
from pywidget.domain.errors import Code, UnreachableError
from pywidget.zoom.http import Request, Response


class WorkerTransport:
    """The worker's `ports.Transport`."""

    def __init__(self) -> None:
        patch_urllib()
        self._transport = UrllibTransport()

    async def send(self, request: Request) -> Response:
        """Send the request and block: nothing else happens in this worker until then."""
        try:
            return await self._transport.send(request)
        except JsException as error:
            if error.name == "TimeoutError":
                raise UnreachableError(Code.TIMEOUT) from None
            raise UnreachableError(Code.NETWORK) from None
