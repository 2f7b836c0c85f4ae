"""HTTP with the browser's `fetch`, which is the product's transport.

Facts: every failure arrives as an OSError without a reason, time-outs included, so the signal is
asked. A CORS refusal looks like being offline. To tell them apart, two harmless requests follow:
if a readable answer comes from the same place, the connection was cut; if only an unreadable one
does, somebody is there and the browser was not allowed to show us what they said.
"""

from __future__ import annotations

from typing import Any

import js
from pyodide.http import pyfetch

from pywidget.domain.errors import Code, UnreachableError
from pywidget.zoom.http import Request, Response

TIMEOUT_MS = 30_000
_PROBE_TIMEOUT_MS = 5_000


class PyfetchTransport:
    """Implements `ports.Transport`."""

    async def send(self, request: Request) -> Response:
        """Sends without cookies, cache, referrer or redirects: they have no business here."""
        js_signal = js.AbortSignal.timeout(TIMEOUT_MS)
        options: dict[str, Any] = {"method": request.method, "headers": dict(request.headers)}
        if request.body is not None:
            options["body"] = request.body.decode()
        try:
            answer = await pyfetch(
                request.url,
                credentials="omit",
                cache="no-store",
                referrerPolicy="no-referrer",
                redirect="error",
                signal=js_signal,
                **options,
            )
            body = await answer.bytes()
        except OSError:
            timed_out = bool(js_signal.aborted)
            raise await _explain(request, timed_out=timed_out) from None
        headers = {str(name).lower(): str(value) for name, value in answer.headers.items()}
        return Response(answer.status, headers, body)


async def _explain(request: Request, *, timed_out: bool) -> UnreachableError:
    if timed_out:
        message = "Zoom took too long to answer. Try again."
        return UnreachableError(Code.TIMEOUT, message)
    needs_preflight = "Authorization" in request.headers
    headers = {"Authorization": "Bearer none"} if needs_preflight else {}
    is_readable = await _answers(request.url, mode="cors", headers=headers)
    if not is_readable and await _answers(request.url, mode="no-cors", headers={}):
        message = (
            "The browser was not allowed to read Zoom's answer. "
            "Whoever set up the widget should read about cors_blocked in its documentation."
        )
        return UnreachableError(Code.CORS_BLOCKED, message)
    message = "Zoom could not be reached. Check the network connection, then try again."
    return UnreachableError(Code.NETWORK, message)


async def _answers(url: str, *, mode: str, headers: dict[str, str]) -> bool:
    """Whether a read without any secret gets an answer in this mode."""
    try:
        await pyfetch(
            url,
            method="GET",
            mode=mode,
            headers=headers,
            credentials="omit",
            cache="no-store",
            referrerPolicy="no-referrer",
            signal=js.AbortSignal.timeout(_PROBE_TIMEOUT_MS),
        )
    except OSError:
        return False
    return True
