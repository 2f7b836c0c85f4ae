"""The site's menu has every document for embedders and testers."""

from __future__ import annotations

from pathlib import Path

from docs.site.navigation import GROUPS, START, list_files, write_contents

ROOT = Path(__file__).resolve().parents[2]


def test_every_document_is_in_the_menu_once() -> None:
    names = [START, *(name for names in GROUPS.values() for name in names)]
    assert len(names) == len(set(names))
    there = {str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")}
    assert there <= {f"{name}.md" for name in names}


def test_the_menu_names_only_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("docs/index.md", "docs/errors.md"):
        (tmp_path / name).write_text("# A document")
    files = list_files(tmp_path)
    assert files == ["docs/index.md", "docs/errors.md"]
    assert "/docs/errors\n" in write_contents(files)
    assert "/docs/csp" not in write_contents(files)
