"""Waiting for the page: for events, for frames, for an editor's last word.

Facts: a page that nobody sees draws no frames, and its timers are slow, so every wait has a limit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import js
from pyodide.ffi import create_proxy

from pywidget.browser.editing import build_options

_LONGEST_FRAME = 0.1  # seconds
_FRAMES = 2  # the first may be under way already


@contextmanager
def listening(
    js_target: Any, names: tuple[str, ...], listener: Callable[[Any], object], **options: bool
) -> Iterator[None]:
    """Call `listener` with the target's events of these names, while the block runs."""
    js_options = build_options(**options)
    proxy = create_proxy(listener)
    for name in names:
        js_target.addEventListener(name, proxy, js_options)
    try:
        yield
    finally:
        for name in names:
            js_target.removeEventListener(name, proxy, js_options)
        proxy.destroy()


async def wait_for_frames(count: int = _FRAMES) -> None:
    """Wait until the page has been drawn so many times."""
    for _ in range(count):
        drawn: asyncio.Future[None] = asyncio.Future()
        proxy = create_proxy(lambda _time, drawn=drawn: drawn.done() or drawn.set_result(None))
        number = js.requestAnimationFrame(proxy)
        await asyncio.wait({drawn}, timeout=_LONGEST_FRAME)
        js.cancelAnimationFrame(number)
        proxy.destroy()


async def wait_for_last_word(seconds: float) -> None:
    """Wait until an editor or a framework has surely rendered what it makes of an edit."""
    await wait_for_frames()
    await asyncio.sleep(seconds)
