"""A contract: a module whose `check_…` coroutines hold for every implementation of a port.

Each check gets a bench: the port, and the few things that a check does to its surroundings. The
modules beside this one import neither pytest nor a browser, so that the same checks run on the
doubles under CPython and on the real adapters inside a page. A check that does not hold raises.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pywidget.domain.errors import Code, WidgetError

if TYPE_CHECKING:
    from collections.abc import Iterator

Check = Callable[[Any], Awaitable[None]]
PREFIX = "check_"
_PATIENCE = 15  # seconds; a check that hangs must not stop the others


def find_checks(contract: ModuleType) -> dict[str, Check]:
    """Return a contract's checks by name."""
    found = {name: value for name, value in vars(contract).items() if name.startswith(PREFIX)}
    assert found, f"{contract.__name__} has no checks"
    return found


async def run_check(check: Check, bench: object) -> str | None:
    """Run a check; return the problem, or `None`."""
    try:
        await asyncio.wait_for(check(bench), _PATIENCE)
    except Exception:  # noqa: BLE001 - a report, whatever it is
        return traceback.format_exc()
    return None


@contextmanager
def refused(code: Code) -> Iterator[None]:
    """Assert that the port refuses with this code."""
    try:
        yield
    except WidgetError as error:
        found: Code | None = error.code
    else:
        found = None
    assert found is code, f"{code} was due, not {found}"
