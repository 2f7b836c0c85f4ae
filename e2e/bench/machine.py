"""The machine that a run was measured on."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

_MODULES: Final = Path(__file__).resolve().parent.parent.parent / "web" / "node_modules"
_PACKAGES: Final = ("@pyscript/core", "pyodide")


def describe_machine(browser: str) -> dict[str, str]:
    """Return the machine's properties, without its name or any path."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": _find_line("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": str(os.cpu_count()),
        "memory": _find_line("/proc/meminfo", "MemTotal"),
        "load average before": f"{os.getloadavg()[0]:.2f}",
        "system": f"{platform.system()} {platform.release()}",
        "browser": browser,
        "playwright": version("playwright"),
        **{name: _read_version(name) for name in _PACKAGES},
    }


def _find_line(file: str, name: str) -> str:
    """Return a value from one of the kernel's tables, or nothing if there is no such table."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _read_version(package: str) -> str:
    manifest = _MODULES / package / "package.json"
    return str(json.loads(manifest.read_text(encoding="utf-8"))["version"])
