"""nginx with the recipe of docs/relay/nginx.conf, in front of a host's application.

    with NginxRelay(nginx, folder, application_url=…, zoom_port=…, authorities=…) as relay:
        ...  # the page is at relay.url, its data-relay is PATH

Only the file of authorities and the address of the session check are filled in. Zoom's hosts are
not looked up: the configuration around the recipe gives their names to the simulator.
"""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.service import HOST

from e2e.relay.nginx_server import COMBINED, NginxServer, fit

if TYPE_CHECKING:
    from e2e.relay.nginx import Nginx

PATH: Final = "/zoom-relay/"
RECIPE: Final = Path(__file__).resolve().parents[2] / "docs" / "relay" / "nginx.conf"
_AUTHORITIES: Final = "/etc/ssl/certs/ca-certificates.crt"
_SESSION_CHECK: Final = "http://127.0.0.1:3000/session"

# Zoom has two addresses here, so that nginx could try a failed call again at the second one.
# Neither is avoided after a failure, just as no address is that was looked up.
_ZOOM: Final = Template("""\
upstream zoom.us { $servers }
  upstream api.zoom.us { $servers }""")


class NginxRelay(NginxServer):
    """nginx as a relay, with a page in front of it."""

    def __init__(
        self,
        nginx: Nginx,
        folder: Path,
        *,
        application_url: str,
        zoom_port: int | None,
        authorities: Path,
        port: int = 0,
        recipe: str = RECIPE.read_text(encoding="utf-8"),
        log: tuple[str, str] = COMBINED,
    ) -> None:
        """Write its configuration.

        Args:
            nginx: The program to run.
            folder: An empty folder.
            application_url: The host's application, with the session check at `/session`.
            zoom_port: The port of a simulated Zoom with TLS; `None` for the real Zoom.
            authorities: The file of authorities to trust for Zoom.
            port: The port to listen on; 0 takes any that is free.
            recipe: Another recipe than the documented one, to test a mistake.
            log: The definition and the name of the access log's format.
        """
        given = {_AUTHORITIES: str(authorities), _SESSION_CHECK: f"{application_url}/session"}
        server = f"server {HOST}:{zoom_port} max_fails=0; "
        super().__init__(
            nginx,
            folder,
            fit(recipe, given),
            application_url=application_url,
            beside=_ZOOM.substitute(servers=2 * server) if zoom_port else "",
            port=port,
            log=log,
        )
