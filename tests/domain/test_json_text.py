"""JSON from outside, however deep somebody nests it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.json_text import MOST_LEVELS, read_json

SCALARS = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(VALUES, st.sampled_from([None, 2]))
def test_what_is_not_deep_is_read_as_ever(value: object, indent: int | None) -> None:
    for ascii_only in (True, False):
        text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
        assert read_json(text) == value


@given(st.text(alphabet='[]{}":,\\1a \n'))
def test_what_is_no_json_is_refused_as_ever(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011 - the parser's words are its own
            read_json(text)
    else:
        assert read_json(text) == expected


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"":', "}]")])
def test_the_last_level_is_read_and_the_next_one_refused(opening: str, closing: str) -> None:
    times = MOST_LEVELS // (len(closing))
    read_json(opening * times + "1" + closing * times)
    for closed in (True, False):
        text = opening * (times + 1) + ("1" + closing * (times + 1) if closed else "")
        with pytest.raises(ValueError, match="nested too deeply"):
            read_json(text)


def test_there_are_at_most_sixty_four_levels() -> None:
    read_json("[" * 64 + "]" * 64)
    with pytest.raises(ValueError, match="nested too deeply"):
        read_json("[" * 65 + "]" * 65)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        '{"a":' * 1_000_000,
        '["\\\\", ' + "[" * 1_000_000,
        "[[], " * 1_000_000,
        '{"a": {}, "b": ' * 1_000_000,
        '["\\"",' * 1_000_000,
        '{"[": ' * 1_000_000,
    ],
    ids=[
        "lists",
        "objects",
        "a string that ends in a backslash",
        "lists side by side",
        "objects side by side",
        "strings between",
        "brackets in keys",
    ],
)
def test_any_depth_is_refused_before_the_parser_sees_it(text: str) -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        read_json(text)


@pytest.mark.parametrize(
    "value", ["[" * 1000, '"[' * 1000, "\\[" * 1000, {"{" * 1000: "\n" + "{" * 1000}]
)
def test_brackets_in_strings_are_no_levels(value: object) -> None:
    assert read_json(json.dumps(value)) == value


def test_bytes_are_utf_8_with_or_without_a_mark() -> None:
    body = '{"topic": "Sauna \U0001f9d6"}'.encode()
    assert read_json(body) == read_json(b"\xef\xbb\xbf" + body) == {"topic": "Sauna \U0001f9d6"}
    for other in (b'"\xff"', '{"a": 1}'.encode("utf-16"), b'"\xed\xa0\x80"'):
        with pytest.raises(ValueError):  # noqa: PT011 - the codec's words are its own
            read_json(other)


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": -Infinity}'])
def test_what_only_python_takes_for_json_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no JSON"):
        read_json(text)
