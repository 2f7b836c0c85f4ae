"""`dist/` as it was built: the same bytes anywhere, with the licenses of what is in it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

from e2e.delivery import DIST
from web.build import MODULES, PYODIDE, PYSCRIPT, ROOT, list_chunks, read_version
from web.licenses import LICENSES, NATIVE
from web.manifest import MANIFEST, compute_integrity, find_problems, read_manifest
from web.reproducible import PLACES

BUILD = """
from pathlib import Path
from web.build import compile_python
compile_python(Path("made"), "python", "pywidget", "pywidget.main")
"""


@pytest.mark.long
def test_python_is_compiled_to_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    """The slowest step, and the one with the most to go wrong; `make reproducible` takes all."""
    place = PLACES[-1]
    folder = tmp_path / place.folder
    for name in ("pywidget", "web"):
        ignored = shutil.ignore_patterns("node_modules", "__pycache__", "*.mo")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    (folder / "web" / "node_modules").symlink_to(MODULES)
    for path in [*(folder / "pywidget").rglob("*"), *(folder / "web").glob("*.py")]:
        os.utime(path, (place.date, place.date))
    (folder / "made").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(folder), **place.environment}
    command = [sys.executable, "-P", "-c", BUILD]
    subprocess.run(command, cwd=folder, env=environment, umask=place.mask, check=True)  # noqa: S603 - our own arguments, no shell
    for name in ("python", "pywidget"):
        (built,) = DIST.glob(f"assets/{name}-??????????.zip")
        assert (folder / "made" / f"{name}.zip").read_bytes() == built.read_bytes()


def test_the_manifest_is_that_of_the_folder() -> None:
    assert list(find_problems(DIST)) == []
    manifest = read_manifest(DIST)
    assert manifest["integrity"]["embed.js"] == compute_integrity((DIST / "embed.js").read_bytes())
    assert {"embed.js", "callback.html", "check.html", LICENSES} <= set(manifest["files"])
    assert MANIFEST not in manifest["files"]


@pytest.fixture(scope="module")
def licenses() -> str:
    return (DIST / LICENSES).read_text(encoding="utf-8")


def list_npm_folders() -> set[str]:
    """The packages whose files are in what is shipped, as the source maps name them."""
    folders = {"@pyscript/core", "pyodide"}
    for chunk in list_chunks():
        sources = json.loads((PYSCRIPT / f"{chunk.name}.map").read_text(encoding="utf-8"))[
            "sources"
        ]
        for source in sources:
            found = re.search(r"node_modules/(.*node_modules/)?(@[^/]+/[^/]+|[^/]+)/", source)
            if found:
                folders.add((found[1] or "") + found[2])
    return folders


def test_every_npm_package_that_is_shipped_is_named_with_its_version(licenses: str) -> None:
    folders = list_npm_folders()
    assert "polyscript" in folders
    for folder in folders:
        package = json.loads((MODULES / folder / "package.json").read_text(encoding="utf-8"))
        assert f"\n{package['name']} {package['version']} (assets/" in licenses


def test_every_python_package_that_is_shipped_is_named_with_its_version(licenses: str) -> None:
    names = {
        name.partition("/")[0]
        for name in ("pywidget", "check")
        for path in DIST.glob(f"assets/{name}-??????????.zip")
        for name in zipfile.ZipFile(path).namelist()
    }
    assert names == {"pywidget", "pyodide_http"}
    (package,) = packages_distributions()["pyodide_http"]
    assert f"\n{package} {version(package)} (" in licenses
    assert f"\npywidget {read_version()} (" in licenses


def test_the_libraries_in_pyodide_are_those_that_are_named(licenses: str) -> None:
    binary = (PYODIDE / "pyodide.asm.wasm").read_bytes()
    works = json.loads(NATIVE.read_text(encoding="utf-8"))["works"]
    for work in works:
        assert (
            f"\n{work['name']}{' ' * bool(work.get('version'))}{work.get('version', '')} ("
            in licenses
        )
        if "mark" in work:
            assert work["version"] in work["mark"]
            assert work["mark"].encode() in binary, work["name"]


def test_terms_and_the_place_of_the_source_come_with_them(licenses: str) -> None:
    pyodide = json.loads((PYODIDE / "package.json").read_text(encoding="utf-8"))["version"]
    assert f"https://github.com/pyodide/pyodide/tree/{pyodide}" in licenses
    for words in (
        "Mozilla Public License Version 2.0",
        "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
        "Apache License",
        "Jean-loup Gailly and Mark Adler",
        "Copyright (c) 2022 Koen Vossen",
    ):
        assert words in licenses


def test_a_constant_that_nobody_gives_stops_the_build(tmp_path: Path) -> None:
    """In a browser it would be an error, and only where it is used."""
    tool = ROOT / "web" / "tools" / "bundle.mjs"
    command = ["node", str(tool), str(tmp_path), "{}"]
    ran = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own
    assert ran.returncode != 0
    assert "nobody has given snapshot-worker its " in ran.stderr
