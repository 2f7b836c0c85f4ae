"""Sentences are put together by name, and what people have typed is never taken for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.moment import Moment, TimeStyle
from pywidget.words.message import Message
from pywidget.words.times import Times
from pywidget.words.words import Words, load_english
from tests.doubles.english import WORDS
from tests.doubles.zones import TzdataZones

HOSTILE = ["{email}", "{0}", "{", "}", "{email.__class__}", "%(email)s", "{{}}"]


def compile_words(*, is_strict: bool = True, **sentences: str) -> Words:
    return Words(sentences, is_strict=is_strict)


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
    product = load_english()
    assert product.say("notice.nobody_wrote_it") == "notice.nobody_wrote_it"
    assert product.say("menu.account.connected_as") == "menu.account.connected_as"


@pytest.mark.parametrize("text", ["{", "{0}", "{name.upper}", "{name[0]}", "{}"])
def test_a_translators_mistake_does_not_break_the_widget(text: str) -> None:
    assert compile_words(is_strict=False, key=text).say("key", name=7) == "key"


def test_what_a_translation_lacks_is_said_in_english() -> None:
    german = Words({"a": "Hier"}, tag="de", spare=compile_words(a="Here", b="There {name}"))
    assert (german.say("a"), german.say("b", name="x")) == ("Hier", "There x")
    assert german.translates([Message("a")])
    assert not german.translates([Message("a"), Message("b")])
    assert german.for_developers.say("a") == "Here"


def test_clients_may_be_addressed_in_another_language() -> None:
    english, german = compile_words(a="Here"), Words({"a": "Hier"}, tag="de")
    assert english.for_clients is english
    addressing = english.addressing(german)
    assert (addressing.say("a"), addressing.for_clients.say("a")) == ("Here", "Hier")
    assert english.for_clients is english


SIX = Moment(datetime.fromisoformat("2026-03-05T23:00Z"))


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "Thursday, March 5 2026 6:00 pm"),
        ("en-US", "Thursday, March 5 2026 6:00 pm"),
        ("EN-us", "Thursday, March 5 2026 6:00 pm"),
        ("en-GB", "en-GB: 05.03.2026 18:00"),
        ("de-AT", "de-AT: 05.03.2026 18:00"),
        ("none at all", "Thursday, March 5 2026 6:00 pm"),
    ],
)
def test_instants_are_written_as_the_page_does(tag: str, text: str) -> None:
    words = Words({"at": "At {when}."}, Times(TzdataZones()), tag)
    assert words.say("at", when=SIX) == f"At {text}."
    assert words.write_moment(SIX) == text


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (replace(SIX, style=TimeStyle.TIME), "6:00 pm"),
        (replace(SIX, style=TimeStyle.BRIEF), "Thu Mar 5 6:00 pm"),
        (replace(SIX, zone="Europe/Berlin"), "Friday, March 6 2026 12:00 am"),
    ],
)
def test_a_moment_says_how_and_where(moment: Moment, text: str) -> None:
    assert WORDS.write_moment(moment) == text


def test_a_zone_is_named_as_people_do() -> None:
    assert WORDS.describe_zone("America/New_York", SIX.instant) == "New York Time"
    assert WORDS.describe_zone("America/New_York", SIX.instant, is_short=True) == "EST"
    nobodys = Words({}, Times(TzdataZones()), "none at all")
    assert nobodys.describe_zone("America/New_York", SIX.instant) == "New York"


def test_without_a_clockmaker_instants_stand_as_support_reads_them() -> None:
    assert Words({"at": "At {when}."}).say("at", when=SIX) == "At 2026-03-05T23:00Z."


def test_another_catalogue_is_another_language() -> None:
    assert compile_words(key="Verbunden als {email}").say("key", email="m") == "Verbunden als m"
