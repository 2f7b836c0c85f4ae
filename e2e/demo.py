"""Serves the demo page, and beside it the Zoom simulator on an origin of its own.

    python -m e2e.demo --port 8000 --zoom-port 8001
    python -m e2e.demo --zoom-client-id YOUR_PUBLIC_CLIENT_ID   # the real Zoom instead

The page is sent with the content security policy that the widget promises to run under; the
simulator's origin is added to it, and nothing else.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from e2e.delivery import WidgetFiles
from e2e.simulator import ServerThread, Settings, Simulator, SimulatorServer

ROOT = Path(__file__).resolve().parent.parent
DEMO_CLIENT_ID = "demo-public-client"  # the one that the simulator knows


@dataclass(frozen=True)
class Zoom:
    """Which Zoom the page talks to; `origin` is `None` for the real one."""

    client_id: str
    origin: str | None = None

    def build_attributes(self) -> dict[str, str]:
        """What the script tag says."""
        attributes = {"data-client-id": self.client_id}
        if self.origin is not None:
            attributes |= {
                "data-authorize-url": f"{self.origin}/oauth/authorize",
                "data-token-url": f"{self.origin}/oauth/token",
                "data-revoke-url": f"{self.origin}/oauth/revoke",
                "data-api-url": f"{self.origin}/v2",
            }
        return attributes

    def build_policy(self) -> str:
        """The content security policy: the widget's own, and the simulator's origin."""
        connect = " ".join(
            ["'self'", "https://zoom.us", "https://api.zoom.us", *filter(None, [self.origin])]
        )
        return (
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
            f"img-src 'self' data:; connect-src {connect}; base-uri 'none'; form-action 'none'"
        )


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


def create_demo_app(zoom: Zoom, *, dist: Path = ROOT / "dist") -> Starlette:
    """The demo page at `/`, and the built widget at `/zoom/`."""

    async def show_page(_request: Request) -> Response:
        attributes = zoom.build_attributes().items()
        page = Template((ROOT / "index.html").read_text(encoding="utf-8")).substitute(
            widget_attributes=" ".join(f'{name}="{escape(value)}"' for name, value in attributes),
            simulator_link=f"{zoom.origin or ''}/",
            simulator_hidden="" if zoom.origin else "hidden",
        )
        return HTMLResponse(page)

    return Starlette(
        routes=[
            Route("/", show_page),
            Mount("/demo", StaticFiles(directory=ROOT / "web" / "demo")),
            Mount("/zoom", WidgetFiles(directory=dist)),
        ],
        middleware=[Middleware(_Headers, policy=zoom.build_policy())],
    )


def main() -> None:
    """Serves until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Serve the demo page and the Zoom simulator.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--zoom-port", type=int, default=8001)
    parser.add_argument("--zoom-client-id", default="", help="use the real Zoom with this client")
    options = parser.parse_args()

    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    servers: list[ServerThread] = []
    try:
        zoom = Zoom(options.zoom_client_id)
        if not options.zoom_client_id:
            simulator = Simulator(settings=Settings(demo_url=f"http://127.0.0.1:{options.port}/"))
            servers.append(_start(SimulatorServer(simulator, options.zoom_port)))
            zoom = Zoom(DEMO_CLIENT_ID, servers[0].url)
            print(f"Zoom simulator: {servers[0].url}/", flush=True)  # noqa: T201 - for people
        servers.append(_start(ServerThread(create_demo_app(zoom), options.port)))
        print(f"Ready: {servers[-1].url}/", flush=True)  # noqa: T201 - for people and scripts
        stopped.wait()
    except OSError as error:
        sys.exit(
            f"Cannot serve: {error.strerror}. Is the port in use? PORT= and ZOOM_PORT= change it."
        )
    finally:
        for server in servers:
            server.stop()


def _start(server: ServerThread) -> ServerThread:
    server.start()
    return server


if __name__ == "__main__":
    main()
