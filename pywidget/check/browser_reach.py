"""The view from a worker of the check's page: what browsers show, and what they hide.

Facts: a refusal by CORS, a host that is not there and a policy that forbids the address all look
the same to XMLHttpRequest. A `no-cors` fetch gets a response from any server, though nobody may
read it; a `securitypolicyviolation` event reveals the policy. XMLHttpRequest decodes compressed
bodies, sends cookies to its own origin only, and follows redirects: what fails behind one, fails
for the address that was requested. A fetch that does not follow them shows that there was one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pywidget.check.reach import Answer, Heard
from pywidget.check.tunnel_trial import TunnelTrial
from pywidget.domain.errors import Code, UnreachableError
from pywidget.ports import Transport
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.tunnel import Tunnel

_ANEW = {"Cache-Control": "no-cache"}  # a cached copy may have the headers of last week


class Senses(Protocol):
    """The things that only the worker's own script can find out."""

    async def answers_unseen(self, url: str) -> bool:
        """Tell whether a `no-cors` GET without cookies gets a response, readable or not."""

    async def is_redirected(self, request: Request) -> bool:
        """Tell whether this request, sent again, gets a redirect; False if that cannot be seen."""

    async def try_tunnel(self, base: str, tunnel: Tunnel, ends: Endpoints) -> TunnelTrial:
        """See `Reach.try_tunnel`."""

    def was_forbidden(self, url: str) -> bool:
        """Tell whether a `securitypolicyviolation` has named this address or its origin so far."""


class BrowserReach:
    """A browser's `Reach`. The transport raises `UnreachableError` if a response cannot be read."""

    has_session = True

    def __init__(self, transport: Transport, senses: Senses) -> None:
        self._transport = transport
        self._senses = senses

    async def fetch(self, url: str) -> Response:
        """See `Reach.fetch`."""
        return await self._transport.send(Request("GET", url, _ANEW, may_repeat=True))

    async def find_headers(self, url: str, response: Response) -> Mapping[str, str]:
        """See `Reach.find_headers`: a browser has them already."""
        del url
        return response.headers

    async def ask(
        self,
        request: Request,
        *,
        origin: str,  # noqa: ARG002 - the browser sends its own
        methods: tuple[str, ...] = (),  # noqa: ARG002 - they would be carried out
    ) -> Answer:
        """See `Reach.ask`."""
        try:
            return Answer(Heard.READABLE, await self._transport.send(request))
        except UnreachableError as error:
            if error.code is Code.TIMEOUT:
                return Answer(Heard.TOO_SLOW)
        if await self._senses.is_redirected(request):
            return Answer(Heard.REDIRECTED)
        if await self._senses.answers_unseen(request.url):
            return Answer(Heard.UNREADABLE)
        forbidden = self._senses.was_forbidden(request.url)
        return Answer(Heard.FORBIDDEN if forbidden else Heard.NOBODY)

    async def ask_as_stranger(
        self, request: Request, headers: Mapping[str, str]
    ) -> Response | None:
        """Return `None`: a browser cannot pretend to be somewhere else."""
        del request, headers
        return None

    async def try_tunnel(self, base: str, tunnel: Tunnel, ends: Endpoints) -> TunnelTrial:
        """See `Reach.try_tunnel`."""
        return await self._senses.try_tunnel(base, tunnel, ends)
