"""The languages that the page's elements speak, as the loader has loaded them."""

from __future__ import annotations

from typing import Any, Final

from pywidget.domain.json_text import read_json
from pywidget.words.times import Times
from pywidget.words.words import ENGLISH, Words, load_english

_ENGLISH: Final = {"lang": ENGLISH}
_ENGLISH_FOR_GOOD: Final = {**_ENGLISH, "dir": "ltr"}


class Languages:
    """The words for each element: in its own language, and in that of what clients are sent.

    Args:
        js_languages: `choose`, `find` and `read`, as `web/language.js` defines them.
        times: Writes instants.
        client_tag: The tag (BCP 47) for what clients are sent; empty for the element's own.
    """

    def __init__(self, js_languages: Any, times: Times, client_tag: str = "") -> None:
        self._js_languages = js_languages
        self._times = times
        self._client_tag = client_tag
        self._english = load_english(times)
        self._known: dict[tuple[str, str], Words] = {}
        self._addressing: dict[tuple[str, str, str], Words] = {}

    def find(self, tag: str, language: str) -> Words:
        """Return the words for a page with this tag, of which this language is there."""
        if not self._client_tag:
            return self._find(tag, language)
        spoken = str(self._js_languages.find(self._client_tag))
        key = (tag, language, spoken)
        if key not in self._addressing:
            clients = self._find(self._client_tag, spoken)
            self._addressing[key] = self._find(tag, language).addressing(clients)
        return self._addressing[key]

    def _find(self, tag: str, language: str) -> Words:
        if (tag, language) not in self._known:
            self._known[tag, language] = self._make(tag, language)
        return self._known[tag, language]

    def _make(self, tag: str, language: str) -> Words:
        english = self._english
        if language != ENGLISH:
            return english.translated(read_json(str(self._js_languages.read(language))), tag)
        if not tag or tag.lower().partition("-")[0] == ENGLISH:
            return english.tagged(tag or ENGLISH)
        # Until its words come, a translated page keeps its direction: nothing is to jump.
        is_coming = str(self._js_languages.choose(tag)) != ENGLISH
        return english.tagged(ENGLISH, marks=_ENGLISH if is_coming else _ENGLISH_FOR_GOOD)
