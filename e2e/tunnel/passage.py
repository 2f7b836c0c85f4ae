"""A port that hands connections on, and records the bytes in both directions.

    with Passage("127.0.0.1", port) as passage:
        ...  # connect to passage.port
    passage.connections[0].sent

With TLS on both sides it intercepts: it shows a certificate of its own, and reads.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Final

from zoom_meeting_testing.service import HOST, Service

_PIECE: Final = 65536
_PATIENCE_SECONDS: Final = 10


@dataclass(frozen=True)
class Piece:
    """Bytes that came at once, in one direction."""

    is_sent: bool
    """Whether the side that opened the connection sent it."""
    data: bytes
    at: float
    """On the monotonic clock."""


@dataclass
class Connection:
    """The bytes of one connection, oldest first."""

    pieces: list[Piece] = field(default_factory=list)
    is_open: bool = True

    @property
    def sent(self) -> bytes:
        """All bytes from the side that opened the connection."""
        return b"".join(piece.data for piece in list(self.pieces) if piece.is_sent)

    @property
    def received(self) -> bytes:
        """All bytes to the side that opened the connection."""
        return b"".join(piece.data for piece in list(self.pieces) if not piece.is_sent)


class Passage(Service):
    """A port that hands connections on to another one, from a thread of its own."""

    def __init__(
        self,
        host: str,
        to_port: int,
        *,
        port: int = 0,
        as_server: ssl.SSLContext | None = None,
        as_client: ssl.SSLContext | None = None,
        server_name: str | None = None,
        delay: float = 0.0,
    ) -> None:
        """Store where connections lead.

        Args:
            host: The name or address of the other server.
            to_port: Its port.
            port: The port to listen on; 0 takes any that is free.
            as_server: TLS for those who connect; `None` for plain TCP.
            as_client: TLS to the other server; `None` for plain TCP.
            server_name: The name to ask the other server for, if not `host`.
            delay: Seconds that bytes take in each direction, as over a distance.
        """
        self.port = port
        self.connections: list[Connection] = []
        """The connections that were handed on, oldest first."""
        self._there = (host, to_port)
        self._as_server = as_server
        self._as_client = as_client
        self._server_name = server_name
        self._delay = delay
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._over = asyncio.Event()
        self._error: OSError | None = None
        self._thread = Thread(target=self._serve, name="passage", daemon=True)

    def clear(self) -> None:
        """Forget the connections that are closed."""
        self.connections = [each for each in self.connections if each.is_open]

    def list_streams(self) -> dict[str, bytes]:
        """Return all bytes so far, by connection and direction."""
        streams: dict[str, bytes] = {}
        for number, each in enumerate(self.connections, 1):
            streams |= {f"sent {number}": each.sent, f"received {number}": each.received}
        return streams

    def start(self) -> None:
        """Return when connections are handed on. Raises `OSError` if the port is taken."""
        self._thread.start()
        self._ready.wait(_PATIENCE_SECONDS)
        if self._error:
            raise self._error

    def stop(self) -> None:
        """Return when the connections are closed and the port is free."""
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(_PATIENCE_SECONDS)

    def _serve(self) -> None:
        with contextlib.closing(self._loop):
            try:
                self._loop.run_until_complete(self._listen())
            except OSError as error:
                self._error = error
            finally:
                self._ready.set()

    async def _listen(self) -> None:
        server = await asyncio.start_server(self._meet, HOST, self.port, ssl=self._as_server)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.sleep(2 * self._delay)  # to agree on TCP takes a round trip
            there = await asyncio.open_connection(
                *self._there,
                ssl=self._as_client,
                server_hostname=self._server_name,
            )
        except OSError:
            writer.transport.abort()
            return
        connection = Connection()
        self.connections.append(connection)
        ways = [
            asyncio.ensure_future(self._pass_on(reader, there[1], connection, is_sent=True)),
            asyncio.ensure_future(self._pass_on(there[0], writer, connection, is_sent=False)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for end in (writer, there[1]):
                end.close()
            connection.is_open = False

    async def _pass_on(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        connection: Connection,
        *,
        is_sent: bool,
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(_PIECE):
                await asyncio.sleep(self._delay)
                connection.pieces.append(Piece(is_sent, data, time.monotonic()))
                writer.write(data)
                await writer.drain()
