"""Holds calls on their way into the simulated Zoom until a test lets them go.

    gate = gates.hold("/oauth/token?probe")
    ...
    gate.open()

Facts: a browser cannot hold the calls in a tunnel, since it cannot tell one from another.
"""

from __future__ import annotations

import asyncio
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class CallGate:
    """Holds the calls to one place of Zoom's until it is opened."""

    def __init__(self, pattern: str) -> None:
        self.held: list[str] = []
        """The paths of the calls that wait, and of those that have waited."""
        self._pattern = pattern.replace("?", "[?]")
        self._is_open = False
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def open(self) -> None:
        """Let the held calls go, and all that come later."""
        self._is_open = True
        for loop, event in self._waiting:
            loop.call_soon_threadsafe(event.set)

    def concerns(self, place: str) -> bool:
        """Return whether the gate holds calls to this path and query."""
        return not self._is_open and fnmatchcase(place, self._pattern)

    async def pass_through(self, place: str) -> None:
        """Wait until the gate is opened."""
        opened = asyncio.Event()
        self._waiting.append((asyncio.get_running_loop(), opened))
        self.held.append(place)
        if self._is_open:  # by another thread, just now
            return
        await opened.wait()


class Gates:
    """An ASGI application that passes all calls on to another, when the gates let them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._gates: list[CallGate] = []

    def hold(self, pattern: str) -> CallGate:
        """Hold calls from now on; `*` in the pattern stands for anything."""
        gate = CallGate(pattern)
        self._gates.append(gate)
        return gate

    def open_all(self) -> None:
        """Open all gates."""
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
