"""The widget's Zoom client on real HTTP: our own messages, urllib, and the simulator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from zoom_meeting_testing.simulator import SimulatorServer

from pywidget.browser.urllib_http import UrllibTransport
from pywidget.connection.last_end import LastEnd
from pywidget.connection.session import Session
from pywidget.connection.tab_messages import TabMessages
from pywidget.connection.token_store import TokenStore
from pywidget.connection.zoom_client import ZoomClient
from pywidget.domain.appointment import Appointment
from pywidget.domain.secret import Secret
from pywidget.settings import Settings
from pywidget.zoom.authorization import (
    AuthorizationCode,
    SignInAttempt,
    build_authorization_url,
    parse_authorization_response,
)
from pywidget.zoom.endpoints import Endpoints, parse_endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.token import Token, build_token_request, parse_token_response
from tests.doubles.clock import NOW, ManualClock, run, settle
from tests.doubles.locks import SharedLocks
from tests.doubles.randomness import CountedRandomness
from tests.doubles.storage import TabStorage
from tests.doubles.tabs import SharedChannel
from tests.simulator.client import MAYA, REDIRECT_URI, VERIFIER, Client

APPOINTMENT = Appointment(
    "812",
    datetime.fromisoformat("2026-03-05T18:00"),
    "America/New_York",
    "#notes",
    client="Dana Lee",
    minutes=45,
)


class ImpatientClock(ManualClock):
    """Nobody has to wait between two tries."""

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await settle()


@dataclass
class Desk:
    """One member of staff with a browser tab."""

    server: SimulatorServer

    def __post_init__(self) -> None:
        self.zoom = Client(self.server)
        self.endpoints = make_endpoints(self.server.url)
        self.transport = UrllibTransport()
        self.tokens = TokenStore(TabStorage(), LastEnd(TabStorage()))
        self.clock = ImpatientClock()
        self.session = Session(
            settings=Settings("demo-public-client", REDIRECT_URI, self.endpoints),
            transport=self.transport,
            clock=self.clock,
            locks=SharedLocks().open_tab(),
            randomness=CountedRandomness(),
            messages=TabMessages(SharedChannel().open_tab()),
            tokens=self.tokens,
        )
        self.client = ZoomClient(
            endpoints=self.endpoints,
            transport=self.transport,
            clock=self.clock,
            randomness=CountedRandomness(),
            session=self.session,
        )

    def send(self, request: Request) -> Response:
        return run(self.transport.send(request))

    def build_attempt(self, **changes: str) -> SignInAttempt:
        values = {
            "state": "st-1",
            "client_id": "demo-public-client",
            "redirect_uri": REDIRECT_URI,
            "appointment": "812",
            **changes,
        }
        return SignInAttempt(verifier=Secret(VERIFIER), started_at=NOW, **values)

    def get_code(self, attempt: SignInAttempt, *, user: str = MAYA) -> AuthorizationCode:
        """Goes where the widget would send the popup, and clicks *Allow*."""
        parts = urlsplit(build_authorization_url(self.endpoints, attempt))
        page = self.zoom.send("GET", f"{parts.path}?{parts.query}")
        landing = urlsplit(self.zoom.decide(page, user=user).headers["location"])
        assert f"{landing.scheme}://{landing.netloc}{landing.path}" == attempt.redirect_uri
        return parse_authorization_response(
            landing.query, attempt, endpoints=self.endpoints, now=NOW
        )

    def exchange(self, code: AuthorizationCode) -> Token:
        answer = self.send(build_token_request(self.endpoints, code))
        return parse_token_response(answer, now=NOW)

    def sign_in(self, *, user: str = MAYA) -> Token:
        token = self.exchange(self.get_code(self.build_attempt(), user=user))
        self.tokens.save(token)
        return token

    def count_requests(self, operation: str) -> int:
        log = self.server.simulator.list_requests()
        return sum(entry["operation"] == operation for entry in log)


def make_endpoints(url: str) -> Endpoints:
    return parse_endpoints(
        {
            "authorize-url": f"{url}/oauth/authorize",
            "token-url": f"{url}/oauth/token",
            "revoke-url": f"{url}/oauth/revoke",
            "api-url": f"{url}/v2",
        }
    )
