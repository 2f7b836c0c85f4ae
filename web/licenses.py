"""The licenses of what a built folder contains, `licenses.txt`: names, versions, terms.

Facts: PyScript comes bundled with other npm packages, and its source map names their files. Pyodide
comes linked with C libraries, which no package names: `web/licenses/native.json` lists those of the
pinned release, by Pyodide's own build files (Makefile.envs, cpython/Makefile) and by what the
binary says of itself. Lucide's package is large: its few icons that are drawn are in `web/icons/`,
as they come. Terms that no installed package brings are in `web/licenses/`, verbatim.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Final

WEB: Final = Path(__file__).resolve().parent
TEXTS: Final = WEB / "licenses"
ICONS: Final = WEB / "icons"
NATIVE: Final = TEXTS / "native.json"
LICENSES: Final = "licenses.txt"
_MODULES: Final = "node_modules/"
_ICON_HEAD: Final = re.compile(r"<!-- @license (\S+) v(\S+) - (\S+) -->")


@dataclass(frozen=True, slots=True)
class Work:
    """Something that somebody else has made, and that is in the folder.

    Attributes:
        name: As its makers call it.
        version: The one that is shipped.
        where: The files that hold it.
        license: Its name.
        source: Where its source is.
        terms: The license as it comes with the work, copyright lines included.
    """

    name: str
    version: str
    where: str
    license: str
    source: str
    terms: str

    @property
    def title(self) -> str:
        """What it is called in the file."""
        return f"{self.name} {self.version}".strip()


def read_terms(name: str, holders: Iterable[str] = ()) -> str:
    """Read terms that are kept here, with the copyright lines that belong to them."""
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").strip("\n")
    return "\n\n".join(filter(None, ["\n".join(holders), text]))


def read_icons(where: str) -> Work:
    """Describe the icons in `web/icons/`, each of which names its release in its first line."""
    heads = {path.read_text(encoding="utf-8").partition("\n")[0] for path in ICONS.glob("*.svg")}
    (head,) = heads  # of one release, all of them
    name, version, license_name = _ICON_HEAD.fullmatch(head).groups()  # type: ignore[union-attr]
    source = "https://github.com/lucide-icons/lucide"
    return Work(name, version, where, license_name, source, read_terms("Lucide"))


def list_native(pyodide: Mapping[str, str]) -> Iterator[Work]:
    """List what is compiled into Pyodide's binary.

    Args:
        pyodide: What its lock file says of it: its own version, and Python's.

    Raises:
        ValueError: The list is that of another release.
    """
    native = json.loads(NATIVE.read_text(encoding="utf-8"))
    if native["pyodide"] != pyodide:
        raise ValueError(f"{NATIVE.name} is that of {native['pyodide']}, and this is {pyodide}")
    for work in native["works"]:
        terms = read_terms(work["terms"], work.get("holders", ())) if "terms" in work else ""
        where = work.get("where", "assets/pyodide-*")
        source, version = work.get("source", ""), work.get("version", "")
        yield Work(work["name"], version, where, work["license"], source, terms)


def list_bundled(folder: Path, bundles: Iterable[Path], modules: Path) -> Iterator[Work]:
    """List the npm packages that somebody has bundled into these scripts of theirs.

    Args:
        folder: Where the scripts are, as their source maps see it.
        bundles: The scripts; the source map of each is beside it.
        modules: The folder with the installed packages.
    """
    found: set[str] = set()
    for bundle in bundles:
        text = (folder / f"{bundle.name}.map").read_text(encoding="utf-8")
        paths = (path.partition(_MODULES) for path in json.loads(text)["sources"])
        found.update(find_package(path) for _, inside, path in paths if inside)
    for name in sorted(found):
        yield read_npm(modules / name, "assets/pyscript-*")


def find_package(path: str) -> str:
    """Find the folder of a file's package: `a` for `a/b.js`, and `@a/b` for `@a/b/c/d.js`."""
    before, inside, last = path.rpartition(_MODULES)
    parts = last.split("/")
    return before + inside + "/".join(parts[: 2 if last.startswith("@") else 1])


def read_npm(folder: Path, where: str, terms: str = "") -> Work:
    """Describe an installed npm package; it brings its terms, unless they are given."""
    package: dict[str, Any] = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    files = sorted(folder.glob("LICENSE*"))
    if not terms and files:
        terms = files[0].read_text(encoding="utf-8").strip("\n")
    elif not terms:  # some have only the license's name and theirs
        terms = read_terms(package["license"], [f"Copyright (c) {package['author']}"])
    page = f"https://www.npmjs.com/package/{package['name']}"
    source = package.get("repository", {"url": page})["url"]
    source = source.removeprefix("git+").removesuffix(".git")
    return Work(package["name"], package["version"], where, package["license"], source, terms)


def read_python(name: str, where: str) -> Work:
    """Describe an installed Python package."""
    package = distribution(name)
    files = sorted(file for file in package.files or [] if file.name.startswith("LICENSE"))
    terms = Path(str(files[0].locate())).read_text(encoding="utf-8").strip("\n")
    data = package.metadata
    return Work(name, package.version, where, data["License"], data["Home-page"], terms)


def describe_own(version: str, where: str) -> Work:
    """Describe what this project itself has made."""
    terms = (WEB.parent / "LICENSE").read_text(encoding="utf-8").strip("\n")
    return Work("pywidget", version, where, "MIT", "", terms)


def write_licenses(target: Path, head: str, works: Iterable[Work]) -> None:
    """Write who has made what, and then all terms; works with the same terms share them."""
    works = list({work.title: work for work in works}.values())
    listed = [
        f"{work.title} ({work.where}): {work.license}." + (f" {work.source}" if work.source else "")
        for work in works
    ]
    shared: dict[str, list[str]] = {}
    for work in works:
        if work.terms:
            shared.setdefault(work.terms, []).append(work.title)
    parts = [head.strip("\n"), "\n".join(listed)]
    for terms, titles in shared.items():
        title = ", ".join(titles)
        parts.append(f"{title}\n{'=' * len(title)}\n\n{terms}")
    text = "\n\n\n".join(parts)
    (target / LICENSES).write_text(f"{text}\n", encoding="utf-8")
