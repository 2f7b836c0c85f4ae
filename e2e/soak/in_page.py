"""Counts what Python holds in the page. Only a page with Pyodide can run this."""

from __future__ import annotations

import asyncio
import gc
import json

import js
from pyodide.ffi import create_proxy
from pyodide_js import _module as js_module

_CONTAINERS = (dict, list, set, tuple)


def count() -> str:
    """Return the counts, as JSON."""
    gc.collect()
    held = gc.get_objects()
    return json.dumps(
        {
            "python_objects": len(held),
            # A text in a list is not counted by itself, but makes the list longer.
            "python_items": sum(len(each) for each in held if type(each) in _CONTAINERS),
            "tasks": len(asyncio.all_tasks()),
            "js_proxies": js_module._hiwire_num_refs(),  # noqa: SLF001 - nothing else counts them
            "py_proxies": js_module.pyproxy_alloc_map.size,
            "wasm_bytes": js_module.HEAPU8.length,
        }
    )


js_module.enable_pyproxy_allocation_tracing()
js.window.soak.countPython = create_proxy(count)
