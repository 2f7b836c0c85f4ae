"""HTTP with the browser's `fetch`, which is the product's transport.

Facts: every failure arrives without a reason, timeouts included, so the signal is checked. A
refusal by CORS looks like being offline. To tell them apart, two harmless requests follow: if a
readable response comes from the same place, the connection was cut; if only an unreadable one does,
a server is there, and the browser may not show us its response. On the page's own origin everything
can be read, but a redirect, which is refused, leads to a sign-in page (Fetch standard,
"opaqueredirect"). Two things prove that a request never left: the browser was offline before and
after, or the page's own policy forbids the address, which it says of the harmless requests, too.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import js
from pyodide.ffi import JsException

from pywidget.browser.answer_kind import find_answer_kind, read_forbidden
from pywidget.browser.loader import find_js_natives
from pywidget.browser.waiting import listening
from pywidget.domain.errors import Code, Reason, UnreachableError, build_closed_way_error
from pywidget.zoom.http import Request, Response

TIMEOUT_MS = 30_000
_POLICY_SPEAKS = 0.05  # seconds; its events come after the failures that they are about


class FetchTransport:
    """The page's `ports.Transport`."""

    async def send(self, request: Request) -> Response:
        """Send the request without cache, referrer or redirects, for which there is no reason here.

        Zoom gets no cookies either. A relay on the page's own origin gets that origin's: by them it
        knows the page's own users.
        """
        was_online = bool(js.navigator.onLine)
        options: dict[str, Any] = {
            "method": request.method,
            "headers": dict(request.headers),
            "credentials": "same-origin",
            "cache": "no-store",
            "referrerPolicy": "no-referrer",
            "redirect": "error",
        }
        if request.body is not None:
            options["body"] = request.body.decode()
        js_call = find_js_natives().send(request.url, json.dumps(options), TIMEOUT_MS)
        try:
            js_answer = await js_call.answer
        except asyncio.CancelledError:
            js_call.abort()
            raise
        except JsException:
            if js_call.isTooLate():
                raise UnreachableError(Code.TIMEOUT) from None
            if not was_online and not js.navigator.onLine:
                raise _explain_nobody(may_have_arrived=False) from None
            raise await _explain(request) from None
        return Response(
            js_answer.status, dict(js_answer.headers.to_py()), js_answer.body.to_bytes()
        )


async def _explain(request: Request) -> UnreachableError:
    forbidden: list[str] = []

    def hear(js_event: Any) -> None:
        forbidden.extend(filter(None, [read_forbidden(js_event)]))

    with listening(js.document, ("securitypolicyviolation",), hear):
        kind = await _find_answer(request)
        if not kind:
            await asyncio.sleep(_POLICY_SPEAKS)
    if any(request.url.startswith(address) for address in forbidden):
        return UnreachableError(Code.NETWORK, Reason.PAGE_POLICY, may_have_arrived=False)
    if kind == "opaqueredirect":  # Zoom's API never redirects: this is a relay's sign-in page
        return build_closed_way_error(Code.RELAY_FAILED)
    if kind == "opaque":
        return build_closed_way_error(Code.CORS_BLOCKED)
    return _explain_nobody(may_have_arrived=True, answers_again=bool(kind))


def _explain_nobody(*, may_have_arrived: bool, answers_again: bool = False) -> UnreachableError:
    return UnreachableError(
        Code.NETWORK, may_have_arrived=may_have_arrived, answers_again=answers_again
    )


async def _find_answer(request: Request) -> str:
    """Find the kind of response that a read without any secret gets at the request's address."""
    is_own = request.url.startswith(f"{js.location.origin}/")
    if is_own or not request.is_probe:  # a probe of another origin is such a read itself
        needs_preflight = "Authorization" in request.headers and not is_own
        headers = {"Authorization": "Bearer none"} if needs_preflight else {}
        kind = await find_answer_kind(request.url, mode="cors", redirect="manual", headers=headers)
        if kind or is_own:
            return kind
    return await find_answer_kind(request.url, mode="no-cors")
