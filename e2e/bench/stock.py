"""Stock PyScript on Pyodide, from the npm packages that the widget is built of.

It is served as well as possible without changing it: compressed, and cached by the browser
indefinitely. The configuration only says that the interpreter is on our own origin.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

_MODULES: Final = Path(__file__).resolve().parent.parent.parent / "web" / "node_modules"
# Among the packages, so that a new `npm ci` removes the old copies.
_STOCK: Final = _MODULES / ".cache" / "pywidget-stock"
_PYODIDE_FILES: Final = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)


def prepare_stock() -> Path:
    """Return the folder to serve; the first call creates it, which takes a minute."""
    if not _STOCK.exists():
        unfinished = _STOCK.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        # The folder for files that browsers cache indefinitely, as in `dist/`.
        assets = unfinished / "assets"
        assets.mkdir(parents=True)
        pyscript = _MODULES / "@pyscript" / "core" / "dist"
        sources = [_MODULES / "pyodide" / name for name in _PYODIDE_FILES]
        sources += [*pyscript.glob("*.js"), pyscript / "core.css"]
        for source in sources:
            shutil.copyfile(source, assets / source.name)
        compress(*assets.iterdir())
        unfinished.rename(_STOCK)
    return _STOCK


def compress(*files: Path) -> None:
    """Write a `.br` beside each file."""
    script = Path(__file__).with_name("compress.mjs")
    command: list[str | Path] = ["node", script, *files]
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments, no shell
