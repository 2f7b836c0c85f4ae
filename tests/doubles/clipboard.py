"""A clipboard that a browser may keep shut."""

from __future__ import annotations

from collections.abc import Awaitable


class FakeClipboard:
    """Implements `ports.Clipboard`. `begun` is filled inside the call, as the click demands."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.is_refused = False
        self.text: str | None = None

    def write(self, text: str) -> Awaitable[bool]:
        self.begun.append(text)
        return self._finish(text)

    async def _finish(self, text: str) -> bool:
        if self.is_refused:
            return False
        self.text = text
        return True
