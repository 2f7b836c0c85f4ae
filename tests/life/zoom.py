"""The simulator on the tests' own time, and without the network between."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from zoom_meeting_testing.simulator import Clock, Simulator
from zoom_meeting_testing.simulator.connections import ABORT, REUSED
from zoom_meeting_testing.simulator.gateway import Gateway
from zoom_meeting_testing.simulator.operations import Operation
from zoom_meeting_testing.simulator.routes import find_routes

from pywidget.domain.errors import Code, UnreachableError
from pywidget.zoom.http import Request, Response
from tests.doubles.clock import ManualClock

LATENCY = 0.1  # seconds there, and as many back


class ManualSimulatorClock(Clock):
    """Zoom's clock shows what the browser's shows."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self.manual = clock

    def now(self) -> datetime:
        return self.manual.now()


def find_operation(request: Request) -> Operation:
    """What the simulator calls this request."""
    path = urlsplit(request.url).path
    offered = find_routes(path)
    return offered[request.method][0].operation if request.method in offered else Operation.OTHER


class DirectZoom:
    """Implements `ports.Transport` on the simulator's gateway, with a network that takes its time.

    Like a browser it uses a connection that was left open again, and repeats a request by itself,
    whatever it is, when such a connection is cut before the answer.

    Attributes:
        unreadable: Answers that the browser will keep to itself, for want of CORS headers.
    """

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.simulator = Simulator(ManualSimulatorClock(clock))
        self.simulator.change_settings({"per_second_limits": False})
        self._gateway = Gateway(self.simulator)
        self.unreadable = 0
        self.in_flight = 0
        self._has_open_connection = False

    async def send(self, request: Request) -> Response:
        self.in_flight += 1
        try:
            await self._clock.sleep(LATENCY)
            is_reused = self._has_open_connection
            response = await self._ask(request, reused=is_reused)
            if response is None and is_reused:
                response = await self._ask(request)
            await self._clock.sleep(LATENCY)
        finally:
            self.in_flight -= 1
        if response is None:
            raise UnreachableError(Code.NETWORK)
        if self.unreadable:
            self.unreadable -= 1
            raise UnreachableError(Code.CORS_BLOCKED)
        return response

    async def consent(self, url: str, *, user: str, decision: str = "allow") -> str | None:
        """Follows Zoom's consent page; the query that the redirect URI is called with."""
        page = await self._ask(Request("GET", url))
        assert page is not None
        ticket = re.search(r'name="ticket" value="([^"]+)"', page.body.decode())
        if page.status != 200 or ticket is None:
            return None
        fields = {"ticket": html.unescape(ticket[1]), "user": user, "decision": decision}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        address = url.partition("?")[0]
        answer = await self._ask(Request("POST", address, form, urlencode(fields).encode()))
        assert answer is not None
        return urlsplit(answer.headers["location"]).query

    async def _ask(self, request: Request, *, reused: bool = False) -> Response | None:
        parts = urlsplit(request.url)
        is_cut = asyncio.Event()
        received: Iterator[dict[str, object]] = iter(
            [{"type": "http.request", "body": request.body or b""}]
        )
        sent: list[dict[str, object]] = []

        async def receive() -> dict[str, object]:
            return next(received, {"type": "http.disconnect"})

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        headers = [
            (name.lower().encode(), value.encode()) for name, value in request.headers.items()
        ]
        scope = {
            "type": "http",
            "method": request.method,
            "scheme": parts.scheme,
            "path": parts.path,
            "query_string": parts.query.encode(),
            "headers": [(b"host", parts.netloc.encode()), *headers],
            "server": (parts.hostname, parts.port),
            "state": {ABORT: is_cut.set, REUSED: reused},
        }
        await self._gateway(scope, receive, send)  # type: ignore[arg-type]
        self._has_open_connection = False
        if is_cut.is_set():
            return None
        start, body = sent
        names = {name.decode(): text.decode() for name, text in start["headers"]}  # type: ignore[attr-defined]
        self._has_open_connection = names.get("connection") != "close"
        return Response(int(str(start["status"])), names, bytes(body["body"]))  # type: ignore[call-overload]
