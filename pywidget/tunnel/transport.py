"""HTTP through the tunnel, which keeps connections for a moment and sends nothing twice.

Facts: a request on a connection that the server is just closing is lost, and nobody can tell
whether it was read. Servers keep an idle connection for five seconds or longer (Node and uvicorn
five, nginx 75), so ours is closed before: no request meets an end that is on its way. While a
machine sleeps, the clock of its timers stands still; the wall clock does not, so both are checked.
A page may ask about every appointment of a day at once. Browsers have six connections to a host,
and let the rest wait; so must we, since each connection takes a handshake, and the forwarder counts
them.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from pywidget.tunnel.connection import Connection
from pywidget.tunnel.failures import explain_slow
from pywidget.tunnel.ports import Forwarder, TlsMaker
from pywidget.zoom.addresses import find_name
from pywidget.zoom.http import Request, Response
from pywidget.zoom.tunnel import Tunnel

PATIENCE = 30.0  # seconds, for all of it
OPENING = 10.0  # seconds of these, until the certificate is known to be Zoom's
IDLE = 4.0  # seconds
AT_ONCE = 5  # requests of a page; docs/tunnel/nginx.conf counts on few connections


@dataclass(frozen=True, slots=True)
class _Idle:
    connection: Connection
    since: float
    alarm: asyncio.TimerHandle


class TunnelTransport:
    """A `ports.Transport` through a tunnel.

    Args:
        tunnel: Where the forwarder is.
        forwarder: Carries the bytes.
        tls: Secures the connections.
        wall_clock: Returns the seconds since any fixed instant, those of the machine's sleep
            included.
    """

    def __init__(
        self,
        tunnel: Tunnel,
        forwarder: Forwarder,
        tls: TlsMaker,
        *,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._tunnel = tunnel
        self._forwarder = forwarder
        self._tls = tls
        self._wall_clock = wall_clock
        self._idle: defaultdict[str, list[_Idle]] = defaultdict(list)
        self._places = asyncio.Semaphore(AT_ONCE)

    async def send(self, request: Request) -> Response:
        """Send the request at most once, whatever `may_repeat` says; see `Transport.send`."""
        address = self._tunnel.find_address(request.url)
        connection: Connection | None = None
        try:
            async with asyncio.timeout(PATIENCE), self._places:
                try:
                    connection = await self._take(address)
                    if connection is None:
                        connection = await self._open(address, request)
                    return await connection.exchange(request)
                finally:
                    if connection is not None:
                        self._give_back(address, connection)
        except TimeoutError:
            # Once there is a connection, it sends before anything is awaited.
            raise explain_slow(was_sent=connection is not None) from None

    async def _open(self, address: str, request: Request) -> Connection:
        host = find_name(request.url)
        async with asyncio.timeout(OPENING):
            return await Connection.open(self._forwarder, address, self._tls, host)

    async def _take(self, address: str) -> Connection | None:
        """Take a kept connection, if one is still as it was left."""
        kept = self._idle[address]
        if kept:
            await asyncio.sleep(0)  # first notice what has come since, perhaps its end
        while kept:
            idle = kept.pop()
            idle.alarm.cancel()
            if 0 <= self._wall_clock() - idle.since < IDLE and idle.connection.may_keep:
                return idle.connection
            idle.connection.close()
        return None

    def _give_back(self, address: str, connection: Connection) -> None:
        if not connection.may_keep:
            connection.close()
            return
        alarm = asyncio.get_running_loop().call_later(IDLE, self._expire, address)
        self._idle[address].append(_Idle(connection, self._wall_clock(), alarm))

    def _expire(self, address: str) -> None:
        self._idle[address].pop(0).connection.close()  # alarms come in the order of the list
