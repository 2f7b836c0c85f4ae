"""Opens WebSockets and sends requests to the tunnel's entrance, without a browser."""

from __future__ import annotations

import base64
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from e2e.relay.caller import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TARGETS: Final = ("zoom", "api")
_PATIENCE_SECONDS: Final = 10
_ABNORMAL: Final = 1006  # RFC 6455 section 7.1.5: there was no close frame


@dataclass(frozen=True)
class Entrance:
    """The place where nginx lets pages into the tunnel."""

    page_url: str
    cookie: str
    """The cookie of a user who has signed in to the host."""
    folder: Path
    """All that nginx writes is in here."""

    @property
    def socket_url(self) -> str:
        """The same place as an address for WebSockets."""
        return self.page_url.replace("http", "ws", 1)

    @property
    def own(self) -> dict[str, str]:
        """The headers of the page's own WebSockets."""
        return {"Origin": self.page_url, "Cookie": self.cookie}

    @contextmanager
    def open(
        self, target: str, headers: Mapping[str, str] | None = None
    ) -> Iterator[ClientConnection]:
        """Open a WebSocket. Raises `InvalidStatus` if it is refused."""
        url = f"{self.socket_url}/zoom-tunnel/{target}"
        sent = self.own if headers is None else headers
        with connect(
            url,
            additional_headers=dict(sent),
            compression=None,
            proxy=None,
            open_timeout=_PATIENCE_SECONDS,
            max_size=None,
        ) as opened:
            yield opened

    def knock(self, target: str, headers: Mapping[str, str] | None = None) -> int:
        """Ask for a WebSocket, and return the status of the response; 101 if it was opened."""
        try:
            with self.open(target, headers):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    def ask(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        """Send any other request, with these headers only."""
        parts = urlsplit(self.page_url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_PATIENCE_SECONDS)
        try:
            sent = dict(headers or {})
            connection.request(method, f"/zoom-tunnel/{target}", body, sent)
            response = connection.getresponse()
            answered = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, answered, response.read())
        finally:
            connection.close()


def write_handshake() -> dict[str, str]:
    """Return the headers that ask for a WebSocket (RFC 6455, section 4.1)."""
    return {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(secrets.token_bytes(16)).decode(),
    }


def read_close_code(opened: ClientConnection) -> int:
    """Wait until the other side closes, and return the code that a browser would report."""
    try:
        while True:
            opened.recv(_PATIENCE_SECONDS)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else _ABNORMAL
