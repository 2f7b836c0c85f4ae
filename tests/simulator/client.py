"""A plain HTTP client of the simulator: no redirects, no repeats, no cookies."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zoom_meeting_testing.simulator import SimulatorServer

# RFC 7636, appendix B
VERIFIER: Final = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE: Final = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

REDIRECT_URI: Final = "http://127.0.0.1:8123/zoom/callback.html"
MAYA: Final = "maya@lotus-spa.example"
FRONT_DESK: Final = "front-desk@lotus-spa.example"
TEMP: Final = "temp@lotus-spa.example"

AUTHORIZATION: Final = {
    "response_type": "code",
    "client_id": "demo-public-client",
    "redirect_uri": REDIRECT_URI,
    "state": "the-state",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}

MEETING: Final = {
    "topic": "Appointment with Dana Lee",
    "type": 2,
    "start_time": "2026-03-05T18:00:00",
    "timezone": "America/New_York",
    "duration": 45,
}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # whatever was answered
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def landing(self) -> dict[str, str]:
        """The parameters that a redirect carries back."""
        assert self.status == 302
        query = parse_qs(urlsplit(self.headers["location"]).query, strict_parsing=True)
        return {name: values[0] for name, values in query.items()}


class Client:
    """Talks to a served simulator; `simulator` is the same one, without the detour."""

    def __init__(self, server: SimulatorServer) -> None:
        self.port = server.port
        self.url = server.url
        self.simulator = server.simulator

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, named, response.read())
        finally:
            connection.close()

    def send_form(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Reply:
        form = {"content-type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.send("POST", path, urlencode(fields), form)

    def order(self, method: str, path: str, body: object = None) -> Reply:
        """Use the control API."""
        text = None if body is None else json.dumps(body)
        return self.send(method, f"/_simulator{path}", text, {"content-type": "application/json"})

    # Signing in

    def open_consent(self, **changes: str | None) -> Reply:
        fields = {**AUTHORIZATION, **changes}
        query = urlencode({name: value for name, value in fields.items() if value is not None})
        return self.send("GET", f"/oauth/authorize?{query}")

    def decide(self, page: Reply, decision: str = "allow", user: str = MAYA) -> Reply:
        assert page.status == 200, page.text
        ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
        assert ticket
        fields = {"ticket": html.unescape(ticket[1]), "user": user, "decision": decision}
        return self.send_form("/oauth/authorize", fields)

    def get_code(self, user: str = MAYA, **changes: str | None) -> str:
        return self.decide(self.open_consent(**changes), user=user).landing["code"]

    def exchange(self, code: str, **changes: str | None) -> Reply:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": "demo-public-client",
            "redirect_uri": REDIRECT_URI,
            "code_verifier": VERIFIER,
            **changes,
        }
        kept = {name: value for name, value in fields.items() if value is not None}
        return self.send_form("/oauth/token", kept)

    def refresh(self, refresh_token: str, **changes: str) -> Reply:
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "client_id": "demo-public-client",
            **changes,
        }
        return self.send_form("/oauth/token", fields)

    def sign_in(self, user: str = MAYA) -> dict[str, Any]:
        reply = self.exchange(self.get_code(user))
        assert reply.status == 200, reply.text
        tokens: dict[str, Any] = reply.json
        return tokens

    # REST

    def call(self, token: str, method: str, path: str, body: object = None) -> Reply:
        headers = {"authorization": f"Bearer {token}"}
        if body is None:
            return self.send(method, f"/v2{path}", None, headers)
        headers["content-type"] = "application/json"
        return self.send(method, f"/v2{path}", json.dumps(body), headers)

    def token_of(self, user: str = MAYA) -> str:
        return self.simulator.issue_tokens(user).access.value

    def create(self, token: str, **changes: object) -> Any:  # Zoom's answer
        reply = self.call(token, "POST", "/users/me/meetings", {**MEETING, **changes})
        assert reply.status == 201, reply.text
        return reply.json
