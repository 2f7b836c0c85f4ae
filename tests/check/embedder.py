"""An embedder's server, on real HTTP, in which each thing can be broken."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request as WebRequest
from starlette.responses import Response as WebResponse
from starlette.routing import Route
from zoom_meeting_testing.simulator import ServerThread, SimulatorServer

from pywidget.browser.urllib_http import UrllibTransport
from pywidget.check.facts import BrowserFacts
from pywidget.check.row import Row, Verdict
from pywidget.check.run import check_page
from pywidget.check.target import Target
from pywidget.check.terminal_reach import TerminalReach
from pywidget.domain.errors import UnreachableError
from pywidget.zoom.http import Request

WEB = Path(__file__).resolve().parents[2] / "web"
ORIGIN = "http://127.0.0.1:8000"
SCRIPT = b"export const answer = 42; // " + b"and so on " * 1000

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
    ".json": "application/json",
}
_RENEWED = "public, max-age=300, stale-while-revalidate=86400"
_KEPT = "public, max-age=31536000, immutable"
ASKED_FOR = ("authorization", "content-type", "accept")


@dataclass
class Embedder:
    """What it sends. Tests change it; by default all is as docs/serving.md asks.

    Attributes:
        zoom: Where the simulator is.
        settings: The script tag's settings; without any, the simulator's addresses are added.
        tag: More attributes of the tag; empty ones are left out.
        element: What stands in the body.
        head: What stands in the head, before the tag.
        page_headers: Headers of the page.
        second_policy: Another policy, in a header of its own.
        headers: Headers of files by their paths; `None` takes one away.
        files: The folder's files.
        relay_passes: Headers that the relay passes on.
        relay_allows: `Access-Control-Allow-Origin` of its answers.
        relay_asks: Whether it asks for a session, and so lets nobody in from a terminal.
    """

    zoom: str
    settings: dict[str, str] = field(default_factory=dict)
    tag: dict[str, str] = field(default_factory=dict)
    element: str = (
        '<zoom-meeting appointment="8" starts="2199-11-12T18:00" notes="#notes"></zoom-meeting>'
    )
    head: str = ""
    page: bytes | None = None
    page_status: int = 200
    page_headers: dict[str, str] = field(default_factory=dict)
    second_policy: str = ""
    headers: dict[str, dict[str, str | None]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    compresses: bool = True
    relay_passes: tuple[str, ...] = ASKED_FOR
    relay_allows: str | None = None
    relay_asks: bool = True
    relay_only: str | None = None

    def __post_init__(self) -> None:
        self.files |= {
            "embed.js": SCRIPT,
            "callback.html": (WEB / "callback.html").read_bytes(),
            "callback.js": (WEB / "callback.js").read_bytes(),
            "callback.css": (WEB / "callback.css").read_bytes(),
            "assets/core-1a2b.mjs": SCRIPT + b"1",
            "assets/python-3c4d.wasm": b"\0asm" + bytes(5000),
            "assets/library-5e6f.zip": b"PK" + bytes(5000),
        }
        listed = {
            name: {"bytes": len(body), "sha256": sha256(body).hexdigest()}
            for name, body in self.files.items()
        }
        listing = {"version": "1.2.3", "files": listed}
        self.files["manifest.json"] = json.dumps(listing).encode()

    def create_app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/book", self._send_page),
                Route("/zoom/{name:path}", self._send_file),
                Route("/relay/{path:path}", self._relay, methods=["GET", "POST", "OPTIONS"]),
            ]
        )

    def write_page(self) -> bytes:
        """The page's HTML."""
        settings = {
            "client-id": "demo-public-client",
            "authorize-url": f"{self.zoom}/oauth/authorize",
            "token-url": f"{self.zoom}/oauth/token",
            "revoke-url": f"{self.zoom}/oauth/revoke",
            "api-url": f"{self.zoom}/v2",
        } | self.settings
        tag = {"type": "module", "src": "/zoom/embed.js"} | self.tag
        tag |= {f"data-{name}": value for name, value in settings.items() if value}
        attributes = " ".join(f'{name}="{value}"' for name, value in tag.items() if value)
        return (
            f"<!doctype html><html><head>{self.head}<script {attributes}></script></head>"
            f"<body><textarea id='notes'></textarea>{self.element}</body></html>"
        ).encode()

    async def _send_page(self, _request: WebRequest) -> WebResponse:
        body = self.write_page() if self.page is None else self.page
        headers = {"content-type": "text/html; charset=utf-8"} | self.page_headers
        response = WebResponse(body, self.page_status, headers=headers)
        if self.second_policy:
            response.headers.append("content-security-policy", self.second_policy)
        return response

    async def _send_file(self, request: WebRequest) -> WebResponse:
        name = request.path_params["name"]
        body = self.files.get(name)
        if body is None:
            return WebResponse(status_code=404)
        headers: dict[str, str | None] = {
            "content-type": _TYPES[Path(name).suffix],
            "cache-control": _KEPT if "assets/" in name else _RENEWED,
            "vary": "Accept-Encoding",
        }
        if name == "callback.html":
            headers |= {"cache-control": "no-store", "referrer-policy": "no-referrer"}
        if self.compresses and "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            body = gzip.compress(body, mtime=0)
        headers |= self.headers.get(name, {})
        return WebResponse(body, headers={k: v for k, v in headers.items() if v is not None})

    async def _relay(self, request: WebRequest) -> WebResponse:
        """Passes a call on, or does not."""
        cors = {"access-control-allow-origin": self.relay_allows} if self.relay_allows else {}
        if self.relay_only is not None and request.headers.get("origin") != self.relay_only:
            return WebResponse(status_code=403)
        if request.method == "OPTIONS":
            cors |= {
                "access-control-allow-methods": "GET, POST, PATCH, DELETE",
                "access-control-allow-headers": ", ".join(ASKED_FOR),
            }
            return WebResponse(status_code=204, headers=cors)
        if self.relay_asks:
            return WebResponse('{"relay": "no session"}', 401)
        passed = {n: request.headers[n] for n in self.relay_passes if n in request.headers}
        url = f"{self.zoom}/{request.path_params['path']}"
        body = await request.body() or None
        message = Request(request.method, url, passed, body)
        try:
            answer = await asyncio.to_thread(lambda: asyncio.run(UrllibTransport().send(message)))
        except UnreachableError:
            return WebResponse(status_code=502, headers=cors)
        return WebResponse(answer.body, answer.status, headers=cors)


