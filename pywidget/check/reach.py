"""The view from where the check runs: a browser's worker, or a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pywidget.check.tunnel_trial import TunnelTrial
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.tunnel import Tunnel


class Heard(StrEnum):
    """The outcome of a request that a page would send to another origin."""

    READABLE = "readable"
    UNREADABLE = "unreadable"  # a server responds, but a browser does not let the page read it
    REDIRECTED = "redirected"  # a browser followed a redirect to where the page may not read
    FORBIDDEN = "forbidden"  # the policy of the check's own page forbids the request
    NOBODY = "nobody"
    TOO_SLOW = "too_slow"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a request, and what could be seen of the response.

    Attributes:
        heard: Whether the page could read it.
        response: The response, if it could be seen: in a terminal, also one that no page could
            read.
        refusals: In a terminal, one phrase for each thing that CORS lacks, such as
            “Access-Control-Allow-Origin is missing”.
    """

    heard: Heard
    response: Response | None = None
    refusals: tuple[str, ...] = ()


class Reach(Protocol):
    """The tasks that a browser (`BrowserReach`) and a terminal (`TerminalReach`) do differently."""

    @property
    def has_session(self) -> bool:
        """Whether requests to the page's own origin carry its user's cookies."""

    async def fetch(self, url: str) -> Response:
        """Fetch one of the page's own files: its uncompressed body, and its headers.

        Raises:
            UnreachableError: There is no response, or it cannot be read.
        """

    async def find_headers(self, url: str, response: Response) -> Mapping[str, str]:
        """Find the headers that a browser gets with this file, `content-encoding` among them.

        Raises:
            UnreachableError: There is no response any more.
        """

    async def ask(self, request: Request, *, origin: str, methods: tuple[str, ...] = ()) -> Answer:
        """Find out what a page of that origin would get.

        Args:
            request: A probe: harmless, and without any secret.
            origin: The page's.
            methods: Other methods that the widget uses at the same place, to be preflighted too.
        """

    async def ask_as_stranger(
        self, request: Request, headers: Mapping[str, str]
    ) -> Response | None:
        """Send it from somewhere else, with these headers; `None` if that cannot be tried."""

    async def try_tunnel(self, base: str, tunnel: Tunnel, ends: Endpoints) -> TunnelTrial | None:
        """Try a handshake with each of Zoom's hosts through a page's tunnel.

        Args:
            base: The folder of the widget's files.
            tunnel: The page's.
            ends: Zoom's addresses, according to the page's settings.

        Returns:
            The outcome; `None` if it cannot be tried.
        """
