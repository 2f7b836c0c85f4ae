"""Counts the bytes that the server sends to the browser, for workers and preloads too.

A file that the browser takes from its cache never arrives here, and counts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass
class Transfer:
    """One response, as far as it was sent."""

    path: str
    status: int = 0
    header_bytes: int = 0
    body_bytes: int = 0


class Traffic:
    """An ASGI application that passes all calls on to another, and counts bytes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._lock = Lock()
        self._answers: list[Transfer] = []

    def take(self, prefix: str) -> list[Transfer]:
        """Return the transfers from below a path since the last call, and forget all of them."""
        with self._lock:
            answers, self._answers = self._answers, []
        return [answer for answer in answers if answer.path.startswith(prefix)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one call on."""
        answer = Transfer(scope["path"])
        with self._lock:
            self._answers.append(answer)

        async def count(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                # As HTTP/1.1 writes them: "name: value" and a line break each.
                answer.header_bytes = sum(
                    len(name) + len(value) + 4 for name, value in message["headers"]
                )
            else:
                answer.body_bytes += len(message.get("body", b""))
            await send(message)

        await self._app(scope, receive, count)
