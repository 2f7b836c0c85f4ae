"""HTTP messages as values. The protocol modules build and read them; a transport carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from pywidget.domain.errors import SERVER_ERRORS
from pywidget.domain.json_text import read_json


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. Headers and body may hold secrets, so neither is in the `repr`.

    `may_repeat` says whether sending it twice is harmless (RFC 9110 section 9.2.2): a token request
    uses up its code even if the response is lost, and a repeated create makes a second meeting.
    `is_probe` says that it holds no secret and is sent to see whether its response can be read.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    may_repeat: bool = False
    is_probe: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response. `headers` has lower-case names, and only those that CORS lets us read."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)

    @property
    def is_server_error(self) -> bool:
        """Whether the server itself has failed (RFC 9110 section 15.6)."""
        return self.status >= SERVER_ERRORS


def build_form_request(url: str, fields: Mapping[str, str]) -> Request:
    """Build a POST with a form body: a simple request in the sense of CORS, without a preflight."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    body = urlencode(fields, errors="replace")  # lone surrogates, from storage, have no encoding
    return Request("POST", url, headers, body.encode())


def parse_json_object(body: bytes) -> dict[str, object] | None:
    """Parse the body as a JSON object; `None` if it is none: Zoom sometimes sends HTML or XML."""
    try:
        value = read_json(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
