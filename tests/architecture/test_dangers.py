"""No code makes markup or code from text, or prints what may be secret."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "pywidget").rglob("*.py"))
SCRIPTS = sorted([*ROOT.glob("web/*.js"), *ROOT.glob("web/tunnel/*.js")])

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


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_json_from_outside_is_never_too_deep_for_the_browser(path: Path) -> None:
    readers = {"domain/json_text.py", "browser/rich_field.py"}  # the second reads its own script's
    if path.relative_to(ROOT / "pywidget").as_posix() not in readers:
        assert "json.loads" not in path.read_text(encoding="utf-8"), "read_json has a bottom"


# The check reads any page there is, and judges what it finds; it opens and shows none of it.
LOOSE = re.compile(r"\b(?:urlsplit|urlparse)\b")
STRICT = [path for path in SOURCES if path.parent.name != "check"]


@pytest.mark.parametrize("path", STRICT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_python_reads_a_url_more_loosely_than_the_one_parser(path: Path) -> None:
    """`urllib.parse` and browsers disagree on where a URL leads: domain/url.py says how."""
    assert LOOSE.findall(path.read_text(encoding="utf-8")) == []


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
    assert {"main.py", "assemble.py", "machine.py"} <= {path.name for path in SOURCES}
    assert {"embed.js", "callback.js", "tunnel.js"} <= {path.name for path in SCRIPTS}


# Whatever else is in `js`, a script of the page may have put there since: web/natives.js.
SEES_SECRETS = {"BroadcastChannel", "fetch", "localStorage", "pyfetch", "sessionStorage"}
SEE_NONE = {
    "answer_kind.py": {"pyfetch"},  # harmless requests
    "sign_in_window.py": {"BroadcastChannel"},  # what every listener of the page may hear
    "web_socket.py": {"pyfetch"},  # harmless requests
    "windows.py": {"sessionStorage"},  # only the names of what it deletes
}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "pywidget/browser").glob("*.py")), ids=lambda path: path.name
)
def test_what_sees_secrets_was_taken_before_the_page_could_wrap_it(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    names |= {
        alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert names & SEES_SECRETS <= SEE_NONE.get(path.name, set())
