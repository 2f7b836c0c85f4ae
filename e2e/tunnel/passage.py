"""A place where connections pass: they are handed on, and a record is kept of both directions.

    with Passage(to_port) as passage:  # in front of a server, or behind a client
        ...  # connect to passage.port
    passage.connections[0].sent

Given TLS on both sides it is one who intercepts: it shows a certificate of its own, and reads.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, Self

from e2e.relay.program import HOST

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_PIECE: Final = 65536
_PATIENCE_SECONDS: Final = 10


@dataclass
class Connection:
    """What has passed on one connection; `sent` by the one who opened it."""

    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    is_open: bool = True


class Passage:
    """Listens on a port of its own, in a thread. Usable once."""

    def __init__(
        self,
        to_port: int,
        *,
        port: int = 0,
        as_server: ssl.SSLContext | None = None,
        as_client: ssl.SSLContext | None = None,
        server_name: str | None = None,
    ) -> None:
        """Know what is where.

        Args:
            to_port: Where connections are handed on to.
            port: Where it listens; 0 takes any that is free.
            as_server: The certificate to show to those who connect; none for plain TCP.
            as_client: Whom to trust behind it; none for plain TCP.
            server_name: The name to ask for behind it, over TLS.
        """
        self.port = port
        self.connections: list[Connection] = []
        """Those that were handed on, oldest first."""
        self.refusals = 0
        """Those that did not like our certificate, or went away before they were handed on."""
        self._to_port = to_port
        self._as_server = as_server
        self._as_client = as_client
        self._server_name = server_name
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._over = asyncio.Event()
        self._error: OSError | None = None
        self._thread = Thread(target=self._serve, name="passage", daemon=True)

    def clear(self) -> None:
        """Forget the connections that are over."""
        self.connections = [each for each in self.connections if each.is_open]

    def list_streams(self) -> list[tuple[str, bytes]]:
        """List what has passed until now, each direction of each connection by a name."""
        return [
            stream
            for number, each in enumerate(self.connections, 1)
            for stream in (
                (f"sent {number}", bytes(each.sent)),
                (f"received {number}", bytes(each.received)),
            )
        ]

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(_PATIENCE_SECONDS)
        if self._error:
            raise self._error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(_PATIENCE_SECONDS)

    def _serve(self) -> None:
        with contextlib.closing(self._loop):
            self._loop.set_exception_handler(self._count_refusal)
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

    def _count_refusal(self, _loop: object, context: dict[str, object]) -> None:
        """Hear of a handshake that failed, which asyncio tells nobody else."""
        if isinstance(context.get("exception"), OSError):
            self.refusals += 1

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection(
                HOST,
                self._to_port,
                ssl=self._as_client,
                server_hostname=self._server_name if self._as_client else None,
            )
        except OSError:
            writer.transport.abort()
            return
        connection = Connection()
        self.connections.append(connection)
        ways = [
            asyncio.ensure_future(_pass_on(reader, there[1], connection.sent.extend)),
            asyncio.ensure_future(_pass_on(there[0], writer, connection.received.extend)),
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
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    record: Callable[[bytes], None],
) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(_PIECE):
            record(piece)
            writer.write(piece)
            await writer.drain()
