"""The accessibility tree of each state, as text: what a screen reader finds there.

    python -m e2e.accessibility.trees

This writes `trees/<state>.yaml` anew, for a look at what has changed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from e2e.accessibility.states import to_id, write_page
from e2e.browser import launch
from tests.ui.models import MODELS

if TYPE_CHECKING:
    from playwright.sync_api import Page

_IN_LONG_URL: Final = re.compile(r"(/url: (?:mailto|sms):)\S+")
FOLDER: Final = Path(__file__).resolve().parent / "trees"


def read_trees(page: Page) -> dict[str, str]:
    """Read the tree of each state from the browser, by the name of its file."""
    page.set_content(write_page())
    trees = {}
    for name in map(to_id, MODELS):
        tree = page.locator(f"#{name} zoom-meeting").aria_snapshot()
        trees[f"{name}.yaml"] = _IN_LONG_URL.sub(r"\1…", tree) + "\n"
    return trees


def main() -> None:
    """Write the files, and remove those of states that are not there any more."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        trees = read_trees(browser.new_page())
    for path in FOLDER.glob("*.yaml"):
        path.unlink()
    for name, tree in trees.items():
        (FOLDER / name).write_text(tree, encoding="utf-8")


if __name__ == "__main__":
    main()
