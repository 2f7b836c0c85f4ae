"""The catalogues of words: what Python reads of them, and what scripts and pages do.

    python -m web.catalogue

This writes `pywidget/words/en.json`, the catalogue that is part of the package. Packaging,
installing (also as editable), the build and the tests all do it first, so none of them sees an old
one. The build makes a file for each other language, which a page loads when it needs it: without
the keys, which would be a quarter of it.

Facts: a `.po` is for people and translators' tools; its comments say where a sentence stands.
Scripts and pages have no catalogue: the build puts the English sentences in, `WORDS.loader.slow`
or, with its place in a translation, `SENTENCES.loader.slow` in a script, `{{callback.done}}` in
a page. What is for the developers of a page, and says so in its comment, is not translated; nor is
what a page says that runs no script.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

import polib

FOLDER = Path(__file__).resolve().parent.parent / "pywidget" / "words"
ENGLISH = FOLDER / "en.po"
FOR_SCRIPTS = ("loader", "callback", "button", "panel", "row")
"""The first parts of the keys that scripts may use."""
_FOR_DEVELOPERS = "For the developer"
_WITHOUT_SCRIPT = "callback.no_javascript"
_IN_PAGE = re.compile(r"\{\{([a-z_.]+)\}\}")


def list_languages() -> list[str]:
    """List the tags (BCP 47) of the languages other than English."""
    return [source.stem for source in sorted(FOLDER.glob("*.po")) if source != ENGLISH]


def read_words(language: str = "en") -> dict[str, str]:
    """Read a language's sentences, by key."""
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(FOLDER / f"{language}.po"))}


def list_translated() -> list[str]:
    """List the keys that every language has."""
    return [
        entry.msgid
        for entry in polib.pofile(str(ENGLISH))
        if not entry.comment.startswith(_FOR_DEVELOPERS) and entry.msgid != _WITHOUT_SCRIPT
    ]


def write_english() -> str:
    """Write the English catalogue by key; what every language has comes first."""
    words = read_words()
    ordered = {key: words[key] for key in [*list_translated(), *words]}
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))


def write_translation(language: str) -> str:
    """Write another language's sentences alone, in the order of `list_translated`."""
    words = read_words(language)
    sentences = [words[key] for key in list_translated()]
    return json.dumps(sentences, ensure_ascii=False, separators=(",", ":"))


def read_sentences() -> dict[str, tuple[str, int]]:
    """Read those for scripts that every language has, with their place in a translation, by key."""
    keys, words = list_translated(), read_script_words()
    return {key: (text, keys.index(key)) for key, text in words.items() if key in keys}


def compile_catalogue() -> Path:
    """Compile the English catalogue; a file that is right already stays."""
    target, catalogue = ENGLISH.with_suffix(".json"), write_english().encode()
    if not target.exists() or target.read_bytes() != catalogue:
        # Another process may be reading it, or writing it, too.
        unfinished = target.with_suffix(f".{os.getpid()}.unfinished")
        unfinished.write_bytes(catalogue)
        unfinished.replace(target)
    return target


def read_script_words() -> dict[str, str]:
    """Read the English sentences that scripts and pages use, by key."""
    return {key: text for key, text in read_words().items() if key.partition(".")[0] in FOR_SCRIPTS}


def fill_page(html: str, words: Mapping[str, str]) -> str:
    """Put the sentences into a page; raise `KeyError` for one that does not exist."""
    return _IN_PAGE.sub(lambda match: escape(words[match[1]], quote=False), html)


if __name__ == "__main__":
    compile_catalogue()
