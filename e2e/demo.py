"""Serves the demo page, and the Zoom simulator on an origin of its own.

    python -m e2e.demo --port 8000 --zoom-port 8001
    python -m e2e.demo --way relay --relay-port 8002            # through a relay
    python -m e2e.demo --way tunnel --tunnel-port 8003          # through a tunnel
    python -m e2e.demo --zoom-client-id YOUR_PUBLIC_CLIENT_ID   # the real Zoom

The page has the content security policy that the widget promises to run under, with the simulator's
origin added. With a relay or a tunnel, the policy names its origin instead of Zoom's, and the
simulator answers no page: only the chosen way works.
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
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from zoom_meeting_testing.simulator import ServerThread, Settings, Simulator, SimulatorServer

from e2e.changes import Changes
from e2e.delivery import DIST, PageHeaders, WidgetFiles, write_policy
from e2e.demo_orders import DemoOrders
from e2e.gallery.routes import build_routes
from e2e.relay.worker import WorkerRelay

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
_ZOOM: Final = ("https://zoom.us", "https://api.zoom.us")
_ROOTS_PATH: Final = "/forwarder/roots.pem"
DEMO_CLIENT_ID = "demo-public-client"  # the simulator's own public client
WAYS: Final = ("direct", "relay", "tunnel")
NO_PAGE_MAY_ASK: Final = {"cors_token": False, "cors_api": False, "refuses_origin": True}
"""The simulator's settings with which it answers no page: only a relay or a tunnel works."""


@dataclass(frozen=True)
class Zoom:
    """The Zoom that the page talks to, and the way to it.

    Attributes:
        client_id: The app's public client ID.
        origin: The simulator's origin; `None` for the real Zoom.
        relay: The address of a relay, or its path on the page's origin; empty for none.
        tunnel: The address or path of a forwarder, with `{target}` in it; empty for none.
        roots: The file of certificates to trust in the tunnel; `None` for the built-in ones.
    """

    client_id: str
    origin: str | None = None
    relay: str = ""
    tunnel: str = ""
    roots: Path | None = None

    def build_attributes(self) -> dict[str, str]:
        """Return the attributes of the script tag."""
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
        """Return the content security policy for this Zoom."""
        between = self.relay or self.tunnel
        asked = [_find_origin(between)] if between else [*_ZOOM, self.origin]
        return write_policy(*filter(None, asked))

    @property
    def way(self) -> str:
        """The way to Zoom, as `WAYS` names it."""
        if self.relay:
            return "relay"
        return "tunnel" if self.tunnel else "direct"

    @property
    def host_between(self) -> str:
        """The host of the relay or the forwarder; empty if it is the page's own, or none."""
        return urlsplit(self.relay or self.tunnel).netloc

    def describe_way(self) -> tuple[str, str]:
        """Return the way to Zoom in one word, and a sentence on it."""
        host = self.host_between or "this site's own server"
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


def create_demo_app(
    zoom: Zoom,
    *,
    dist: Path = DIST,
    simulator: Simulator | None = None,
    sight: Route | None = None,
    changes: Changes | None = None,
) -> Starlette:
    """Return an application with the demo page at `/` and the built widget at `/zoom/`.

    Args:
        zoom: The Zoom that the page talks to.
        dist: The folder that `make build` wrote.
        simulator: The simulated Zoom, for what the page offers to do there.
        sight: The route that shows what the tunnel's forwarder sees.
        changes: What tells the page to load again after a rebuild (`make watch`).
    """

    async def show_page(_request: Request) -> Response:
        attributes = zoom.build_attributes().items()
        way, meaning = map(escape, zoom.describe_way())
        page = Template((ROOT / "index.html").read_text(encoding="utf-8")).substitute(
            widget_attributes=" ".join(f'{name}="{escape(value)}"' for name, value in attributes),
            simulator_link=f"{zoom.origin or ''}/",
            simulator_hidden="" if zoom.origin else "hidden",
            orders_hidden="" if simulator else "hidden",
            forwarder_hidden="" if sight else "hidden",
            way_name=zoom.way,
            way_host=escape(zoom.host_between),
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
            *([DemoOrders(simulator).route] if simulator else []),
            *([sight] if sight else []),
            *([changes.route] if changes else []),
            *([Route(_ROOTS_PATH, send_roots)] if zoom.roots else []),
            Mount("/demo", StaticFiles(directory=ROOT / "web" / "demo")),
            Mount("/zoom", WidgetFiles(directory=dist)),
            *build_routes(),
        ],
        middleware=[Middleware(PageHeaders, policy=zoom.build_policy())],
    )


def serve(
    options: argparse.Namespace, watch: Callable[[Event, Changes], None] | None = None
) -> None:
    """Serve until Ctrl+C.

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
            "If a port is taken, set another with PORT=, ZOOM_PORT=, RELAY_PORT= or TUNNEL_PORT=."
        )


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Serve the demo page and the Zoom simulator.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--zoom-port", type=int, default=8001)
    parser.add_argument("--relay-port", type=int, default=8002)
    parser.add_argument("--tunnel-port", type=int, default=8003)
    parser.add_argument(
        "--zoom-client-id", default="", help="use the real Zoom with this public client ID"
    )
    parser.add_argument("--way", default=WAYS[0], help=f"how to reach Zoom: {', '.join(WAYS)}")
    options = parser.parse_args()
    if options.way not in WAYS:
        sys.exit(f"“{options.way}” is no way to Zoom. Choose WAY= from {', '.join(WAYS)}.")
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
        tunnel = running.enter_context(
            ZoomTunnel(simulator, folder, port=options.tunnel_port, page_origin=page_origin)
        )
        zoom = replace(zoom, tunnel=tunnel.url, roots=tunnel.roots)
        sight = tunnel.sight
        _say(f"Forwarder: {zoom.tunnel}")
    app = create_demo_app(zoom, simulator=simulator, sight=sight, changes=changes)
    page = running.enter_context(ServerThread(app, options.port))
    _say(f"Ready: {page.url}/")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - for people and scripts


if __name__ == "__main__":
    serve(parse_options())
