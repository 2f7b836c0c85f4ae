"""The mutants of a file, by names that survive edits elsewhere in it."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.mutants.operators import Change, apply, find_changes, reach
from tests.mutants.operators import Path as Way

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "pywidget"
_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of one place.

    Attributes:
        file: The file, from the package.
        scope: The function, `Class.method`, or the constant of the module that is changed.
        kind: What kind of change it is.
        before: The code that stood there, in one line.
        after: The code that stands there now.
        number: Tells apart what is the same in all this; 1 for the first.
        lines: The line of what is changed, then those of what it is in, outwards.
        home: The way from the module to the function or statement.
        way: The way from there to what is changed.
        change: The change.
    """

    file: str
    scope: str
    kind: str
    before: str
    after: str
    number: int
    lines: tuple[int, ...]
    home: Way
    way: Way
    change: Change

    @property
    def name(self) -> str:
        """What the table of equivalent mutants has."""
        number = f" ({self.number})" if self.number > 1 else ""
        return f"{self.file} | {self.scope} | {self.kind}{number} | {self.before} => {self.after}"

    @property
    def room(self) -> str:
        """The folder below the package."""
        return self.file.partition("/")[0]


def find_mutants(path: Path) -> list[Mutant]:
    """Find all mutants of a file of the package."""
    file = path.relative_to(PACKAGE).as_posix()
    return [*_name(file, ast.parse(path.read_text("utf-8")))]


def _name(file: str, tree: ast.Module) -> Iterator[Mutant]:
    seen: Counter[tuple[str, ...]] = Counter()
    for scope, home, node in _find_scopes(tree, (), ""):
        for kind, way, change in find_changes(node):
            trial = copy.deepcopy(node)
            lines = _find_lines(node, way)
            before, after = map(_shorten, apply(trial, way, change))
            if before == after:  # the difference is further back
                after = f"{after} ..."
            key = (scope, kind, before, after)
            seen[key] += 1
            yield Mutant(file, scope, kind, before, after, seen[key], lines, home, way, change)


def _shorten(code: str) -> str:
    return " ".join(code.split())[:_SHOWN]


def _find_lines(scope: Any, way: Way) -> tuple[int, ...]:
    lines = [scope.lineno]
    for end in range(1, len(way) + 1):
        node = reach(scope, way[:end])
        if hasattr(node, "lineno") and node.lineno != lines[-1]:
            lines.append(node.lineno)
    return tuple(reversed(lines))


def _find_scopes(
    node: ast.Module | ast.ClassDef, way: Way, prefix: str
) -> Iterator[tuple[str, Way, ast.AST]]:
    for index, child in enumerate(node.body):
        here = (*way, ("body", index))
        match child:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield prefix + name, here, child
            case ast.ClassDef(name=name):
                if not any(ast.unparse(base) == "Protocol" for base in child.bases):
                    yield from _find_scopes(child, here, f"{prefix}{name}.")
            case (
                ast.Assign(targets=[ast.Name(id=name)])
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr())
            ) if not prefix and name.isupper():
                yield name, (*here, ("value", None)), child.value  # type: ignore[misc]
