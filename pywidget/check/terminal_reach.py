"""The view from a terminal: no cookies, but every header, and any origin one likes to name."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import replace

from pywidget.check.addresses import encode, find_origin
from pywidget.check.cors import build_preflight, find_preflight_refusals, find_refusals
from pywidget.check.reach import Answer, Heard
from pywidget.domain.errors import Code, UnreachableError
from pywidget.ports import Transport
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.tunnel import Tunnel

_FORBIDDEN = 403
_WE = {"User-Agent": "pywidget-check"}  # some servers refuse requests that name urllib
_COMPRESSED = {"Accept-Encoding": "br, gzip"}


class TerminalReach:
    """A terminal's `Reach`."""

    has_session = False

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def fetch(self, url: str) -> Response:
        """See `Reach.fetch`: requested uncompressed, since Python cannot read Brotli."""
        headers = {"Accept-Encoding": "identity", "Accept": "text/html, */*"}
        response = await self._send(Request("GET", url, headers, may_repeat=True))
        if response.headers.get("content-encoding", "").lower() != "gzip":
            return response
        try:  # some send only what they have
            return replace(response, body=gzip.decompress(response.body))
        except (OSError, EOFError, zlib.error):
            return response

    async def find_headers(self, url: str, response: Response) -> Mapping[str, str]:
        """See `Reach.find_headers`: requested by GET, since nginx does not compress a HEAD."""
        del response
        compressed = await self._send(Request("GET", url, _COMPRESSED, may_repeat=True))
        return compressed.headers

    async def ask(self, request: Request, *, origin: str, methods: tuple[str, ...] = ()) -> Answer:
        """See `Reach.ask`: sent as a browser would, and judged as it would."""
        is_same = find_origin(request.url) == origin
        site = "same-origin" if is_same else "cross-site"
        headers = {"Origin": origin, "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "cors"}
        try:
            response = await self._send(_add(request, headers))
            if is_same:
                return Answer(Heard.READABLE, response)
            refusals = list(find_refusals(response, origin=origin))
            for method in dict.fromkeys((request.method, *methods)):
                preflight = build_preflight(request, method, origin=origin)
                if preflight:
                    leave = await self._send(preflight)
                    refusals += find_preflight_refusals(leave, preflight, origin=origin)
            if response.status == _FORBIDDEN:
                anonymous = await self._send(request)
                if anonymous.status != _FORBIDDEN:
                    refusals.insert(0, "requests with an Origin header are refused (status 403)")
        except UnreachableError as error:
            return Answer(Heard.TOO_SLOW if error.code is Code.TIMEOUT else Heard.NOBODY)
        heard = Heard.UNREADABLE if refusals else Heard.READABLE
        return Answer(heard, response, tuple(dict.fromkeys(refusals)))

    async def ask_as_stranger(
        self, request: Request, headers: Mapping[str, str]
    ) -> Response | None:
        """See `Reach.ask_as_stranger`."""
        try:
            return await self._send(_add(request, headers))
        except UnreachableError:
            return None

    async def try_tunnel(self, base: str, tunnel: Tunnel, ends: Endpoints) -> None:
        """Return `None`: the tunnel's TLS is WebAssembly in a browser."""
        del base, tunnel, ends

    async def _send(self, request: Request) -> Response:
        return await self._transport.send(_add(replace(request, url=encode(request.url)), _WE))


def _add(request: Request, headers: Mapping[str, str]) -> Request:
    return replace(request, headers={**request.headers, **headers})
