"""What a screen reader finds in each state is what somebody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.accessibility.trees import FOLDER, read_trees

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_tree_of_each_state_is_the_one_that_is_written_down(page: Page) -> None:
    written = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.yaml")}
    trees = read_trees(page)
    changed = sorted(name for name in {*trees, *written} if trees.get(name) != written.get(name))
    assert changed == [], "python -m e2e.accessibility.trees writes them anew"
