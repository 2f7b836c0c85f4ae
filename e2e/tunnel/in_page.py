"""The tests' side in a page with the built widget: asks by the tunnel, and tells what came."""
# ruff: noqa: TID251 - only a page with Pyodide can import this

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import js
from pyodide.ffi import create_proxy

from e2e.contracts import transport
from e2e.contracts.contract import find_checks, run_check
from e2e.contracts.transport import Received
from e2e.contracts.urls import build_answer_url
from pywidget.browser.element import read_settings
from pywidget.browser.late_tunnel import LateTunnel
from pywidget.browser.loader import find_js_class, find_js_page
from pywidget.domain.errors import UnreachableError
from pywidget.zoom.http import Request

_ECHO = "https://zoom.us"
_NOBODY = "https://api.zoom.us/v2"


class TunnelBench:
    """What the contract of `ports.Transport` asks for; the target `api` leads to nobody."""

    def __init__(self) -> None:
        self.transport = make_transport()

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


def make_transport() -> LateTunnel:
    """As the widget makes one of its tag."""
    settings = read_settings()
    assert settings.tunnel is not None
    return LateTunnel(settings.tunnel, find_js_page(), find_js_class().settings.base)


_kept: list[LateTunnel] = []


async def list_checks() -> list[str]:
    return list(find_checks(transport))


async def keep_contract(name: str) -> str | None:
    return await run_check(find_checks(transport)[name], TunnelBench())


async def ask(url: str) -> dict[str, object]:
    """One request of a transport of its own."""
    return await _ask(make_transport(), url)


async def ask_again(url: str) -> dict[str, object]:
    """One of the transport that all calls of this share."""
    if not _kept:
        _kept.append(make_transport())
    return await _ask(_kept[0], url)


async def ask_at_once(url: str, count: int) -> list[dict[str, object]]:
    """Several requests of one transport, which has loaded nothing yet."""
    shared = make_transport()
    return list(await asyncio.gather(*(_ask(shared, url) for _ in range(count))))


async def cancel(url: str, seconds: float) -> str:
    """A request that nobody waits for any more after this time."""
    task = asyncio.ensure_future(make_transport().send(Request("GET", url)))
    await asyncio.sleep(seconds)
    task.cancel()
    (result,) = await asyncio.gather(task, return_exceptions=True)
    return type(result).__name__


async def _ask(sender: LateTunnel, url: str) -> dict[str, object]:
    began = time.perf_counter()
    try:
        answer = await sender.send(Request("GET", url))
    except UnreachableError as error:
        return {
            "code": str(error.code),
            "message": error.message,
            "may_have_arrived": error.may_have_arrived,
        }
    return {"status": answer.status, "ms": 1000 * (time.perf_counter() - began)}


def start() -> None:
    """Lets the page's scripts call these, by name; what they give back is JSON."""
    calls: tuple[Callable[..., Awaitable[object]], ...] = (
        *(list_checks, keep_contract, ask, ask_again, ask_at_once, cancel),
    )
    by_name = {call.__name__: call for call in calls}

    async def call(name: str, arguments: str) -> str:
        return json.dumps(await by_name[name](*json.loads(arguments)))

    js_window: Any = js.self
    js_window.tunnelTests = create_proxy(call)
