"""Serves `dist/` as docs/serving.md asks an embedder's server to.

    app = Starlette(routes=[Mount("/zoom", WidgetFiles(directory="dist"))])

Facts:

- A name in a folder `assets` contains a hash of the file's content, so a browser that has the file
  never asks for it again. `embed.js` has the same name in every build.
- Beside a file there may be a smaller `.br` and `.gz` of it. Chromium accepts Brotli over https and
  from 127.0.0.1, but not from other http hosts.
- A page compiles WebAssembly while it arrives only if its media type is right.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from os import PathLike

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

DIST: Final = Path(__file__).resolve().parent.parent / os.environ.get("DIST", "dist")
"""What `make build` wrote; `DIST` in the environment names another build."""
_CODINGS: Final = {"br": ".br", "gzip": ".gz"}
"""The codings that clients accept, with the ending of such a file's name; the smallest first."""
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
}
"""Media types by ending; the table of some machines does not have `.wasm`."""
_NO_SUCH_FILE: Final = 404
_WHOLE: Final = 200


class WidgetFiles(StaticFiles):
    """The files of one folder, to be mounted at the path of `embed.js`."""

    def __init__(self, directory: str | PathLike[str], *, loader_max_age: int = 0) -> None:
        """Prepare to serve a folder.

        Args:
            directory: The folder that `make build` wrote.
            loader_max_age: Seconds for which a browser may use `embed.js` without asking. With 0 a
                new build shows at once, and an unchanged one costs a 304.
        """
        super().__init__(directory=directory)
        self._loader_caching = (
            f"public, max-age={loader_max_age}, stale-while-revalidate=86400"
            if loader_max_age
            else "no-cache"
        )

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the smallest form of the file that the client accepts."""
        coding, response = await self._find(path, scope)
        response.headers["cache-control"] = self._choose_caching(PurePosixPath(path))
        response.headers["vary"] = "Accept-Encoding"
        if response.status_code == _WHOLE:
            media_type = _TYPES.get(PurePosixPath(path).suffix)
            if media_type:
                response.headers["content-type"] = media_type
            if coding:
                response.headers["content-encoding"] = coding
        return response

    async def _find(self, path: str, scope: Scope) -> tuple[str, Response]:
        accepted = _parse_accept_encoding(Headers(scope=scope).get("accept-encoding", ""))
        for coding, ending in _CODINGS.items():
            if coding not in accepted:
                continue
            try:
                return coding, await super().get_response(path + ending, scope)
            except HTTPException as error:
                if error.status_code != _NO_SUCH_FILE:
                    raise
        return "", await super().get_response(path, scope)

    def _choose_caching(self, path: PurePosixPath) -> str:
        if "assets" in path.parts:
            return "public, max-age=31536000, immutable"
        if path.name == "callback.html":  # its URL contains an authorization code
            return "no-store"
        return self._loader_caching


class PageHeaders:
    """Middleware for the headers that a host's pages and the widget's files are sent with."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
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
                sent.setdefault("cache-control", "no-cache")  # for the host's own pages
            await send(message)

        await self._app(scope, receive, send_with_headers)


def write_policy(*origins: str) -> str:
    """Return the content security policy that the widget promises to run under.

    The origins are added to `connect-src`.
    """
    connect = " ".join(["'self'", *origins])
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
        f"img-src 'self' data:; connect-src {connect}; base-uri 'none'; form-action 'none'"
    )


def _parse_accept_encoding(header: str) -> frozenset[str]:
    """Return the codings that a client accepts; not those of weight 0 (RFC 9110, 12.5.3)."""
    accepted = set()
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        _, _, value = weight.partition("=")
        if value.strip().strip("0.") or not weight.strip():
            accepted.add(coding.strip())
    return frozenset(accepted)
