"""Every code and every reason is given to an error or a message somewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from pywidget.domain.errors import Code, Reason
from tests.public_contract.sources import PACKAGE, WEB, list_trees

ERRORS = PACKAGE / "domain" / "errors.py"


def find_given(node: ast.AST) -> Iterator[str]:
    """Names such as `Code.NETWORK`, but not where something is only compared with them."""
    if isinstance(node, ast.Compare | ast.Set | ast.pattern):
        return
    if isinstance(node, ast.Attribute):
        yield ast.unparse(node)
    for child in ast.iter_child_nodes(node):
        yield from find_given(child)


def find_called(tree: ast.AST) -> Iterator[str]:
    """The names of what is called or raised."""
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        called = node.exc if isinstance(node, ast.Raise) else called
        if isinstance(called, ast.Name):
            yield called.id


def find_all_given() -> Iterator[str]:
    """The same in the whole package: a class of errors gives what it has if others call it."""
    others = [tree for path, tree in list_trees().items() if path != ERRORS]
    called = {name for tree in others for name in find_called(tree)}
    classes = [node for node in list_trees()[ERRORS].body if isinstance(node, ast.ClassDef)]
    for tree in [*others, *(each for each in classes if each.name in called)]:
        yield from find_given(tree)


GIVEN = frozenset(find_all_given())


@pytest.mark.parametrize("code", [code for code in Code if code is not Code.RUNTIME_LOAD_FAILED])
def test_every_code_is_given_by_somebody(code: Code) -> None:
    assert f"Code.{code.name}" in GIVEN


def test_the_code_that_python_never_gives_is_the_loaders() -> None:
    assert f"Code.{Code.RUNTIME_LOAD_FAILED.name}" not in GIVEN
    scripts = [path.read_text("utf-8") for path in WEB.glob("*.js")]
    assert any(f'"{Code.RUNTIME_LOAD_FAILED}"' in script for script in scripts)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_given_by_somebody(reason: Reason) -> None:
    assert f"Reason.{reason.name}" in GIVEN


@pytest.mark.parametrize(
    ("source", "is_given"),
    [
        ("raise WidgetError(Code.NETWORK)", True),
        ("def explain(): return Code.NETWORK, None", True),
        ("CODES = {'invalid_client': Code.NETWORK}", True),
        ("is_offline = error.code is Code.NETWORK", False),
        ("STAYS = frozenset({Code.NETWORK})", False),
        ("match code:\n    case Code.NETWORK: stay()", False),
    ],
)
def test_a_code_that_is_only_looked_for_is_not_given(source: str, *, is_given: bool) -> None:
    assert ("Code.NETWORK" in set(find_given(ast.parse(source)))) is is_given
