"""Builds `dist/`: the folder that an embedder uploads, with everything the browser loads.

    python web/build.py

Nothing in it refers to another origin. The two entry points are bundled by esbuild (the
stylesheet becomes part of the loader, so that the button needs one request); PyScript and
Pyodide are copied from their npm packages; Python code, the standard library's and ours, is
compiled by the Python that will run it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
DIST = ROOT / "dist"
UNFINISHED = ROOT / "dist.unfinished"
MODULES = WEB / "node_modules"

PYODIDE_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
)
STANDARD_LIBRARY = "python_stdlib.zip"
# What PyScript loads for a `<script type="py">` on the main thread with the plugins that
# runtime.js leaves on; the other chunks are its editor, terminal, game and MicroPython.
PYSCRIPT_CHUNKS = ("core", "core-*", "error-*")


def copy_runtime(target: Path) -> list[str]:
    """Copies PyScript and Pyodide; returns their paths relative to `dist/`."""
    target.mkdir(parents=True)
    pyscript = MODULES / "@pyscript" / "core" / "dist"
    sources = [MODULES / "pyodide" / name for name in PYODIDE_FILES]
    for chunk in PYSCRIPT_CHUNKS:
        sources += sorted(pyscript.glob(f"{chunk}.js"))
    for source in sources:
        shutil.copyfile(source, target / source.name)
    compile_python(MODULES / "pyodide" / STANDARD_LIBRARY, target / STANDARD_LIBRARY)
    return [f"{target.name}/{path.name}" for path in sorted(target.iterdir())]


def compile_python(source: Path, target: Path) -> None:
    """Makes a zip of compiled modules from a zip of sources, with Pyodide's own Python."""
    command: list[str | Path] = ["node", WEB / "compile.mjs", source, target]
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments, no shell


def pack_pywidget(target: Path) -> None:
    """Makes the zip of our own package, compiled."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "pywidget.zip"
        with zipfile.ZipFile(sources, "w") as archive:
            for source in (ROOT / "pywidget").rglob("*.py"):
                archive.write(source, source.relative_to(ROOT))
        compile_python(sources, target)


def bundle_scripts(files: list[str]) -> None:
    """Bundles `embed.js` and `callback.js`, telling the loader what to fetch before it starts."""
    subprocess.run(  # noqa: S603 - our own arguments, no shell
        [
            MODULES / ".bin" / "esbuild",
            WEB / "embed.js",
            WEB / "callback.js",
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--loader:.css=text",
            "--log-level=warning",
            f"--define:RUNTIME_FILES={json.dumps(files)}",
            f"--outdir={UNFINISHED}",
        ],
        check=True,
    )


def build() -> None:
    """Makes `dist/` anew, and only then in the place of the old one."""
    shutil.rmtree(UNFINISHED, ignore_errors=True)
    files = copy_runtime(UNFINISHED / "runtime")
    pack_pywidget(UNFINISHED / "pywidget.zip")
    bundle_scripts([*files, "pywidget.zip"])
    for name in ("callback.html", "callback.css"):
        shutil.copyfile(WEB / name, UNFINISHED / name)
    shutil.rmtree(DIST, ignore_errors=True)
    UNFINISHED.rename(DIST)


if __name__ == "__main__":
    build()
