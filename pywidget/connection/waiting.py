"""Waiting for an answer, but only until something else happens."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


async def wait_or(limit: Coroutine[Any, Any, object], answer: asyncio.Future[Any]) -> bool:
    """Wait until the answer is there or `limit` is over; tell whether the answer is there.

    The answer may still come afterwards; `limit` is cancelled.
    """
    over = asyncio.ensure_future(limit)
    try:
        await asyncio.wait({answer, over}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        over.cancel()
    return answer.done()
