"""What the comparison of pictures sees, and what it overlooks: drawn, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from PIL import Image, ImageDraw

from e2e.gallery.comparison import compare, find_changes, keep
from e2e.gallery.likeness import halve
from e2e.gallery.references import read_references, write_references

if TYPE_CHECKING:
    from pathlib import Path

INK: Final = "#1c2024"
FINE: Final = 4
"""Drawn so much larger, and made smaller: edges are smoothed, as letters are."""
SEEN: Final[dict[str, dict[str, Any]]] = {
    "an icon is missing": {"icon": ""},
    "a button is 4 px aside": {"button": 104},
    "a border is gone": {"border": "#fff"},
    "another color": {"text": "#5a6169"},
    "letters are bolder": {"stroke": 2.4},
}
OVERLOOKED: Final[dict[str, dict[str, Any]]] = {
    "nothing": {},
    "letters are half a pixel aside": {"aside": 0.5},
    "letters are half a pixel lower": {"lower": 0.5},
    "a corner is smoothed otherwise": {"corner": 7},
}


def draw(
    *,
    icon: str = INK,
    button: int = 100,
    border: str = "#d3d8de",
    text: str = INK,
    stroke: float = 1.5,
    aside: float = 0,
    lower: float = 0,
    corner: int = 8,
    height: int = 90,
) -> Image.Image:
    """Draw a panel with an icon, a line of strokes as letters have them, and a button."""
    large = Image.new("RGB", (240 * FINE, height * FINE), "white")
    pen = ImageDraw.Draw(large)

    def box(left: float, top: float, width: float, tall: float) -> list[float]:
        return [left * FINE, top * FINE, (left + width) * FINE - 1, (top + tall) * FINE - 1]

    pen.rounded_rectangle(box(4, 4, 232, height - 8), corner * FINE, outline=border, width=FINE)
    if icon:
        pen.ellipse(box(12, 12, 15, 15), outline=icon, width=2 * FINE)
    for letter in range(20):
        left = 36 + 6.3 * letter + aside
        pen.rectangle(box(left, 14 + lower, stroke, 11), fill=text)
        pen.rectangle(box(left, 18 + lower, 4, stroke), fill=text)
    pen.rounded_rectangle(box(button, 40, 90, 34), 8 * FINE, fill="#0b57d0")
    return large.resize((240, height), Image.Resampling.BOX)


GOOD: Final = {"ready": draw()}


def find_states(before: dict[str, Image.Image], after: dict[str, Image.Image]) -> dict[str, str]:
    halved = {state: halve(picture) for state, picture in before.items()}
    return {each.state: each.what for each in compare(halved, after)}


@pytest.mark.parametrize("what", SEEN)
def test_what_people_see_is_found(what: str) -> None:
    assert find_states(GOOD, {"ready": draw(**SEEN[what])}) == {"ready": "looks different"}


@pytest.mark.parametrize("what", OVERLOOKED)
def test_what_nobody_sees_is_not(what: str) -> None:
    assert find_states(GOOD, {"ready": draw(**OVERLOOKED[what])}) == {}


def test_only_the_state_that_grows_is_named() -> None:
    before = {"one": draw(), "two": draw(), "three": draw()}
    assert find_states(before, before | {"two": draw(height=96)}) == {"two": "is about 6 px higher"}


def test_a_state_more_or_less_is_named() -> None:
    before, after = {"old": draw(), "same": draw()}, {"same": draw(), "new": draw()}
    assert find_states(before, after) == {"old": "is gone", "new": "is new"}


def test_before_and_after_and_difference_are_kept(tmp_path: Path) -> None:
    before = {"a, b": halve(draw())}
    (line,) = keep(compare(before, {"a, b": draw(icon="")}), tmp_path / "light")
    path = tmp_path / "light" / "a-b.png"
    assert line == f"“a, b” looks different: {path}"
    with Image.open(path) as picture:
        assert picture.size == (3 * 240 + 2 * 16, 90)


def test_references_are_read_as_they_were_written(tmp_path: Path) -> None:
    states = {f"state {number}": draw(height=80 + number) for number in range(9)}
    write_references(tmp_path / "light", {"first": states, "second": GOOD})
    write_references(tmp_path / "light", {"first": states})  # what was there is gone
    references = read_references(tmp_path / "light")
    assert list(references) == ["first"]
    assert list(compare(references["first"], states)) == []
    assert not (tmp_path / "light" / "second.webp").exists()


def test_everything_is_new_where_nothing_was_accepted(tmp_path: Path) -> None:
    (line,) = find_changes("nowhere", {"a-meeting": GOOD}, tmp_path)
    assert line.startswith("a-meeting, “ready” is new: ")
