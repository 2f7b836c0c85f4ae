"""Where URLs begin and end in prose."""

from __future__ import annotations

import pytest

from pywidget.domain.url_in_prose import find_urls

HOSTS = ("zoom.us", ".zoom.com")
BARE = "zoom.us/j/123456789"


def find(text: str) -> list[tuple[str, str]]:
    """The text of each URL, and how it is read."""
    return [(text[start:end], url) for start, end, url in find_urls(text, HOSTS)]


@pytest.mark.parametrize("escape", [*"nNrRtT"])
def test_an_escaped_break_before_a_bare_host_is_not_part_of_it(escape: str) -> None:
    assert find(f"Tea.\\{escape}{BARE}") == [(BARE, f"https://{BARE}")]


@pytest.mark.parametrize("host", ["nadia.zoom.com", "Rita.zoom.com", "t.zoom.com", "Xzoom.us"])
def test_a_host_may_begin_like_an_escape(host: str) -> None:
    assert [text for text, _ in find(f"at {host}/j/1")] == [f"{host}/j/1"]


def test_any_other_backslash_makes_it_something_else() -> None:
    assert find(f"Tea.\\a{BARE}") == []
    assert find(f"C:\\{BARE}") == []
    assert find(f"Tea.\\X{BARE}") == []


@pytest.mark.parametrize(
    "before", ["", " ", "(", "<", "[", '"', "“", ":", ",", "é", "-", "..", "- "]
)
def test_a_bare_host_begins_behind_anything_that_no_url_holds(before: str) -> None:
    assert find(before + BARE) == [(BARE, f"https://{BARE}")]


@pytest.mark.parametrize("before", [*"/@?=&%#"])
def test_a_bare_host_inside_another_url_is_none(before: str) -> None:
    assert find(f"a{before}{BARE}") == find(before + BARE) == []


@pytest.mark.parametrize("length", [1, 245])
def test_a_bare_host_has_a_longest_length(length: int) -> None:
    host = "a" * length + ".zoom.us"
    assert len(host) <= 253
    assert [text for text, _ in find(f"{host}/j/1")] == [f"{host}/j/1"]


def test_what_is_longer_than_a_host_can_be_is_cut_from_its_front() -> None:
    """It is none: what follows is read as a host of 254 characters, which no parser takes."""
    ((text, _),) = find("a" * 300 + ".zoom.us/j/1")
    assert text == "a" * 246 + ".zoom.us/j/1"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://a.example", "https://a.example"),
        ("HTTPS://a.example", "https://a.example"),
        ("http://a.example", "https://a.example"),
        ("xhttp://a.example", "https://a.example"),
    ],
)
def test_http_is_read_as_https(text: str, url: str) -> None:
    assert [each for _, each in find(text)] == [url]


@pytest.mark.parametrize(
    "text", ["ftp://a.example", "://a.example", "//a.example", "s://a", "ttps://a"]
)
def test_another_scheme_begins_no_url(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("https://a.example/b.", "https://a.example/b"),
        ("https://a.example/b?:.", "https://a.example/b"),
        ("https://a.example/b-_~", "https://a.example/b-_~"),
        ("https://a.example/b&nbsp;c", "https://a.example/b"),
        ("https://a.example/b&#10;c", "https://a.example/b"),
        ("https://a.example/b&amp;amp;c", "https://a.example/b&amp;amp;c"),
        ("https://a.example/b&c", "https://a.example/b&c"),
        ("_https://a.example/b_", "https://a.example/b"),
        ("_https://a.example/b._", "https://a.example/b"),
        ("b_ https://a.example/b_", "https://a.example/b_"),
        ("~~https://a.example/b~~", "https://a.example/b"),
        ("--https://a.example/b--", "https://a.example/b"),
        ("--https://a.example/bX--", "https://a.example/bX"),
        ("https://a.example/b--", "https://a.example/b--"),
        ("-- https://a.example/b--", "https://a.example/b--"),
        ("_a\nhttps://a.example/b_", "https://a.example/b_"),
        ("_a] https://a.example/b_", "https://a.example/b_"),
        ("_a: https://a.example/b_", "https://a.example/b"),
    ],
)
def test_a_url_ends_before_punctuation_and_closing_marks(text: str, ends: str) -> None:
    assert [each for each, _ in find(text)] == [ends]


@pytest.mark.parametrize(("beyond", "is_open"), [(0, True), (1, False)])
def test_an_open_mark_is_looked_for_so_far_back_and_no_further(
    beyond: int, *, is_open: bool
) -> None:
    text = "_" + "a" * (158 + beyond) + " https://a.example/b_"
    assert text.index("https") == 160 + beyond
    assert [each for each, _ in find(text)] == ["https://a.example/b" + "_" * (not is_open)]
