"""A page with the widget behind nginx with the recipe, and the forwarder that it leads to.

with Site(nginx, folder, {"zoom": 4001, "api": 4001}, roots) as site:
    ...  # the page is at site.url; `/sign-in` makes a browser known
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from e2e.relay.host import HostApplication
from e2e.relay.program import find_free_port
from e2e.simulator import ServerThread
from e2e.tunnel.nginx_tunnel import PATH, RECIPE, NginxTunnel
from e2e.tunnel.python_page import ROOTS, create_pages
from e2e.tunnel.websockify import Websockify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from e2e.relay.nginx import Nginx


class Site:
    """Usable once."""

    def __init__(
        self,
        nginx: Nginx,
        folder: Path,
        ports: Mapping[str, int] | None,
        roots: Path,
        recipe: str = RECIPE.read_text(encoding="utf-8"),
    ) -> None:
        """Know what to start.

        Args:
            nginx: The program.
            folder: An empty one.
            ports: Where the forwarder's words lead to; without any there is no forwarder.
            roots: Whom the page trusts, in PEM.
            recipe: Another one for nginx than the documented.
        """
        tag = {"data-tunnel": PATH, "data-tunnel-roots": ROOTS}
        self.host = HostApplication(create_pages(roots, tag))
        self.url = ""
        self._nginx = nginx
        self._folder = folder
        self._ports = ports
        self._recipe = recipe
        self._running = ExitStack()

    def __enter__(self) -> Self:
        enter = self._running.enter_context
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
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()
