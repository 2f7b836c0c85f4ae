"""What `make demo WAY=tunnel` starts beside the page: a Zoom over TLS, and a forwarder to it.

with TunnelDemo(simulator, folder, port=8003) as tunnel:
    ...  # the page's data-tunnel is tunnel.url; serve tunnel.routes beside it
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from e2e.relay.certificates import Authority
from e2e.tunnel.sight import describe_sight
from e2e.tunnel.tls_zoom import TlsZoom
from e2e.tunnel.tunnel import Tunnel
from e2e.tunnel.websockify import read_targets

if TYPE_CHECKING:
    from types import TracebackType

    from starlette.requests import Request

    from e2e.simulator import Simulator

ROOTS_PATH: Final = "/forwarder/roots.pem"
"""Where the page finds whom to trust for Zoom."""
SIGHT_PATH: Final = "/forwarder/sight.json"


class TunnelDemo:
    """A tunnel to a simulator, or to the real Zoom if there is none. Usable once."""

    def __init__(self, simulator: Simulator | None, folder: Path, *, port: int = 0) -> None:
        """Know what to start.

        Args:
            simulator: It is served over TLS, under Zoom's names.
            folder: An empty one.
            port: Where the forwarder is reached; 0 takes any that is free.
        """
        self._zoom: TlsZoom | None = None
        self._running = ExitStack()
        destinations = read_targets()
        if simulator:
            self._authority = Authority(folder / "authority.pem")
            self._zoom = TlsZoom(simulator, self._authority)
            destinations = self._zoom.destinations
        (folder / "forwarder").mkdir()
        self._tunnel = Tunnel(folder / "forwarder", destinations, port=port)

    @property
    def url(self) -> str:
        """The forwarder's address, for `data-tunnel`."""
        return self._tunnel.url

    @property
    def roots(self) -> str:
        """For `data-tunnel-roots`; empty where the built-in ones count."""
        return ROOTS_PATH if self._zoom else ""

    @property
    def routes(self) -> list[Route]:
        """What the page's own server answers beside the page."""
        return [Route(ROOTS_PATH, self._send_roots), Route(SIGHT_PATH, self._tell_sight)]

    def __enter__(self) -> Self:
        with self._running:
            if self._zoom:
                self._running.enter_context(self._zoom)
            self._running.enter_context(self._tunnel)
            self._running = self._running.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._running.close()

    def _send_roots(self, _request: Request) -> Response:
        return PlainTextResponse(self._authority.certificate.read_text())

    def _tell_sight(self, _request: Request) -> Response:
        secrets = self._zoom.secrets.heard if self._zoom else None
        return JSONResponse(describe_sight(self._tunnel, secrets))
