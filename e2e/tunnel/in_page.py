"""The tests' side in a page with the built widget: asks by the tunnel, and tells what came."""
# ruff: noqa: TID251 - only a page with Pyodide can import this

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
    """What the contract of `ports.Transport` asks for; the target `api` leads to nobody."""

    def __init__(self) -> None:
        self.transport = _make_transport()

    def prepare(self, status: int, body: bytes, content_type: str = "application/json") -> str:
        return build_answer_url(_ECHO, status, body, content_type)

    def prepare_cut(self) -> str:
        return f"{_ECHO}/cut"

    def prepare_nobody(self) -> str:
        return _NOBODY

    def prepare_unsendable(self) -> str:
        return _NOBODY

    def prepare_redirect(self, status: int) -> str:
        return f"{_ECHO}/redirect?status={status}"

    async def list_received(self) -> list[Received]:
        answer = await self.transport.send(Request("GET", f"{_ECHO}/received"))
        return [Received(**each) for each in json.loads(answer.body)]


async def list_checks() -> list[str]:
    return list(find_checks(transport))


async def keep_contract(name: str) -> str | None:
    return await run_check(find_checks(transport)[name], TunnelBench())


async def ask(url: str) -> dict[str, object]:
    """One request of a transport of its own."""
    return await _ask(_make_transport(), url)


async def ask_again(url: str) -> dict[str, object]:
    """One of the transport that all calls of this, and of the next ones, share."""
    return await _ask(_share_transport(), url)


async def ask_at_once(url: str, count: int) -> list[dict[str, object]]:
    """Several requests at the same time."""
    return list(await asyncio.gather(*(_ask(_share_transport(), url) for _ in range(count))))


async def rest() -> int:
    """Waits until an idle connection is closed, and lets go of what nobody uses any more."""
    await asyncio.sleep(_IDLE_SECONDS)
    return gc.collect()


async def cancel(url: str, seconds: float) -> str:
    """A request that nobody waits for any more after this time."""
    task = asyncio.ensure_future(_make_transport().send(Request("GET", url)))
    await asyncio.sleep(seconds)
    task.cancel()
    (result,) = await asyncio.gather(task, return_exceptions=True)
    return type(result).__name__


async def wait_as_people_do() -> None:
    """Has the page be up for a moment, as it is before a first click."""
    _share_transport()
    await asyncio.sleep(_BEFORE_A_CLICK)


async def ask_often(path: str, count: int) -> list[float]:
    """Asks the API, one call after the other; gives the milliseconds that each took."""
    return await _ask_often(path, count, {})


async def ask_anew(path: str, count: int) -> list[float]:
    """The same, on a new connection for each."""
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
    """As the widget makes one of its tag."""
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
    """Lets the page's scripts call these, by name; what they give back is JSON."""
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
