"""One HTTP/1.1 exchange without I/O: a request as bytes, and bytes as its response.

Facts (RFC 9112): a response ends by its `Content-Length`, by its last chunk, or with the
connection, and then only the layer below knows whether all of it came. Responses of status 1xx come
before the real one. A body in a request needs a length, and a POST, PUT or PATCH without a body
says so (RFC 9110 section 8.6). A field value with a line break would be another field: `h11`
refuses it. Nothing is added that a browser would add: no cookie, no `Origin`, no `Referer`.
"""

from __future__ import annotations

from collections.abc import Iterable

import h11

from pywidget.domain.url import parse_url
from pywidget.zoom.http import Request, Response

MOST_HEADERS = 64 * 1024  # bytes that may come without the end of the header
MOST_BODY = 16 * 1024 * 1024  # bytes; Zoom's longest list page has less than one
VERSION = "0.1.0"

_HAS_LENGTH = frozenset({"POST", "PUT", "PATCH"})


class HttpError(Exception):
    """An error for bytes that are no response; its words are ours, and quote nothing."""


class IncompleteError(HttpError):
    """An error for a response that ended early, perhaps before it began."""


class Exchange:
    """One request, and its response as it comes in.

    Args:
        request: What to send; its address is an https URL.

    Raises:
        ValueError: It cannot be written as HTTP.
    """

    def __init__(self, request: Request) -> None:
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEADERS)
        self._head: h11.Response | None = None
        self._body = bytearray()
        self.data = self._write(request)
        """The request's bytes, to be sent as they are."""

    @property
    def may_keep(self) -> bool:
        """Whether the connection can carry another exchange: it is open, and no bytes are left."""
        states = {self._http.our_state, self._http.their_state}
        return states == {h11.DONE} and self._http.trailing_data == (b"", False)

    def receive(self, data: bytes) -> Response | None:
        """Take bytes as they come in; return the response once it is complete.

        Raises:
            HttpError: The bytes are not HTTP, or there are too many of them.
        """
        try:
            self._http.receive_data(data)
            return self._read()
        except h11.RemoteProtocolError:  # its own words quote the response
            raise HttpError("the answer is not HTTP, or its header is too long") from None

    def end(self) -> Response:
        """Take the end of the connection; return a response that ends with it.

        Raises:
            IncompleteError: The response is not complete, and the rest will not come.
        """
        try:
            self._http.receive_data(b"")
            response = self._read()
        except h11.RemoteProtocolError:
            response = None
        if response is None:
            raise IncompleteError("the answer is incomplete")
        return response

    def _write(self, request: Request) -> bytes:
        url = parse_url(request.url)
        if url is None:
            raise ValueError("The request cannot be written as HTTP.")
        target = f"{url.path or '/'}?{url.query or ''}".removesuffix("?")
        body = request.body or b""
        headers = [
            ("Host", url.host),
            # Web application firewalls turn away clients that do not say what they are.
            ("User-Agent", f"pywidget/{VERSION}"),
            ("Accept-Encoding", "identity"),
            *request.headers.items(),
        ]
        if body or request.method in _HAS_LENGTH:
            headers.append(("Content-Length", str(len(body))))
        try:
            head = h11.Request(method=request.method, target=target, headers=headers)
            events = (head, h11.Data(body), h11.EndOfMessage())
            return b"".join(self._http.send(event) or b"" for event in events)
        except (h11.LocalProtocolError, UnicodeError):  # its own words quote the request
            raise ValueError("The request cannot be written as HTTP.") from None

    def _read(self) -> Response | None:
        while True:
            event = self._http.next_event()
            match event:
                case h11.Response():
                    self._head = event
                case h11.Data(data):
                    self._body += data
                    if len(self._body) > MOST_BODY:
                        raise HttpError("the answer is too long")
                case h11.EndOfMessage() if self._head is not None:
                    return Response(
                        self._head.status_code, _join(self._head.headers), bytes(self._body)
                    )
                case h11.InformationalResponse():
                    pass  # the real one follows
                case _:  # h11.NEED_DATA
                    return None


def _join(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Join the headers by lower-case name; repeated ones become a list (RFC 9110 section 5.3)."""
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("ascii"), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined
