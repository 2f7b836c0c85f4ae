"""Each element gets the words of its language, as far as the loader has them."""

from __future__ import annotations

import json

import pytest

from pywidget.browser.languages import Languages
from pywidget.domain.moment import Moment
from pywidget.words.times import Times
from tests.doubles.clock import NOW
from tests.doubles.zones import TzdataZones
from web.catalogue import list_translated

KEY = "button.copy"
PLACE = list_translated().index(KEY)
SENTENCES = ["Kopieren" if key == KEY else "…" for key in list_translated()][: PLACE + 1]


class FakeJsLanguages:
    """As `web/language.js` is, with German loaded and nothing else."""

    def __init__(self) -> None:
        self.reads: list[str] = []

    def find(self, tag: str) -> str:
        return "de" if tag.partition("-")[0] == "de" else "en"

    def choose(self, tag: str) -> str:
        return self.find(tag)

    def read(self, language: str) -> str:
        self.reads.append(language)
        return json.dumps(SENTENCES)


def make(client_tag: str = "") -> tuple[Languages, FakeJsLanguages]:
    js_languages = FakeJsLanguages()
    return Languages(js_languages, Times(TzdataZones()), client_tag), js_languages


@pytest.mark.parametrize(
    ("tag", "language", "says", "writes"),
    [
        ("", "en", "Copy", "en"),
        ("en", "en", "Copy", "en"),
        ("en-GB", "en", "Copy", "en-GB"),
        ("de-AT", "de", "Kopieren", "de-AT"),
        ("de", "en", "Copy", "en"),  # German has not come yet
        ("ja", "en", "Copy", "en"),
    ],
)
def test_words_and_dates_are_of_the_pages_language(
    tag: str, language: str, says: str, writes: str
) -> None:
    words = make()[0].find(tag, language)
    assert (words.say(KEY), words.tag) == (says, writes)
    marks = {"de": {"lang": "en"}, "ja": {"lang": "en", "dir": "ltr"}}
    assert words.marks == (marks.get(tag, {}) if says == "Copy" else {})
    assert words.say("button.undo") == "Undo"  # what the catalogue lacks


def test_a_catalogue_is_read_once_for_all_elements() -> None:
    languages, js_languages = make()
    assert languages.find("de", "de") is languages.find("de", "de")
    assert languages.find("de-AT", "de") is not languages.find("de", "de")
    languages.find("en", "en")
    assert js_languages.reads == ["de", "de"]  # for each tag, since dates differ


def test_clients_have_a_language_of_their_own() -> None:
    words = make("de-CH")[0].find("en", "en")
    assert (words.say(KEY), words.for_clients.say(KEY)) == ("Copy", "Kopieren")
    assert words.for_clients.write_moment(Moment(NOW)).startswith("de-CH: ")
    assert words.for_clients.marks == {}
    plain = make()[0].find("en", "en")
    assert plain.for_clients is plain
