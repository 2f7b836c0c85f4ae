"""Calls a relay as the page would, but without a browser."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from e2e.stage import MAYA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from zoom_meeting_testing.simulator import Simulator

JSON: Final = {"Content-Type": "application/json", "Accept": "application/json"}
PLACES: Final = {"oauth/token": "zoom.us", "oauth/revoke": "zoom.us", "v2/users/me": "api.zoom.us"}
"""The paths that a relay passes on, and the host that each goes to."""
MEETING: Final = json.dumps(
    {"topic": "Tea", "type": 2, "start_time": "2199-11-12T18:00:00Z", "duration": 60}
).encode()
_PATIENCE_SECONDS: Final = 10


@dataclass(frozen=True)
class Reply:
    """An HTTP response. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Relay:
    """A running relay, with a page in front of it."""

    name: str
    url: str
    page_url: str
    folder: Path
    """All that the relay writes is in here."""
    known_by: Mapping[str, str]
    """The headers that show a call to be the page's own."""

    def call(
        self,
        method: str,
        place: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
    ) -> Reply:
        """Send one request as the page does, with more headers."""
        return self.call_as(self.known_by, method, place, headers, body)

    def call_as(
        self,
        caller: Mapping[str, str],
        method: str,
        place: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
        *,
        seconds_before_reading: float = 0,
    ) -> Reply:
        """Send one request as another caller, who has other headers than the page.

        The response is read after `seconds_before_reading`.
        """
        parts = urlsplit(self.url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_PATIENCE_SECONDS)
        try:
            connection.request(method, parts.path + place, body, {**caller, **(headers or {})})
            time.sleep(seconds_before_reading)
            response = connection.getresponse()
            answered = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, answered, response.read())
        finally:
            connection.close()

    def settle(self) -> None:
        """Return when the relay is done with earlier calls, their log lines included.

        A log line is written after the response has been sent; the relay takes calls one by one.
        """
        self.call("GET", "")

    def create_meeting(self, simulator: Simulator) -> Reply:
        """Create a meeting as Maya."""
        return self.call("POST", "v2/users/me/meetings", sign(simulator), MEETING)


def sign(simulator: Simulator) -> dict[str, str]:
    """Return the headers of a call by Maya."""
    token = simulator.issue_tokens(MAYA).access.value
    return {**JSON, "Authorization": f"Bearer {token}"}
