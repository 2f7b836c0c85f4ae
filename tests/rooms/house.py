"""What the imports of `pywidget/` say about its rooms.

A room is a folder right below `pywidget/`, or a file there.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from grimp import ImportGraph, build_graph

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = "pywidget"
_PYTHON: Final = {".py", ".pyc"}
_BUILT: Final = {".json"}  # Git ignores them

Arrow: TypeAlias = tuple[str, str]  # importer, imported


@dataclass(frozen=True, slots=True)
class Room:
    """One room.

    Attributes:
        name: `widget` or `main`.
        purpose: The first line of its docstring.
        files: How many modules it has, without the `__init__.py`; `None` for a file.
        touches_browser: Whether something in it imports what only a browser has.
        sources: The names of its files that are not Python, such as `en.po`.
    """

    name: str
    purpose: str
    files: int | None
    touches_browser: bool
    sources: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the name as it is in a listing of the folder."""
        return f"{self.name}.py" if self.files is None else f"{self.name}/"


@dataclass(frozen=True, slots=True)
class Exemption:
    """An import against the direction, which the linter lets pass: `module` is what is imported."""

    importer: str
    imported: str
    module: str


@dataclass(frozen=True, slots=True)
class House:
    """All rooms by name, and who imports whom.

    `arrows` leaves out what follows from others: if a room imports a second one, and that a third
    one, there is no arrow from the first to the third.
    """

    rooms: tuple[Room, ...]
    arrows: tuple[Arrow, ...]
    exemptions: tuple[Exemption, ...]


def read_house() -> House:
    """Read the imports of the package, and the linter's exemptions in pyproject.toml."""
    graph = build_graph(PACKAGE, include_external_packages=True, cache_dir=None)
    exempt = read_exempt_imports()
    for importer, imported in exempt:
        graph.remove_import(importer=importer, imported=imported)
    names = sorted(map(find_room, graph.find_children(PACKAGE)))
    arrows = {
        (importer, imported)
        for importer in names
        for imported in names
        if importer != imported
        and graph.direct_import_exists(
            importer=f"{PACKAGE}.{importer}", imported=f"{PACKAGE}.{imported}", as_packages=True
        )
    }
    browser_modules = frozenset(read_contract("browser-only")["forbidden_modules"])
    return House(
        rooms=tuple(_read_room(graph, name, browser_modules) for name in names),
        arrows=reduce_arrows(arrows),
        exemptions=tuple(
            Exemption(find_room(importer), find_room(imported), imported.rpartition(".")[2])
            for importer, imported in exempt
        ),
    )


def read_exempt_imports() -> tuple[Arrow, ...]:
    """Return the imports between modules that the linter's rule for the rooms ignores."""
    pairs = (line.partition(" -> ") for line in read_contract("one-way")["ignore_imports"])
    return tuple((importer, imported) for importer, _, imported in pairs)


def read_contract(name: str) -> dict[str, Any]:
    """Return one of the linter's contracts in pyproject.toml, by its id."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    (found,) = (contract for contract in contracts if contract["id"] == name)
    return dict(found)


def find_room(module: str) -> str:
    """Return the room that a module is in: `zoom` for `pywidget.zoom.pkce`."""
    return module.split(".")[1]


def reduce_arrows(arrows: AbstractSet[Arrow]) -> tuple[Arrow, ...]:
    """Leave out each arrow whose end can be reached from its start by way of others.

    Raises:
        ValueError: They run in a circle.
    """
    for start, end in arrows:
        if start in find_reachable(end, arrows):
            raise ValueError(f"The imports of {start} and {end} run in a circle: see `make lint`.")
    return tuple(sorted((a, b) for a, b in arrows if b not in find_reachable(a, arrows - {(a, b)})))


def find_reachable(start: str, arrows: Iterable[Arrow]) -> frozenset[str]:
    """Return the rooms that a room imports, directly or by way of others."""
    arrows = tuple(arrows)
    found: set[str] = set()
    ahead = [start]
    while ahead:
        here = ahead.pop()
        new = {end for begin, end in arrows if begin == here} - found
        found |= new
        ahead.extend(new)
    return frozenset(found)


def _read_room(graph: ImportGraph, name: str, browser_modules: frozenset[str]) -> Room:
    module = f"{PACKAGE}.{name}"
    inside = graph.find_descendants(module)
    path = ROOT / PACKAGE / name
    source = (path / "__init__.py" if inside else path.with_suffix(".py")).read_text("utf-8")
    return Room(
        name=name,
        purpose=(ast.get_docstring(ast.parse(source)) or "").partition("\n")[0].replace("`", ""),
        files=sum(not graph.find_children(one) for one in inside) if inside else None,
        touches_browser=any(
            graph.find_modules_directly_imported_by(one) & browser_modules
            for one in {module, *inside}
        ),
        sources=tuple(
            sorted(
                file.name
                for file in path.rglob("*.*")
                if file.is_file() and file.suffix not in _PYTHON | _BUILT
            )
        ),
    )
