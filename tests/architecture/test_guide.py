"""ARCHITECTURE.md names files that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT, ROOT / "pywidget", ROOT / "web")
GUIDE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
PATHS = sorted(set(re.findall(r"`([\w*/.-]+/[\w*.-]+|\w+\.(?:py|js|toml))`", GUIDE)))


def test_there_are_paths_to_look_for() -> None:
    assert {"widget/machine.py", "words/en.po", "tests/ui/test_view.py", "embed.js"} <= set(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_what_the_guide_names_is_there(path: str) -> None:
    found = [file for folder in FOLDERS for file in folder.glob(path)]
    assert found or list((ROOT / "pywidget").rglob(path)), path
