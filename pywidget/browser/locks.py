"""The Web Locks of this origin: one holder at a time, whichever tab it is in.

Facts: a lock is held until the promise of its callback settles. A tab that closes or crashes lets
go of its locks. The API is there in secure contexts only.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import js
from pyodide.ffi import create_proxy


class WebLocks:
    """Implements `ports.Locks`."""

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Waits for the lock, and holds it until the block ends."""
        granted: asyncio.Future[None] = asyncio.Future()
        js_resolvers = js.Promise.withResolvers()

        def take(_js_lock: object) -> object:
            if not granted.done():
                granted.set_result(None)
            return js_resolvers.promise

        callback = create_proxy(take)
        js_done = js.navigator.locks.request(name, callback)
        try:
            await granted
            yield
        finally:
            js_resolvers.resolve()
            await js_done
            callback.destroy()
