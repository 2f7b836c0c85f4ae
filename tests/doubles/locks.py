"""Web Locks: one holder at a time in the whole origin, and a closed tab lets go of its own.

A browser may refuse them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pywidget.domain.errors import Code, HostPageError


@dataclass(eq=False)
class _Request:
    tab: TabLocks
    granted: asyncio.Future[None] = field(default_factory=asyncio.Future)


class SharedLocks:
    """The locks of one origin. Whoever asks first gets a lock first.

    Attributes:
        refusal: Why the browser lets nobody have one, if so.
    """

    def __init__(self) -> None:
        self.refusal: Code | None = None
        self._queues: dict[str, list[_Request]] = {}

    def open_tab(self) -> TabLocks:
        """One tab's way to them."""
        return TabLocks(self)

    @property
    def held(self) -> set[str]:
        """The names of the locks that somebody holds."""
        return set(self._queues)

    def ask(self, name: str, request: _Request) -> None:
        self._queues.setdefault(name, []).append(request)
        self._grant(name)

    def release(self, name: str, request: _Request) -> None:
        queue = self._queues.get(name, [])
        if request in queue:
            queue.remove(request)
            self._grant(name)

    def release_all(self, tab: TabLocks) -> None:
        for name, queue in list(self._queues.items()):
            queue[:] = [request for request in queue if request.tab is not tab]
            self._grant(name)

    def _grant(self, name: str) -> None:
        queue = self._queues[name]
        if not queue:
            del self._queues[name]
        elif not queue[0].granted.done():
            queue[0].granted.set_result(None)  # whoever waits for it goes on in a later turn


class TabLocks:
    """Implements `ports.Locks`."""

    def __init__(self, shared: SharedLocks) -> None:
        self._shared = shared
        self._dead: list[asyncio.Future[None]] = []  # what a closed tab waits for never comes
        self._is_open = True

    def close(self) -> None:
        """The tab is closed, reloaded, or crashed."""
        self._is_open = False
        self._shared.release_all(self)

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        if self._shared.refusal is not None:
            raise HostPageError(self._shared.refusal)
        request = _Request(self)
        if self._is_open:
            self._shared.ask(name, request)
        else:
            self._dead.append(request.granted)
        try:
            await request.granted
            yield
        finally:
            self._shared.release(name, request)
