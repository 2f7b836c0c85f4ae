"""The server of `server.mjs`, and a user's browser that goes through its pages.

with CertifiedServer(folder, redirect_uri="http://127.0.0.1:8000/callback.html") as server:
    ...  # server.issuer has a path
"""

from __future__ import annotations

import json
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener, urlopen

from zoom_meeting_testing.service import HOST

from e2e.relay.program import Program, find_free_port
from pywidget.zoom.endpoints import Endpoints, parse_endpoints

CLIENT_ID: Final = "public-client"
_SERVER: Final = Path(__file__).with_name("server.mjs")
_PATH: Final = "/some/path"
_MOST_PAGES: Final = 10
_TIMEOUT_SECONDS: Final = 10


class CertifiedServer(Program):
    """A Node process; its only user says yes."""

    def __init__(self, folder: Path, *, redirect_uri: str) -> None:
        """Store how to start it; `folder` is the one it runs in."""
        port = find_free_port()
        self.issuer = f"http://{HOST}:{port}{_PATH}"
        self._redirect_uri = redirect_uri
        command: list[str | Path] = ["node", _SERVER, f"--port={port}", f"--path={_PATH}"]
        command.append(f"--redirect-uri={redirect_uri}")
        super().__init__(command, folder, is_ready=lambda program: "Ready: " in program.stdout)

    @property
    def attributes(self) -> dict[str, str]:
        """What a page's script tag says of it, without `data-`."""
        return {
            "authorize-url": f"{self.issuer}/auth",
            "token-url": f"{self.issuer}/token",
            "revoke-url": f"{self.issuer}/token/revocation",
            "issuer": self.issuer,
        }

    @property
    def endpoints(self) -> Endpoints:
        """The same, as the widget reads it."""
        return parse_endpoints(self.attributes)

    def visit(self, url: str) -> str:
        """Go through the server's pages as a browser, and return the query that comes back.

        Raises:
            AssertionError: It does not come back.
        """
        opener = build_opener(HTTPCookieProcessor(CookieJar()), _NoRedirects())
        for _ in range(_MOST_PAGES):
            with opener.open(url, timeout=_TIMEOUT_SECONDS) as page:
                target = page.headers.get("location")
            assert target is not None, "a page that leads nowhere"
            url = urljoin(url, target)
            if url.startswith(f"{self._redirect_uri}?"):
                return url.removeprefix(self._redirect_uri)
        raise AssertionError("it never comes back")

    def is_alive(self, token: str) -> bool:
        """Tell whether it would still accept a token (RFC 7662)."""
        form = {"token": token, "client_id": "looker", "client_secret": "secret-of-the-looker"}
        url = f"{self.issuer}/token/introspection"
        with urlopen(url, urlencode(form).encode(), timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
            body: dict[str, Any] = json.load(answer)
        return bool(body["active"])


class _NoRedirects(HTTPRedirectHandler):
    """Each redirect is looked at; none is an error."""

    def http_error_302(self, *arguments: Any) -> Any:
        _request, answer, *_rest = arguments
        return answer

    http_error_303 = http_error_302  # type: ignore[assignment]
