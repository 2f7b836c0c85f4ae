"""The way to Zoom: whether Zoom answers this page, found out before asking anyone for consent.

Facts: a browser lets a page read another origin's answers only if that origin allows it (CORS), and
Zoom probably does not. If this came out only after the user had agreed, they would have given their
consent for nothing. A probe cannot tell everything: a server may let a page read errors, but not
successes. So two sign-ins whose answers were lost, although a request right afterwards was
answered, close the way for a while.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from pywidget.connection.route import Route
from pywidget.connection.session import Session
from pywidget.connection.waiting import wait_or
from pywidget.domain.errors import Code, UnreachableError, WidgetError, build_closed_way_error
from pywidget.ports import Clock, Transport
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.probe import (
    build_api_probes,
    build_token_probes,
    parse_api_probe,
    parse_token_probe,
)

PATIENCE = 4.0  # seconds; after five, browsers no longer attribute a window to the click
_MOST_LOST = 2
_FOR_A_WHILE = timedelta(minutes=10)
_CLOSED = frozenset(
    {
        Code.CORS_BLOCKED,
        Code.RELAY_FAILED,
        Code.TUNNEL_FAILED,
        Code.TUNNEL_REFUSED,
        Code.CERTIFICATE_REFUSED,
    }
)


class Way:
    """The page's way to Zoom. Its findings are kept in memory only."""

    def __init__(
        self, *, endpoints: Endpoints, transport: Transport, clock: Clock, session: Session
    ) -> None:
        self._endpoints = endpoints
        self._transport = transport
        self._clock = clock
        self._is_open = False
        self._was_closed = False
        self._lost: list[datetime] = []
        self._looking: asyncio.Task[None] | None = None
        self._session = session
        session.on_change(self._hear)
        self._hear()

    @property
    def route(self) -> Route:
        """The hosts that a sign-in passes through."""
        return Route(self._endpoints.relays, self._endpoints.forwarder)

    @property
    def is_open(self) -> bool:
        """Whether Zoom has answered this page."""
        return self._is_open

    @property
    def was_closed(self) -> bool:
        """Whether the last look found the way closed; being offline does not count."""
        return self._was_closed

    async def look(self) -> None:
        """Find out whether both hosts answer, unless that is known; one look runs at a time.

        Raises:
            UnreachableError: `cors_blocked`, `relay_failed` or a tunnel's code, which mean that
                something has to be fixed; or `network` or `timeout`, which may pass.
        """
        if self._is_open:
            return
        if self._looking is None:
            self._looking = asyncio.ensure_future(self._look())
            self._looking.add_done_callback(self._looked)
        looking = self._looking
        has_looked = await wait_or(self._clock.sleep(PATIENCE), looking)
        if not has_looked:  # the look goes on, for the next click
            raise UnreachableError(Code.TIMEOUT, may_have_arrived=False)
        looking.result()

    def confirm(self) -> None:
        """Mark the way as open: Zoom has answered, in this tab or another one."""
        self._is_open, self._was_closed, self._lost = True, False, []

    def doubt(self, error: UnreachableError) -> None:
        """Record that the answer to a sign-in was lost."""
        self._is_open = False
        if error.answers_again and not self._endpoints.relays:
            self._lost.append(self._clock.now())

    def _hear(self) -> None:
        """Mark the way as open if there is a token, because the token came this way."""
        if self._session.is_signed_in:
            self.confirm()

    def _looked(self, task: asyncio.Task[None]) -> None:
        self._looking = None
        if task.cancelled():
            return
        error = task.exception()
        self._is_open = self._is_open or error is None  # a token may have come in the meantime
        is_closed = isinstance(error, WidgetError) and error.code in _CLOSED
        self._was_closed = is_closed and not self._is_open

    async def _look(self) -> None:
        now = self._clock.now()
        # Not those in the future: the clock was set back, and the way would stay closed for hours.
        if sum(now - _FOR_A_WHILE < lost <= now for lost in self._lost) >= _MOST_LOST:
            raise build_closed_way_error(Code.CORS_BLOCKED)
        token, api = await asyncio.gather(
            self._ask(build_token_probes(self._endpoints)),
            self._ask(build_api_probes(self._endpoints)),
        )
        parse_token_probe(token, self._endpoints)
        parse_api_probe(api, self._endpoints)

    async def _ask(self, probes: tuple[Request, ...]) -> Response:
        *first, last = probes
        for probe in first:
            try:
                return await self._transport.send(probe)
            except UnreachableError as error:
                if not error.may_have_arrived:  # it never left: nor would the others
                    raise
        return await self._transport.send(last)
