"""HTTP messages as values. The protocol modules build and read them; a transport carries them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from pywidget.domain.errors import SERVER_ERRORS


@dataclass(frozen=True, slots=True)
class Request:
    """What to send. Headers and body may hold secrets, so neither is in the `repr`.

    `may_repeat` says whether sending it twice does no harm (RFC 9110 section 9.2.2): a token
    request spends its code even when the answer is lost, and a create makes a second meeting.
    `is_probe` says that it holds nothing secret and is sent to see whether its answer can be read.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    may_repeat: bool = False
    is_probe: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """What came back. `headers` has lower-case names, and only those that CORS lets us read."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)

    @property
    def is_server_error(self) -> bool:
        """Whether the server itself has failed (RFC 9110 section 15.6)."""
        return self.status >= SERVER_ERRORS


def build_form_request(url: str, fields: Mapping[str, str]) -> Request:
    """A POST with a form body: a simple request in the sense of CORS, so it has no preflight."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return Request("POST", url, headers, urlencode(fields).encode())


def parse_json_object(body: bytes) -> dict[str, object] | None:
    """The body as a JSON object, or `None`: Zoom sometimes answers with HTML or XML."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
