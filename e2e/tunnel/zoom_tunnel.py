"""All that is between a page and Zoom in a tunnel: a forwarder, and a Zoom that speaks TLS.

with ZoomTunnel(simulator, folder) as tunnel:
    ...  # the page's data-tunnel is tunnel.url, its data-tunnel-roots are tunnel.roots
    assert not tunnel.search().leaks
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from zoom_meeting_testing.service import ServiceGroup
from zoom_meeting_testing.simulator.access import find_problems, list_own_origins

from e2e.relay.certificates import Authority
from e2e.tunnel.sight import describe_sight
from e2e.tunnel.tls_zoom import TlsZoom
from e2e.tunnel.tunnel import Tunnel
from e2e.tunnel.websockify import read_targets

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from starlette.requests import Request
    from zoom_meeting_testing.simulator import Simulator

    from e2e.relay.canary import Findings

_SIGHT: Final = "/forwarder/sight.json"


class ZoomTunnel(ServiceGroup):
    """A tunnel to a simulator, or to the real Zoom if there is none."""

    def __init__(
        self,
        simulator: Simulator | None,
        folder: Path,
        *,
        port: int = 0,
        page_origin: str | None = None,
    ) -> None:
        """Store what to start.

        Args:
            simulator: The simulator to serve over TLS, under Zoom's names.
            folder: An empty folder.
            port: The forwarder's port; 0 takes any that is free.
            page_origin: The only pages that the forwarder serves; `None` for all.
        """
        super().__init__()
        self.zoom: TlsZoom | None = None
        self.roots: Path | None = None
        """The certificates that the page has to trust, in PEM; `None` with the real Zoom."""
        destinations = read_targets()
        if simulator:
            authority = Authority(folder / "authority.pem")
            self.roots = authority.certificate
            self.zoom = TlsZoom(simulator, authority)
            destinations = self.zoom.destinations
        (folder / "forwarder").mkdir()
        self.forwarder = Tunnel(
            folder / "forwarder", destinations, port=port, page_origin=page_origin
        )

    @property
    def url(self) -> str:
        """The forwarder's address, for `data-tunnel`."""
        return self.forwarder.url

    @property
    def sight(self) -> Route:
        """The route at which the page's server shows what the forwarder sees."""
        return Route(_SIGHT, self._tell_sight)

    def search(self) -> Findings:
        """Search all that the forwarder has seen for each secret that has passed."""
        return self.forwarder.search(self.zoom.secrets.heard if self.zoom else {})

    def clear(self) -> None:
        """Forget what has passed, and open all gates."""
        self.forwarder.clear()
        if self.zoom:
            self.zoom.gates.open_all()
            self.zoom.ear.clear()

    def start_parts(self, running: ExitStack) -> None:
        """Start the simulator over TLS, if there is one, and the forwarder."""
        if self.zoom:
            running.enter_context(self.zoom)
        running.enter_context(self.forwarder)

    def _tell_sight(self, request: Request) -> Response:
        own = list_own_origins(request.url.scheme, request.scope["server"][1])
        problems = find_problems(request.method, request.headers, own)
        if problems:
            return JSONResponse({"error": f"Use {own[0]}.", "problems": problems}, 403)
        secrets = self.zoom.secrets.heard if self.zoom else None
        return JSONResponse(describe_sight(self.forwarder, secrets))
