"""The ways in which a piece of code is changed.

Wording is left alone: docstrings, and what an error says. So are annotations and decorators.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any, Final

Change = Callable[[Any], ast.AST]
"""Takes a node (of a copy, which it may change) and returns what stands in its place."""
Path = tuple[tuple[str, int | None], ...]
"""The way from a node to one below it: the names of fields, with the index where it is a list."""

_COMPARISONS: Final = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: Final = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_SKIPPED: Final = frozenset({"annotation", "returns", "decorator_list", "format_spec", "args"})
_NAMING: Final = frozenset({"cast", "TypeVar", "NewType"})
"""Calls whose text is for type checkers."""


def find_changes(scope: ast.AST) -> Iterator[tuple[str, Path, Change]]:
    """Find all changes of a function, or of a module's statement.

    Each has a kind, in a word or two, and the path to its node.
    """
    yield from _walk(scope, (), is_wording=False)


def _walk(node: ast.AST, path: Path, *, is_wording: bool) -> Iterator[tuple[str, Path, Change]]:
    if is_docstring(node):
        return
    if path or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for kind, change in _list_changes(node, is_wording=is_wording):
            yield kind, path, change
    is_wording = is_wording or isinstance(node, ast.Raise)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _NAMING:
        return
    for field, value in ast.iter_fields(node):
        if field in _SKIPPED and not (field == "args" and isinstance(node, ast.Call)):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.AST):
                yield from _walk(child, (*path, (field, index)), is_wording=is_wording)


def is_docstring(node: ast.AST) -> bool:
    """Tell whether a statement is text alone, or an ellipsis."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _list_changes(node: ast.AST, *, is_wording: bool) -> Iterator[tuple[str, Change]]:
    yield from _list_of_choices(node, is_wording=is_wording)
    yield from _list_of_values(node, is_wording=is_wording)
    match node:
        case (
            ast.Expr()
            | ast.Assign()
            | ast.AugAssign()
            | ast.Raise()
            | ast.Continue()
            | ast.Break()
            | ast.Return(value=None)
        ):
            yield "delete", lambda node: ast.copy_location(ast.Pass(), node)


def _list_of_choices(node: ast.AST, *, is_wording: bool) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.If() | ast.While() | ast.IfExp() if not is_wording:
            yield "negate", _negate_test
        case ast.comprehension(ifs=ifs):
            for index in range(len(ifs)):
                yield "negate a filter", _negate_filter(index)
        case ast.match_case(guard=ast.expr()):
            yield "negate a guard", _negate_guard
        case ast.Match(cases=cases) if len(cases) > 1:
            for index in range(len(cases)):
                yield "drop a case", _drop_case(index)


def _list_of_values(node: ast.AST, *, is_wording: bool) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare(ops=ops):
            for index, operator in enumerate(ops):
                if type(operator) in _COMPARISONS:
                    yield "compare otherwise", _compare_otherwise(index)
        case ast.BoolOp():
            yield "and, or", _exchange_and_or
        case ast.UnaryOp(op=ast.Not()):
            yield "drop a not", lambda node: node.operand
        case ast.BinOp(op=operator) if type(operator) in _ARITHMETIC:
            yield "calculate otherwise", _calculate_otherwise
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "return nothing", _return_nothing
        case ast.Constant(value=value) if not is_wording and _can_differ(value):
            yield "another constant", _change_constant


def _can_differ(value: object) -> bool:
    return isinstance(value, (bool, int, float, str, bytes))


def _not(node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), node), node)


def _negate_test(node: Any) -> ast.AST:
    node.test = _not(node.test)
    return node  # type: ignore[no-any-return]


def _negate_guard(node: Any) -> ast.AST:
    node.guard = _not(node.guard)
    return node  # type: ignore[no-any-return]


def _negate_filter(index: int) -> Change:
    def change(node: Any) -> ast.AST:
        node.ifs[index] = _not(node.ifs[index])
        return node  # type: ignore[no-any-return]

    return change


def _drop_case(index: int) -> Change:
    def change(node: Any) -> ast.AST:
        del node.cases[index]
        return node  # type: ignore[no-any-return]

    return change


def _compare_otherwise(index: int) -> Change:
    def change(node: Any) -> ast.AST:
        node.ops[index] = _COMPARISONS[type(node.ops[index])]()
        return node  # type: ignore[no-any-return]

    return change


def _exchange_and_or(node: Any) -> ast.AST:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return node  # type: ignore[no-any-return]


def _calculate_otherwise(node: Any) -> ast.AST:
    node.op = _ARITHMETIC[type(node.op)]()
    return node  # type: ignore[no-any-return]


def _return_nothing(node: Any) -> ast.AST:
    node.value = ast.copy_location(ast.Constant(None), node.value)
    return node  # type: ignore[no-any-return]


def _change_constant(node: Any) -> ast.AST:
    match node.value:
        case bool():
            node.value = not node.value
        case str():
            node.value = f"XX{node.value}"
        case bytes():
            node.value = b"XX" + node.value
        case _:
            node.value += 1
    return node  # type: ignore[no-any-return]


def reach(node: Any, path: Path) -> Any:
    """Return the node at the end of this path."""
    for field, index in path:
        node = getattr(node, field)
        if index is not None:
            node = node[index]
    return node


def apply(scope: Any, path: Path, change: Change) -> tuple[str, str]:
    """Change a tree in place; return what stood there, and what does now."""
    node = reach(scope, path)
    before = ast.unparse(node)
    new = change(node)
    if path:
        *way, (field, index) = path
        parent = reach(scope, tuple(way))
        if index is None:
            setattr(parent, field, new)
        else:
            getattr(parent, field)[index] = new
    ast.fix_missing_locations(scope)
    return before, ast.unparse(reach(scope, path))
