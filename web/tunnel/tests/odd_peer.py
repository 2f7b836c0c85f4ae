"""Servers that do what OpenSSL's won't: tlslite-ng's, in memory."""

from __future__ import annotations

import errno
import warnings
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from web.tunnel.tests.authority import Issued

with warnings.catch_warnings():
    warnings.simplefilter(
        "ignore", DeprecationWarning
    )  # it tries asyncore, which it can do without
    from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey
    from tlslite.constants import KeyUpdateMessageType
    from tlslite.extensions import ALPNExtension
    from tlslite.messages import HelloRequest


class _MemorySocket:
    def __init__(self) -> None:
        self.incoming = bytearray()
        self.outgoing = bytearray()

    def recv(self, size: int) -> bytes:
        if not self.incoming:
            raise OSError(errno.EWOULDBLOCK, "nothing has come")
        part = bytes(self.incoming[:size])
        del self.incoming[:size]
        return part

    def send(self, data: bytes) -> int:
        self.outgoing += data
        return len(data)

    def sendall(self, data: bytes) -> None:
        self.outgoing += data

    def close(self) -> None:
        """Nothing to close."""


class OddPeer:
    """One connection's server (as `peer.Peer`), with tlslite-ng's settings.

    A `protocol` is answered whatever was asked for.
    """

    def __init__(
        self, issued: Issued, *, protocol: bytes = b"http/1.1", **settings: object
    ) -> None:
        self.is_open = False
        self._protocol = protocol
        self._socket = _MemorySocket()
        self.tls: Any = TLSConnection(self._socket)
        chosen = HandshakeSettings()
        for name, value in settings.items():
            setattr(chosen, name, value)
        chain = X509CertChain()
        chain.parsePemList(issued.show())
        self._shaking: Iterator[int] = self.tls.handshakeServerAsync(
            certChain=chain,
            privateKey=parsePEMKey(issued.key_pem.decode(), private=True),
            settings=chosen,
            alpn=[bytearray(protocol)],
        )

    def answer(self, ciphertext: bytes) -> bytes:
        self._socket.incoming += ciphertext
        try:
            with patch.object(ALPNExtension, "parse", self._mishear):
                if next(self._shaking, None) is not None:  # it waits for more
                    return self._take()
        except Exception:  # noqa: BLE001 - it has many; what counts is what the client makes of it
            return self._take()
        self.is_open = True
        return self._take()

    def _mishear(self, _parser: object) -> ALPNExtension:
        return ALPNExtension().create([bytearray(self._protocol)])

    def send(self, plaintext: bytes) -> bytes:
        for _ in self.tls.writeAsync(plaintext):
            pass
        return self._take()

    def update_keys(self) -> bytes:
        for _ in self.tls.send_keyupdate_request(KeyUpdateMessageType.update_not_requested):
            pass
        return self._take()

    def ask_for_a_hello(self) -> bytes:
        for _ in self.tls._sendMsg(HelloRequest().create()):  # noqa: SLF001 - it has no other way
            pass
        return self._take()

    def _take(self) -> bytes:
        sent = bytes(self._socket.outgoing)
        self._socket.outgoing.clear()
        return sent
