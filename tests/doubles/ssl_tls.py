"""TLS as a client, by Python's own `ssl` over two buffers."""

from __future__ import annotations

import ssl
from contextlib import suppress

from pywidget.tunnel.ports import TlsError

_CAUSES = {
    9: "not-yet-valid",
    10: "expired",
    18: "unknown-issuer",
    19: "unknown-issuer",
    20: "unknown-issuer",
    21: "unknown-issuer",
    62: "wrong-name",
    64: "wrong-name",
}
"""OpenSSL's numbers (x509_vfy.h) in the words of `TlsError`."""


class SslTls:
    """Implements `ports.Tls`. What came intact before a failure is read, then that is raised."""

    def __init__(self, context: ssl.SSLContext, host: str) -> None:
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._ssl = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
        self._plaintext = bytearray()
        self._has_ended = False
        self._error: TlsError | None = None
        self.is_open = False
        self.is_free = False
        self._go_on()

    @property
    def has_ended(self) -> bool:
        assert not self.is_free, "used after it was freed"
        return self._has_ended and not self._plaintext

    @property
    def description(self) -> str:
        cipher = self._ssl.cipher()
        return f"{self._ssl.version()} {cipher[0] if cipher else ''}"

    def feed(self, ciphertext: bytes) -> None:
        assert ciphertext, "nothing was fed"
        self._check_usable()
        self._incoming.write(ciphertext)
        self._go_on()
        self._check_usable()

    def take(self) -> bytes:
        assert not self.is_free
        return self._outgoing.read()

    def write(self, plaintext: bytes) -> None:
        self._check_usable()
        assert self.is_open, "plaintext before the certificate was checked"
        if plaintext:
            self._ssl.write(plaintext)

    def read(self) -> bytes:
        self._check_usable()
        plaintext = bytes(self._plaintext)
        self._plaintext.clear()
        return plaintext

    def close(self) -> None:
        self._check_usable()
        if self.is_open:
            with suppress(ssl.SSLError):  # it wants the peer's, too; ours is written
                self._ssl.unwrap()

    def free(self) -> None:
        assert not self.is_free, "freed twice"
        self.is_free = True

    def _check_usable(self) -> None:
        assert not self.is_free, "used after it was freed"
        if self._error is not None and not self._plaintext:
            raise TlsError(self._error.detail, self._error.certificate_causes)

    def _go_on(self) -> None:
        try:
            if not self.is_open:
                self._ssl.do_handshake()
                self.is_open = True
            while not self._has_ended:
                plaintext = self._ssl.read(65536)
                self._has_ended = not plaintext
                self._plaintext += plaintext
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLCertVerificationError as error:
            self._error = TlsError("certificate", (_CAUSES.get(error.verify_code, "other"),))
        except ssl.SSLError as error:
            self._error = TlsError((error.reason or "unknown").lower().replace("_", " "))


class SslTlsMaker:
    """Implements `ports.TlsMaker`, and knows what it made."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self.made: list[SslTls] = []

    def connect(self, host: str) -> SslTls:
        tls = SslTls(self._context, host)
        self.made.append(tls)
        return tls

    @property
    def alive(self) -> int:
        return sum(not tls.is_free for tls in self.made)
