"""The languages that the gallery can show, and one that nobody speaks: longer, with accents.

Facts: only a browser knows how a language writes dates. What has to be written is therefore left
open, as a mark that `web/demo/written-dates.js` fills: `⟨full|America/New_York|1772751600000⟩`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pywidget.words.times import Times
from pywidget.words.words import Words, load_english
from tests.doubles.zones import TzdataZones
from web.catalogue import compile_catalogue, read_words
from web.catalogue import list_languages as list_translations

if TYPE_CHECKING:
    from datetime import datetime

    from pywidget.domain.moment import TimeStyle

ENGLISH: Final = "en"
BRITISH: Final = "en-GB"
PSEUDO: Final = "en-x-long"
"""English with accents, and half as long again: where it does not fit, German would not, either."""
_ACCENTED: Final = str.maketrans("aeinouAEIOUcsyz", "àëïñöüÀËÏÖÜçšÿž")
_MORE: Final = 2  # a letter for every second one, the most that translations of short words add


class _OpenZones(TzdataZones):
    """Leaves to the browser what the browser writes."""

    def write(self, instant: datetime, name: str, _language: str, style: TimeStyle) -> str:
        return _mark(style.name.lower(), name, instant)

    def describe(self, name: str, instant: datetime, _language: str, *, is_short: bool) -> str:
        return _mark("short_zone" if is_short else "zone", name, instant)


def _mark(kind: str, zone: str, instant: datetime) -> str:
    return f"⟨{kind}|{zone}|{round(instant.timestamp() * 1000)}⟩"


def list_languages() -> list[str]:
    """List the languages' tags, English first; the pseudo-language last."""
    return [ENGLISH, BRITISH, *list_translations(), PSEUDO]


def read_sentences(language: str) -> dict[str, str]:
    """Read a language's sentences, by key.

    Raises:
        FileNotFoundError: There is no such language.
    """
    if language not in list_languages():
        raise FileNotFoundError(language)
    if language in list_translations():
        return read_words(language)
    english = read_words(ENGLISH)
    if language == PSEUDO:
        return {key: _stretch(text) for key, text in english.items()}
    return english


def load_sentences(language: str) -> Words:
    """Load a language as the widget would speak it; raises as `read_sentences` does."""
    compile_catalogue()
    times = Times(_OpenZones())
    return Words(read_sentences(language), times, language, spare=load_english(times))


def _stretch(text: str) -> str:
    """Make a sentence longer, with words and not with one long one; parameters stay as they are."""
    parts = [
        part if part.startswith("{") else part.translate(_ACCENTED)
        for part in text.replace("{", "\0{").replace("}", "}\0").split("\0")
    ]
    letters = len(text) // _MORE
    padding = " ".join(["lörem", "ïpsum", "dölör"] * (letters // 15 + 1))[:letters].strip()
    return f"{''.join(parts)} {padding}".strip()
