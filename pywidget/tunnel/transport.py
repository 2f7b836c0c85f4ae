"""HTTP through the tunnel: opens connections, keeps one for a moment, and sends nothing twice.

Facts: what is sent on a connection that the server is just closing is lost, and nobody can tell
whether it was read. Servers keep an idle connection for five seconds or longer (Node and uvicorn
five, nginx 75), so ours is closed before: no request meets an end that is on its way. A machine
that was asleep has a clock that stood still; the wall clock did not, so both are asked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from pywidget.tunnel.connection import Connection
from pywidget.tunnel.failures import explain_slow
from pywidget.tunnel.ports import Forwarder, TlsMaker
from pywidget.zoom.http import Request, Response
from pywidget.zoom.tunnel import Tunnel

PATIENCE = 30.0  # seconds, for all of it
OPENING = 10.0  # seconds of these, until the certificate is known to be Zoom's
IDLE = 4.0  # seconds


@dataclass(frozen=True, slots=True)
class _Idle:
    connection: Connection
    since: float
    alarm: asyncio.TimerHandle


class TunnelTransport:
    """Implements `ports.Transport`.

    Args:
        tunnel: Where the forwarder is.
        forwarder: Who carries the bytes.
        tls: Who makes the connections safe.
        wall_clock: Seconds since any fixed instant, while the machine sleeps, too.
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
        self._idle: dict[str, _Idle] = {}

    async def send(self, request: Request) -> Response:
        """Sends the request at most once, whatever `may_repeat` says; see `Transport.send`."""
        address = self._tunnel.find_address(request.url)
        connection: Connection | None = None
        try:
            async with asyncio.timeout(PATIENCE):
                connection = await self._take(address)
                if connection is None:
                    connection = await self._open(address, request)
                return await connection.exchange(request)
        except TimeoutError:
            # Whoever has a connection sends before anything is awaited.
            raise explain_slow(was_sent=connection is not None) from None
        finally:
            if connection is not None:
                self._give_back(address, connection)

    async def _open(self, address: str, request: Request) -> Connection:
        host = urlsplit(request.url).hostname or ""
        async with asyncio.timeout(OPENING):
            return await Connection.open(self._forwarder, address, self._tls, host)

    async def _take(self, address: str) -> Connection | None:
        """The connection that was kept, if it is still as it was left."""
        if address not in self._idle:
            return None
        await asyncio.sleep(0)  # what has come in the meantime, its end perhaps, is looked at first
        idle = self._idle.pop(address, None)
        if idle is None:  # another request has it
            return None
        idle.alarm.cancel()
        if 0 <= self._wall_clock() - idle.since < IDLE and idle.connection.may_keep:
            return idle.connection
        idle.connection.close()
        return None

    def _give_back(self, address: str, connection: Connection) -> None:
        if not connection.may_keep or address in self._idle:
            connection.close()
            return
        alarm = asyncio.get_running_loop().call_later(IDLE, self._expire, address)
        self._idle[address] = _Idle(connection, self._wall_clock(), alarm)

    def _expire(self, address: str) -> None:
        self._idle.pop(address).connection.close()
