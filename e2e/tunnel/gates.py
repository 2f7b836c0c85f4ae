"""Holds calls on their way into the simulated Zoom until a test lets them go.

    gate = gates.hold("/oauth/token?probe")
    ...
    gate.open()

Facts: what passes through a tunnel can't be held in the browser, where nobody can tell one call
from another.
"""

from __future__ import annotations

import asyncio
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class CallGate:
    """Holds the calls to one place until it is opened."""

    def __init__(self, pattern: str) -> None:
        self.held: list[str] = []
        """Where the calls that wait have wanted to go, and those that have waited."""
        self._pattern = pattern.replace("?", "[?]")
        self._is_open = False
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def open(self) -> None:
        """Let them go, and all that come later."""
        self._is_open = True
        for loop, event in self._waiting:
            loop.call_soon_threadsafe(event.set)

    def concerns(self, place: str) -> bool:
        """Tell whether it holds calls to this path and query."""
        return not self._is_open and fnmatchcase(place, self._pattern)

    async def pass_through(self, place: str) -> None:
        """Wait until it is opened."""
        opened = asyncio.Event()
        self._waiting.append((asyncio.get_running_loop(), opened))
        self.held.append(place)
        if self._is_open:  # just now, by another thread
            return
        await opened.wait()


class Gates:
    """An ASGI application that passes everything on to another, in its time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._gates: list[CallGate] = []

    def hold(self, pattern: str) -> CallGate:
        """Hold calls from now on; `*` in the pattern stands for anything."""
        gate = CallGate(pattern)
        self._gates.append(gate)
        return gate

    def open_all(self) -> None:
        """Let everything go."""
        while self._gates:
            self._gates.pop().open()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one call on."""
        query = scope["query_string"].decode("latin-1")
        place = scope["path"] + (f"?{query}" if query else "")
        for gate in list(self._gates):
            if gate.concerns(place):
                await gate.pass_through(place)
        await self._app(scope, receive, send)
