"""The languages that the gallery can show, and one that nobody speaks: longer, with accents."""

from __future__ import annotations

from typing import Final

import polib

from pywidget.words.words import Words
from web.catalogue import FOLDER, compile_catalogues

PSEUDO: Final = "en-x-long"
"""English with accents, and half as long again: where it does not fit, German would not, either."""
_ACCENTED: Final = str.maketrans("aeinouAEIOUcsyz", "àëïñöüÀËÏÖÜçšÿž")
_MORE: Final = 2  # a letter for every second one, the most that translations of short words add


def list_languages() -> list[str]:
    """List the catalogues' languages, English first; the pseudo-language last."""
    found = sorted(path.stem for path in FOLDER.glob("*.po"))
    return ["en", *(name for name in found if name != "en"), PSEUDO]


def load_sentences(language: str) -> tuple[Words, dict[str, str]]:
    """Load a language's sentences; also by key, as the build puts them into scripts.

    Raises:
        FileNotFoundError: There is no such catalogue.
    """
    if language not in list_languages():
        raise FileNotFoundError(language)
    compile_catalogues()
    is_pseudo = language == PSEUDO
    catalogue = polib.pofile(str(FOLDER / f"{'en' if is_pseudo else language}.po"))
    for entry in catalogue if is_pseudo else ():
        entry.msgstr = _stretch(entry.msgstr)
        entry.msgstr_plural = {at: _stretch(text) for at, text in entry.msgstr_plural.items()}
    return Words(catalogue.to_binary()), {entry.msgid: entry.msgstr for entry in catalogue}


def _stretch(text: str) -> str:
    """Make a sentence longer, with words and not with one long one; parameters stay as they are."""
    parts = [
        part if part.startswith("{") else part.translate(_ACCENTED)
        for part in text.replace("{", "\0{").replace("}", "}\0").split("\0")
    ]
    letters = len(text) // _MORE
    padding = " ".join(["lörem", "ïpsum", "dölör"] * (letters // 15 + 1))[:letters].strip()
    return f"{''.join(parts)} {padding}".strip()
