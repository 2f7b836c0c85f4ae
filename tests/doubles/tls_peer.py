"""Zoom's side of a connection, over buffers: real TLS, and HTTP as a test wants it."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import h11


@dataclass(frozen=True)
class Heard:
    """A request as it came; header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Said:
    """What is answered, as it goes into TLS; `ends` says close-notify after it."""

    data: bytes = b""
    ends: bool = False


Answering = Callable[[Heard], Said]


@dataclass
class TlsPeer:
    """One connection's other end; what it is sent and what it sends are bytes.

    Attributes:
        greeting: What is said as soon as there is TLS.
        heard: The requests that came whole.
        alerts: What the client did not like, or we.
        has_noticed_end: Whether the client has said close-notify.
    """

    context: ssl.SSLContext
    answer: Answering
    greeting: Said = Said()
    heard: list[Heard] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    has_noticed_end: bool = False

    def __post_init__(self) -> None:
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._ssl = self.context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._is_open = False
        self._http = h11.Connection(h11.SERVER)
        self._head: h11.Request | None = None
        self._body = b""

    def receive(self, ciphertext: bytes) -> bytes:
        """What comes back for this."""
        self._incoming.write(ciphertext)
        try:
            if not self._is_open:
                self._ssl.do_handshake()
                self._is_open = True
                self._put(self.greeting)
            while plaintext := self._ssl.read(65536):
                self._hear(plaintext)
            self.has_noticed_end = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError as error:
            self.alerts.append(error.reason)
        return self._outgoing.read()

    def say(self, said: Said) -> bytes:
        """What this is on the way, whether or not somebody has asked."""
        self._put(said)
        return self._outgoing.read()

    def _hear(self, plaintext: bytes) -> None:
        self._http.receive_data(plaintext)
        while True:
            match self._http.next_event():
                case h11.Request() as head:
                    self._head = head
                case h11.Data(data):
                    self._body += data
                case h11.EndOfMessage():
                    assert not self._http.trailing_data[0], "two requests at once"
                    self._finish()
                    return
                case _:
                    return

    def _finish(self) -> None:
        assert self._head is not None
        heard = Heard(
            self._head.method.decode(),
            self._head.target.decode(),
            {name.decode(): value.decode() for name, value in self._head.headers},
            self._body,
        )
        self._http, self._body = h11.Connection(h11.SERVER), b""
        self.heard.append(heard)
        self._put(self.answer(heard))

    def _put(self, said: Said) -> None:
        if said.data:
            self._ssl.write(said.data)
        if said.ends:
            with suppress(ssl.SSLError):  # it wants the client's, too; ours is written
                self._ssl.unwrap()
