"""A page with the widget, behind nginx with the recipe for the tunnel, and a forwarder.

with TunnelSite(nginx, folder, {"zoom": 4001, "api": 4001}, roots) as site:
    ...  # the page is at site.url; `/sign-in` signs a browser in
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoom_meeting_testing.service import ServiceGroup
from zoom_meeting_testing.simulator import ServerThread

from e2e.relay.host import HostApplication
from e2e.relay.program import find_free_port
from e2e.tunnel.nginx_tunnel import PATH, RECIPE, NginxTunnel
from e2e.tunnel.python_page import ROOTS, create_pages
from e2e.tunnel.websockify import Websockify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack
    from pathlib import Path

    from e2e.relay.nginx import Nginx


class TunnelSite(ServiceGroup):
    """The page's application, nginx in front of it, and a forwarder behind the tunnel's path."""

    def __init__(
        self,
        nginx: Nginx,
        folder: Path,
        ports: Mapping[str, int] | None,
        roots: Path,
        recipe: str = RECIPE.read_text(encoding="utf-8"),
    ) -> None:
        """Store what to start.

        Args:
            nginx: The program to run.
            folder: An empty folder.
            ports: The port for each of the forwarder's words; `None` for no forwarder.
            roots: The certificates that the page trusts, in PEM.
            recipe: Another recipe for nginx than the documented one.
        """
        super().__init__()
        tag = {"data-tunnel": PATH, "data-tunnel-roots": ROOTS}
        self.host = HostApplication(create_pages(roots, tag))
        self.url = ""
        self._nginx = nginx
        self._folder = folder
        self._ports = ports
        self._recipe = recipe

    def start_parts(self, running: ExitStack) -> None:
        """Start the application, the forwarder and nginx."""
        enter = running.enter_context
        application = enter(ServerThread(self.host.app))
        port = find_free_port()
        if self._ports is not None:
            enter(Websockify(self._folder, self._ports, port=port))
        folder = self._folder / "nginx"
        folder.mkdir()
        server = NginxTunnel(
            self._nginx,
            folder,
            application_url=application.url,
            forwarder_port=port,
            recipe=self._recipe,
        )
        self.url = enter(server).url
