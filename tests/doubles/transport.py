"""HTTP by script: each reply is written down beforehand, and none may be left over."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pywidget.domain.errors import Code, UnreachableError
from pywidget.zoom.http import Request, Response


@dataclass(frozen=True)
class _Reply:
    response: Response | None
    reaches_server: bool = True
    gate: asyncio.Event | None = None
    error: UnreachableError | None = None


@dataclass
class ScriptedTransport:
    """Implements `ports.Transport`.

    Attributes:
        sent: What the widget sent.
        received: What of it reached the server: a connection can be cut before or after.
    """

    sent: list[Request] = field(default_factory=list)
    received: list[Request] = field(default_factory=list)
    _replies: deque[_Reply] = field(default_factory=deque)
    _unscripted: list[str] = field(default_factory=list)
    _always: dict[tuple[str, str], _Reply] = field(default_factory=dict)

    def reply(
        self, status: int, body: object = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        """The next request is answered so; what is not bytes goes out as JSON."""
        self._replies.append(_Reply(_build(status, body, headers)))

    def reply_later(self, status: int, body: object = b"") -> asyncio.Event:
        """The same, but only once the event is set."""
        gate = asyncio.Event()
        self._replies.append(_Reply(_build(status, body, None), gate=gate))
        return gate

    def drop_before(self, code: Code = Code.NETWORK) -> None:
        """The connection is cut before the request gets anywhere."""
        self._fail(code, reaches_server=False)

    def never_leaves(self) -> None:
        """The browser is offline, and knows it: the request is not sent at all."""
        self._fail(Code.NETWORK, reaches_server=False, leaves=False)

    def drop_after(self, code: Code = Code.NETWORK) -> None:
        """The server does its work, then the connection is cut: the answer is lost."""
        self._fail(code, reaches_server=True)

    def refuse(self, error: UnreachableError) -> None:
        """The transport itself refuses, in these words."""
        self._replies.append(_Reply(None, reaches_server=error.may_have_arrived, error=error))

    def always(self, method: str, path: str, status: int, body: object = b"") -> None:
        """Any request for this path is answered so, and none has to come."""
        self._always[method, path] = _Reply(_build(status, body, None))

    def paths(self, since: int = 0) -> list[str]:
        """What was sent: method and path of each request, without the API's own part."""
        return [_describe(request) for request in self.sent[since:]]

    async def send(self, request: Request) -> Response:
        self.sent.append(request)
        standing = self._always.get((request.method, urlsplit(request.url).path))
        if standing is not None:
            self.received.append(request)
            await asyncio.sleep(0)
            assert standing.response is not None
            return standing.response
        if not self._replies:
            # Raising alone would not do: the widget catches what it must not know.
            self._unscripted.append(f"{request.method} {request.url}")
            raise UnreachableError(Code.NETWORK)
        reply = self._replies.popleft()
        if reply.reaches_server:
            self.received.append(request)
        if reply.gate is not None:
            await reply.gate.wait()
        await asyncio.sleep(0)  # an answer is never there at once
        if reply.error is not None:
            raise reply.error
        assert reply.response is not None
        return reply.response

    def _fail(self, code: Code, *, reaches_server: bool, leaves: bool = True) -> None:
        error = UnreachableError(code, may_have_arrived=leaves)
        self._replies.append(_Reply(None, reaches_server=reaches_server, error=error))

    def verify(self) -> None:
        """To be called when a test ends."""
        assert not self._unscripted, f"requests that no test expected: {self._unscripted}"
        assert not self._replies, f"{len(self._replies)} scripted replies were never asked for"


def _describe(request: Request) -> str:
    path = urlsplit(request.url).path.removeprefix("/v2")
    return f"{request.method} {path}"


def _build(status: int, body: object, headers: Mapping[str, str] | None) -> Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status, headers or {}, raw)
