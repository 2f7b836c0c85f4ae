"""nginx with one of the recipes in docs/, in front of a host's application.

    class NginxRelay(NginxServer): ...

A recipe is used as it stands; only what an embedder has to adapt is replaced (`fit`). The server
around it has all that could do harm if the recipe inherited it: an access log, error pages, a
location that matches the recipe's paths, and addresses that need no password.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.service import HOST

from e2e.relay.program import Program, find_free_port, is_listening

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from e2e.relay.nginx import Nginx

COMBINED: Final = ("", "combined")
"""nginx's default access log: no definition, and the name of its format."""

# The redirect back from Zoom contains the code. An embedder keeps it out of the log, and so does
# this server.
_SURROUNDINGS: Final = Template("""\
daemon off;
master_process off;
pid $folder/nginx.pid;
error_log $folder/logs/error.log info;
events { worker_connections 512; }
http {
  $log_format
  access_log $folder/logs/access.log $log_name;
  client_body_temp_path $folder/temp/body;
  proxy_temp_path $folder/temp/proxy;
  fastcgi_temp_path $folder/temp/fastcgi;
  scgi_temp_path $folder/temp/scgi;
  uwsgi_temp_path $folder/temp/uwsgi;
  $beside
  server {
    listen $host:$port;
    error_page 401 403 404 /the-hosts-own-page;
    proxy_intercept_errors on;
    satisfy any;
    allow $host;
    proxy_set_header Host $$http_host;
    location = /zoom/callback.html { access_log off; proxy_pass $application_url; }
    location / { proxy_pass $application_url; }
    location ~ /users/ { return 418; }
    include $folder/recipe.conf;
  }
}
""")


class NginxServer(Program):
    """An nginx that keeps all its files in one folder."""

    def __init__(
        self,
        nginx: Nginx,
        folder: Path,
        recipe: str,
        *,
        application_url: str,
        beside: str = "",
        port: int = 0,
        log: tuple[str, str] = COMBINED,
    ) -> None:
        """Write its configuration.

        Args:
            nginx: The program to run.
            folder: An empty folder.
            recipe: The configuration to include in the server.
            application_url: The host's application.
            beside: Configuration to put beside the server.
            port: The port to listen on; 0 takes any that is free.
            log: The definition and the name of the access log's format.
        """
        self.port = port or find_free_port()
        for name in ("logs", "temp"):
            (folder / name).mkdir()
        (folder / "recipe.conf").write_text(recipe, encoding="utf-8")
        surroundings = _SURROUNDINGS.substitute(
            folder=folder,
            host=HOST,
            port=self.port,
            beside=beside,
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
        """The origin of the page."""
        return f"http://{HOST}:{self.port}"


def fit(recipe: str, given: Mapping[str, str], *, times: int = 1) -> str:
    """Replace what an embedder has to adapt.

    Raises `ValueError` if the recipe does not contain it so many times.
    """
    for documented, own in given.items():
        if recipe.count(documented) != times:
            raise ValueError(f"The recipe does not name {documented} {times} times")
        recipe = recipe.replace(documented, own)
    return recipe
