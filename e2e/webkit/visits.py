"""Visits to a page in a WebKit that keeps what a user's browser keeps.

    python -m e2e.webkit.visits

measures first and later visits, and prints their medians.

Facts: A session of WebDriver is a private one. In it WebKit forgets what is in Cache Storage as
soon as no page and no worker has the cache open: a snapshot is gone with the worker that made it.
In an ordinary window it stays, on the disk. So these browsers are not driven: they are given an
address, and the page tells its server how it went.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route
from zoom_meeting_testing.service import ServiceGroup
from zoom_meeting_testing.simulator import ServerThread

from e2e.demo import DEMO_CLIENT_ID, Zoom
from e2e.hosts import HostPages
from e2e.stage import LINK, write_element, write_line
from e2e.webkit.engine import HOW_TO_GET_IT, Engine, Screen, find_engine

if TYPE_CHECKING:
    from starlette.requests import Request

_BODY: Final = (
    f'<textarea id="notes">{write_line(LINK)}</textarea>{write_element()}'
    '<script type="module" src="/hosts/visits.js"></script>'
)
_PATIENCE_S: Final = (
    400  # on a busy machine, for Python's start, eight idle seconds, and a snapshot
)
_ROUNDS: Final = 5


@dataclass(frozen=True)
class Visit:
    """One visit: what Python started from, "nothing" or "snapshot", and after how long."""

    began_with: str
    milliseconds: int


class Visitors(ServiceGroup):
    """A page, and browsers that visit it, each with the memory of those before it."""

    def __init__(self, engine: Engine, hosts: HostPages, home: Path) -> None:
        super().__init__()
        self._engine = engine
        self._home = home
        self._hosts = hosts
        self._told: Queue[Visit] = Queue()
        self._screen = Screen(engine)
        self._server = ServerThread(
            Starlette(
                routes=[
                    Route("/told", self._hear, methods=["POST"]),
                    Mount("/", hosts.app),
                ]
            )
        )
        self._path = hosts.serve(_BODY)

    def start_parts(self, running: ExitStack) -> None:
        """Start the screen and the server."""
        running.enter_context(self._screen)
        running.enter_context(self._server)

    def visit(self, *options: str) -> Visit:
        """Open a browser, wait until the page has done all that it does, and close it."""
        folders = {
            f"XDG_{name}_HOME": str(self._home / name) for name in ("CACHE", "DATA", "CONFIG")
        }
        browser = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            [self._engine.browser, *options, self._server.url + self._path],
            env={**os.environ, **folders, "DISPLAY": self._screen.name},
            stderr=subprocess.DEVNULL,
        )
        try:
            return self._told.get(timeout=_PATIENCE_S)
        finally:
            browser.terminate()
            browser.wait()

    async def _hear(self, request: Request) -> Response:
        told = request.query_params
        self._told.put(Visit(told["from"], int(told["after"])))
        return Response(status_code=204)


def _measure(engine: Engine) -> None:
    visits: list[list[Visit]] = []
    with TemporaryDirectory() as folder:
        hosts = HostPages(Zoom(DEMO_CLIENT_ID), Path(folder) / "apps")
        for number in range(_ROUNDS):
            with Visitors(engine, hosts, Path(folder) / str(number)) as visitors:
                visits.append([visitors.visit() for _ in range(3)])
    for name, column in zip(("first", "second", "third"), zip(*visits, strict=True), strict=True):
        began_with = {visit.began_with for visit in column}
        milliseconds = median(visit.milliseconds for visit in column)
        sys.stdout.write(f"{name} visit, from {' or '.join(began_with)}: {milliseconds:.0f} ms\n")


if __name__ == "__main__":
    found = find_engine()
    if found is None:
        sys.exit(HOW_TO_GET_IT)
    _measure(found)
