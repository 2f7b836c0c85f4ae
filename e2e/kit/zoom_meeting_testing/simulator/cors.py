"""CORS: which calls a page of another origin may make, and which answers it may read.

What Zoom does is not known, so the token endpoint and the REST API each have a switch. Where it is
off, a preflight is refused, and a browser then does not call at all. But the token request of a
public client is a *simple* request, sent without a preflight (Fetch Standard, section *CORS
protocol*): it is carried out, and only its answer is lost. Two more settings make Zoom fail in
other ways: only errors carry the headers, so that a try without a token looks fine; or each call
that names an `Origin` is refused, even behind a proxy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator.messages import Answer

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator.messages import Call
    from zoom_meeting_testing.simulator.settings import Settings

_OAUTH: Final = frozenset({"/oauth/token", "/oauth/revoke"})
_OAUTH_METHODS: Final = "POST, OPTIONS"
_REST_METHODS: Final = "GET, POST, PATCH, DELETE, OPTIONS"
_FIRST_ERROR: Final = 400


def is_for_scripts(path: str) -> bool:
    """Return whether scripts call this path; people see the others as pages."""
    return path in _OAUTH or path.startswith("/v2/")


def is_allowed(path: str, settings: Settings) -> bool:
    """Return whether pages of other origins may call this path."""
    if path in _OAUTH:
        return settings.cors_token
    return path.startswith("/v2/") and settings.cors_api


def is_refused(call: Call, settings: Settings) -> bool:
    """Return whether the call is refused for naming an `Origin`."""
    return settings.refuses_origin and is_for_scripts(call.path) and "origin" in call.headers


def may_be_read(answer: Answer, settings: Settings) -> bool:
    """Return whether a page that is allowed to call may also read this answer."""
    return answer.status >= _FIRST_ERROR or not settings.cors_only_on_errors


def answer_preflight(path: str, *, allowed: bool) -> Answer:
    """Answer a preflight request (Fetch Standard, section *CORS-preflight fetch*)."""
    if not allowed:
        return Answer(403)
    return Answer(
        204,
        headers={
            "access-control-allow-origin": "*",
            "access-control-allow-methods": _OAUTH_METHODS if path in _OAUTH else _REST_METHODS,
            "access-control-allow-headers": "authorization, content-type, accept",
            # Not remembered by browsers, so that a switch takes effect with the next request.
            "access-control-max-age": "0",
        },
    )


def build_headers(settings: Settings) -> dict[str, str]:
    """Return the headers with which a page of any origin can read an answer."""
    headers = {"access-control-allow-origin": "*"}
    if settings.expose_retry_after:
        headers["access-control-expose-headers"] = "Retry-After"
    return headers
