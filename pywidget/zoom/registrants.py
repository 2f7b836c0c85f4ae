"""Registering a client: `POST /meetings/{id}/registrants`, for meetings of Licensed hosts.

Facts: `email` and `first_name` are required; names have at most 64 characters each. The response's
`join_url` is the client's own; it is absent until the host approves, if that is required.
"""

from __future__ import annotations

from pywidget.domain.join_link import JoinLink, parse_join_link
from pywidget.domain.secret import Secret
from pywidget.zoom.endpoints import Endpoints
from pywidget.zoom.http import Request, Response
from pywidget.zoom.rest import build_write, parse_answer

_LONGEST_NAME = 64


def build_add_registrant(
    endpoints: Endpoints, access: Secret, meeting_id: str, *, name: str, email: str
) -> Request:
    """Build the request that registers one client; Zoom emails them their link."""
    first, _, last = name.strip().partition(" ")
    body = {"email": email, "first_name": (first or email)[:_LONGEST_NAME]}
    if last.strip():
        body["last_name"] = last.strip()[:_LONGEST_NAME]
    return build_write(
        "POST", f"{endpoints.api_url}/meetings/{meeting_id}/registrants", access, body
    )


def parse_registrant(response: Response, endpoints: Endpoints) -> JoinLink | None:
    """Parse the client's own link; `None` if there is none yet. Raises like `parse_answer`."""
    join_url = parse_answer(response, success=201).get("join_url")
    return parse_join_link(join_url if isinstance(join_url, str) else "", endpoints.trusted_hosts)
