"""The import of the tunnel's Python in slices, between which the page can respond to its user.

Facts: a module costs what Python compiles when it is run, some milliseconds for each class of
messages. All of them in one go take 50 to 100 ms on a slow machine. A package is run before its
parts; only if it waits for them instead is each part a slice of its own.
"""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType

# In this order, none of them imports many others that were not imported before.
_PARTS_OF_H11 = (
    "h11._util",
    "h11._headers",
    "h11._events",
    "h11._receivebuffer",
    "h11._state",
    "h11._readers",
    "h11._writers",
    "h11._connection",
)
_ONE_AT_A_TIME = asyncio.Lock()  # a package without its parts looks complete
_OURS = (
    "pywidget.tunnel.http_exchange",
    "pywidget.tunnel.transport",
    "pywidget.tunnel.mbed_tls",
    "pywidget.browser.web_socket",
    "pywidget.browser.tunnel_parts",
)


async def import_parts() -> ModuleType:
    """Import the module that joins them, with all that it needs, and return it."""
    async with _ONE_AT_A_TIME:
        await _import_slices("pywidget.tunnel.ports")
        if "h11" not in sys.modules:
            spec = find_spec("h11")
            if spec is None or spec.loader is None:
                raise ModuleNotFoundError(name="h11")
            package = sys.modules["h11"] = module_from_spec(spec)
            await _import_slices(*_PARTS_OF_H11)
            spec.loader.exec_module(package)
        await _import_slices(*_OURS)
    return sys.modules[_OURS[-1]]


async def _import_slices(*names: str) -> None:
    for name in names:
        import_module(name)
        await asyncio.sleep(0)
