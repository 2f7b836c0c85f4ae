"""Connections through the forwarder, with the browser's `WebSocket`.

Facts (WHATWG WebSockets standard): a page is not told why a WebSocket did not open; it hears of
close code 1006, whatever was the matter. So the same address is asked once more by `fetch`, which
shows the status: a forwarder that lets the page through answers there, too, if only that an upgrade
is missing. Both carry the cookies of the page's own origin, and its name: for that it has to be a
`POST`, since a `GET` to one's own origin has no `Origin` (Fetch standard, "append a request
`Origin` header"). A forwarder accepts the WebSocket first
and connects to the target then (websockify closes with code 1011 if it can't). The page's policy
names what it forbids by an event, which comes after the failure; Chromium then sends `error`, and
no `close`. A forwarder that accepts and closes in one go is told by Firefox with that close code,
and without `open`. A message may be text or empty (RFC 6455 section 5.6); who says text is no
forwarder, whatever else they are.
"""

from __future__ import annotations

import asyncio
from typing import Any

import js
from pyodide.ffi import JsException, create_proxy, to_js
from pyodide.http import pyfetch

from pywidget.browser.answer_kind import read_forbidden
from pywidget.browser.waiting import listening
from pywidget.domain.errors import Code, Reason, UnreachableError
from pywidget.tunnel.ports import Refusal, WireError

_EVENTS = ("open", "message", "error", "close")
_OPEN = 1  # readyState
_NO_CODE = 1006
_TARGET_FAILED = 1011  # RFC 6455 section 7.4.1: the server met an unexpected condition
_REFUSALS = {401: Refusal.NOT_ALLOWED, 403: Refusal.NOT_ALLOWED, 429: Refusal.BUSY}
_PATIENCE_MS = 5_000
_POLICY_SPEAKS = 0.05  # seconds


class WebSocketWire:
    """Implements `tunnel.ports.Wire`. It holds on to nothing of the page once it is closed."""

    def __init__(self, js_socket: Any) -> None:
        self._js_socket = js_socket
        self._js_listener = create_proxy(self._hear)
        self._arrived: list[bytes] = []
        self._has_opened = self._has_received = False
        self._close_code: int | None = None
        self._has_said_text = False
        self._news = asyncio.Event()
        js_socket.binaryType = "arraybuffer"
        for name in _EVENTS:
            js_socket.addEventListener(name, self._js_listener)

    @property
    def is_closed(self) -> bool:
        """Whether nothing can come through it any more, as far as the browser knows.

        An open one says nothing of being offline: what is sent on it would be waited for in vain.
        """
        return not (self._is_open and js.navigator.onLine)

    @property
    def _is_open(self) -> bool:
        return bool(self._js_socket.readyState == _OPEN)

    async def wait_until_open(self) -> bool:
        """Whether it has opened; it may be closed again by then, and `receive` says why."""
        await self._news.wait()
        return self._has_opened or self._close_code != _NO_CODE

    def send(self, data: bytes) -> None:
        """Sends the bytes; the browser keeps them until they can be sent."""
        if self._is_open:
            self._js_socket.send(to_js(data))

    async def receive(self) -> bytes:
        """Waits for bytes; gives all that have come.

        Raises:
            WireError: It is closed.
        """
        while not self._arrived:
            if self._has_said_text:
                raise WireError(Refusal.NOBODY, "text instead of bytes")
            if self._close_code is not None:
                has_failed = self._close_code == _TARGET_FAILED and not self._has_received
                refusal = Refusal.NO_TARGET if has_failed else None
                raise WireError(refusal, f"close code {self._close_code}")
            self._news.clear()
            await self._news.wait()
        self._has_received = True
        data = b"".join(self._arrived)
        self._arrived.clear()
        return data

    def close(self) -> None:
        """Closes it, and forgets what has not been received."""
        self._js_socket.close()
        self._arrived.clear()
        self._end(_NO_CODE)

    def _hear(self, js_event: Any) -> None:
        if js_event.type == "open":
            self._has_opened = True
        elif js_event.type == "message" and isinstance(js_event.data, str):
            self._has_said_text = True
            self.close()
        elif js_event.type == "message":
            self._arrived.extend(filter(None, [js_event.data.to_bytes()]))
        elif js_event.type == "close":
            self._end(int(js_event.code))
        elif js_event.type == "error":
            self._end(_NO_CODE)
        self._news.set()

    def _end(self, code: int) -> None:
        if self._close_code is not None:
            return
        self._close_code = code
        for name in _EVENTS:
            self._js_socket.removeEventListener(name, self._js_listener)
        # Not in the middle of its own call.
        asyncio.get_running_loop().call_soon(self._js_listener.destroy)
        self._news.set()


class WebSocketForwarder:
    """Implements `tunnel.ports.Forwarder`."""

    async def open(self, address: str) -> WebSocketWire:
        """Opens a wire to the target that the `wss:` address stands for.

        Raises:
            WireError: Nobody carries our bytes. Without a refusal: the browser is offline, or
                nobody at all answers on the page's own origin.
            UnreachableError: The page's own policy forbids the address.
        """
        forbidden: list[str] = []

        def hear(js_event: Any) -> None:
            forbidden.extend(filter(None, [read_forbidden(js_event)]))

        with listening(js.self, ("securitypolicyviolation",), hear):
            wire = await _try_to_open(address)
            if wire:
                return wire
            await asyncio.sleep(_POLICY_SPEAKS)
        if any(address.startswith(url) for url in forbidden):
            raise UnreachableError(Code.NETWORK, Reason.TUNNEL_POLICY, may_have_arrived=False)
        raise await _explain(address)


async def _try_to_open(address: str) -> WebSocketWire | None:
    try:
        wire = WebSocketWire(js.WebSocket.new(address))
    except JsException:  # a SecurityError
        return None
    try:
        if await wire.wait_until_open():
            return wire
    except asyncio.CancelledError:
        wire.close()
        raise
    return None


async def _explain(address: str) -> WireError:
    """Why it did not open, as far as the same address tells by HTTP."""
    if not js.navigator.onLine:
        return WireError(None, "the browser is offline")
    url = address.replace("ws", "http", 1)
    try:
        answer = await pyfetch(
            url,
            method="POST",
            credentials="same-origin",
            cache="no-store",
            redirect="manual",
            referrerPolicy="no-referrer",
            signal=js.AbortSignal.timeout(_PATIENCE_MS),
        )
    except OSError:
        is_own = url.startswith(f"{js.location.origin}/")
        return WireError(None if is_own else Refusal.NOBODY, "no answer")
    if answer.js_response.type == "opaqueredirect":
        return WireError(Refusal.NOT_ALLOWED, "a redirect")
    refusal = _REFUSALS.get(answer.status, Refusal.NOBODY)
    return WireError(refusal, f"status {answer.status}")
