"""Serves the demo page, and beside it the Zoom simulator on an origin of its own.

    python -m e2e.demo --port 8000 --zoom-port 8001
    python -m e2e.demo --way relay --relay-port 8002            # a relay between the page and Zoom
    python -m e2e.demo --way tunnel --tunnel-port 8003          # TLS from the page to Zoom
    python -m e2e.demo --zoom-client-id YOUR_PUBLIC_CLIENT_ID   # the real Zoom instead

The page is sent with the content security policy that the widget promises to run under; the
simulator's origin is added to it, and nothing else. With a relay or a tunnel, its origin stands
there instead of Zoom's, and the simulator answers no page, so that nothing works but by that way.
"""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from e2e.changes import Changes
from e2e.delivery import WidgetFiles
from e2e.relay.worker import WorkerRelay
from e2e.simulator import ServerThread, Settings, Simulator, SimulatorServer

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
_ZOOM: Final = ("https://zoom.us", "https://api.zoom.us")
_ROOTS_PATH: Final = "/forwarder/roots.pem"
DEMO_CLIENT_ID = "demo-public-client"  # the one that the simulator knows
WAYS: Final = ("direct", "relay", "tunnel")
NO_PAGE_MAY_ASK: Final = {"cors_token": False, "cors_api": False, "refuses_origin": True}
"""The simulator's settings with which nothing gets through but a relay or a tunnel."""


@dataclass(frozen=True)
class Zoom:
    """Which Zoom the page talks to, and by which way.

    Attributes:
        client_id: The app's public client ID.
        origin: The simulator's; `None` for the real Zoom.
        relay: The address of a relay, or its path on the page's own origin; empty for none.
        tunnel: The address of a forwarder, or its path, with `{target}` in it; empty for none.
        roots: The file of whom to trust at the other end of it; `None` for the built-in ones.
    """

    client_id: str
    origin: str | None = None
    relay: str = ""
    tunnel: str = ""
    roots: Path | None = None

    def build_attributes(self) -> dict[str, str]:
        """What the script tag says."""
        attributes = {"data-client-id": self.client_id}
        if self.origin is not None:
            attributes["data-authorize-url"] = f"{self.origin}/oauth/authorize"
        if self.relay:
            attributes["data-relay"] = self.relay
        elif self.tunnel:
            attributes["data-tunnel"] = self.tunnel
            if self.roots:
                attributes["data-tunnel-roots"] = _ROOTS_PATH
        elif self.origin is not None:
            attributes |= {
                "data-token-url": f"{self.origin}/oauth/token",
                "data-revoke-url": f"{self.origin}/oauth/revoke",
                "data-api-url": f"{self.origin}/v2",
            }
        return attributes

    def build_policy(self) -> str:
        """The content security policy: the widget's own, and the simulator's origin."""
        between = self.relay or self.tunnel
        asked = [_find_origin(between)] if between else [*_ZOOM, self.origin]
        connect = " ".join(["'self'", *filter(None, asked)])
        return (
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
            f"img-src 'self' data:; connect-src {connect}; base-uri 'none'; form-action 'none'"
        )

    def describe_way(self) -> tuple[str, str]:
        """How calls get to Zoom, in a word; and what that means."""
        host = urlsplit(self.relay or self.tunnel).netloc or "this site's own server"
        if self.relay:
            return (
                "Relay",
                f"Calls to Zoom pass through {host}, which sees the token and keeps nothing.",
            )
        if self.tunnel:
            return (
                "Tunnel",
                f"This page speaks TLS with Zoom itself. {host} carries it, and cannot read it.",
            )
        return "Direct", "This page calls Zoom itself, and nothing stands in between."


def _find_origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


