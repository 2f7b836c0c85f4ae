"""The compilation of the modules that some others reach. Runs in Pyodide, by compile_python.mjs.

It reads `/sources.zip` (the package pywidget, and its dependencies) and `/stdlib.zip`, and writes a
`.compiled.zip` of each with the modules that are reached. No list of modules is kept by hand: the
modules that the environment names in `ENTRIES` are imported, what our functions import and decode
later is loaded too, errors are formatted, and then the interpreter is asked what it holds.
Catalogues of words go with the package that they are in.

Facts: the archives are stored, not deflated: a server compresses the whole archive better than zip
compresses its single files, and the page need not inflate it. The header of a `.pyc` says
"hash-based, not to be checked" (PEP 552). The annotations of each function become a function of
their own (PEP 649), which nobody calls; a class may read its own annotations, as dataclasses do.
There are no columns for tracebacks either, since there are no sources to show them in
(compile_python.mjs).
"""

from __future__ import annotations

import ast
import codecs
import importlib
import inspect
import os
import sys
import traceback
from contextlib import suppress

OWN = "/sources.zip/pywidget/"
ARCHIVE = ".zip/"
FAILING = ("1 / 0", "sys.modulez", "import asynco", "f(", "print(suppres)")


def find_origin(name: str) -> str:
    """Return where a module was loaded from; empty for built-in ones."""
    spec = sys.modules[name].__spec__
    return (spec and spec.origin) or ""


def reach_later_imports(source: str) -> None:
    """Load what the module's functions import when they are called, and the codecs they name."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names):
                for alias in names:
                    importlib.import_module(alias.name)
            case ast.ImportFrom(str(name), names):
                importlib.import_module(name)
                for alias in names:
                    with suppress(ModuleNotFoundError):  # most are not modules
                        importlib.import_module(f"{name}.{alias.name}")
            case ast.Call(ast.Attribute(_, "encode" | "decode"), [ast.Constant(str(name)), *_]):
                codecs.lookup(name)


def reach_failures() -> None:
    """Format errors as the console shows them, suggestions included."""
    for code in FAILING:
        try:
            exec(code)  # noqa: S102 - our own words
        except Exception as error:  # noqa: BLE001 - each is another one
            traceback.format_exception(error)


for entry in os.environ["ENTRIES"].split():
    importlib.import_module(entry)
for own in [name for name in sys.modules if find_origin(name).startswith(OWN)]:
    reach_later_imports(inspect.getsource(sys.modules[own]))
reach_failures()
reached = {
    find_origin(name).partition(ARCHIVE)[2].removesuffix(".py")
    for name in list(sys.modules)
    if ARCHIVE in find_origin(name)
}

# From here on, what is imported serves this program only.
import importlib.util
import marshal
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's oldest date, so that the same sources give the same bytes
HEADER = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)


class Unannotated(ast.NodeTransformer):
    """A tree whose functions have no annotations."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        """Strip a parameter."""
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """Strip a function, and those inside it."""
        node.returns = None
        self.generic_visit(node)
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AsyncFunctionDef:
        """Strip an asynchronous function, and those inside it."""
        node.returns = None
        self.generic_visit(node)
        return node


def compile_reached(source_path: str, target_path: str, *, keeps_annotations: bool) -> None:
    """Compile without docstrings and asserts; the name in the archive is what a traceback says."""
    with zipfile.ZipFile(source_path) as source, zipfile.ZipFile(target_path, "w") as target:
        for name in sorted(source.namelist()):
            if name.endswith(".json") and f"{name.rpartition('/')[0]}/__init__" in reached:
                target.writestr(zipfile.ZipInfo(name, EPOCH), source.read(name))
            elif name.removesuffix(".py") in reached:
                tree = ast.parse(source.read(name), name)
                if not keeps_annotations:
                    tree = Unannotated().visit(tree)
                code = compile(tree, name, "exec", dont_inherit=True, optimize=2)
                target.writestr(zipfile.ZipInfo(f"{name}c", EPOCH), HEADER + marshal.dumps(code))


# The standard library reads some of its own annotations, to dispatch by them.
compile_reached("/stdlib.zip", "/stdlib.compiled.zip", keeps_annotations=True)
compile_reached("/sources.zip", "/sources.compiled.zip", keeps_annotations=False)
