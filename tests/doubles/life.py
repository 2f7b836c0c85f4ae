"""A tab that is closed or reloaded: from then on nothing happens in it any more."""

from __future__ import annotations

import asyncio

from pywidget.domain.errors import WidgetError
from pywidget.ports import Clock, Transport
from pywidget.zoom.http import Request, Response


class TabLife:
    """Whether the tab is still there."""

    def __init__(self) -> None:
        self.is_over = False
        self._frozen: list[asyncio.Future[None]] = []

    def end(self) -> None:
        """What waits inside the tab waits for ever."""
        self.is_over = True

    async def go_on(self) -> None:
        """Returns in a living tab only."""
        if self.is_over:
            self._frozen.append(asyncio.get_running_loop().create_future())
            await self._frozen[-1]


class MortalTransport:
    """Implements `ports.Transport`: what was sent is sent, but a closed tab hears no answer."""

    def __init__(self, transport: Transport, life: TabLife) -> None:
        self._transport = transport
        self._life = life

    async def send(self, request: Request) -> Response:
        await self._life.go_on()
        try:
            response = await self._transport.send(request)
        except WidgetError:
            await self._life.go_on()
            raise
        await self._life.go_on()
        return response


class MortalClock:
    """Implements `ports.Clock`: a closed tab's timers never fire."""

    def __init__(self, clock: Clock, life: TabLife) -> None:
        self._clock = clock
        self._life = life
        self.now = clock.now

    async def sleep(self, seconds: float) -> None:
        await self._life.go_on()
        await self._clock.sleep(seconds)
        await self._life.go_on()
