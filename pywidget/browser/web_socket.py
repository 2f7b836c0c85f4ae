"""Connections through the forwarder, with the browser's `WebSocket`.

Facts (WHATWG WebSockets standard): a page does not learn why a WebSocket did not open; it gets
close code 1006 in any case. So the same address is asked again by `fetch`, which shows the status:
a forwarder that lets the page through responds there, too, even if only to say that an upgrade is
missing. Both carry the cookies of the page's own origin, and its name: for that the second has to
be a `POST`, since a `GET` to the page's own origin has no `Origin` (Fetch standard, "append a
request `Origin` header"). A forwarder first accepts the WebSocket and then connects to the target
(websockify closes with code 1011 if it can't). The page's policy names what it forbids by an event,
which comes after the failure; Chromium then sends `error`, but no `close`. If a forwarder accepts
and closes in one go, Firefox reports that close code, without `open`. A message may be text or
empty (RFC 6455 section 5.6); a sender of text is not a forwarder, whatever else it is.
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
    """A `tunnel.ports.Wire`. It holds on to nothing of the page once it is closed."""

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

        An open WebSocket does not show that the browser is offline: what is sent on it would be
        waited for in vain.
        """
        return not (self._is_open and js.navigator.onLine)

    @property
    def _is_open(self) -> bool:
        return bool(self._js_socket.readyState == _OPEN)

    async def wait_until_open(self) -> bool:
        """Wait; tell whether it opened. It may be closed again by then, and `receive` says why."""
        await self._news.wait()
        return self._has_opened or self._close_code != _NO_CODE

    def send(self, data: bytes) -> None:
        """Send the bytes; the browser keeps them until they can be sent."""
        if self._is_open:
            self._js_socket.send(to_js(data))

    async def receive(self) -> bytes:
        """Wait for bytes; return all that have come.

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
        """Close it, and drop what has not been received."""
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
        # Not during its own call.
        asyncio.get_running_loop().call_soon(self._js_listener.destroy)
        self._news.set()


class WebSocketForwarder:
    """The browser's `tunnel.ports.Forwarder`."""

    async def open(self, address: str) -> WebSocketWire:
        """Open a wire to the target that the `wss:` address stands for.

        Raises:
            WireError: No forwarder carries our bytes. Without a refusal: the browser is offline, or
                nothing at all responds on the page's own origin.
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
    """Explain why it did not open, as far as HTTP at the same address shows."""
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
