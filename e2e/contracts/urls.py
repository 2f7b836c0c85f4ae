"""Addresses of the echo server; no server and no browser needed to write them."""

from __future__ import annotations

import base64
import zlib
from urllib.parse import urlencode


def build_answer_url(origin: str, status: int, body: bytes, content_type: str) -> str:
    """A URL at which the echo server answers so."""
    packed = base64.urlsafe_b64encode(zlib.compress(body)).decode()
    query = urlencode({"status": status, "type": content_type, "body": packed})
    return f"{origin}/answer?{query}"
