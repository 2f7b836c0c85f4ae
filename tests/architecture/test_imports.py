"""Dependencies point one way, and only one folder knows that there is a browser."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "pywidget").rglob("*.py"))
SCRIPTS = sorted([*ROOT.glob("web/*.js"), *ROOT.glob("web/tunnel/*.js")])

BROWSER_MODULES = {"js", "pyodide", "pyodide_js", "pyscript", "pyodide_http"}
FORBIDDEN_MODULES = {"random", "pickle", "marshal"}
MAY_IMPORT = {
    "domain": {"domain"},
    "words": {"domain", "words"},
    "zoom": {"domain", "zoom"},
    "ports": {"domain", "zoom"},
    "settings": {"domain", "zoom"},
    "connection": {"domain", "zoom", "ports", "settings", "connection"},
    "meetings": {"domain", "zoom", "ports", "connection", "meetings"},
    "widget": {"domain", "zoom", "ports", "connection", "meetings", "words", "widget"},
    "ui": {"domain", "connection", "words", "widget", "ui"},
    "assemble": {"ports", "settings", "connection", "meetings", "widget"},
    "tunnel": {"domain", "zoom", "tunnel"},
    "check": {"domain", "zoom", "ports", "settings", "words", "check"},
    # Where the terminal's parts are joined: the one adapter that needs no browser is among them.
    "check.__main__": {"check", "browser.urllib_http"},
    "browser": {
        *("domain", "zoom", "ports", "settings", "words", "widget", "ui", "tunnel", "check"),
        "browser",
    },
    "main": {"ports", "settings", "assemble", "words", "widget", "browser"},
    "": set[str](),  # the package itself
}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "print"}
FORBIDDEN_ATTRIBUTES = {
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "cookie",
    "random",
}
FORBIDDEN_IN_SCRIPTS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|Math\.random|\beval\s*\(|"
    r"\bnew Function\b|document\.cookie|\bonmessage\b|['\"]\*['\"]"
)


def find_part(path: Path) -> str:
    """`zoom` for `pywidget/zoom/pkce.py`, `main` for `pywidget/main.py`."""
    first, *rest = path.relative_to(ROOT / "pywidget").with_suffix("").parts
    if rest == ["__main__"]:
        return f"{first}.__main__"
    return first if first != "__init__" else ""


def find_imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
            # `from pywidget import browser` is an import of pywidget.browser too.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def find_import_problems(part: str, source: str) -> list[str]:
    problems = []
    for name in find_imports(source):
        top, *rest = name.split(".")
        if top == "":
            problems.append(f"relative import: {name}")
        if top in BROWSER_MODULES and part != "browser":
            problems.append(f"the browser outside pywidget/browser: {name}")
        if top in FORBIDDEN_MODULES:
            problems.append(f"forbidden: {name}")
        if top in {"tests", "e2e"}:
            problems.append(f"tests in the product: {name}")
        if top == "pywidget" and rest and not {rest[0], ".".join(rest[:2])} & MAY_IMPORT[part]:
            problems.append(f"{part} must not import {name}")
    return problems


def find_dangers(source: str) -> list[str]:
    dangers = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_ATTRIBUTES:
            dangers.append(node.attr)
        if isinstance(node, ast.Constant) and node.value in FORBIDDEN_ATTRIBUTES:
            dangers.append(node.value)  # Reflect.set(…, "innerHTML", …)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in FORBIDDEN_CALLS
        ):
            dangers.append(node.func.id)
    return dangers


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_module_imports_only_what_its_layer_may(path: Path) -> None:
    assert find_import_problems(find_part(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("connection", "from pywidget.widget.model import Wanted"),
        ("meetings", "from pywidget.widget.presenter import Presenter"),
        ("connection", "from pywidget.assemble import assemble"),
        ("domain", "from pywidget.zoom.http import Request"),
        ("domain", "import pywidget.widget.widget"),
        ("zoom", "from pywidget import ports"),
        ("domain", "from pywidget.words.message import Message"),
        ("words", "from pywidget.zoom.rest import parse_answer"),
        ("words", "from pywidget.widget.model import Model"),
        ("connection", "from pywidget.words.errors import explain"),
        ("meetings", "from pywidget.words.words import Words"),
        ("widget", "from pywidget.ui.view import render"),
        ("connection", "from pywidget import browser"),
        ("ui", "from pywidget.zoom.token import Token"),
        ("ui", "def late():\n    from pywidget.browser import http"),
        ("browser", "from pywidget.main import start"),
        ("check", "from pywidget.browser.urllib_http import UrllibTransport"),
        ("check", "from pywidget.ui.view import render"),
        ("check.__main__", "from pywidget.browser.http import PyfetchTransport"),
        ("widget", "from pywidget.check.row import Row"),
        ("connection", "from pywidget.tunnel.transport import TunnelTransport"),
        ("tunnel", "from pywidget.browser.http import PyfetchTransport"),
        ("main", "from pywidget.check.run import check_page"),
        ("meetings", "import js"),
        ("ui", "from pyodide.ffi import to_js"),
        ("zoom", "import pyscript.web"),
        ("main", "import js"),
        ("main", "import pyodide_http"),
        ("browser", "import random"),
        ("meetings", "from random import choice"),
        ("zoom", "from . import token"),
        ("widget", "from tests.doubles import clock"),
    ],
)
def test_the_import_check_sees_a_violation(part: str, source: str) -> None:
    assert find_import_problems(part, source)


def test_the_import_check_lets_the_layers_below_through() -> None:
    source = (
        "import json\nfrom pywidget.domain.errors import Code\nfrom pywidget.widget import model"
    )
    assert find_import_problems("ui", source) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_python_makes_markup_or_code_from_text(path: Path) -> None:
    assert find_dangers(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "js_node.innerHTML = text",
        "js_node.insertAdjacentHTML('beforeend', text)",
        "js.Reflect.set(js_node, 'innerHTML', text)",
        "js.Math.random()",
        "eval(text)",
        "print(token)",
    ],
)
def test_the_check_for_dangers_sees_one(source: str) -> None:
    assert find_dangers(source)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_or_code_from_text(path: Path) -> None:
    assert FORBIDDEN_IN_SCRIPTS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "root.innerHTML = name",
        "node.insertAdjacentHTML('beforeend', name)",
        "const state = Math.random()",
        "eval (text)",
        "new Function(text)",
        "opener.postMessage(answer, '*')",
        "window.onmessage = hear",
    ],
)
def test_the_check_of_the_scripts_sees_a_violation(source: str) -> None:
    assert FORBIDDEN_IN_SCRIPTS.search(source)


def test_there_is_something_to_check() -> None:
    parts = {find_part(path) for path in SOURCES}
    assert parts == {
        *("", "main", "assemble", "ports", "settings"),
        *("domain", "words", "zoom", "connection", "meetings", "widget", "ui", "browser"),
        *("check", "check.__main__", "tunnel"),
    }
    assert {"embed.js", "callback.js", "tunnel.js"} <= {path.name for path in SCRIPTS}


def test_everything_outside_the_browser_folder_imports_on_plain_cpython() -> None:
    """In a fresh interpreter: no stub of another test can help."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in SOURCES
        if find_part(path) not in {"browser", "main"}
    ]
    names.append("pywidget.browser.urllib_http")  # the adapter that CPython shares
    blocked = "; ".join(f"sys.modules[{name!r}] = None" for name in sorted(BROWSER_MODULES))
    imports = "; ".join(f"import {name}" for name in names)
    code = f"import sys; {blocked}; {imports}"
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
