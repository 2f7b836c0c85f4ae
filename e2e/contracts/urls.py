"""Addresses of the echo server; they can be written without a server or a browser."""

from __future__ import annotations

import base64
import zlib
from urllib.parse import urlencode


def build_answer_url(origin: str, status: int, body: bytes, content_type: str) -> str:
    """Return a URL at which the echo server gives this answer."""
    packed = base64.urlsafe_b64encode(zlib.compress(body)).decode()
    query = urlencode({"status": status, "type": content_type, "body": packed})
    return f"{origin}/answer?{query}"
