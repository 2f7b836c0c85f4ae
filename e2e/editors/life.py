"""The life of a note line in an editor: how each step must go, and what must not change.

Every step is judged by the editor's own model, never by the page's markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from playwright.sync_api import Error

from e2e.stage import write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.editors.editor_page import Caret, EditorPage

Step = Literal["add", "undo", "redo", "type on", "remove"]

FINE: Final = "fine"
REFUSED: Final = "refused"
"""The widget said that it could not write the line, and the notes are unchanged."""
IN_BOLD: Final = "in bold"
"""The line became bold, as text does after the editor's Enter key behind bold text."""
BEFORE_LINE: Final = "before the line"
"""The editor did not report its caret, which went to the end of the old notes."""
NOT_REACHED: Final = "-"

TYPED: Final = "¤"
_MOST_STEPS: Final = 5
_MOMENT_MS: Final = 1000
"""Editors that correct the page do so within frames; a person would wait as long."""
_MARKS: Final = re.compile(r"</?b>|^• ")


class Life:
    """One page, from the click on the camera button on; `outcomes` has the result of each step."""

    def __init__(self, notes: EditorPage, caret: Caret) -> None:
        self.outcomes: dict[Step, str] = {}
        self._notes = notes
        self._caret: Caret = caret
        notes.widget.wait_for_state("idle")
        notes.place_caret(caret)
        self._before = notes.read_lines()
        self._saved = notes.save()
        self._line = ""
        self._written: list[str] = []

    def add_undo_redo_remove(self) -> None:
        """Add the line, undo and redo it with the editor's own undo, and remove it."""
        self._try("add", self._add)
        is_there = self._is_written()
        self._try("undo", self._undo if is_there else None)
        self._try("redo", self._redo if self.outcomes["undo"] == FINE else None)
        self._try("remove", self._remove if is_there and self._is_written() else None)

    def add_and_type_on(self) -> None:
        """Add the line, and go on typing where the caret was."""
        self._try("add", self._add)
        is_fit = self._is_written() or self.outcomes["add"] == REFUSED
        self._try("type on", self._type_on if is_fit else None)

    def _try(self, step: Step, action: Callable[[], str] | None) -> None:
        try:
            outcome = action() if action else NOT_REACHED
            errors = self._notes.list_errors()
            assert not errors, f"uncaught: {errors}"
        except (AssertionError, Error) as error:
            outcome = str(error).split("\nassert ", maxsplit=1)[0]
        self.outcomes[step] = outcome

    def _add(self) -> str:
        notes = self._notes
        notes.widget.add_button.click()
        notes.widget.wait_for_state("ready")
        self._line = write_line(notes.widget.client_link.get_attribute("href") or "")
        at_once = notes.read_lines()
        notes.page.wait_for_timeout(_MOMENT_MS)
        later = notes.read_lines()
        assert later == at_once, f"ready with {at_once}, a moment later {later}"
        outcome = self._judge_refusal(later) if notes.widget.notice.count() else self._judge(later)
        focused = notes.find_focus()
        assert focused == "widget", f"focus went to {focused}"
        return outcome

    def _judge(self, lines: list[str]) -> str:
        plain = self._take_bold_off(lines)
        assert self._is_with_line(plain), f"the editor holds {lines}"
        told = self._notes.list_announced()
        assert [each["name"] for each in told] == ["notes-changed", "created"], f"told {told}"
        assert all(each["lines"] == lines for each in told), "told before the editor had it"
        return FINE if lines == plain else IN_BOLD

    def _judge_refusal(self, lines: list[str]) -> str:
        code = self._notes.widget.notice.get_attribute("data-code")
        assert code == "notes_write_failed", f"it said {code}"
        assert lines == self._before, f"refused, but left {lines}"
        told = [(each["name"], each["line"]) for each in self._notes.list_announced()]
        assert told == [("created", None)], f"refused, but told {told}"
        return REFUSED

    def _undo(self) -> str:
        self._written = self._notes.read_lines()
        self._notes.return_to_field()
        for _ in range(_MOST_STEPS):
            self._notes.undo()
            lines = self._notes.read_lines()
            if lines == self._before:
                return FINE
            assert self._has_the_rest(lines), f"undo made it {lines}"
        raise AssertionError(f"undo left {lines}")

    def _redo(self) -> str:
        for _ in range(_MOST_STEPS):
            self._notes.redo()
            lines = self._notes.read_lines()
            if lines == self._written:
                return FINE
            assert self._has_the_rest(lines), f"redo made it {lines}"
        raise AssertionError(f"redo left {lines}")

    def _remove(self) -> str:
        notes = self._notes
        notes.leave_field()
        notes.widget.wait_for_state("ready")
        notes.widget.confirm_removal()
        notes.widget.wait_for_state("idle")
        assert notes.widget.notice.get_attribute("data-code") == "removed"
        at_once = notes.read_lines()
        notes.page.wait_for_timeout(_MOMENT_MS)
        later = notes.read_lines()
        assert later == self._before, f"removed, the editor holds {later}"
        assert later == at_once, f"removed with {at_once}, a moment later {later}"
        assert notes.save() == self._saved, f"saved would be {notes.save()!r}, not {self._saved!r}"
        return FINE

    def _type_on(self) -> str:
        notes = self._notes
        before = notes.read_lines()
        if self._caret == "nowhere":
            notes.place_caret("start")
        else:
            notes.return_to_field()
        notes.page.keyboard.type(TYPED)
        notes.settle()
        lines = notes.read_lines()
        assert [line.replace(TYPED, "") for line in lines] == before, f"typing made it {lines}"
        head = join(lines).partition(TYPED)[0]
        if head == join(self._before) and head not in self._list_heads():
            return BEFORE_LINE
        assert head in self._list_heads(), f"typing landed in {lines}"
        return FINE

    def _list_heads(self) -> set[str]:
        """Return the texts that may stand before the caret.

        That is the text from before, or on an empty line the text on either side of ours.
        """
        head = "" if self._caret in ("start", "nowhere") else join(self._before)
        heads = {head}
        if self._caret != "nowhere" and (not head or head.endswith("\n")):
            heads |= {head + self._line, head.rstrip("\n") + "\n" + self._line}
        return heads

    def _is_written(self) -> bool:
        lines = self._take_bold_off(self._notes.read_lines())
        return bool(self._line) and self._is_with_line(lines)

    def _take_bold_off(self, lines: list[str]) -> list[str]:
        """Return the lines, with ours in plain letters."""
        return [line.replace(f"<b>{self._line}</b>", self._line) for line in lines]

    def _is_with_line(self, lines: list[str]) -> bool:
        """Return whether these are the old lines, with all marks, and ours once, below all text."""
        places = [at for at, line in enumerate(lines) if line.removeprefix("• ") == self._line]
        if len(places) != 1 or any(lines[places[0] + 1 :]):
            return False
        others = lines[: places[0]] + lines[places[0] + 1 :]
        return others == self._before or (self._before == [""] and not others)

    def _has_the_rest(self, lines: list[str]) -> bool:
        return join(lines).startswith(join(self._before).rstrip("\n"))


def join(lines: list[str]) -> str:
    """Return the text without marks."""
    return "\n".join(_MARKS.sub("", line) for line in lines)
