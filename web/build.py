"""The build of `dist/`: the folder that an embedder uploads, with everything the browser loads.

    python -m web.build

Nothing in it refers to another origin. `embed.js` and the pages keep their names; everything else
is in `assets/`, under names that change with the content, so that browsers may cache it
indefinitely. The steps are in `web/tools/`: Pyodide is trimmed, Python is compiled by the Python
that will run it, the scripts are bundled. The install check, `check.html`, has a Python library of
its own: it needs more of it than the widget, which must not pay for that.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import tomllib
import zipfile
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import PackagePath, distribution
from pathlib import Path

from web.catalogue import (
    compile_catalogue,
    fill_page,
    list_languages,
    read_script_words,
    read_sentences,
    write_translation,
)
from web.licenses import (
    describe_own,
    list_bundled,
    list_native,
    read_icons,
    read_npm,
    read_python,
    read_terms,
    write_licenses,
)
from web.manifest import write_manifest

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
TOOLS = WEB / "tools"
DIST = ROOT / "dist"
UNFINISHED = ROOT / "dist.unfinished"
KEPT = ROOT / ".cache" / "build"  # slow to build, and rarely changes
MODULES = WEB / "node_modules"
PYODIDE = MODULES / "pyodide"
PYSCRIPT = MODULES / "@pyscript" / "core" / "dist"

# The files that PyScript loads for a `<script type="py">` on the main thread with the plugins that
# runtime.js leaves on; the other chunks are its editor, terminal, game and MicroPython.
# A chunk comes before those that import it.
PYSCRIPT_CHUNKS = ("core-*.js", "core.js", "error-*.js")
PYODIDE_MODULES = ("pyodide.mjs", "pyodide.asm.mjs")

# The packages that our modules may import: the check's HTTP, and the tunnel's.
PACKAGES = ("h11", "pyodide-http")

# The modules that the check's worker imports; it names the second one only in a browser.
CHECK = ("pywidget.browser.check_worker", "pyodide_http._urllib")

PAGES = ("callback.html", "callback.css", "check.html", "check.css")

LICENSES = """\
This folder contains pywidget, and what others have made, some of it trimmed. The list has the names
of the files for each, its license, and where its source is; the terms follow.

Pyodide is CPython and C libraries, compiled for browsers. Its own files are under the Mozilla
Public License 2.0, and their source is at {source}.
The programs web/tools/trim_pyodide.mjs and web/tools/route_calls.mjs, in the source of pywidget,
have trimmed and changed what Pyodide's makers built. No other work was changed.
"""


def run_tool(name: str, *arguments: str | Path) -> None:
    """Run one of our Node programs."""
    command: list[str | Path] = ["node", TOOLS / name, *arguments]
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments, no shell


def hash_files(*paths: Path) -> str:
    """Return a short hash of files' names and contents."""
    digest = sha256()
    for path in paths:
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def trim_pyodide() -> Path:
    """Trim Pyodide, unless neither it nor the trimming has changed; return the folder."""
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
        raise RuntimeError(f"{kept} has other files than it should: delete it")
    return kept


def compile_python(folder: Path, library_name: str, name: str, *entries: str) -> tuple[Path, Path]:
    """Write the standard library, as far as these modules reach it, and the packages they need.

    Where the package `words` goes, its catalogue goes, too.

    Args:
        folder: The folder for both archives.
        library_name: The name of the first one, without its ending.
        name: The name of the second one.
        entries: The modules that are imported first.
    """
    library, packages = folder / f"{library_name}.zip", folder / f"{name}.zip"
    with tempfile.NamedTemporaryFile(suffix=".zip") as sources:
        # A tree may say that it is older than a zip can; what is made of this says no time at all.
        with zipfile.ZipFile(sources, "w", strict_timestamps=False) as archive:
            for source in sorted((ROOT / "pywidget").rglob("*.py")):
                archive.write(source, source.relative_to(ROOT))
            catalogue = compile_catalogue()
            archive.write(catalogue, catalogue.relative_to(ROOT))
            for package in PACKAGES:
                for file in list_package_files(package, ".py"):
                    archive.write(file.locate(), file)
        sources.flush()
        run_tool("compile_python.mjs", PYODIDE, sources.name, library, packages, *entries)
    return library, packages


def add_python(assets: Path, library_name: str, name: str, *entries: str) -> tuple[Path, Path]:
    """Write both archives like `compile_python`, as assets."""
    with tempfile.TemporaryDirectory() as folder:
        made = compile_python(Path(folder), library_name, name, *entries)
        library, packages = (add_asset(assets, path) for path in made)
    return library, packages


def list_package_files(package: str, ending: str) -> list[PackagePath]:
    """List the files that one of our dependencies has installed."""
    found = distribution(package).files or []
    files = sorted(file for file in found if file.name.endswith(ending))
    if not files:
        raise RuntimeError(f"{package} has no {ending}: install it again")
    return files


def add_asset(assets: Path, source: Path) -> Path:
    """Copy a file to a name that changes with its content."""
    target = assets / f"{source.stem}-{hash_files(source)}{source.suffix}"
    shutil.copyfile(source, target)
    return target


def add_folder(assets: Path, name: str, sources: list[Path]) -> Path:
    """Copy files that name each other, and so keep their names, to a folder like an asset."""
    target = assets / f"{name}-{hash_files(*sources)}"
    target.mkdir()
    for source in sources:
        shutil.copyfile(source, target / source.name)
    return target


