"""HTTP with the browser's `fetch`, which is the product's transport.

Facts: every failure arrives as an OSError without a reason, time-outs included, so the signal is
asked. A CORS refusal looks like being offline. To tell them apart, two harmless requests follow:
if a readable answer comes from the same place, the connection was cut; if only an unreadable one
does, somebody is there and the browser was not allowed to show us what they said. Two things say
that a request never left: the browser was offline before and after, or the page's own policy
forbids the address, which it says of the harmless requests, too.
"""

from __future__ import annotations

import asyncio
from typing import Any

import js
from pyodide.http import pyfetch

from pywidget.browser.waiting import listening
from pywidget.domain.errors import Code, UnreachableError, way_is_closed
from pywidget.zoom.http import Request, Response

TIMEOUT_MS = 30_000
_PROBE_TIMEOUT_MS = 5_000
_POLICY_SPEAKS = 0.05  # seconds; its events come after the failures that they are about


class PyfetchTransport:
    """Implements `ports.Transport`."""

    async def send(self, request: Request) -> Response:
        """Sends without cache, referrer or redirects: they have no business here.

        Nor have cookies, at Zoom. A relay on the page's own origin gets that origin's: they are how
        it knows the page's own users.
        """
        was_online = bool(js.navigator.onLine)
        js_signal = js.AbortSignal.timeout(TIMEOUT_MS)
        options: dict[str, Any] = {"method": request.method, "headers": dict(request.headers)}
        if request.body is not None:
            options["body"] = request.body.decode()
        try:
            answer = await pyfetch(
                request.url,
                credentials="same-origin",
                cache="no-store",
                referrerPolicy="no-referrer",
                redirect="error",
                signal=js_signal,
                **options,
            )
            body = await answer.bytes()
        except OSError:
            if js_signal.aborted:
                message = "Zoom took too long to answer. Try again."
                raise UnreachableError(Code.TIMEOUT, message) from None
            if not was_online and not js.navigator.onLine:
                raise _explain_nobody(may_have_arrived=False) from None
            raise await _explain(request) from None
        headers = {str(name).lower(): str(value) for name, value in answer.headers.items()}
        return Response(answer.status, headers, body)


async def _explain(request: Request) -> UnreachableError:
    needs_preflight = "Authorization" in request.headers
    headers = {"Authorization": "Bearer none"} if needs_preflight else {}
    forbidden: list[str] = []

    def hear(js_event: Any) -> None:
        if js_event.disposition == "enforce" and js_event.effectiveDirective == "connect-src":
            forbidden.append(str(js_event.blockedURI))

    with listening(js.document, ("securitypolicyviolation",), hear):
        is_readable = not request.is_probe and await _answers(
            request.url, mode="cors", headers=headers
        )
        is_there = is_readable or await _answers(request.url, mode="no-cors", headers={})
        if not is_there:
            await asyncio.sleep(_POLICY_SPEAKS)
    if any(request.url.startswith(address) for address in forbidden):
        message = (
            "This page's content security policy does not allow requests to Zoom. "
            "Whoever set up the widget should add Zoom to its connect-src."
        )
        return UnreachableError(Code.NETWORK, message, may_have_arrived=False)
    if is_there and not is_readable:
        return way_is_closed(Code.CORS_BLOCKED)
    return _explain_nobody(may_have_arrived=True)


def _explain_nobody(*, may_have_arrived: bool) -> UnreachableError:
    message = "Zoom could not be reached. Check the network connection, then try again."
    return UnreachableError(Code.NETWORK, message, may_have_arrived=may_have_arrived)


async def _answers(url: str, *, mode: str, headers: dict[str, str]) -> bool:
    """Whether a read without any secret gets an answer in this mode."""
    try:
        await pyfetch(
            url,
            method="GET",
            mode=mode,
            headers=headers,
            credentials="same-origin",
            cache="no-store",
            referrerPolicy="no-referrer",
            signal=js.AbortSignal.timeout(_PROBE_TIMEOUT_MS),
        )
    except OSError:
        return False
    return True
