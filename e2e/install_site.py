"""An embedder's site that can be set up wrongly, for the install check.

site = InstallSite(zoom, add_gzip(DIST, folder))
with ServerThread(site.app) as server:
    site.policy = "default-src 'self'"
    site.missing.add("/zoom/callback.html")
    page.goto(f"{server.url}/zoom/check.html?page=/appointments")
"""

from __future__ import annotations

import gzip
import shutil
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from e2e.delivery import WidgetFiles

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from e2e.demo import Zoom

_NOT_FOUND: Final = 404
_FOUND: Final = 302
_ELEMENT: Final = (
    '<textarea id="notes"></textarea>'
    '<zoom-meeting appointment="1" starts="2199-11-12T18:00" notes="#notes"></zoom-meeting>'
)


def add_gzip(dist: Path, folder: Path) -> Path:
    """Copy the widget's files, each with a quickly made `.gz` beside it."""
    target = folder / "zoom"
    shutil.copytree(dist, target, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    for path in [path for path in target.rglob("*") if path.is_file()]:
        smaller = gzip.compress(path.read_bytes(), compresslevel=1)
        path.with_name(f"{path.name}.gz").write_bytes(smaller)
    return target


@dataclass
class InstallSite:
    """A page at `/appointments`, and the widget at `/zoom/`, as the documentation asks for.

    Attributes:
        zoom: The Zoom that the page talks to.
        dist: The widget's files.
        policy: The page's content security policy.
        assets_policy: The policy of everything else.
        attributes: The script tag's attributes.
        missing: Paths that answer 404.
        headers: The changed headers of a path or a folder (it ends in a slash); an empty value
            removes the header.
        bodies: The changed bodies of paths.
        redirects: The addresses that folders (they end in a slash) redirect to.
        tag: Markup to use for the tag, instead of one with the attributes.
    """

    zoom: Zoom
    dist: Path
    policy: str = ""
    assets_policy: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    tag: str | None = None

    def __post_init__(self) -> None:
        self.policy = self.policy or self.zoom.build_policy()
        self.assets_policy = self.assets_policy or self.policy
        self.attributes = {**self.zoom.build_attributes(), **self.attributes}
        self.app = Starlette(
            routes=[
                Route("/appointments", self._show_page),
                Mount("/zoom", WidgetFiles(directory=self.dist, loader_max_age=300)),
            ]
        )
        self.app.add_middleware(_Changes, site=self)

    def write_tag(self) -> str:
        """Return the script tag."""
        written = " ".join(f'{name}="{escape(text)}"' for name, text in self.attributes.items())
        return f'<script type="module" src="/zoom/embed.js" {written}></script>'

    def find_headers(self, path: str) -> dict[str, str]:
        """Return the changed headers of this path."""
        is_page = path == "/appointments"
        found = {"content-security-policy": self.policy if is_page else self.assets_policy}
        if path.endswith("/callback.html"):
            found["referrer-policy"] = "no-referrer"
        for place, headers in self.headers.items():
            if path == place or (place.endswith("/") and path.startswith(place)):
                found |= headers
        return found

    async def _show_page(self, _request: Request) -> Response:
        tag = self.write_tag() if self.tag is None else self.tag
        return HTMLResponse(
            f'<!doctype html><html lang="en"><title>Appointments</title>{tag}{_ELEMENT}</html>',
            headers={"cache-control": "no-cache"},
        )


class _Changes:
    """Middleware that makes the site's changes."""

    def __init__(self, app: ASGIApp, site: InstallSite) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path in self._site.missing:
            await Response("not here", _NOT_FOUND)(scope, receive, send)
            return

        for folder, address in self._site.redirects.items():
            if path.startswith(folder):
                await RedirectResponse(address, _FOUND)(scope, receive, send)
                return

        if path in self._site.bodies:
            await HTMLResponse(self._site.bodies[path])(scope, receive, send)
            return

        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, text in self._site.find_headers(path).items():
                    if text:
                        headers[name] = text
                    elif name in headers:
                        del headers[name]
            await send(message)

        await self._app(scope, receive, send_changed)
