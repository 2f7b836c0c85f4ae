"""Tells open demo pages that what they show was changed, so that they load again.

    changes = Changes()
    app = create_demo_app(zoom, changes=changes)
    changes.tell()

Facts: a page asks once for a stream of server-sent events, and its browser asks again when the
server was away. The first event says where things stand. A page that was sent when they stood
elsewhere is old, whether the files have changed or the server was started anew.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from starlette.responses import StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

_SECONDS_BETWEEN_LOOKS: Final = 0.2


class Changes:
    """What has changed since when; `tell` may be called from any thread."""

    def __init__(self) -> None:
        self._mark = time.time_ns()
        self.route: Final = Route("/changes", self._send)

    def tell(self) -> None:
        """Tell all pages."""
        self._mark = time.time_ns()

    def write_markup(self) -> str:
        """Write what belongs into the head of a page that is sent now."""
        return f'<script type="module" src="/demo/reload.js?{self._mark}"></script>'

    async def _send(self, _request: Request) -> Response:
        return StreamingResponse(self._write_events(), media_type="text/event-stream")

    async def _write_events(self) -> AsyncIterator[str]:
        told = None
        while True:
            if self._mark != told:
                told = self._mark
                yield f"data: {told}\n\n"
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
