"""Every link from one document to another leads to a file and a heading that there are."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.documents.markdown import list_anchors, list_links

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ELSEWHERE = ("https://", "http://", "mailto:")


@cache
def read_anchors(path: Path) -> frozenset[str]:
    return frozenset(list_anchors(path.read_text("utf-8")))


def find_broken(path: Path, text: str) -> list[str]:
    """The links of a document that lead nowhere."""
    own = set(list_anchors(text))

    def leads_somewhere(link: str) -> bool:
        file, _, anchor = link.partition("#")
        target = (path.parent / unquote(file)).resolve()
        if file and not target.exists():
            return False
        return not anchor or anchor in (read_anchors(target) if file else own)

    links = (link for link in list_links(text) if not link.startswith(ELSEWHERE))
    return [link for link in links if not leads_somewhere(link)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    assert find_broken(path, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("[a](no-such-file.md)", ["no-such-file.md"]),
        ("![a](images/none.png)", ["images/none.png"]),
        ("[a](#nowhere)", ["#nowhere"]),
        ("[a](SECURITY.md#nowhere)", ["SECURITY.md#nowhere"]),
        ("[![a](none.png)](SECURITY.md)", ["none.png"]),
        ('<img alt="" src="none.png">', ["none.png"]),
        ("# It's `here`, twice\n[a](#its-here-twice)", []),
        ("# A\n# A\n# A\n[a](#a-1) [b](#a-2) [c](#a-3)", ["#a-3"]),
        ("`[a](none.md)`\n```\n[a](none.md)\n# No heading\n```\n[b](#no-heading)", ["#no-heading"]),
        ("[a](https://zoom.us/none) [b](docs/images/)", []),
    ],
)
def test_what_leads_nowhere_is_found(text: str, broken: list[str]) -> None:
    assert find_broken(ROOT / "a-document.md", text) == broken
