"""The conditions under which browsers let a page of another origin read a response.

Facts (Fetch standard, "CORS check" and "CORS-preflight fetch"): the response must name the page's
origin, or `*`. Requests with an `Authorization` header, with JSON, or with a method other than GET,
HEAD and POST need permission first: the preflight must succeed, and name the method and each
header; `*` stands for any, but never for `Authorization`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pywidget.zoom.http import Request, Response

_SIMPLE_METHODS = frozenset({"GET", "HEAD", "POST"})
_SIMPLE_HEADERS = frozenset({"accept", "accept-language", "content-language"})
_SIMPLE_TYPES = frozenset(
    {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
)


def list_asked_headers(headers: Mapping[str, str]) -> list[str]:
    """List the headers that a browser asks permission to send, as it writes them."""
    asked = []
    for name, value in ((name.lower(), value) for name, value in headers.items()):
        media_type = value.partition(";")[0].strip().lower()
        is_simple = name in _SIMPLE_HEADERS or (
            name == "content-type" and media_type in _SIMPLE_TYPES
        )
        if not is_simple:
            asked.append(name)
    return sorted(asked)


def build_preflight(request: Request, method: str, *, origin: str) -> Request | None:
    """Build the request that a browser sends first; `None` if it needs no permission."""
    asked = list_asked_headers(request.headers)
    if not asked and method in _SIMPLE_METHODS:
        return None
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Sec-Fetch-Mode": "cors",
        "Sec-Fetch-Site": "cross-site",
    }
    if asked:
        headers["Access-Control-Request-Headers"] = ",".join(asked)
    return Request("OPTIONS", request.url, headers, may_repeat=True)


def find_refusals(response: Response, *, origin: str) -> Iterator[str]:
    """Say in phrases why a page of this origin may not read a response."""
    allowed = response.headers.get("access-control-allow-origin", "")
    if not allowed:
        yield "Access-Control-Allow-Origin is missing"
    elif allowed not in {"*", origin}:
        yield f"Access-Control-Allow-Origin allows only {allowed}"


def find_preflight_refusals(
    response: Response, preflight: Request, *, origin: str
) -> Iterator[str]:
    """Say in phrases why the request behind a preflight would not be sent."""
    method = preflight.headers["Access-Control-Request-Method"]
    if not 200 <= response.status < 300:  # noqa: PLR2004 - HTTP's
        yield f"preflights get status {response.status}"
        return
    yield from (f"{phrase} in preflights" for phrase in find_refusals(response, origin=origin))
    methods = _split(response, "access-control-allow-methods")
    if method not in _SIMPLE_METHODS and method.lower() not in methods and "*" not in methods:
        yield f"Access-Control-Allow-Methods lacks {method}"
    headers = _split(response, "access-control-allow-headers")
    for name in _split_text(preflight.headers.get("Access-Control-Request-Headers", "")):
        if name not in headers and ("*" not in headers or name == "authorization"):
            yield f"Access-Control-Allow-Headers lacks {name}"


def _split(response: Response, name: str) -> set[str]:
    return _split_text(response.headers.get(name, ""))


def _split_text(text: str) -> set[str]:
    return {part.strip().lower() for part in text.split(",") if part.strip()}
