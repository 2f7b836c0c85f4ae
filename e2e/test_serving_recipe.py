"""The recipe of docs/serving.md in the real nginx, in both layouts that the document shows."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.request import Request, urlopen

import pytest
from zoom_meeting_testing.service import HOST

from e2e.relay.nginx_server import fit
from e2e.relay.program import Program, find_free_port, is_listening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from e2e.relay.nginx import Nginx

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
RECIPE: Final = (DOCS / "serving" / "nginx.conf").read_text("utf-8")
IN_CONF_D, WHOLE = re.findall(
    r"```nginx\n(.*?)```", (DOCS / "serving.md").read_text("utf-8"), re.DOTALL
)
# Debian's own /etc/nginx/nginx.conf, but for lines about TLS: what a file in conf.d/ is read into.
DEBIAN: Final = """\
worker_processes auto;
include {folder}/modules-enabled/*.conf;
events {{ worker_connections 768; }}
http {{
  sendfile on;
  types_hash_max_size 2048;
  default_type application/octet-stream;
  access_log {folder}/access.log;
  gzip on;
  include {folder}/conf.d/*.conf;
  include {folder}/sites-enabled/*;
}}
"""
FOREVER: Final = "public, max-age=31536000, immutable"
FOR_MINUTES: Final = "public, max-age=300, stale-while-revalidate=86400"
FILES: Final = {
    "embed.js": ("text/javascript", FOR_MINUTES),
    "check.html": ("text/html", FOR_MINUTES),
    "check.css": ("text/css", FOR_MINUTES),
    "manifest.json": ("application/json", FOR_MINUTES),
    "licenses.txt": ("text/plain", FOR_MINUTES),
    "callback.html": ("text/html", "no-store"),
    "assets/runtime-1a2b.mjs": ("text/javascript", FOREVER),
    "assets/pyodide-1a2b.wasm": ("application/wasm", FOREVER),
    "assets/python-1a2b.zip": ("application/zip", FOREVER),
    "tunnel/assets/tls-1a2b.wasm": ("application/wasm", FOREVER),
    "tunnel/tunnel-1a2b.js": ("text/javascript", FOR_MINUTES),
}


@dataclass(frozen=True)
class Sent:
    """What came."""

    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Site:
    """A salon's server, and the folder that has all its files."""

    port: int
    folder: Path

    def get(self, path: str, **headers: str) -> Sent:
        """Fetch a file."""
        request = Request(f"http://{HOST}:{self.port}{path}", headers=headers)
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - always http
            return Sent({k.lower(): v for k, v in answer.headers.items()}, answer.read())


def write_files(folder: Path) -> None:
    """Put a page and the widget's files, in name, where the recipe looks for them."""
    for name in FILES:
        path = folder / "www" / "zoom" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"this is {name}")
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    (folder / "www" / "pages").mkdir()
    (folder / "www" / "pages" / "index.html").write_text("<!doctype html><title>Salon</title>")


def lay_out(folder: Path, layout: str, port: int) -> Path:
    """Write the configuration, and return the file that nginx starts from."""
    for name in ("snippets", "modules-enabled", "conf.d", "sites-enabled"):
        (folder / name).mkdir()
    recipe = fit(RECIPE, {"/srv/www;": f"{folder}/www;"})
    (folder / "snippets" / "zoom-widget.conf").write_text(recipe)
    block = IN_CONF_D if layout == "conf.d" else WHOLE
    block = fit(block, {"listen 80;": f"listen {HOST}:{port};", "/srv/www/": f"{folder}/www/"})
    start = folder / "nginx.conf"
    if layout == "conf.d":
        (folder / "conf.d" / "app.conf").write_text(block)
        start.write_text(DEBIAN.format(folder=folder))
    else:
        start.write_text(block)
    return start


@pytest.fixture(scope="module", params=["conf.d", "whole"])
def site(
    request: pytest.FixtureRequest, nginx: Nginx, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nginx")
    write_files(folder)
    port = find_free_port()
    start = lay_out(folder, request.param, port)
    # Where no one but root may write otherwise; the foreground, so that it stops with the test.
    temp = "".join(
        f"{name}_temp_path {folder}/temp-{name};"
        for name in ("client_body", "proxy", "fastcgi", "scgi", "uwsgi")
    )
    log = "" if request.param == "conf.d" else f"access_log {folder}/access.log;"
    start.write_text(start.read_text().replace("http {", f"http {{ {temp} {log}", 1))
    outside = f"daemon off; master_process off; pid {folder}/nginx.pid;"
    server = Program(
        [nginx.path, "-p", folder, "-c", start, "-e", "stderr", "-g", outside],
        folder,
        is_ready=lambda _: is_listening(port),
        environment=nginx.build_environment(),
    )
    with server:
        yield Site(port, folder)


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_sent_as_the_table_says(site: Site, name: str) -> None:
    media_type, caching = FILES[name]
    plain = site.get(f"/zoom/{name}")
    small = site.get(f"/zoom/{name}", **{"Accept-Encoding": "gzip"})
    assert plain.body == gzip.decompress(small.body) == f"this is {name}".encode()
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    for sent in (plain, small):
        assert sent.headers["content-type"] == media_type
        assert sent.headers["cache-control"] == caching
        assert sent.headers["vary"] == "Accept-Encoding"


def test_the_callback_tells_nobody_its_address(site: Site) -> None:
    sent = site.get("/zoom/callback.html?code=a-code-of-zooms")
    assert sent.headers["referrer-policy"] == "no-referrer"
    site.get("/?a-page-of-the-salons")
    log = (site.folder / "access.log").read_text()
    assert "a-page-of-the-salons" in log  # the server does keep a log
    assert "a-code-of-zooms" not in log


def test_the_salons_own_pages_are_beside_it(site: Site) -> None:
    sent = site.get("/index.html")
    assert b"Salon" in sent.body
