"""How far one can see from where the check runs: in a browser's worker, or in a terminal."""

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
    """What came of a request that a page would send to another origin."""

    READABLE = "readable"
    UNREADABLE = "unreadable"  # somebody answers, and a browser does not show it to the page
    REDIRECTED = "redirected"  # a browser went on to where the page may not read
    FORBIDDEN = "forbidden"  # the policy of the check's own page lets nobody ask
    NOBODY = "nobody"
    TOO_SLOW = "too_slow"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it.

    Attributes:
        heard: Whether the page could read it.
        response: What was said, where that could be seen: in a terminal, also of an answer that no
            page could read.
        refusals: In a terminal, one phrase for each thing that CORS lacks, such as
            “Access-Control-Allow-Origin is missing”.
    """

    heard: Heard
    response: Response | None = None
    refusals: tuple[str, ...] = ()


class Reach(Protocol):
    """What a browser and a terminal do differently. `BrowserReach` and `TerminalReach` have it."""

    @property
    def has_session(self) -> bool:
        """Whether requests to the page's own origin carry its user's cookies."""

    async def fetch(self, url: str) -> Response:
        """One of the page's own files: the body as it was before compression, and its headers.

        Raises:
            UnreachableError: Nobody answers, or the answer cannot be read.
        """

    async def find_headers(self, url: str, response: Response) -> Mapping[str, str]:
        """The headers that a browser gets with this file, `content-encoding` among them.

        Raises:
            UnreachableError: Nobody answers any more.
        """

    async def ask(self, request: Request, *, origin: str, methods: tuple[str, ...] = ()) -> Answer:
        """What a page of that origin would hear.

        Args:
            request: A probe: harmless, and without any secret.
            origin: The page's.
            methods: Others that the widget sends to the same place, to be preflighted too.
        """

    async def ask_as_stranger(
        self, request: Request, headers: Mapping[str, str]
    ) -> Response | None:
        """The same from somewhere else, with these headers; `None` where that cannot be tried."""

    async def try_tunnel(self, base: str, tunnel: Tunnel, ends: Endpoints) -> TunnelTrial | None:
        """A handshake with each of Zoom's hosts through a page's tunnel.

        Args:
            base: The folder of the widget's files.
            tunnel: The page's.
            ends: Where its settings say that Zoom is.

        Returns:
            What came of it; `None` where it cannot be tried.
        """
