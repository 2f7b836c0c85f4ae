"""Searches the sources as text and as syntax trees, without knowing which file holds what."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pywidget"
WEB = ROOT / "web"


class ContractError(Exception):
    """The sources are not written as this program expects: it has to be taught."""


@cache
def list_trees() -> dict[Path, ast.Module]:
    """List the syntax tree of every module of the package."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def walk() -> Iterator[ast.AST]:
    """Walk through every node of every module."""
    for tree in list_trees().values():
        yield from ast.walk(tree)


def find_members(enum: str) -> dict[str, str]:
    """Find the members of the one `StrEnum` of this name, wherever it is: name to value."""
    found = [path for path, tree in list_trees().items() if _has_enum(tree, enum)]
    if len(found) != 1:
        raise ContractError(f"there are {len(found)} enums called {enum}")
    module = ".".join(found[0].relative_to(ROOT).with_suffix("").parts)
    return {member.name: str(member.value) for member in getattr(import_module(module), enum)}


def _has_enum(tree: ast.Module, name: str) -> bool:
    return any(
        isinstance(node, ast.ClassDef)
        and node.name == name
        and [ast.unparse(base) for base in node.bases] == ["StrEnum"]
        for node in tree.body
    )


def find_in_files(pattern: str, *files: str) -> set[str]:
    """Find the first group of a pattern in all files of these patterns in the project."""
    texts = (path.read_text("utf-8") for glob in files for path in ROOT.glob(glob))
    found = {match for text in texts for match in re.findall(pattern, text)}
    if not found:
        raise ContractError(f"nothing in {', '.join(files)} looks like {pattern}")
    return found
