"""Takes pictures of the gallery to look at: a folder for each circumstance, a sheet for each group.

    python -m e2e.gallery .cache/gallery [--accept] [CIRCUMSTANCE...]

It says what looks otherwise than it was accepted, with pictures in `differences/` there. `--accept`
makes what it takes the references of the tests: for one who has looked at it.
"""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright
from zoom_meeting_testing.simulator import ServerThread

from e2e.browser import launch
from e2e.demo import DEMO_CLIENT_ID, Zoom, create_demo_app
from e2e.gallery.camera import CIRCUMSTANCES, take_sheets
from e2e.gallery.comparison import DIFFERENCES, find_changes
from e2e.gallery.references import FOLDER, write_references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

_NOWHERE: Final = "http://127.0.0.1:9"  # nothing in the gallery calls Zoom


def main(folder: Path, circumstances: Sequence[str], *, accepts: bool) -> None:
    """Serve the gallery, and take all sheets of these circumstances."""
    for name in circumstances:
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.rmtree(folder / DIFFERENCES / name, ignore_errors=True)
    app = create_demo_app(Zoom(DEMO_CLIENT_ID, _NOWHERE))
    with (
        ServerThread(app) as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        for name in circumstances:
            _take(browser, server.url, folder, name, accepts=accepts)


def _take(browser: Browser, url: str, folder: Path, name: str, *, accepts: bool) -> None:
    sheets = take_sheets(browser.new_context, url, name)
    (folder / name).mkdir(parents=True)
    for group, sheet in sheets.items():
        sheet.picture.save(folder / name / f"{group}.png")
    _say(f"{folder / name}: {len(sheets)} sheets")
    states = {group: sheet.states for group, sheet in sheets.items()}
    if accepts:
        write_references(FOLDER / name, states)
        return
    for line in find_changes(name, states, folder):
        _say(f"  {line}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m e2e.gallery")
    parser.add_argument("folder", type=Path)
    parser.add_argument("circumstances", nargs="*", metavar="CIRCUMSTANCE", help="or all")
    parser.add_argument("--accept", action="store_true", help="make them the references")
    chosen = parser.parse_args()
    if unknown := set(chosen.circumstances) - CIRCUMSTANCES.keys():
        parser.error(f"{', '.join(unknown)}: there are {', '.join(CIRCUMSTANCES)}")
    main(chosen.folder, chosen.circumstances or list(CIRCUMSTANCES), accepts=chosen.accept)
