"""What has become of an edit: made, refused, mangled, or overtaken by somebody's typing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pywidget.browser.aftermath import find_repair, is_ours, is_same, stands
from pywidget.domain.note_line import Edit

LINE = "Zoom: [Dana] Tuesday, November 11 2025 6:00 pm — https://zoom.us/j/86012345678"
BEFORE = "Tea, no milk.\nCall her back."
ADD = Edit(len(BEFORE), len(BEFORE), f"\n{LINE}")
WITH_LINE = ADD.apply(BEFORE)
REMOVE = Edit(len(BEFORE), len(WITH_LINE), "")


def test_spaces_that_rich_text_keeps_are_no_difference() -> None:
    assert is_same("a\xa0 b", "a  b")
    assert not is_same("a b", "a  b")


def test_an_edit_stands_whatever_somebody_types_beside_it() -> None:
    for now in (WITH_LINE, f"X{WITH_LINE}", WITH_LINE.replace("no milk", "milk")):
        assert stands(ADD, BEFORE, now)
    for now in (BEFORE, f"X{BEFORE}", WITH_LINE[:-1], f"{WITH_LINE}\n{LINE}"):
        assert not stands(ADD, BEFORE, now)
    assert stands(REMOVE, WITH_LINE, f"X{BEFORE}")
    assert not stands(REMOVE, WITH_LINE, f"X{WITH_LINE}")


def test_what_is_left_of_an_edit_is_ours_and_what_somebody_has_typed_is_not() -> None:
    for now in (WITH_LINE[: len(BEFORE) + 20], f"Tea, no milk.\n{LINE}"):
        assert is_ours(ADD, BEFORE, now)
    assert is_ours(REMOVE, WITH_LINE, f"{BEFORE}\n{LINE[:-1]}")
    assert is_ours(REMOVE, WITH_LINE, BEFORE[:-1])  # a character more went with a long line
    for now in (f"{BEFORE} and Kim", BEFORE.replace("no ", ""), "Another client's notes."):
        assert not is_ours(ADD, BEFORE, now)


def test_notes_of_something_else_are_not_repaired() -> None:
    for edit, before in ((ADD, BEFORE), (REMOVE, WITH_LINE)):
        for now in ("Kim is allergic to latex, and late.", ""):
            assert find_repair(edit, before, now) is None


@given(st.text("ab\n", max_size=30), st.text("ab\n", max_size=30))
def test_a_repair_brings_back_what_was_there(before: str, now: str) -> None:
    repair = find_repair(Edit(0, 0, "\n"), before, now)
    assert repair is None or repair.apply(now) == before
