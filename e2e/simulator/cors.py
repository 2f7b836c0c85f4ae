"""Whether a page of another origin may call, and read the answer.

Open in Zoom's case, so both the token endpoint and the REST API can be switched. Switched off, a
preflight is refused, which keeps a browser from calling at all; but the token request of a public
client is a simple one, sent without a preflight: it is carried out, and only its answer is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.simulator.messages import Answer
from e2e.simulator.operations import Operation

if TYPE_CHECKING:
    from e2e.simulator.settings import Settings


def is_allowed(operation: Operation, path: str, settings: Settings) -> bool:
    if operation in (Operation.TOKEN, Operation.REVOKE):
        return settings.cors_token
    return path.startswith("/v2/") and settings.cors_api


def answer_preflight(operation: Operation, *, allowed: bool) -> Answer:
    if not allowed:
        return Answer(403)
    oauth = operation in (Operation.TOKEN, Operation.REVOKE)
    return Answer(
        204,
        headers={
            "access-control-allow-origin": "*",
            "access-control-allow-methods": "POST" if oauth else "GET, POST, PATCH, DELETE",
            "access-control-allow-headers": "authorization, content-type, accept",
            # Not remembered by browsers, so that a switch takes effect with the next request.
            "access-control-max-age": "0",
        },
    )


def build_headers(settings: Settings) -> dict[str, str]:
    headers = {"access-control-allow-origin": "*"}
    if settings.expose_retry_after:
        headers["access-control-expose-headers"] = "Retry-After"
    return headers
