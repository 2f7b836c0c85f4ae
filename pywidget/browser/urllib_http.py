"""HTTP with the standard library: on CPython without a browser, or in a browser's worker.

In a worker, `pyodide_http.patch_urllib()` must have run before; a patched urllib does not raise on
4xx and 5xx. It blocks until the response is there, so it must never run on a page's main thread.
"""

from __future__ import annotations

from http.client import HTTPException
from socket import gaierror
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener
from urllib.request import Request as UrllibRequest

from pywidget.domain.errors import Code, UnreachableError
from pywidget.zoom.http import Request, Response

TIMEOUT = 30.0  # seconds
_NOBODY_THERE = (ConnectionRefusedError, gaierror)  # no connection, no request


class _NoRedirects(HTTPRedirectHandler):
    """No redirects: one would carry the token wherever it points, if that is an address at all."""

    def http_error_302(self, *_args: object) -> None:
        return None

    http_error_301 = http_error_303 = http_error_302  # type: ignore[assignment]
    http_error_307 = http_error_308 = http_error_302  # type: ignore[assignment]


class UrllibTransport:
    """A `ports.Transport` that blocks."""

    def __init__(self) -> None:
        self._opener = build_opener(_NoRedirects())

    async def send(self, request: Request) -> Response:
        """Send the request, and block until there is a response."""
        try:
            message = UrllibRequest(  # noqa: S310 - `parse_endpoints` lets no other scheme through
                request.url, request.body, dict(request.headers), method=request.method
            )
            with self._opener.open(message, timeout=TIMEOUT) as answer:
                return _read(answer)
        except HTTPError as answer:
            with answer:
                return _read(answer)
        except TimeoutError:
            raise UnreachableError(Code.TIMEOUT) from None
        except (OSError, HTTPException, ValueError) as error:
            # Their messages may hold the whole URL; only their meaning is reported. Python raises
            # ValueError for names and headers that it does not accept, such as a host `a..b`.
            never_left = isinstance(getattr(error, "reason", None), _NOBODY_THERE)
            raise UnreachableError(Code.NETWORK, may_have_arrived=not never_left) from None


def _read(answer: object) -> Response:
    headers: dict[str, str] = {}
    for name, value in answer.headers.items():  # type: ignore[attr-defined]
        key = name.lower()  # one that comes twice is one list (RFC 9110 section 5.3)
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return Response(answer.status, headers, answer.read())  # type: ignore[attr-defined]
