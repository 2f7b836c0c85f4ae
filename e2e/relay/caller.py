"""One of the two relays, and how a test calls it: as the page would, without a browser."""

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

    from e2e.simulator import Simulator

JSON: Final = {"Content-Type": "application/json", "Accept": "application/json"}
PLACES: Final = {"oauth/token": "zoom.us", "oauth/revoke": "zoom.us", "v2/users/me": "api.zoom.us"}
"""What a relay passes on, and to whom."""
MEETING: Final = json.dumps(
    {"topic": "Tea", "type": 2, "start_time": "2199-11-12T18:00:00Z", "duration": 60}
).encode()
_PATIENCE_SECONDS: Final = 10


@dataclass(frozen=True)
class Reply:
    """What came back. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Relay:
    """A relay that runs, with a page in front of it."""

    name: str
    url: str
    page_url: str
    folder: Path
    """Everything that it writes is below it."""
    known_by: Mapping[str, str]
    """The headers by which it takes a call for the page's own."""

    def call(
        self,
        method: str,
        place: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
    ) -> Reply:
        """Send one request from the page, with these headers too."""
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
        """Send one request from somebody else, who is known by other headers."""
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
        """Return when earlier calls are over for it, too: it takes up one thing after another.

        A line in a log is written after the answer has been sent.
        """
        self.call("GET", "")

    def create_meeting(self, simulator: Simulator) -> Reply:
        """Let Maya create a meeting."""
        return self.call("POST", "v2/users/me/meetings", sign(simulator), MEETING)


def sign(simulator: Simulator) -> dict[str, str]:
    """Write the headers of Maya's calls."""
    token = simulator.issue_tokens(MAYA).access.value
    return {**JSON, "Authorization": f"Bearer {token}"}
