"""The rooms keep the contracts of pyproject.toml, and the linter sees it when one does not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
NAMES = {contract["id"]: contract["name"] for contract in SETTINGS["contracts"]}
(BROWSER_MODULES,) = (
    contract["forbidden_modules"]
    for contract in SETTINGS["contracts"]
    if contract["id"] == "browser-only"
)

# Which contract each import breaks: its id, the module, what is added to that, what it imports.
PLANTED = (
    ("one-way", "connection.route", "from pywidget.widget.model import Model", "widget.model"),
    ("one-way", "connection.route", "from pywidget.assemble import assemble", "assemble"),
    ("one-way", "connection.route", "from pywidget import browser", "browser"),
    ("one-way", "connection.route", "from pywidget.tunnel import ports", "tunnel.ports"),
    ("one-way", "meetings.intent_store", "import pywidget.widget.services", "widget.services"),
    ("one-way", "domain.query", "from pywidget.zoom.http import Request", "zoom.http"),
    ("one-way", "domain.query", "import pywidget.widget.widget", "widget.widget"),
    ("one-way", "zoom.pkce", "from pywidget import ports", "ports"),
    ("one-way", "widget.shown_meeting", "from pywidget.ui.view import render", "ui.view"),
    ("one-way", "widget.shown_meeting", "from pywidget.check.row import Row", "check.row"),
    ("one-way", "ui.node", "def late():\n    import pywidget.browser.http", "browser.http"),
    ("one-way", "ui.node", "from pywidget.check.row import Row", "check.row"),
    ("one-way", "browser.values", "from pywidget.main import start", "main"),
    ("one-way", "browser.values", "from pywidget.assemble import assemble", "assemble"),
    ("one-way", "check.row", "import pywidget.browser.urllib_http", "browser.urllib_http"),
    ("one-way", "check.row", "from pywidget.ui.view import render", "ui.view"),
    ("one-way", "check.__main__", "import pywidget.browser.http", "browser.http"),
    ("one-way", "tunnel.ports", "import pywidget.browser.http", "browser.http"),
    ("no-circles", "domain.errors", "import pywidget.domain.appointment", "appointment"),
    ("no-circles", "check.row", "import pywidget.check.run", "run"),
    ("widget-floors", "widget.steps.step", "import pywidget.widget.widget", "widget.widget"),
    (
        "widget-floors",
        "widget.steps.step",
        "from pywidget.widget import carriers",
        "widget.carriers",
    ),
    (
        "widget-floors",
        "widget.carriers.note",
        "import pywidget.widget.carry_out",
        "widget.carry_out",
    ),
    ("pure-machine", "widget.machine", "import pywidget.widget.services", "widget.services"),
    ("pure-machine", "widget.steps.note", "import pywidget.meetings.creation", "meetings.creation"),
    ("pure-machine", "widget.steps.note", "from pywidget.ports import Clock", "ports"),
    ("browser-only", "__init__", "import js", "js"),
    ("browser-only", "meetings.twins", "import js", "js"),
    ("browser-only", "ui.node", "from pyodide.ffi import to_js", "pyodide"),
    ("browser-only", "zoom.pkce", "import pyscript.web", "pyscript"),
    ("browser-only", "main", "import pyodide_http", "pyodide_http"),
    ("no-io", "zoom.pkce", "import secrets", "secrets"),
    ("not-in-the-product", "browser.values", "import random", "random"),
    ("not-in-the-product", "meetings.twins", "from pickle import loads", "pickle"),
    ("not-in-the-product", "widget.model", "from tests.doubles import clock", "tests"),
    ("empty-root", "__init__", "from pywidget.domain import errors", "domain.errors"),
    ("joints", "main", "from pywidget.domain.errors import Code", "domain.errors"),
    ("joints", "assemble", "from pywidget.zoom.http import Request", "zoom.http"),
    ("view", "ui.node", "from pywidget.zoom.token import Token", "zoom.token"),
    ("ports", "ui.node", "from pywidget.ports import Clock", "ports"),
    ("settings", "meetings.twins", "from pywidget.settings import Settings", "settings"),
    ("connection", "browser.values", "import pywidget.connection.session", "connection.session"),
    ("meetings", "ui.node", "from pywidget.meetings.twins import Twins", "meetings.twins"),
    ("widget", "check.row", "from pywidget.widget.model import Model", "widget.model"),
    ("words", "connection.route", "from pywidget.words.words import Words", "words.words"),
    ("one-way", "zoom.pkce", "from pywidget.words.words import Words", "words.words"),
    ("ui-check-tunnel", "main", "from pywidget.check.run import check_page", "check.run"),
)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter and text
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def find_file(package: Path, module: str) -> Path:
    return package.joinpath(*module.split(".")).with_suffix(".py")


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What the linter says about each contract, by its name, with every planted import there."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(ROOT / "pywidget", copy / "pywidget")
    for _, module, source, _ in PLANTED:
        with find_file(copy / "pywidget", module).open("a", encoding="utf-8") as file:
            file.write(f"\n{source}\n")
    done = lint(copy)
    assert done.returncode == 1, done.stderr
    _, _, broken = done.stdout.partition("Broken contracts\n")
    parts = re.split(r"^(.+)\n-+$", broken, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_rooms_keep_their_contracts() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("contract", "module", "imported"), [(c, m, i) for c, m, _, i in PLANTED])
def test_the_linter_sees_an_import_that_breaks_a_contract(
    problems: Mapping[str, str], contract: str, module: str, imported: str
) -> None:
    importer = "pywidget" if module == "__init__" else f"pywidget.{module}"
    within_room = module.rpartition(".")[2]  # how circles are told
    seen = rf"- +({re.escape(importer)}|\.{within_room}) -> (pywidget)?\.?{re.escape(imported)} \("
    assert re.search(seen, problems[NAMES[contract]])


def test_every_contract_has_an_import_that_breaks_it() -> None:
    assert {contract for contract, *_ in PLANTED} == set(NAMES)


def test_everything_outside_the_browser_folder_imports_on_plain_cpython() -> None:
    """In a fresh interpreter: no stub of another test can help."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted((ROOT / "pywidget").rglob("*.py"))
        if path.relative_to(ROOT / "pywidget").parts[0] not in {"browser", "main.py"}
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
