"""The way of a request to Zoom: it is read, logged, perhaps given a fault, carried out, answered.

Every answer closes its connection, unless the fault `drop_reused` waits for one that stays open.
Browsers silently repeat a request, even a POST, when a connection that they used before is cut
under it. On a fresh connection they don't, so that a cut one means the same in every browser.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator import cors, errors
from zoom_meeting_testing.simulator.connections import REUSED, cut_connection
from zoom_meeting_testing.simulator.errors import ZoomError
from zoom_meeting_testing.simulator.exchanges import Exchange, tell
from zoom_meeting_testing.simulator.faults import FaultKind
from zoom_meeting_testing.simulator.messages import MAXIMUM_BODY, Answer, Call
from zoom_meeting_testing.simulator.operations import Operation
from zoom_meeting_testing.simulator.routes import find_routes

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from zoom_meeting_testing.simulator.faults import Fault
    from zoom_meeting_testing.simulator.request_log import Entry
    from zoom_meeting_testing.simulator.simulator import Simulator

MAXIMUM_DISCARDED: Final = 8 * 1024 * 1024
BODILESS: Final = frozenset({204, 304})


async def read_call(scope: Scope, receive: Receive) -> Call:
    """Read a whole request; of a body that is too large, nothing is kept."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    body, size, more = b"", 0, True
    while more and size <= MAXIMUM_DISCARDED:
        message = await receive()
        if message["type"] != "http.request":
            break
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= MAXIMUM_BODY:
            body += chunk
        more = message.get("more_body", False)
    host, port = scope["server"] or ("127.0.0.1", 0)
    too_large = size > MAXIMUM_BODY
    return Call(
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=b"" if too_large else body,
        too_large=too_large,
        origin=f"{scope['scheme']}://{headers.get('host') or f'{host}:{port}'}",
    )


async def send_answer(answer: Answer, send: Send, *, close: bool = False) -> None:
    """Send an answer; `close` tells the client that the connection ends with it."""
    body = b"" if answer.status in BODILESS else answer.body
    headers = {**answer.headers}
    if answer.status not in BODILESS:
        headers["content-length"] = str(len(body))
    if close:
        headers["connection"] = "close"
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


class Gateway:
    """The ASGI application that answers as Zoom does."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        call = await read_call(scope, receive)
        simulator = self._simulator
        preflight = call.method == "OPTIONS"
        method = call.headers.get("access-control-request-method", "") if preflight else call.method
        operation = _find_operation(call.path, method)
        with simulator.lock:
            entry = simulator.log.add(call, operation, simulator.clock.now())
            fault = simulator.faults.take(
                operation, preflight=preflight, reused=scope["state"][REUSED]
            )
            settings = simulator.settings
            allowed = cors.is_allowed(call.path, settings)
        kind = fault.kind if fault else None
        entry.fault = kind
        allowed = allowed and kind is not FaultKind.CORS_OFF
        own: Answer | None = None
        if cors.is_refused(call, settings):
            own = answer = errors.unwanted_origin().answer
        elif preflight:
            answer = cors.answer_preflight(call.path, allowed=allowed)
        elif kind is FaultKind.DROP_BEFORE:
            tell(Exchange(call, None))
            await cut_connection(scope, receive)
            return
        else:
            own, answer = await self._answer_with(fault, call)
            if allowed and cors.may_be_read(answer, settings):
                extra = cors.build_headers(settings)
                answer = replace(answer, headers={**extra, **answer.headers})
        faked = kind is FaultKind.RESPOND and answer is not own and not preflight
        tell(Exchange(call, own, is_faked=faked))
        if kind in (FaultKind.DROP_AFTER, FaultKind.DROP_REUSED):
            await cut_connection(scope, receive)
            return
        await self._send(entry, answer, send)

    async def _answer_with(self, fault: Fault | None, call: Call) -> tuple[Answer | None, Answer]:
        """Return the simulator's own answer, if it makes one, and the answer to send."""
        if fault and fault.kind is FaultKind.RESPOND:
            return self._answer(call) if fault.after_work else None, fault.to_answer()
        if fault and fault.kind is FaultKind.DELAY and not fault.after_work:
            await asyncio.sleep(fault.seconds)
        own = self._answer(call)
        if fault and fault.kind is FaultKind.DELAY and fault.after_work:
            return own, replace(own, seconds=fault.seconds)
        return own, own

    def _answer(self, call: Call) -> Answer:
        with self._simulator.lock:
            try:
                return self._handle(call)
            except ZoomError as error:
                return error.answer

    def _handle(self, call: Call) -> Answer:
        offered = find_routes(call.path)
        if not offered:
            raise errors.unknown_path()
        if call.method not in offered:
            raise errors.wrong_method(offered)
        if call.too_large:
            raise errors.body_too_large()
        route, values = offered[call.method]
        return route.handle(self._simulator, replace(call, values=values))

    async def _send(self, entry: Entry, answer: Answer, send: Send) -> None:
        await asyncio.sleep(answer.seconds)
        entry.status = answer.status
        with self._simulator.lock:
            close = not self._simulator.faults.keep_connections
        await send_answer(answer, send, close=close)


def _find_operation(path: str, method: str) -> Operation:
    offered = find_routes(path)
    return offered[method][0].operation if method in offered else Operation.OTHER
