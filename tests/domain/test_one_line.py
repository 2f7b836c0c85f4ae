"""Text that has to be one line, for every reader there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.one_line import put_on_one_line, shorten, unify_breaks
from tests.domain.breaks import BREAKS

TEXT = st.lists(st.characters() | st.sampled_from(BREAKS)).map("".join)


@pytest.mark.parametrize("character", [*BREAKS, "\0", "\t", "\x1b", "\x1f", "\x7f", "\x80", "\x9f"])
def test_a_break_or_control_character_becomes_a_space(character: str) -> None:
    assert put_on_one_line(f"a{character}b") == "a b"
    assert put_on_one_line(f"{character}a{character}{character}b{character}") == "a b"


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_half_a_surrogate_pair_becomes_a_character(code: int) -> None:
    assert put_on_one_line(f"a{chr(code)}b") == "a\ufffdb"


def test_letters_digits_and_signs_stay() -> None:
    assert put_on_one_line("".join(map(chr, range(32, 127)))).encode() == bytes(range(33, 127))
    assert put_on_one_line("Ömer & 李 🙂") == "Ömer & 李 🙂"


@given(TEXT)
def test_what_is_on_one_line_stays_as_it_is(text: str) -> None:
    line = put_on_one_line(text)
    assert line.splitlines() in ([line], [])
    assert put_on_one_line(line) == line
    assert line.encode().decode() == line


@pytest.mark.parametrize("line_break", BREAKS)
def test_each_break_counts_once(line_break: str) -> None:
    assert unify_breaks(f"a{line_break}b") == "a\nb"


@given(TEXT)
def test_breaks_are_the_only_thing_that_changes(text: str) -> None:
    unified = unify_breaks(text)
    assert unified.splitlines() == text.splitlines()
    assert unified.replace("\n", "") == "".join(each for each in text if each not in BREAKS)
    assert unify_breaks(unified) == unified


def test_only_a_text_that_is_too_long_is_cut() -> None:
    assert shorten("x" * 200, 200) == "x" * 200
    assert shorten("x" * 201, 200) == "x" * 199 + "…"
    assert shorten("x" * 198 + "  x", 200) == "x" * 198 + "…"
