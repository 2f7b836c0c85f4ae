"""The kind of response at an address, where the response itself may be unreadable.

Facts (Fetch standard, "response type"): `basic` and `cors` can be read; `opaque` is what `no-cors`
gets from any server that responds; `opaqueredirect` is a redirect that was not followed.
"""

from __future__ import annotations

from typing import Any

import js
from pyodide.http import pyfetch

_PATIENCE_MS = 5_000


async def find_answer_kind(url: str, *, method: str = "GET", **options: Any) -> str:
    """Find the response's type; empty if there is none. `options` are those of `fetch`."""
    try:
        answer = await pyfetch(
            url,
            method=method,
            credentials="same-origin",
            cache="no-store",
            referrerPolicy="no-referrer",
            signal=js.AbortSignal.timeout(_PATIENCE_MS),
            **options,
        )
    except OSError:
        return ""
    return str(answer.js_response.type)


def read_forbidden(js_event: Any) -> str:
    """Return the address that a `securitypolicyviolation` event forbids; empty for other events."""
    is_ours = js_event.disposition == "enforce" and js_event.effectiveDirective == "connect-src"
    return str(js_event.blockedURI) if is_ours else ""
