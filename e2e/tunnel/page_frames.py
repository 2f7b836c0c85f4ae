"""The frames of a page's WebSockets, as the browser reports them.

frames = PageFrames(context)
...  # a journey
frames.streams
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, WebSocket


class PageFrames:
    """The frames of all pages of a context, later pages included."""

    def __init__(self, context: BrowserContext) -> None:
        self._frames: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._count = 0
        for page in context.pages:
            self._hear(page)
        context.on("page", self._hear)

    @property
    def streams(self) -> dict[str, bytes]:
        """The joined payloads, by connection and direction."""
        return {name: bytes(stream) for name, stream in self._frames.items()}

    def _hear(self, page: Page) -> None:
        page.on("websocket", self._begin)

    def _begin(self, opened: WebSocket) -> None:
        self._count += 1
        number = self._count
        opened.on("framesent", lambda data: self._add(f"page: sent {number}", data))
        opened.on("framereceived", lambda data: self._add(f"page: received {number}", data))

    def _add(self, name: str, data: bytes | str) -> None:
        self._frames[name] += data if isinstance(data, bytes) else data.encode()
