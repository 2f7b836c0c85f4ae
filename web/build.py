"""Builds `dist/`: the folder that an embedder uploads, with everything the browser loads.

    python web/build.py

Nothing in it refers to another origin. `embed.js` and the callback page keep their names;
everything else is in `assets/`, under names that change with what is in them, so that browsers
may keep it for ever. The steps are in `web/tools/`: Pyodide is trimmed, Python is compiled by the
Python that will run it, the scripts are bundled.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import tomllib
import zipfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
TOOLS = WEB / "tools"
DIST = ROOT / "dist"
UNFINISHED = ROOT / "dist.unfinished"
KEPT = ROOT / ".cache" / "build"  # what takes long and seldom changes
MODULES = WEB / "node_modules"
PYODIDE = MODULES / "pyodide"
PYSCRIPT = MODULES / "@pyscript" / "core" / "dist"

# What PyScript loads for a `<script type="py">` on the main thread with the plugins that
# runtime.js leaves on; the other chunks are its editor, terminal, game and MicroPython.
PYSCRIPT_CHUNKS = ("core.js", "core-*.js", "error-*.js")


def run_tool(name: str, *arguments: str | Path) -> None:
    """Runs one of our Node programs."""
    command: list[str | Path] = ["node", TOOLS / name, *arguments]
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments, no shell


def hash_files(*paths: Path) -> str:
    """A short hash of files' names and contents."""
    digest = sha256()
    for path in paths:
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def trim_pyodide() -> Path:
    """The folder with the trimmed Pyodide; made anew only when Pyodide or the trimming changes."""
    tool, part = TOOLS / "trim_pyodide.mjs", TOOLS / "route_calls.mjs"
    names = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
    kept = KEPT / f"pyodide-{hash_files(tool, part, WEB / 'package-lock.json')}"
    if not kept.exists():
        unfinished = kept.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        run_tool(tool.name, PYODIDE, unfinished)
        unfinished.rename(kept)
    if sorted(path.name for path in kept.iterdir()) != sorted(names):
        raise RuntimeError(f"{kept} is not what it should be: delete it")
    return kept


def compile_python(assets: Path) -> tuple[Path, Path]:
    """Writes the standard library, as far as the widget reaches it, and our own package."""
    with tempfile.TemporaryDirectory() as folder:
        sources, library, widget = (
            Path(folder) / name for name in ("sources.zip", "python.zip", "pywidget.zip")
        )
        with zipfile.ZipFile(sources, "w") as archive:
            for source in sorted((ROOT / "pywidget").rglob("*.py")):
                archive.write(source, source.relative_to(ROOT))
        run_tool("compile_python.mjs", PYODIDE, sources, library, widget)
        return add_asset(assets, library), add_asset(assets, widget)


def add_asset(assets: Path, source: Path) -> Path:
    """Copies a file under a name that changes with what is in it."""
    target = assets / f"{source.stem}-{hash_files(source)}{source.suffix}"
    shutil.copyfile(source, target)
    return target


def add_folder(assets: Path, name: str, sources: list[Path]) -> Path:
    """The same for files that name each other, and so must keep their own names."""
    target = assets / f"{name}-{hash_files(*sources)}"
    target.mkdir()
    for source in sources:
        shutil.copyfile(source, target / source.name)
    return target


def read_lock() -> str:
    """Pyodide's lock file without its packages, none of which we have."""
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    return json.dumps({**lock, "packages": {}})


def read_version() -> str:
    """The release."""
    project: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    return project


def fill(target: Path) -> None:
    """Makes everything in this empty folder."""
    assets = target / "assets"
    assets.mkdir(parents=True)
    pyodide = add_folder(assets, "pyodide", sorted(trim_pyodide().iterdir()))
    chunks = [path for chunk in PYSCRIPT_CHUNKS for path in sorted(PYSCRIPT.glob(chunk))]
    pyscript = add_folder(assets, "pyscript", chunks)
    library, widget = compile_python(assets)
    package = json.loads((PYODIDE / "package.json").read_text(encoding="utf-8"))
    values = {
        "PYODIDE_FOLDER": pyodide.name,
        "PYODIDE_VERSION": package["version"],
        "PYODIDE_LOCK": read_lock(),
        "PYSCRIPT_FOLDER": pyscript.name,
        "STANDARD_LIBRARY": library.name,
        "PYWIDGET": widget.name,
        # A snapshot of Python's memory holds all of these, and fits no other ones.
        "VERSION": read_version(),
        "BUILD_ID": f"{pyodide.name}+{library.stem}+{widget.stem}",
        "WASM": f"{pyodide.name}/pyodide.asm.wasm",
        "MODULES": [
            *(f"{pyodide.name}/{name}" for name in ("pyodide.mjs", "pyodide.asm.mjs")),
            *(f"{pyscript.name}/{path.name}" for path in chunks),
        ],
    }
    run_tool("bundle.mjs", target, json.dumps(values))
    for name in ("callback.html", "callback.css"):
        shutil.copyfile(WEB / name, target / name)


def build() -> None:
    """Makes `dist/` anew, and only then in the place of the old one."""
    shutil.rmtree(UNFINISHED, ignore_errors=True)
    fill(UNFINISHED)
    shutil.rmtree(DIST, ignore_errors=True)
    UNFINISHED.rename(DIST)


if __name__ == "__main__":
    build()
