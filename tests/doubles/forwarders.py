"""Who carries bytes: in memory, lying as forwarders and networks do, or over real TCP."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pywidget.tunnel.ports import Refusal, Wire, WireError
from tests.doubles.tls_peer import Answering, Heard, Said, TlsPeer


@dataclass
class Carriage:
    """How one wire carries what comes from Zoom.

    Attributes:
        cut_at: The wire is cut after this many bytes; so is the connection to Zoom.
        hangs_at: Nothing comes after this many bytes.
        flips: A bit of the byte at this place is flipped.
        piece: The most bytes that come at once.
        refusal: What the end is put down to.
    """

    cut_at: int | None = None
    hangs_at: int | None = None
    flips: int | None = None
    piece: int = 16384
    refusal: Refusal | None = None


class MemoryWire:
    """Implements `ports.Wire`. What is sent arrives at once; what comes back takes some turns."""

    def __init__(self, peer: TlsPeer, carriage: Carriage) -> None:
        self._peer = peer
        self._carriage = carriage
        self._inbox: deque[bytes] = deque()
        self._news = asyncio.Event()
        self._carried = 0
        self.is_closed = False
        self.was_closed = False
        self.sent = bytearray()
        if carriage.cut_at == 0:
            asyncio.get_running_loop().call_soon(self.cut)

    @property
    def carried(self) -> int:
        """How many bytes came from Zoom so far."""
        return self._carried

    def send(self, data: bytes) -> None:
        assert data, "nothing was sent"
        assert not self.was_closed, "sent on a wire that was closed here"
        if self.is_closed:
            return
        self.sent += data
        self.bring(self._peer.receive(data))

    def bring(self, data: bytes) -> None:
        """Bytes from Zoom are under way."""
        loop = asyncio.get_running_loop()
        for start in range(0, len(data), self._carriage.piece):
            loop.call_soon(self.deliver, data[start : start + self._carriage.piece])

    async def receive(self) -> bytes:
        while not self._inbox:
            if self.is_closed or self.was_closed:
                raise WireError(self._carriage.refusal, "close code 1006")
            self._news.clear()
            await self._news.wait()
        return self._inbox.popleft()

    def close(self) -> None:
        self.was_closed = True
        self._news.set()

    def cut(self) -> None:
        """The other side closes; what has been delivered can still be received."""
        self.is_closed = True
        self._news.set()

    def deliver(self, data: bytes) -> None:
        """Bytes from Zoom are there, as far as they are carried."""
        if self.is_closed or self.was_closed:
            return
        carriage, start = self._carriage, self._carried
        for limit in (carriage.cut_at, carriage.hangs_at):
            if limit is not None:
                data = data[: max(0, limit - start)]
        flips = carriage.flips
        if flips is not None and start <= flips < start + len(data):
            changed = bytearray(data)
            changed[flips - start] ^= 1
            data = bytes(changed)
        self._carried += len(data)
        if data:
            self._inbox.append(data)
            self._news.set()
        if carriage.cut_at is not None and self._carried >= carriage.cut_at:
            self.cut()


@dataclass
class MemoryForwarder:
    """Implements `ports.Forwarder`: every wire leads to a Zoom of its own, all answer alike.

    Attributes:
        context: Zoom's certificate.
        answer: What Zoom says to a request.
        greeting: What Zoom says before.
        carriages: One for each wire that is opened next; then faithful ones.
        refusals: What the next openings come to.
        may_open: Openings wait for it.
    """

    context: ssl.SSLContext
    answer: Answering
    greeting: Said = Said()  # noqa: RUF009 - it is frozen
    carriages: deque[Carriage] = field(default_factory=deque)
    refusals: deque[WireError] = field(default_factory=deque)
    addresses: list[str] = field(default_factory=list)
    wires: list[MemoryWire] = field(default_factory=list)
    peers: list[TlsPeer] = field(default_factory=list)
    may_open: asyncio.Event | None = None

    async def open(self, address: str) -> Wire:
        self.addresses.append(address)
        await asyncio.sleep(0)
        if self.may_open is not None:
            await self.may_open.wait()
        if self.refusals:
            raise self.refusals.popleft()
        peer = TlsPeer(self.context, self.answer, self.greeting)
        carriage = self.carriages.popleft() if self.carriages else Carriage()
        wire = MemoryWire(peer, carriage)
        self.peers.append(peer)
        self.wires.append(wire)
        return wire

    @property
    def heard(self) -> list[Heard]:
        """What Zoom heard, on all connections."""
        return [heard for peer in self.peers for heard in peer.heard]

    @property
    def alive(self) -> int:
        return sum(not wire.was_closed for wire in self.wires)


class TcpWire:
    """Implements `ports.Wire`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @property
    def is_closed(self) -> bool:
        return self._reader.at_eof() or self._writer.is_closing()

    def send(self, data: bytes) -> None:
        if not self.is_closed:
            self._writer.write(data)

    async def receive(self) -> bytes:
        try:
            data = await self._reader.read(65536)
        except OSError:
            data = b""
        if not data:
            raise WireError(None, "closed")
        return data

    def close(self) -> None:
        self._writer.close()


class TcpForwarder:
    """Implements `ports.Forwarder`, over TCP and without a forwarder in between.

    Args:
        find_port: The port on this machine that an address stands for; none is nobody's.
    """

    def __init__(self, find_port: Callable[[str], int] | Mapping[str, int]) -> None:
        self._find_port = find_port if callable(find_port) else find_port.__getitem__
        self.opened = 0

    async def open(self, address: str) -> Wire:
        self.opened += 1
        try:
            streams = await asyncio.open_connection("127.0.0.1", self._find_port(address))
        except OSError:
            raise WireError(Refusal.NO_TARGET, "close code 1011") from None
        return TcpWire(*streams)
