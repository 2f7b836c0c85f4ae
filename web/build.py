"""Builds `dist/`: the folder that an embedder uploads, with everything the browser loads.

    python web/build.py

Nothing in it refers to another origin. The two entry points are bundled by esbuild (the
stylesheet becomes part of the loader, so that the button needs one request); PyScript and
Pyodide are copied from their npm packages as they are; our Python is zipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
DIST = ROOT / "dist"
MODULES = WEB / "node_modules"

PYODIDE_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)
# What PyScript loads for a `<script type="py">` on the main thread with the plugins that
# runtime.js leaves on; the other chunks are its editor, terminal, game and MicroPython.
PYSCRIPT_CHUNKS = ("core", "core-*", "error-*")
# A zip's own oldest date: the same sources give the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)


def copy_runtime(target: Path) -> list[str]:
    """Copies PyScript and Pyodide; returns their paths relative to `dist/`."""
    target.mkdir(parents=True)
    pyscript = MODULES / "@pyscript" / "core" / "dist"
    sources = [MODULES / "pyodide" / name for name in PYODIDE_FILES]
    for chunk in PYSCRIPT_CHUNKS:
        sources += sorted(pyscript.glob(f"{chunk}.js"))
    for source in sources:
        shutil.copyfile(source, target / source.name)
    return [f"{target.name}/{source.name}" for source in sources]


def zip_pywidget(target: Path) -> None:
    """Zips the package, sorted and undated, so that the same sources give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sorted((ROOT / "pywidget").rglob("*.py")):
            name = source.relative_to(ROOT).as_posix()
            entry = zipfile.ZipInfo(name, EPOCH)
            archive.writestr(entry, source.read_bytes(), zipfile.ZIP_DEFLATED)


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
            f"--outdir={DIST}",
        ],
        check=True,
    )


def build() -> None:
    """Makes `dist/` anew."""
    shutil.rmtree(DIST, ignore_errors=True)
    files = copy_runtime(DIST / "runtime")
    zip_pywidget(DIST / "pywidget.zip")
    bundle_scripts([*files, "pywidget.zip"])
    for name in ("callback.html", "callback.css"):
        shutil.copyfile(WEB / name, DIST / name)


if __name__ == "__main__":
    build()
