"""Collects the secrets of all calls to the simulated Zoom.

ear = Ear(create_app(simulator))
...  # serve `ear`
ear.secrets.heard
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from e2e.canary.secrets import Secrets

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NO_TOKEN: Final = "none"
"""The token of the widget's first calls, which only find out whether Zoom answers."""
_JSON: Final = "application/json"
_OK: Final = range(200, 300)


class Ear:
    """An ASGI application that passes all calls on to another, and listens."""

    def __init__(self, app: ASGIApp) -> None:
        self.secrets = Secrets()
        self.size = 0
        """Bytes of all bodies, in both directions."""
        self._app = app

    def clear(self) -> None:
        """Forget all secrets."""
        self.secrets = Secrets()
        self.size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one call on."""
        asked, answered = bytearray(), bytearray()
        is_json = False

        async def receive_and_hear() -> Message:
            message = await receive()
            asked.extend(message.get("body", b""))
            if message["type"] == "http.request" and not message.get("more_body"):
                self.size += len(asked)
                self._hear_request(scope, bytes(asked))
            return message

        async def send_and_hear(message: Message) -> None:
            nonlocal is_json
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                self.secrets.hear_address(headers.get(b"location", b"").decode())
                kind = headers.get(b"content-type", b"").decode()
                is_json = message["status"] in _OK and kind.startswith(_JSON)
            answered.extend(message.get("body", b""))
            if message["type"] == "http.response.body" and not message.get("more_body"):
                # Before it is sent: once the page has it, a test may search for its secrets.
                self.size += len(answered)
                if is_json:
                    self._hear_answer(bytes(answered))
            await send(message)

        await self._app(scope, receive_and_hear, send_and_hear)

    def _hear_request(self, scope: Scope, body: bytes) -> None:
        for name, value in scope["headers"]:
            if name == b"authorization":
                token = value.decode("latin-1").removeprefix("Bearer ")
                if token != _NO_TOKEN:
                    self.secrets.hear_token(token)
        if scope["path"] == "/oauth/authorize":
            self.secrets.hear_address(f"?{scope['query_string'].decode('latin-1')}")
        elif scope["path"].startswith("/oauth/"):
            self.secrets.hear_form(body.decode("latin-1"))

    def _hear_answer(self, body: bytes) -> None:
        try:
            answer = json.loads(body)
        except ValueError:  # a fault's
            return
        if isinstance(answer, dict):
            self.secrets.hear_answer(answer)