class _Headers:
    """Adds response headers that hold for every path."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_callback = scope.get("path", "").endswith("/callback.html")
        headers = {
            "content-security-policy": self._policy,
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer" if is_callback else "strict-origin-when-cross-origin",
        }

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                for name, value in headers.items():
                    sent[name] = value
                sent.setdefault("cache-control", "no-cache")  # the book's own pages
            await send(message)

        await self._app(scope, receive, send_with_headers)


def create_demo_app(
    zoom: Zoom,
    *,
    dist: Path = ROOT / "dist",
    sight: Route | None = None,
    changes: Changes | None = None,
) -> Starlette:
    """The demo page at `/`, and the built widget at `/zoom/`.

    Args:
        zoom: Which one, and by which way.
        dist: What `make build` wrote.
        sight: Tells the page what the tunnel's forwarder sees.
        changes: Tells the page when to load again; for whoever works on it.
    """

    async def show_page(_request: Request) -> Response:
        attributes = zoom.build_attributes().items()
        way, meaning = map(escape, zoom.describe_way())
        page = Template((ROOT / "index.html").read_text(encoding="utf-8")).substitute(
            widget_attributes=" ".join(f'{name}="{escape(value)}"' for name, value in attributes),
            simulator_link=f"{zoom.origin or ''}/",
            simulator_hidden="" if zoom.origin else "hidden",
            forwarder_hidden="" if sight else "hidden",
            way=way,
            way_meaning=meaning,
        )
        if changes:
            page = page.replace("</head>", f"{changes.write_markup()}</head>", 1)
        return HTMLResponse(page)

    async def send_roots(_request: Request) -> Response:
        return FileResponse(zoom.roots or "", media_type="application/x-pem-file")

    return Starlette(
        routes=[
            Route("/", show_page),
            *([sight] if sight else []),
            *([changes.route] if changes else []),
            *([Route(_ROOTS_PATH, send_roots)] if zoom.roots else []),
            Mount("/demo", StaticFiles(directory=ROOT / "web" / "demo")),
            Mount("/zoom", WidgetFiles(directory=dist)),
        ],
        middleware=[Middleware(_Headers, policy=zoom.build_policy())],
    )


def serve(
    options: argparse.Namespace, watch: Callable[[Event, Changes], None] | None = None
) -> None:
    """Serves until Ctrl-C.

    Args:
        options: From `parse_options`.
        watch: Looks for changes until the event is set, and tells them; without it nobody does.
    """
    stopped, changes = Event(), Changes() if watch else None
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with ExitStack() as running:
            _start(options, running, changes)
            if watch and changes:
                watch(stopped, changes)
            stopped.wait()
    except OSError as error:
        sys.exit(
            f"Cannot serve: {error.strerror}. "
            "Is the port in use? PORT=, ZOOM_PORT=, RELAY_PORT= and TUNNEL_PORT= change it."
        )


def parse_options() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Serve the demo page and the Zoom simulator.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--zoom-port", type=int, default=8001)
    parser.add_argument("--relay-port", type=int, default=8002)
    parser.add_argument("--tunnel-port", type=int, default=8003)
    parser.add_argument("--zoom-client-id", default="", help="use the real Zoom with this client")
    parser.add_argument("--way", default=WAYS[0], help=f"how to reach Zoom: {', '.join(WAYS)}")
    options = parser.parse_args()
    if options.way not in WAYS:
        sys.exit(f"There is no way to Zoom called “{options.way}”: WAY= is {', '.join(WAYS)}.")
    return options


def _start(options: argparse.Namespace, running: ExitStack, changes: Changes | None) -> None:
    page_origin = f"http://127.0.0.1:{options.port}"
    zoom, simulator = Zoom(options.zoom_client_id), None
    if not zoom.client_id:
        settings = Settings(demo_url=f"{page_origin}/")
        is_direct = options.way == "direct"
        simulator = Simulator(settings=settings if is_direct else settings.changed(NO_PAGE_MAY_ASK))
        server = running.enter_context(SimulatorServer(simulator, options.zoom_port))
        zoom = Zoom(DEMO_CLIENT_ID, server.url)
        _say(f"Zoom simulator: {server.url}/")
    sight: Route | None = None
    if options.way == "relay":
        folder = Path(running.enter_context(TemporaryDirectory()))
        relay = WorkerRelay(
            folder, page_origin=page_origin, zoom_url=zoom.origin, port=options.relay_port
        )
        zoom = replace(zoom, relay=running.enter_context(relay).url)
        _say(f"Relay: {zoom.relay}")
    elif options.way == "tunnel":
        from e2e.tunnel.zoom_tunnel import ZoomTunnel  # noqa: PLC0415 - others lack what it needs

        folder = Path(running.enter_context(TemporaryDirectory()))
        tunnel = running.enter_context(ZoomTunnel(simulator, folder, port=options.tunnel_port))
        zoom = replace(zoom, tunnel=tunnel.url, roots=tunnel.roots)
        sight = tunnel.sight
        _say(f"Forwarder: {zoom.tunnel}")
    app = create_demo_app(zoom, sight=sight, changes=changes)
    page = running.enter_context(ServerThread(app, options.port))
    _say(f"Ready: {page.url}/")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - for people and scripts


if __name__ == "__main__":
    serve(parse_options())
