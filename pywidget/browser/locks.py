"""The Web Locks of this origin: one holder at a time, whichever tab it is in.

Facts: a lock is held until the promise of its callback settles. A tab that closes or crashes
releases its locks. The API exists in secure contexts only. In a page without an origin of its own
(a sandboxed frame) a request is rejected, and its callback is never called. Messages between tabs
take a different route from locks: a message that was sent before a lock was released may arrive
after the next tab has it. So it is released a little later.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import js
from pyodide.ffi import create_proxy

from pywidget.domain.errors import Code, HostPageError

HEAD_START = 0.25  # seconds for other tabs to get the messages sent under the lock


class WebLocks:
    """The `ports.Locks` of this origin."""

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Wait for the lock, and hold it until the block ends and all tabs have heard of it."""
        js_locks = getattr(js.navigator, "locks", None)
        if js_locks is None:
            raise HostPageError(Code.INSECURE_CONTEXT)
        granted: asyncio.Future[None] = asyncio.Future()
        js_promise, js_resolve = _make_promise()

        def take(_js_lock: object) -> object:
            if not granted.done():
                granted.set_result(None)
            return js_promise

        def end(_js_result: object) -> None:
            callback.destroy()
            if not granted.done():
                granted.set_exception(HostPageError(Code.STORAGE_UNAVAILABLE))

        callback = create_proxy(take)
        js_locks.request(name, callback).then(end, end)
        try:
            await granted
            yield
        finally:
            asyncio.get_running_loop().call_later(HEAD_START, js_resolve)


def _make_promise() -> tuple[Any, Any]:
    """Create a promise and its resolver: `Promise.withResolvers` is younger than some browsers."""
    resolvers: list[Any] = []
    js_promise = js.Promise.new(lambda js_resolve, _js_reject: resolvers.append(js_resolve))
    return js_promise, resolvers[0]
