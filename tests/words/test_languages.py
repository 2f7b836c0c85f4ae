"""Every language says all that English says, whole, in its own typography, in less than 4 KB."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from itertools import pairwise
from string import Formatter

import polib
import pytest

from web.catalogue import FOLDER, list_languages, list_translated, read_words, write_translation

ROOT = FOLDER.parents[1]
ENGLISH = read_words()
LANGUAGES = list_languages()
KEYS = list_translated()
LIMIT = 4096  # bytes, compressed: what docs/embedding.md promises
LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
SPACES = f" \N{NO-BREAK SPACE}{NARROW}"
MARKS = f"{LEFT_TO_RIGHT}\N{RIGHT-TO-LEFT MARK}"
# Each script's own; a sentence ends in one of them, perhaps before a closing quote.
ENDS = {".": ".", "…": "…", "?": "?؟", "!": "!"}
A_SENTENCE = re.compile(r"[^.?!…]+")

_MEASURE = """
const { compressBrotli } = await import(process.argv[1]);
const sizes = {};
for (const [language, text] of Object.entries(JSON.parse(process.argv[2])))
  sizes[language] = (await compressBrotli(Buffer.from(text))).length;
console.log(JSON.stringify(sizes));
"""

every_language = pytest.mark.parametrize("language", LANGUAGES)


def list_parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@cache
def measure() -> dict[str, int]:
    """Compress all in one process, as the build does; return the sizes in bytes."""
    catalogues = json.dumps({language: write_translation(language) for language in LANGUAGES})
    module = (ROOT / "web" / "tools" / "brotli.mjs").as_uri()
    command = ["node", "--input-type=module", "--eval", _MEASURE, module, catalogues]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own file
    return dict(json.loads(told.stdout))


def test_there_are_the_languages_that_the_documentation_names() -> None:
    assert LANGUAGES == ["ar", "de", "es", "fr", "pt-BR"]


@every_language
def test_a_language_has_every_sentence_once_in_the_order_of_english(language: str) -> None:
    catalogue = polib.pofile(str(FOLDER / f"{language}.po"))
    assert [entry.msgid for entry in catalogue] == KEYS
    assert all(entry.msgstr and not entry.fuzzy and not entry.obsolete for entry in catalogue)
    assert catalogue.metadata["Language"] == language
    assert catalogue.metadata["Content-Type"] == "text/plain; charset=UTF-8"


@every_language
def test_a_sentence_has_the_parameters_of_the_english_one(language: str) -> None:
    words = read_words(language)
    other = {key for key in KEYS if list_parameters(words[key]) != list_parameters(ENGLISH[key])}
    assert other == set()


@every_language
def test_no_blank_is_too_much(language: str) -> None:
    for key, text in read_words(language).items():
        assert text == text.strip(SPACES + MARKS), key
        assert not any({*pair} <= {*SPACES} for pair in pairwise(text)), key
        assert "\n" not in text, key


@every_language
def test_a_sentence_ends_as_the_english_one_does(language: str) -> None:
    words = read_words(language)
    ends = {key: ENDS.get(ENGLISH[key][-1], "") for key in KEYS}
    every_end = "".join(ENDS.values())
    for key, text in words.items():
        assert text[-1] in ends[key] if ends[key] else text[-1] not in every_end, key


@every_language
def test_no_sentence_was_left_in_english(language: str) -> None:
    english = {sentence.strip() for text in ENGLISH.values() for sentence in split(text)}
    left = {
        key: sentence
        for key, text in read_words(language).items()
        for sentence in split(text)
        if len(sentence.split()) >= 4 and sentence.strip() in english
    }
    assert left == {}


def split(text: str) -> list[str]:
    return A_SENTENCE.findall(text)


@every_language
def test_quotes_are_the_languages_own(language: str) -> None:
    quotes = {"de": "„“", "pt-BR": "“”"}.get(language, "«»")
    text = "".join(read_words(language).values())
    assert set(re.findall("[\"'„“”«»]", text)) == set(quotes)
    assert text.count(quotes[0]) == text.count(quotes[1])


def test_a_spanish_question_opens_with_its_mark() -> None:
    for key, text in read_words("es").items():
        assert text.count("¿") == text.count("?"), key
        assert text.count("¡") == text.count("!"), key


def test_an_arabic_sentence_has_arabic_commas_and_question_marks() -> None:
    assert [key for key, text in read_words("ar").items() if set(text) & set(",;?")] == []


def test_french_has_narrow_spaces_but_not_in_what_clients_are_sent() -> None:
    """A text message with one in it would cost double."""
    for key, text in read_words("fr").items():
        is_sent = key.startswith("invitation.")
        space = " " if is_sent else NARROW
        assert all(before == space for before in re.findall("(.)[:;?!»]", text)), key
        assert all(after == space for after in re.findall("«(.)", text)), key
        assert not is_sent or not set(text) & {*SPACES[1:]}, key


def test_digits_keep_their_order_in_what_clients_read_from_right_to_left() -> None:
    """Without a mark, the groups of a meeting's ID would stand in the reverse order.

    It is not beside them: who copies the digits would copy it, too.
    """
    words = read_words("ar")
    for name in ("meeting_id", "passcode"):
        assert words[f"invitation.{name}"].endswith(f":{LEFT_TO_RIGHT} {{{name}}}")


@every_language
def test_a_language_is_small(language: str) -> None:
    assert measure()[language] < LIMIT
