"""What a real field keeps when its notes change: caret, focus, scroll position, undo, limits."""

from __future__ import annotations

from typing import Protocol

from e2e.contracts import notes
from e2e.contracts.contract import refused
from e2e.contracts.notes import LINE, add
from pywidget.domain.errors import Code
from pywidget.domain.note_line import Edit

TEXT = "\U0001f9d6\U0001f9d6 Allergic to latex."


class Bench(notes.Bench, Protocol):
    kind: str

    def focus(self) -> None:
        """Put the user into the field."""

    def focus_elsewhere(self) -> None:
        """Put the user into another field."""

    def is_focus_elsewhere(self) -> bool:
        """Return whether the user is still there."""

    def is_focused(self) -> bool:
        """Return whether the field has the focus."""

    def place_caret(self, start: int, end: int) -> None:
        """Select, in UTF-16 units from the start of the field's first text."""

    def describe_selection(self) -> str:
        """Return where the selection is, and its direction."""

    def undo(self) -> None:
        """Undo as Ctrl+Z does."""

    def scroll(self) -> int:
        """Make the text too long for the field, and scroll it; return the position."""

    def find_scroll(self) -> int:
        """Return the current scroll position."""

    def limit(self, units: int) -> None:
        """Let the field take no more UTF-16 units than these."""

    def make_forgetful(self) -> None:
        """Let the field's owner keep only the beginning of later additions."""

    def hide(self) -> None:
        """Put the field on a tab that is not shown."""


async def check_the_selection_stays(bench: Bench) -> None:
    for start, end in ((0, 0), (4, 4), (5, 13), (23, 23)):
        bench.write(TEXT)
        bench.focus()
        bench.place_caret(start, end)
        before = bench.describe_selection()
        await add(bench)
        assert bench.describe_selection() == before, (bench.kind, start, end)


async def check_a_caret_behind_an_edit_moves_along(bench: Bench) -> None:
    """Characters outside the BMP are two units to the page and one to Python."""
    if bench.kind not in {"textarea", "input", "react"}:
        return  # a caret in rich text belongs to its node, and the browser moves it
    bench.write(TEXT)
    bench.focus()
    bench.place_caret(14, 16)
    await bench.notes.apply(Edit(1, 2, "\U0001f486\U0001f486\U0001f486"))
    assert bench.describe_selection().startswith("18-20"), bench.describe_selection()


async def check_the_focus_stays(bench: Bench) -> None:
    bench.write(TEXT)
    bench.focus_elsewhere()
    await add(bench)
    assert bench.is_focus_elsewhere()
    bench.write(TEXT)
    bench.focus()
    await add(bench)
    assert bench.is_focused()


async def check_the_browsers_undo_takes_the_line_back(bench: Bench) -> None:
    bench.write(TEXT)
    bench.focus_elsewhere()
    assert (await add(bench)).endswith(LINE)
    bench.focus()
    for _ in range(3):  # rich text: the new paragraph is a step of its own
        if bench.notes.read() != TEXT:
            bench.undo()
    assert bench.notes.read() == TEXT, bench.notes.read()


async def check_the_scroll_position_stays(bench: Bench) -> None:
    if bench.kind == "input":
        return  # it has one line
    before = bench.scroll()
    assert before > 0
    await add(bench)
    assert bench.find_scroll() == before


async def check_a_field_without_room_refuses_before_it_is_touched(bench: Bench) -> None:
    if bench.kind not in {"textarea", "input", "react"}:
        return  # the browser does not limit rich text
    bench.write(TEXT)
    bench.limit(60)
    bench.forget_events()
    with refused(Code.NOTES_WRITE_FAILED):
        await add(bench)
    assert bench.notes.read() == TEXT
    assert not any(bench.count_events().values())


async def check_half_a_line_is_taken_back(bench: Bench) -> None:
    if bench.kind == "react":
        return  # its state is all or nothing
    bench.write(TEXT)
    bench.make_forgetful()
    with refused(Code.NOTES_WRITE_FAILED):
        await add(bench)
    assert bench.notes.read() == TEXT, bench.notes.read()
    assert bench.read_host() == TEXT, bench.read_host()


async def check_a_hidden_field_is_written_or_refused_and_never_half(bench: Bench) -> None:
    bench.write(TEXT)
    bench.hide()
    bench.forget_events()
    if bench.kind in {"textarea", "input", "react"}:
        text = await add(bench)
        assert text.endswith(LINE)
        assert bench.read_host() == text
        counted = bench.count_events()
        assert counted["input"] >= 1, counted
        assert counted["change"] >= 1, counted
    else:
        with refused(Code.NOTES_WRITE_FAILED):
            await add(bench)
        assert bench.notes.read() == TEXT


async def check_one_change_is_told_as_one(bench: Bench) -> None:
    """Autosave listens to `change`, and a browser adds one when the field loses focus."""
    bench.write(TEXT)
    bench.focus()
    bench.forget_events()
    await add(bench)
    assert bench.count_events()["change"] == 1, bench.count_events()
    bench.write(TEXT)
    bench.focus_elsewhere()
    bench.forget_events()
    await add(bench)
    assert 1 <= bench.count_events()["change"] <= 2, bench.count_events()
