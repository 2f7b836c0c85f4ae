"""What a person reads in rich text, whatever an editor made it of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.browser.rich_text import CLOSED, RichText

Tree = "str | tuple[str, list[Tree]]"


def outline(*nodes: object) -> list[str]:
    """What `web/reading.js` makes of these: a text, or an element's name and what is in it."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts += ["#text", node]
        else:
            assert isinstance(node, tuple)
            name, *children = node
            parts += [name, *([] if name in CLOSED else outline(*children)), f"/{name}"]
    return parts


def read(*nodes: object, keeps_breaks: bool = False) -> str:
    return RichText(outline(*nodes), keeps_breaks=keeps_breaks).text


@pytest.mark.parametrize(
    ("nodes", "text"),
    [
        ([], ""),
        (["one"], "one"),
        (["one", ("br",), "two"], "one\ntwo"),
        (["one", ("br",)], "one"),
        ([("br",)], ""),
        ([("br",), ("br",)], "\n"),
        ([("div", "one"), ("div", "two")], "one\ntwo"),
        ([("div", "one"), ("div", ("br",)), ("div", "two")], "one\n\ntwo"),
        (["one", ("div", "two"), "three"], "one\ntwo\nthree"),
        ([("ul", ("li", "one"), ("li", "two"))], "one\ntwo"),
        ([("p", "one ", ("b", "and ", ("i", "a half"))), ("p", "two")], "one and a half\ntwo"),
        (["\n  ", ("p", "one\n\ttwo"), "\n  ", ("p", "three"), "\n"], "one  two\nthree"),
        (["one", ("style", "p {}"), ("script", "#text", "/div"), ("template", "x")], "one"),
        (["#text", ("div", "/div"), "br"], "#text\n/div\nbr"),
        (["/", ("div", "/")], "/\n/"),
    ],
)
def test_lines_are_what_a_person_sees(nodes: list[object], text: str) -> None:
    assert read(*nodes) == text


def test_breaks_in_the_text_count_where_the_page_keeps_them() -> None:
    assert read("one\n two\n", keeps_breaks=True) == "one\n two\n"
    assert read("one\n two") == "one  two"


def test_a_link_in_pieces_is_read_as_one() -> None:
    pieces = ["https://zo", ("b", "om.us/j/", ("i", "860123"), ""), "45678"]
    assert read(*pieces) == "https://zoom.us/j/86012345678"


def test_a_position_is_found_in_its_node() -> None:
    rich = RichText(
        outline(("div", "one"), ("div", ("br",)), ("div", "t", ("b", "wo"))), keeps_breaks=False
    )
    assert rich.text == "one\n\ntwo"
    assert [rich.find(at) for at in (0, 3)] == [(1, 0), (1, 3)]
    assert rich.find(4) == (3, 0)  # the <br> that holds the empty line open
    assert [rich.find(at) for at in (5, 6, 7, 8)] == [(5, 0), (7, 0), (7, 1), (7, 2)]
    assert RichText([], keeps_breaks=False).find(0) is None


TREES = st.recursive(
    st.text("a \n/#", max_size=3) | st.just(("br",)),
    lambda inner: st.builds(
        lambda name, children: (name, *children),
        st.sampled_from(["div", "p", "span", "script"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(st.lists(TREES, max_size=4), st.booleans())
def test_every_position_is_where_its_text_stands(nodes: list[object], keeps_breaks: bool) -> None:  # noqa: FBT001 - drawn
    parts = outline(*nodes)
    rich = RichText(parts, keeps_breaks=keeps_breaks)
    texts = find_texts(parts)
    for position in range(len(rich.text)):
        found = rich.find(position)
        assert found is not None
        node, before = found
        if node in texts and before < len(texts[node]):
            assert (
                rich.text[position]
                == (texts[node] if keeps_breaks else texts[node].replace("\n", " "))[before]
            )
        else:
            assert rich.text[position] == "\n"  # a line's end, between nodes or at a <br>


def find_texts(parts: list[str]) -> dict[int, str]:
    texts, node, rest = {}, -1, iter(parts)
    for part in rest:
        node += part == "#text" or part[0] != "/"
        if part == "#text":
            texts[node] = next(rest)
    return texts


def test_characters_without_a_width_are_no_text_but_count_in_their_node() -> None:
    rich = RichText(outline(("p", "\ufeff", ("br",)), ("p", "a\ufeffb")), keeps_breaks=False)
    assert rich.text == "\nab"
    node = rich.find(2)
    assert node == (4, 2)  # behind "a" and the character that nobody sees
    assert rich.locate(4, 3) == 3


@given(st.lists(st.text("ab\ufeff", min_size=1, max_size=5), min_size=1, max_size=6))
def test_a_place_and_its_position_lead_to_each_other(paragraphs: list[str]) -> None:
    rich = RichText(outline(*(("p", text, ("br",)) for text in paragraphs)), keeps_breaks=False)
    for position in range(len(rich.text) + 1):
        found = rich.find(position)
        assert found is not None
        assert rich.locate(*found) == position
