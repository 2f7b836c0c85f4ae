"""One TLS connection through the forwarder, and the exchanges on it, one at a time.

Facts: what a server sends after its last response must not wait to be read, or get lost: a new
session ticket means nothing, the end of the connection means everything. So one task receives as
long as the connection lives. Without close-notify an end is a truncation, by anyone (RFC 8446
section 6.1), and only a response that was complete before it counts.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Self

from pywidget.tunnel.failures import explain_sent, explain_unsent
from pywidget.tunnel.http_exchange import Exchange, HttpError
from pywidget.tunnel.ports import Forwarder, Tls, TlsError, TlsMaker, Wire, WireError
from pywidget.zoom.http import Request, Response


class Connection:
    """A connection that is open until `close`, which is up to its user."""

    def __init__(self, wire: Wire, tls: Tls) -> None:
        self._wire = wire
        self._tls = tls
        self._plaintext = bytearray()
        self._failure: Exception | None = None
        self._has_ended = False  # by close-notify, whatever the wire did afterwards
        self._is_closed = False
        self._may_keep = False
        self._news = asyncio.Event()
        self._receiving = asyncio.ensure_future(self._receive())

    @classmethod
    async def open(cls, forwarder: Forwarder, address: str, tls_maker: TlsMaker, host: str) -> Self:
        """Open a connection: once this returns, the certificate is known to be the host's.

        Raises:
            UnreachableError: No forwarder carries our bytes, or the TLS handshake failed.
        """
        try:
            wire = await forwarder.open(address)
            try:
                tls = tls_maker.connect(host)
            except BaseException:
                wire.close()
                raise
            connection = cls(wire, tls)
            try:
                await connection._shake_hands()
            except BaseException:
                connection.close()
                raise
        except (WireError, TlsError) as failure:
            raise explain_unsent(failure) from failure
        return connection

    @property
    def may_keep(self) -> bool:
        """Whether another exchange may begin: the last was complete, and nothing has come since."""
        return self._may_keep and not (self._is_over or self._plaintext)

    @property
    def description(self) -> str:
        """The version of TLS and the cipher suite."""
        return self._tls.description

    async def exchange(self, request: Request) -> Response:
        """Send the request immediately and only once, then wait for its response.

        Raises:
            UnreachableError: The connection ended before the response was complete.
            ValueError: The request cannot be written as HTTP.
        """
        self._may_keep = False
        exchange = Exchange(request)
        self._send(exchange.data)
        has_begun = False
        try:
            while True:
                if self._plaintext:
                    has_begun = True
                    response = exchange.receive(bytes(self._plaintext))
                    self._plaintext.clear()
                    if response is not None:
                        self._may_keep = exchange.may_keep
                        return response
                if self._has_ended:
                    return exchange.end()
                await self._wait()
        except (WireError, TlsError, HttpError) as failure:
            raise explain_sent(failure, has_begun=has_begun) from failure

    def close(self) -> None:
        """Close it now, politely if that is still possible; what it held is overwritten.

        It never fails: earlier failures are raised where somebody waits for a response.
        """
        if self._is_closed:
            return
        self._is_closed, self._may_keep = True, False
        self._receiving.cancel()
        with suppress(TlsError):
            self._tls.close()
            self._send_ciphertext()
        self._wire.close()
        with suppress(TlsError):  # a module that has trapped
            self._tls.free()

    @property
    def _is_over(self) -> bool:
        return self._failure is not None or self._has_ended or self._wire.is_closed

    async def _shake_hands(self) -> None:
        self._send_ciphertext()
        while not self._tls.is_open:
            if self._has_ended:
                raise WireError(None, "closed in the handshake")
            await self._wait()

    def _send(self, plaintext: bytes) -> None:
        """Send all of it or nothing, awaiting nothing; from here on it counts as sent."""
        try:
            self._check_open()
            self._tls.write(plaintext)
        except (WireError, TlsError) as failure:
            raise explain_unsent(failure) from failure
        self._send_ciphertext()

    def _check_open(self) -> None:
        if self._failure is not None:
            raise self._failure
        if self._is_over or self._plaintext:  # a response before any request
            raise WireError(None, "over before the request")

    def _send_ciphertext(self) -> None:
        ciphertext = self._tls.take()
        if ciphertext:
            self._wire.send(ciphertext)

    async def _wait(self) -> None:
        """Wait for something new; raise what ended the connection."""
        if self._failure is not None:
            raise self._failure
        self._news.clear()
        await self._news.wait()

    async def _receive(self) -> None:
        try:
            while not (self._may_keep and (self._has_ended or self._plaintext)):
                self._tls.feed(await self._wire.receive())
                while plaintext := self._tls.read():  # the last read raises a failure behind it
                    self._plaintext += plaintext
                self._has_ended = self._tls.has_ended
                self._send_ciphertext()
                self._news.set()
        except asyncio.CancelledError:
            self.close()  # the event loop is ending
            raise
        except Exception as failure:  # noqa: BLE001 - the waiting exchange must get it
            if isinstance(failure, TlsError):
                self._send_ciphertext()  # an alert
            self._failure = failure
            self._news.set()
        if self._may_keep:  # nobody waits for it, but the server waits for our end
            self.close()
