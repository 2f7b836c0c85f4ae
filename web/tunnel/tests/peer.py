"""A server in memory (OpenSSL's), and the bytes between it and a client."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Protocol

from pywidget.tunnel.ports import Tls
from web.tunnel.tests.authority import Issued

CURVES: Final[tuple[dict[str, Any], ...]] = (
    {"set_ecdh_curve": "secp384r1"},
    {"set_ecdh_curve": "prime256v1"},
    {},  # X25519, which OpenSSL takes first: not every Python can name it
)
"""Settings of servers that insist on one of the groups that the module offers."""


def make_context(issued: Issued, *, without: int = 0, **settings: object) -> ssl.SSLContext:
    """A server's settings; each of the keywords is a property of the context, or a method of it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # What is tried here is weak on purpose, and OpenSSL would not do it unasked.
    context.set_ciphers("ALL:@SECLEVEL=0")
    issued.configure(context, without=without)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # TLS 1.1 is among them
        for name, value in settings.items():
            found = getattr(context, name)
            if callable(found):
                found(value)
            else:
                setattr(context, name, value)
    return context


class Answering(Protocol):
    """A server that shakes hands."""

    def answer(self, ciphertext: bytes) -> bytes:
        """What it sends when it gets this."""


class Peer:
    """One connection's server.

    Attributes:
        is_open: Whether its handshake is done.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self.is_open = False
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)

    def answer(self, ciphertext: bytes) -> bytes:
        """What it sends when it gets this, as far as the handshake goes."""
        self._incoming.write(ciphertext)
        if not self.is_open:
            try:
                self.tls.do_handshake()
                self.is_open = True
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                return self._outgoing.read()  # its alert
        return self._outgoing.read()

    def receive(self, ciphertext: bytes, length: int) -> bytes:
        """What it reads when it gets this."""
        self._incoming.write(ciphertext)
        received = bytearray()
        while len(received) < length:
            piece = self.tls.read(length - len(received))
            if not piece:
                break  # the client's close-notify
            received += piece
        return bytes(received)

    def send(self, plaintext: bytes) -> bytes:
        """The ciphertext of it."""
        self.tls.write(plaintext)
        return self._outgoing.read()

    def close(self) -> bytes:
        """Its close-notify."""
        with suppress(ssl.SSLWantReadError):
            self.tls.unwrap()
        return self._outgoing.read()


def shake_hands(
    client: Tls,
    peer: Answering,
    carry: Callable[[bytes], bytes] = lambda ciphertext: ciphertext,
) -> None:
    """Lets both talk until neither has anything to say; `carry` may change what the peer says."""
    while sent := client.take():
        answer = peer.answer(sent)
        if answer:
            client.feed(carry(answer))


def split_records(ciphertext: bytes) -> list[bytes]:
    """Cuts a stream of TLS records into them (RFC 8446 section 5.1)."""
    records = []
    while ciphertext:
        length = 5 + int.from_bytes(ciphertext[3:5])
        records.append(ciphertext[:length])
        ciphertext = ciphertext[length:]
    return records
