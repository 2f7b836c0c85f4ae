"""Records every request to a server, as the server gets it, and files it by its place."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from e2e.canary.places import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from e2e.canary.record import Record


@dataclass(frozen=True)
class Heard:
    """A request as it came."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def address(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}"

    def write_headers(self, *left_out: str) -> str:
        """Return the headers as text, but for those left out."""
        return "\n".join(f"{name}: {text}" for name, text in self.headers if name not in left_out)

    def find_header(self, name: str) -> str:
        """Return a header, or nothing."""
        return next((text for each, text in self.headers if each == name), "")


Sorted = tuple[Place, str | bytes]


class Tap:
    """An ASGI application that passes all calls on to another, and records the requests."""

    def __init__(
        self, app: ASGIApp, record: Record, sort: Callable[[Heard], Iterator[Sorted]]
    ) -> None:
        """Store where requests go.

        Args:
            app: The application that answers.
            record: Where they are kept.
            sort: Yields the parts of a request, each with its place.
        """
        self._app = app
        self._record = record
        self._sort = sort

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Record one call, whether or not the application reads it to its end, and pass it on."""
        read: deque[Message] = deque()
        while not read or read[-1].get("more_body"):
            read.append(await receive())
        headers = (
            (name.decode("latin-1"), text.decode("latin-1")) for name, text in scope["headers"]
        )
        heard = Heard(
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            headers=tuple(headers),
            body=b"".join(message.get("body", b"") for message in read),
        )
        for place, text in self._sort(heard):
            self._record.add(place, text)

        async def receive_again() -> Message:
            return read.popleft() if read else await receive()

        await self._app(scope, receive_again, send)


def sort_for_page(heard: Heard) -> Iterator[Sorted]:
    """Yield what the page's server hears, and what a usual server's access log has of it."""
    is_callback = heard.path.endswith("/callback.html")
    yield Place.CALLBACK_URL if is_callback else Place.PAGE_URL, heard.address
    yield Place.PAGE_HEADERS, heard.write_headers()
    yield Place.PAGE_BODY, heard.body
    told = f'"{heard.find_header("referer")}" "{heard.find_header("user-agent")}"'
    line = f'127.0.0.1 - - "{heard.method} {heard.address} HTTP/1.1" {told}'
    yield Place.CALLBACK_LOG if is_callback else Place.PAGE_LOG, line


def sort_for_zoom(heard: Heard) -> Iterator[Sorted]:
    """Yield what Zoom hears."""
    is_consent = heard.path == "/oauth/authorize"
    yield Place.CONSENT_URL if is_consent else Place.ZOOM_URL, heard.address
    is_call = heard.path.startswith("/v2/")
    yield Place.ZOOM_HEADERS, heard.write_headers(*(["authorization"] if is_call else []))
    if is_call:
        yield Place.AUTHORIZATION, heard.find_header("authorization")
    bodies = {"/oauth/token": Place.TOKEN_BODY, "/oauth/revoke": Place.REVOKE_BODY}
    yield bodies.get(heard.path, Place.ZOOM_BODY), heard.body
