"""nginx with the recipe of docs/relay/nginx.conf, in front of a host's application.

    with NginxRelay(nginx, folder, application_url=…, zoom_port=…, authorities=…) as relay:
        ...  # the page is at relay.url, its data-relay is PATH

The recipe is used as it stands: only the file of authorities and the address of the session check
are put in, as an embedder has to. Its two hosts are not looked up, because what surrounds it gives
their names to the simulator.
"""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from e2e.relay.program import HOST, Program, find_free_port, is_listening

if TYPE_CHECKING:
    from e2e.relay.nginx import Nginx

PATH: Final = "/zoom-relay/"
RECIPE: Final = Path(__file__).resolve().parents[2] / "docs" / "relay" / "nginx.conf"
_AUTHORITIES: Final = "/etc/ssl/certs/ca-certificates.crt"
_SESSION_CHECK: Final = "http://127.0.0.1:3000/session"

# Zoom has two addresses, so that there would be a second one to try a failed call at; neither is
# avoided for having failed, as none is that was looked up. What the recipe must not take over from
# its surroundings is there, too: an access log, error pages, an expression that fits its paths. The
# redirect back from Zoom has the code in it: an embedder keeps it out of the log, and so does this.
_SURROUNDINGS: Final = Template("""\
daemon off;
master_process off;
pid $folder/nginx.pid;
error_log $folder/logs/error.log info;
events { worker_connections 128; }
http {
  $log_format
  access_log $folder/logs/access.log $log_name;
  client_body_temp_path $folder/temp/body;
  proxy_temp_path $folder/temp/proxy;
  fastcgi_temp_path $folder/temp/fastcgi;
  scgi_temp_path $folder/temp/scgi;
  uwsgi_temp_path $folder/temp/uwsgi;
  $zoom
  server {
    listen $host:$port;
    error_page 401 403 404 /the-hosts-own-page;
    proxy_intercept_errors on;
    proxy_set_header Host $$http_host;
    location = /zoom/callback.html { access_log off; proxy_pass $application_url; }
    location / { proxy_pass $application_url; }
    location ~ /users/ { return 418; }
    include $folder/zoom-relay.conf;
  }
}
""")
_ZOOM: Final = Template("""\
upstream zoom.us { $servers }
  upstream api.zoom.us { $servers }""")
_COMBINED: Final = ("", "combined")


class NginxRelay(Program):
    """One nginx, everything of which is in its folder."""

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
        log: tuple[str, str] = _COMBINED,
    ) -> None:
        """Write its configuration.

        Args:
            nginx: The program.
            folder: An empty one.
            application_url: What is behind it, with the session check at `/session`.
            zoom_port: Where a simulated Zoom speaks TLS; `None` leaves Zoom to be looked up.
            authorities: Whose certificates it takes for Zoom's.
            port: Where it listens; 0 takes any that is free.
            recipe: Another one than the documented, to see what comes of it.
            log: The definition and the name of the format of the access log around it.
        """
        self.port = port or find_free_port()
        for name in ("logs", "temp"):
            (folder / name).mkdir()
        given = {_AUTHORITIES: str(authorities), _SESSION_CHECK: f"{application_url}/session"}
        for documented, own in given.items():
            if recipe.count(documented) != 1:
                raise ValueError(f"The recipe does not name {documented} once")
            recipe = recipe.replace(documented, own)
        server = f"server {HOST}:{zoom_port} max_fails=0; "
        (folder / "zoom-relay.conf").write_text(recipe, encoding="utf-8")
        surroundings = _SURROUNDINGS.substitute(
            folder=folder,
            host=HOST,
            port=self.port,
            zoom=_ZOOM.substitute(servers=2 * server) if zoom_port else "",
            application_url=application_url,
            log_format=log[0],
            log_name=log[1],
        )
        (folder / "nginx.conf").write_text(surroundings, encoding="utf-8")
        super().__init__(
            [nginx.path, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"],
            folder,
            is_ready=lambda _: is_listening(self.port),
            environment=nginx.build_environment(),
        )

    @property
    def url(self) -> str:
        """The page's own origin."""
        return f"http://{HOST}:{self.port}"
