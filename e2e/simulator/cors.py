"""Whether a page of another origin may call, and read the answer.

Open in Zoom's case, so both the token endpoint and the REST API can be switched. Switched off, a
preflight is refused, which keeps a browser from calling at all; but the token request of a public
client is a simple one, sent without a preflight: it is carried out, and only its answer is lost.
Two more ways of going wrong: only errors have the headers, so that what is tried without a token
looks fine; and whatever names an `Origin` is refused outright, even behind a proxy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from e2e.simulator.messages import Answer

if TYPE_CHECKING:
    from e2e.simulator.messages import Call
    from e2e.simulator.settings import Settings


_OAUTH: Final = frozenset({"/oauth/token", "/oauth/revoke"})
_OAUTH_METHODS: Final = "POST, OPTIONS"
_REST_METHODS: Final = "GET, POST, PATCH, DELETE, OPTIONS"
_FIRST_ERROR: Final = 400


def is_for_scripts(path: str) -> bool:
    """Tell what scripts call from the pages that people see."""
    return path in _OAUTH or path.startswith("/v2/")


def is_allowed(path: str, settings: Settings) -> bool:
    if path in _OAUTH:
        return settings.cors_token
    return path.startswith("/v2/") and settings.cors_api


def is_refused(call: Call, settings: Settings) -> bool:
    return settings.refuses_origin and is_for_scripts(call.path) and "origin" in call.headers


def may_be_read(answer: Answer, settings: Settings) -> bool:
    return answer.status >= _FIRST_ERROR or not settings.cors_only_on_errors


def answer_preflight(path: str, *, allowed: bool) -> Answer:
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
    headers = {"access-control-allow-origin": "*"}
    if settings.expose_retry_after:
        headers["access-control-expose-headers"] = "Retry-After"
    return headers
