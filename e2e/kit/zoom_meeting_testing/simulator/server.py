"""Serves an application on 127.0.0.1 from a background thread.

    with SimulatorServer() as server:
        urlopen(f"{server.url}/v2/users/me")

`ServerThread` does the same for any ASGI application, over TLS if it gets a context. Several run in
one process, and several may serve one simulator. The main thread stays free, for example to wait
for Ctrl+C.
"""

from __future__ import annotations

import asyncio
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

import uvicorn

from zoom_meeting_testing.service import HOST, Service
from zoom_meeting_testing.simulator.application import create_app
from zoom_meeting_testing.simulator.connections import ABORT, CuttableProtocol
from zoom_meeting_testing.simulator.simulator import Simulator

if TYPE_CHECKING:
    from ssl import SSLContext

    from starlette.types import ASGIApp

PATIENCE_SECONDS: Final = 10


class ServerThread(Service):
    """An application on a port of its own; port 0 takes any that is free."""

    def __init__(self, app: ASGIApp, port: int = 0, tls: SSLContext | None = None) -> None:
        self._scheme = "https" if tls else "http"
        # By its full name: asyncio turns Nagle's delay off only where it can see that it is TCP.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            # A port that was in use a moment ago is free again.
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind((HOST, port))
        except OSError:
            self._socket.close()
            raise
        self.port: int = self._socket.getsockname()[1]
        self._server = _Server(
            uvicorn.Config(
                app,
                http=CuttableProtocol,
                ws="none",
                lifespan="off",
                # Paths and tracebacks could carry secrets; the request log has what is needed.
                access_log=False,
                log_config=None,
                log_level="critical",
                timeout_graceful_shutdown=1,
                ssl_context_factory=(lambda *_: tls) if tls else None,
            )
        )
        self._thread = Thread(target=self._serve, name=f"server on port {self.port}", daemon=True)

    @property
    def url(self) -> str:
        """The server's origin, such as `http://127.0.0.1:8001`."""
        return f"{self._scheme}://{HOST}:{self.port}"

    def start(self) -> None:
        """Return when connections are answered. Raises `RuntimeError` if that takes too long."""
        self._thread.start()
        if not self._server.ready.wait(PATIENCE_SECONDS) or not self._server.started:
            self.stop()
            raise RuntimeError(f"The server on port {self.port} did not start")

    def stop(self) -> None:
        """Return when the thread has ended and the port is free."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(PATIENCE_SECONDS)
        self._socket.close()

    def hang_up(self) -> None:
        """Cut every connection made so far: what was sent on one and not read yet is never seen.

        For servers without TLS. Pages that have gone leave such requests behind.
        """
        with socket.create_connection((HOST, self.port), PATIENCE_SECONDS) as newest:
            cut = self._server.cut_up_to(newest.getsockname())
            asyncio.run_coroutine_threadsafe(cut, self._server.loop).result(PATIENCE_SECONDS)

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._server.ready.set()


class SimulatorServer(ServerThread):
    """A server for the Zoom simulator."""

    def __init__(
        self, simulator: Simulator | None = None, port: int = 0, tls: SSLContext | None = None
    ) -> None:
        self.simulator = simulator or Simulator()
        super().__init__(create_app(self.simulator), port, tls)


class _Server(uvicorn.Server):
    """uvicorn's server, with an event for when it is ready, and a way to cut its connections."""

    loop: asyncio.AbstractEventLoop

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self.ready.set()

    async def cut_up_to(self, client: tuple[str, int]) -> None:
        """Cut the connection from this address and all that were made before it."""
        connections: set[CuttableProtocol] = self.server_state.connections  # type: ignore[assignment] # as configured
        # They are accepted in the order in which they were made; uvicorn tells nobody when.
        while not any(connection.client == client for connection in connections):  # noqa: ASYNC110
            await asyncio.sleep(0)
        for connection in tuple(connections):
            connection.app_state[ABORT]()
        await asyncio.sleep(0)  # each learns of it
