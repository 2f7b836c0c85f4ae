"""What `pip install` makes of a fresh clone, where nobody has compiled the words yet."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "button.copy"
WORDS = Path("pywidget", "words")
SAY = f"from pywidget.words.words import load_english as load; print(load().say({KEY!r}))"
# Debian's Python 3.11.2 has no filters yet.
SAFELY: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}


def run_python(*arguments: str, cwd: Path, path: Path | None = None) -> str:
    """As pip runs a build: what the working directory holds can't be imported."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-P", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(path or "")},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def package(project: Path, kind: str, target: Path) -> Path:
    """Call what pip calls in Hatchling: `build_` and one of `wheel`, `sdist` and `editable`."""
    call = f"from hatchling.build import build_{kind} as build; print(build({str(target)!r}))"
    return target / run_python("-c", call, cwd=project).splitlines()[-1]


def write_sentence(project: Path, sentence: str) -> None:
    source = project / WORDS / "en.po"
    entries = polib.pofile(str(source))
    entries.find(KEY).msgstr = sentence
    entries.save(str(source))


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The project's files as far as packaging reads them; its English tells it from the rest."""
    clone = tmp_path / "clone"
    for folder in ("pywidget", "web"):
        copytree(
            ROOT / folder,
            clone / folder,
            ignore=ignore_patterns(
                "*.json", "*.unfinished", "__pycache__", "node_modules", "tunnel"
            ),
        )
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        (clone / name).write_bytes((ROOT / name).read_bytes())
    write_sentence(clone, "Copy that")
    return clone


def test_a_wheel_speaks(clone: Path, tmp_path: Path) -> None:
    wheel = package(clone, "wheel", tmp_path)
    assert run_python("-c", SAY, cwd=tmp_path, path=wheel) == "Copy that"


def test_a_wheel_has_todays_words(clone: Path, tmp_path: Path) -> None:
    package(clone, "wheel", tmp_path)
    write_sentence(clone, "Copy this")
    os.utime(clone / WORDS / "en.po", (1, 1))  # a copy of a tree may say anything about its age
    wheel = package(clone, "wheel", tmp_path)
    assert run_python("-c", SAY, cwd=tmp_path, path=wheel) == "Copy this"


def test_a_wheel_from_an_sdist_speaks(clone: Path, tmp_path: Path) -> None:
    with tarfile.open(package(clone, "sdist", tmp_path)) as archive:
        archive.extractall(tmp_path, **SAFELY)  # noqa: S202 - our own archive
        top = archive.getnames()[0].partition("/")[0]
    wheel = package(tmp_path / top, "wheel", tmp_path)
    assert run_python("-c", SAY, cwd=tmp_path, path=wheel) == "Copy that"


def test_a_checkout_that_is_installed_as_it_is_speaks(clone: Path, tmp_path: Path) -> None:
    package(clone, "editable", tmp_path)
    assert run_python("-c", SAY, cwd=tmp_path, path=clone) == "Copy that"
