"""nginx with the recipe of docs/tunnel/, in front of a host's application and a forwarder.

    with NginxTunnel(nginx, folder, application_url=…, forwarder_port=…) as tunnel:
        ...  # the page is at tunnel.url, its data-tunnel is PATH

Only two addresses are filled in: the session check's and the forwarder's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.service import HOST

from e2e.relay.nginx_server import COMBINED, NginxServer, fit

if TYPE_CHECKING:
    from e2e.relay.nginx import Nginx

PATH: Final = "/zoom-tunnel/{target}"
_FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "tunnel"
RECIPE: Final = _FOLDER / "nginx.conf"
LIMITS: Final = _FOLDER / "limits.conf"
_SESSION_CHECK: Final = "http://127.0.0.1:3000/session"
_FORWARDER: Final = "http://127.0.0.1:6080/"


class NginxTunnel(NginxServer):
    """nginx as the entrance of a tunnel, with a page in front of it."""

    def __init__(
        self,
        nginx: Nginx,
        folder: Path,
        *,
        application_url: str,
        forwarder_port: int,
        port: int = 0,
        recipe: str = RECIPE.read_text(encoding="utf-8"),
        limits: str = LIMITS.read_text(encoding="utf-8"),
        log: tuple[str, str] = COMBINED,
    ) -> None:
        """Write its configuration.

        Args:
            nginx: The program to run.
            folder: An empty folder.
            application_url: The host's application, with the session check at `/session`.
            forwarder_port: The port that websockify listens on.
            port: The port to listen on; 0 takes any that is free.
            recipe: Another recipe than the documented one, to test a mistake.
            limits: Other limits than the documented ones.
            log: The definition and the name of the access log's format.
        """
        fitted = fit(recipe, {_SESSION_CHECK: f"{application_url}/session"})
        super().__init__(
            nginx,
            folder,
            fit(fitted, {_FORWARDER: f"http://{HOST}:{forwarder_port}/"}, times=2),
            application_url=application_url,
            beside=limits,
            port=port,
            log=log,
        )
