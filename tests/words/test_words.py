"""Sentences are put together by name, and what people have typed is never taken for one."""

from __future__ import annotations

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.words.message import Message
from pywidget.words.words import Words, load_words
from tests.doubles.english import WORDS

HOSTILE = ["{email}", "{0}", "{", "}", "{email.__class__}", "%(email)s", "{{}}"]


def compile_words(*, is_strict: bool = True, **sentences: str) -> Words:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for key, text in sentences.items():
        catalogue.append(polib.POEntry(msgid=key, msgstr=text))
    return Words(catalogue.to_binary(), is_strict=is_strict)


def test_a_value_stands_where_its_name_does() -> None:
    message = Message("menu.account.connected_as", {"email": "maya@lotus-spa.example"})
    assert WORDS.write(message) == "Connected as maya@lotus-spa.example"
    assert WORDS.say(message.key, **message.values) == WORDS.write(message)


@given(st.text(max_size=30) | st.sampled_from(HOSTILE))
def test_what_people_have_typed_is_no_sentence(typed: str) -> None:
    assert WORDS.say("menu.account.connected_as", email=typed) == f"Connected as {typed}"


def test_messages_are_whole_sentences_one_after_the_other() -> None:
    first, second = Message("consequence.not_deleted"), Message("error.meeting_gone")
    assert WORDS.write_all([first, second]) == (
        "The meeting was not deleted. This meeting no longer exists in Zoom."
    )


@pytest.mark.parametrize(("count", "ending"), [(1, "keeps nothing."), (2, "keep nothing.")])
def test_a_number_decides_between_the_forms(count: int, ending: str) -> None:
    assert WORDS.say("menu.route.relays", relays="a", count=count).endswith(ending)


@pytest.mark.parametrize(
    ("names", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_reads_as_one(names: list[str], text: str) -> None:
    assert WORDS.join(names) == text


def test_a_gap_in_the_catalogue_is_an_error_in_tests_and_never_in_the_product() -> None:
    with pytest.raises(KeyError):
        WORDS.say("notice.nobody_wrote_it")
    with pytest.raises(KeyError):
        WORDS.say("menu.account.connected_as")
    product = load_words()
    assert product.say("notice.nobody_wrote_it") == "notice.nobody_wrote_it"
    assert product.say("menu.account.connected_as") == "menu.account.connected_as"


@pytest.mark.parametrize("text", ["{", "{0}", "{name.upper}", "{name[0]}", "{}"])
def test_a_translators_mistake_does_not_break_the_widget(text: str) -> None:
    assert compile_words(is_strict=False, key=text).say("key", name=7) == "key"


def test_another_catalogue_is_another_language() -> None:
    assert compile_words(key="Verbunden als {email}").say("key", email="m") == "Verbunden als m"
