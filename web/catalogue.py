"""The compilation of the catalogues of words, and the scripts' share of them.

    python -m web.catalogue

This writes `pywidget/words/<language>.mo` for each `.po` there. Packaging, installing (also as
editable), the build and the tests all do it first, so none of them sees an old one.

Facts: a `.po` is for people and translators' tools, a `.mo` is what `gettext` reads. Scripts and
pages have no catalogue: the build puts their sentences in, `WORDS.loader.slow` in a script and
`{{callback.done}}` in a page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

import polib

FOLDER = Path(__file__).resolve().parent.parent / "pywidget" / "words"
FOR_SCRIPTS = (
    "loader",
    "callback",
    "button",
    "panel",
    "row",
)  # the first parts of the keys that scripts may use
_IN_PAGE = re.compile(r"\{\{([a-z_.]+)\}\}")


def compile_catalogues() -> list[Path]:
    """Compile the catalogues, and list what that gives; a file that is right already stays."""
    compiled = []
    for source in sorted(FOLDER.glob("*.po")):
        target = source.with_suffix(".mo")
        catalogue = polib.pofile(str(source)).to_binary()
        if not target.exists() or target.read_bytes() != catalogue:
            # Another process may be reading it, or writing it, too.
            unfinished = target.with_suffix(f".{os.getpid()}.unfinished")
            unfinished.write_bytes(catalogue)
            unfinished.replace(target)
        compiled.append(target)
    return compiled


def read_script_words(language: str = "en") -> dict[str, str]:
    """Read the sentences that scripts and pages use, by key."""
    entries = polib.pofile(str(FOLDER / f"{language}.po"))
    return {
        entry.msgid: entry.msgstr
        for entry in entries
        if entry.msgid.partition(".")[0] in FOR_SCRIPTS
    }


def fill_page(html: str, words: Mapping[str, str]) -> str:
    """Put the sentences into a page; raise `KeyError` for one that does not exist."""
    return _IN_PAGE.sub(lambda match: escape(words[match[1]], quote=False), html)


if __name__ == "__main__":
    compile_catalogues()