def add_languages(assets: Path) -> dict[str, dict[str, str]]:
    """Write the sentences of each language but English; return what scripts know them by."""
    languages = {}
    with tempfile.TemporaryDirectory() as folder:
        for language in list_languages():
            source = Path(folder, f"words-{language}.json")
            source.write_text(write_translation(language), encoding="utf-8")
            languages[language] = describe_asset(assets, add_asset(assets, source))
    return languages


def list_chunks() -> list[Path]:
    """List the files of PyScript that are loaded."""
    return [path for chunk in PYSCRIPT_CHUNKS for path in sorted(PYSCRIPT.glob(chunk))]


def describe_asset(folder: Path, path: Path) -> dict[str, str]:
    """Return what our scripts know a file by: its name in this folder, and its SHA-256.

    The digest is written as in an `integrity` attribute (Subresource Integrity, section 3.1).
    """
    digest = b64encode(sha256(path.read_bytes()).digest()).decode()
    return {"file": path.relative_to(folder).as_posix(), "digest": f"sha256-{digest}"}


def read_lock() -> str:
    """Read Pyodide's lock file without its packages, none of which we have."""
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    return json.dumps({**lock, "packages": {}})


def add_licenses(target: Path) -> None:
    """Write the terms of the works in the folder, ours and those of others."""
    pyodide = read_npm(PYODIDE, "assets/pyodide-*", read_terms("MPL-2.0"))
    source = f"{pyodide.source}/tree/{pyodide.version}"
    python = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))["info"]["python"]
    works = [
        describe_own(read_version(), "all else"),
        replace(pyodide, source=source),
        *list_native({"version": pyodide.version, "python": python}),
        read_npm(PYSCRIPT.parent, "assets/pyscript-*"),
        *list_bundled(PYSCRIPT, list_chunks(), MODULES),
        read_icons("assets/runtime-*"),
        read_python("pyodide-http", "assets/check-*.zip"),
    ]
    write_licenses(target, LICENSES.format(source=source), works)


def read_version() -> str:
    """Read the release from `pyproject.toml`."""
    project: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return project


def fill(target: Path) -> None:
    """Create everything in this empty folder."""
    from web.build_tunnel import describe_script  # noqa: PLC0415 - it is made of what is made here

    assets = target / "assets"
    assets.mkdir(parents=True)
    pyodide = add_folder(assets, "pyodide", sorted(trim_pyodide().iterdir()))
    chunks = list_chunks()
    pyscript = add_folder(assets, "pyscript", chunks)
    compile_catalogue()  # or both of the next would do it, at the same moment
    with ThreadPoolExecutor() as beside:
        product = beside.submit(add_python, assets, "python", "pywidget", "pywidget.main")
        check_library, check = add_python(assets, "python-check", "check", *CHECK)
        library, widget = product.result()
    wasm = pyodide / "pyodide.asm.wasm"
    package = json.loads((PYODIDE / "package.json").read_text(encoding="utf-8"))
    # A snapshot of Python's memory holds all of these, and fits no others; nor does a tunnel.
    parts = f"{pyodide.name}+{library.stem}+{widget.stem}"
    build_id = sha256(parts.encode()).hexdigest()[:10]
    words = read_script_words()
    pyodide_modules = [describe_asset(assets, pyodide / name) for name in PYODIDE_MODULES]
    pyscript_modules = [describe_asset(assets, pyscript / path.name) for path in chunks]
    values = {
        "PYODIDE_FOLDER": pyodide.name,
        "PYODIDE_VERSION": package["version"],
        "PYODIDE_LOCK": read_lock(),
        "PYSCRIPT_FOLDER": pyscript.name,
        "STANDARD_LIBRARY": describe_asset(assets, library),
        "PYWIDGET": describe_asset(assets, widget),
        "CHECK_STANDARD_LIBRARY": describe_asset(assets, check_library),
        "CHECK_PACKAGES": describe_asset(assets, check),
        "VERSION": read_version(),
        "BUILD_ID": build_id,
        "WASM": describe_asset(assets, wasm),
        "WASM_FILE": wasm.relative_to(assets).as_posix(),
        "DOWNLOAD_SIZE": sum(path.stat().st_size for path in (wasm, library, widget)),
        "PYODIDE_MODULES": pyodide_modules,
        "PYSCRIPT_MODULES": pyscript_modules,
        "SCRIPT_FILES": [module["file"] for module in (*pyodide_modules, *pyscript_modules)],
        "LANGUAGES": add_languages(assets),
        "LANGUAGE_TAGS": list_languages(),
        "TUNNEL": describe_script(assets, build_id),
        **{f"WORDS.{key}": text for key, text in words.items()},
        **{f"SENTENCES.{key}": sentence for key, sentence in read_sentences().items()},
    }
    run_tool("bundle.mjs", target, json.dumps(values))
    for name in PAGES:
        page = (WEB / name).read_text(encoding="utf-8")
        (target / name).write_text(fill_page(page, words), encoding="utf-8")
    add_licenses(target)
    write_manifest(target, version=read_version(), build_id=build_id)


def build() -> None:
    """Build `dist/` from scratch, and only then replace the old one."""
    shutil.rmtree(UNFINISHED, ignore_errors=True)
    fill(UNFINISHED)
    shutil.rmtree(DIST, ignore_errors=True)
    UNFINISHED.rename(DIST)


if __name__ == "__main__":
    build()
