"""Puts a mutant into the running program: code objects and constants are exchanged.

Facts: who has imported a function has the same function object, whose code can be exchanged as long
as it closes over as many variables. Who has imported a constant has a name of its own for it. What
a module computes from a constant, at import, is computed again.
"""

from __future__ import annotations
import __future__

import ast
import gc
import sys
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final

from tests.mutants.mutant import PACKAGE, Mutant
from tests.mutants.operators import apply, reach

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)

_FLAGS: Final = __future__.annotations.compiler_flag


class InvalidMutantError(Exception):
    """An error for code that can't stand in the place of the old."""


def exchange(mutant: Mutant) -> None:
    """Let the mutant take its place.

    Raises:
        InvalidMutantError: It can't.
    """
    path = PACKAGE / mutant.file
    tree = ast.parse(path.read_text("utf-8"), str(path))
    scope = reach(tree, mutant.home)
    is_function = isinstance(scope, _FUNCTIONS)
    try:
        old = _find_code(tree, str(path), scope) if is_function else None
        _, _ = apply(tree, (*mutant.home, *mutant.way), mutant.change)
        if old:
            _exchange_code(old, _find_code(tree, str(path), scope))
        else:
            _exchange_constant(mutant, tree)
    except (LookupError, SyntaxError, TypeError, ValueError) as error:
        raise InvalidMutantError(str(error)) from error


def _find_code(tree: ast.Module, name: str, function: Any) -> CodeType:
    first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
    waiting = [compile(tree, name, "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        if code.co_name == function.name and code.co_firstlineno == first:
            return code
        waiting += [each for each in code.co_consts if isinstance(each, CodeType)]
    raise LookupError(function.name)


def _exchange_code(old: CodeType, new: CodeType) -> None:
    found = [
        each
        for each in gc.get_objects()
        if isinstance(each, FunctionType)
        and each.__code__.co_filename == old.co_filename
        and each.__code__.co_firstlineno == old.co_firstlineno
        and each.__code__.co_name == old.co_name
    ]
    if not found:
        raise LookupError(old.co_name)
    for function in found:
        function.__code__ = new


def _exchange_constant(mutant: Mutant, tree: ast.Module) -> None:
    """Compute it and what the module makes of it, and tell everybody who has imported them."""
    module = _find_module(mutant.file)
    changed: set[str] = set()
    for statement in tree.body:
        name = _find_target(statement)
        used = {each.id for each in ast.walk(statement) if isinstance(each, ast.Name)}
        if name and (name == mutant.scope or used & changed):
            old = getattr(module, name)
            code = compile(
                ast.Module([statement], []), module.__name__, "exec", _FLAGS, dont_inherit=True
            )
            exec(code, vars(module))  # noqa: S102 - the module's own statement
            _tell_others(name, old, getattr(module, name))
            changed.add(name)


def _find_target(statement: ast.stmt) -> str:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            return name
    return ""


def _find_module(file: str) -> ModuleType:
    name = f"{PACKAGE.name}/{file}".removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return sys.modules[name]


def _tell_others(name: str, old: object, new: object) -> None:
    if name.startswith("_"):
        return
    for module in list(sys.modules.values()):
        if getattr(module, "__dict__", {}).get(name) is old:
            setattr(module, name, new)
