"""The Python archives that a page downloads, as they were built."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

import pytest

from e2e.delivery import DIST

pytestmark = pytest.mark.long

ASSETS: Final = DIST / "assets"
ARCHIVES: Final = sorted(ASSETS.glob("*.zip"))


def list_names(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as opened:
        return opened.namelist()


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.stem.rpartition("-")[0])
def test_pages_without_a_tunnel_download_nothing_of_it(archive: Path) -> None:
    parts = ("h11/", "pywidget/tunnel/", "pywidget/browser/tunnel_", "pywidget/browser/web_socket")
    assert [name for name in list_names(archive) if name.startswith(parts)] == []


def test_there_are_four_archives() -> None:
    """The widget and the check each have their modules, and their part of the standard library."""
    assert len(ARCHIVES) == 4
    names = {name for archive in ARCHIVES for name in list_names(archive)}
    assert {"pywidget/main.pyc", "pywidget/browser/late_tunnel.pyc", "asyncio/tasks.pyc"} <= names
