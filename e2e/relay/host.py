"""A host's application behind a relay or a tunnel: pages, a sign-in of its own, a session check.

host = HostApplication(create_demo_app(zoom))
...  # serve host.app; `/sign-in` signs a browser in, `/session` checks that it is
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

COOKIE: Final = "salon_session"
_SEEN_ELSEWHERE: Final = 302


class HostApplication:
    """An application with one session, which all users who have signed in share."""

    def __init__(self, pages: ASGIApp) -> None:
        self.session = secrets.token_urlsafe(24)
        self.status_for_strangers = 401
        self.asked: list[dict[str, str]] = []
        """The headers of each session check."""
        self.app = Starlette(
            routes=[
                Route("/sign-in", self._sign_in),
                Route("/session", self._check),
                Mount("/", pages),
            ]
        )

    @property
    def cookie(self) -> str:
        """The cookie of a user who has signed in."""
        return f"{COOKIE}={self.session}"

    async def _sign_in(self, _request: Request) -> Response:
        response = Response("Welcome", media_type="text/plain")
        response.set_cookie(COOKIE, self.session, httponly=True, samesite="lax")
        return response

    async def _check(self, request: Request) -> Response:
        self.asked.append(dict(request.headers))
        if secrets.compare_digest(request.cookies.get(COOKIE, ""), self.session):
            return Response(status_code=204)
        response = Response(status_code=self.status_for_strangers)
        response.set_cookie(COOKIE, "")
        if self.status_for_strangers == _SEEN_ELSEWHERE:
            response.headers["location"] = "/sign-in"
        return response