@dataclass
class Checked:
    """The rows of one run."""

    rows: list[Row]

    def find(self, row_id: str) -> Row:
        (row,) = [row for row in self.rows if row.id == row_id]
        return row

    def list_ids(self, verdict: Verdict) -> set[str]:
        return {row.id for row in self.rows if row.verdict is verdict}

    @property
    def wrong(self) -> set[str]:
        return self.list_ids(Verdict.WRONG)

    @property
    def unknown(self) -> set[str]:
        return self.list_ids(Verdict.UNKNOWN)


@dataclass
class Desk:
    """An embedder with a terminal: checks a page that is served for real."""

    simulator: SimulatorServer
    embedder: Embedder
    server: ServerThread
    skew: timedelta = timedelta()  # how far this machine's clock is ahead

    @property
    def url(self) -> str:
        return f"{self.server.url}/book"

    def check(
        self,
        url: str = "",
        *,
        tag: Mapping[str, str] | None = None,
        facts: BrowserFacts | None = None,
    ) -> Checked:

        async def collect() -> list[Row]:
            reach = TerminalReach(UrllibTransport())
            target = Target(url or self.url, tag)
            rows = check_page(target, facts=facts, reach=reach, now=self.now)
            return [row async for row in rows]

        return Checked(asyncio.run(collect()))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.skew
