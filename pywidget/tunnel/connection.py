"""One TLS connection through the forwarder, and the exchanges on it, one at a time.

Facts: what a server says after its last answer must not wait to be read, or get lost: a new session
ticket is nothing, the end of the connection is everything. So one task receives for as long as the
connection lives. Without close-notify an end is a cut, by whomever (RFC 8446 section 6.1), and only
an answer that was whole before counts.
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
    """Open until `close`; whoever has it closes it."""

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
        """Opens one: the certificate is the host's once this returns.

        Raises:
            UnreachableError: Nobody carries our bytes, or TLS could not be agreed on.
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
        """Whether another exchange may begin: the last one was whole, and nothing came since."""
        return self._may_keep and not (self._is_over or self._plaintext)

    @property
    def description(self) -> str:
        """The version of TLS and the cipher suite."""
        return self._tls.description

    async def exchange(self, request: Request) -> Response:
        """Sends the request at once and once, then waits for its answer.

        Raises:
            UnreachableError: The connection ended before the answer was whole.
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
        """Ends it now, politely where that is still possible; what it held is overwritten.

        It never fails: what has gone wrong before is told to whoever waits.
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
        """All of it, or nothing; from here on it counts as sent, and nothing was awaited."""
        try:
            self._check_open()
            self._tls.write(plaintext)
        except (WireError, TlsError) as failure:
            raise explain_unsent(failure) from failure
        self._send_ciphertext()

    def _check_open(self) -> None:
        if self._failure is not None:
            raise self._failure
        if self._is_over or self._plaintext:  # an answer before there was a question
            raise WireError(None, "over before the request")

    def _send_ciphertext(self) -> None:
        ciphertext = self._tls.take()
        if ciphertext:
            self._wire.send(ciphertext)

    async def _wait(self) -> None:
        """Waits for something new; raises what ended the connection."""
        if self._failure is not None:
            raise self._failure
        self._news.clear()
        await self._news.wait()

    async def _receive(self) -> None:
        try:
            while not (self._may_keep and (self._has_ended or self._plaintext)):
                self._tls.feed(await self._wire.receive())
                while plaintext := self._tls.read():  # then a failure that came behind it
                    self._plaintext += plaintext
                self._has_ended = self._tls.has_ended
                self._send_ciphertext()
                self._news.set()
        except asyncio.CancelledError:
            self.close()  # the loop itself ends
            raise
        except Exception as failure:  # noqa: BLE001 - whoever waits has to hear of it
            if isinstance(failure, TlsError):
                self._send_ciphertext()  # an alert
            self._failure = failure
            self._news.set()
        if self._may_keep:  # nobody waits for it any more; the server does, for our end
            self.close()
