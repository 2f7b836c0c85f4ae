"""The tests' Python in a page with the built widget: it calls Zoom through the tunnel."""

from __future__ import annotations

import asyncio
import gc
import json
import time
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

import js
from pyodide.ffi import create_proxy

from e2e.contracts import transport
from e2e.contracts.contract import find_checks, run_check
from e2e.contracts.transport import Received
from e2e.contracts.urls import build_answer_url
from pywidget.browser.element import read_settings
from pywidget.domain.errors import UnreachableError
from pywidget.main import make_transport
from pywidget.ports import Transport
from pywidget.zoom.http import Request

_ECHO = "https://zoom.us"
_NOBODY = "https://api.zoom.us/v2"
_BEFORE_A_CLICK = 2  # seconds
_IDLE_SECONDS = 5  # TunnelTransport keeps a connection for four


class TunnelBench:
    """The bench for the contract of `ports.Transport`; the target `api` leads nowhere."""

    def __init__(self) -> None:
        self.transport = _make_transport()

    def prepare(self, status: int, body: bytes, content_type: str = "application/json") -> str:
        """Return a URL at which the echo server answers so."""
        return build_answer_url(_ECHO, status, body, content_type)

    def prepare_cut(self) -> str:
        """Return a URL whose connection is cut when the request has arrived."""
        return f"{_ECHO}/cut"

    def prepare_nobody(self) -> str:
        """Return a URL at which no server answers."""
        return _NOBODY

    def prepare_unsendable(self) -> str:
        """Return the same: the tunnel cannot know that a URL is not reachable."""
        return _NOBODY

    def prepare_redirect(self, status: int) -> str:
        """Return a URL that redirects with this status."""
        return f"{_ECHO}/redirect?status={status}"

    async def list_received(self) -> list[Received]:
        """Return the requests that the echo server has seen."""
        answer = await self.transport.send(Request("GET", f"{_ECHO}/received"))
        return [Received(**each) for each in json.loads(answer.body)]


async def list_checks() -> list[str]:
    """Return the names of the contract's checks."""
    return list(find_checks(transport))


async def keep_contract(name: str) -> str | None:
    """Run one check; return the problem, or `None`."""
    return await run_check(find_checks(transport)[name], TunnelBench())


async def ask(url: str) -> dict[str, object]:
    """Send one request with a transport of its own."""
    return await _ask(_make_transport(), url)


async def ask_again(url: str) -> dict[str, object]:
    """Send one request with the transport that all these calls share."""
    return await _ask(_share_transport(), url)


async def ask_at_once(url: str, count: int) -> list[dict[str, object]]:
    """Send several requests at the same time."""
    return list(await asyncio.gather(*(_ask(_share_transport(), url) for _ in range(count))))


async def rest() -> int:
    """Wait until an idle connection is closed, then collect garbage."""
    await asyncio.sleep(_IDLE_SECONDS)
    return gc.collect()


async def cancel(url: str, stage: str) -> str:
    """Send a request, and cancel it as soon as its socket has come so far.

    The page's own `stages` say how far that is; empty is at once.
    """
    stages: Any = getattr(js, "stages")  # noqa: B009 - no browser's
    stages.length = 0
    task = asyncio.ensure_future(_make_transport().send(Request("GET", url)))
    while stage and stage not in stages.to_py() and not task.done():  # noqa: ASYNC110 - JavaScript's
        await asyncio.sleep(0)
    task.cancel()
    (result,) = await asyncio.gather(task, return_exceptions=True)
    return type(result).__name__


async def wait_as_people_do() -> None:
    """Wait a moment with the page open, as before a user's first click."""
    _share_transport()
    await asyncio.sleep(_BEFORE_A_CLICK)


async def ask_often(path: str, count: int) -> list[float]:
    """Call the API one request after the other; return the milliseconds that each took."""
    return await _ask_often(path, count, {})


async def ask_anew(path: str, count: int) -> list[float]:
    """Do the same with a new connection for each request."""
    return await _ask_often(path, count, {"Connection": "close"})


async def _ask_often(path: str, count: int, headers: dict[str, str]) -> list[float]:
    sender = _share_transport()
    request = Request("GET", read_settings().endpoints.api_url + path, headers)
    times = []
    for _ in range(count):
        began = time.perf_counter()
        await sender.send(request)
        times.append(1000 * (time.perf_counter() - began))
    return times


def _make_transport() -> Transport:
    """Return a transport as the widget makes one, from the script tag."""
    return make_transport(read_settings())


@cache
def _share_transport() -> Transport:
    return _make_transport()


async def _ask(sender: Transport, url: str) -> dict[str, object]:
    try:
        answer = await sender.send(Request("GET", url))
    except UnreachableError as error:
        return {
            "code": str(error.code),
            "reason": "" if error.reason is None else str(error.reason),
            "may_have_arrived": error.may_have_arrived,
        }
    return {"status": answer.status}


def start() -> None:
    """Let the page's scripts call these functions by name; results are JSON."""
    calls: tuple[Callable[..., Awaitable[object]], ...] = (
        *(
            list_checks,
            keep_contract,
            ask,
            ask_again,
            ask_at_once,
            wait_as_people_do,
            ask_often,
            ask_anew,
            rest,
            cancel,
        ),
    )
    by_name = {call.__name__: call for call in calls}

    async def call(name: str, arguments: str) -> str:
        return json.dumps(await by_name[name](*json.loads(arguments)))

    js_window: Any = js.self
    js_window.tunnelTests = create_proxy(call)
