"""A notes field with a host page behind it, which may have ideas of its own."""

from __future__ import annotations

import asyncio

from pywidget.domain.errors import Code, HostPageError, NotesChangedError, Reason
from pywidget.domain.note_line import Edit


class FakeNotes:
    """Implements `ports.Notes`.

    Attributes:
        rejects: Nothing gets in (full, hidden, read-only), and that can be seen before.
        reverts: It gets in, and the host puts its own text back, as a controlled React field does.
        typed_meanwhile: What somebody types, at the end, just before the next edit gets in.
        is_gone: The field is not on the page any more.
        selection: Where the selection begins and ends, in characters.
    """

    def __init__(self, text: str = "", *, multiline: bool = True) -> None:
        self.text = text
        self.is_multiline = multiline
        self.rejects = False
        self.reverts = False
        self.is_gone = False
        self.typed_meanwhile = ""
        self.history: list[str] = []  # what `input` and `change` told the host
        self.reads = 0
        self._selection = len(text), len(text)

    @property
    def selection(self) -> tuple[int, int]:
        self._check()
        start, end = (min(at, len(self.text)) for at in self._selection)
        return start, end

    def select(self, start: int, end: int) -> None:
        self._check()
        self._selection = start, end

    @property
    def multiline(self) -> bool:
        self._check()
        return self.is_multiline

    def read(self) -> str:
        self._check()
        self.reads += 1
        return self.text

    def check(self, _edit: Edit) -> None:
        self._check()
        if self.rejects:
            raise _refuse()

    async def apply(self, edit: Edit) -> None:
        self._check()
        before = self.text
        await asyncio.sleep(0)  # an editor has to hear of the selection first
        self.text += self.typed_meanwhile
        self.typed_meanwhile = ""
        self._check()
        if self.text != before:
            raise NotesChangedError
        self._put_in(edit)
        await asyncio.sleep(0)  # and has the last word

    def _put_in(self, edit: Edit) -> None:
        wanted = edit.apply(self.text)
        if not self.rejects and not self.reverts:
            start, end = (_move(at, edit) for at in self.selection)
            self._selection = start, end
            # An <input> drops line breaks without a word.
            self.text = wanted if self.is_multiline else wanted.replace("\n", "").replace("\r", "")
        if not self.rejects:
            self.history.append(wanted)
        if self.text != wanted:
            raise _refuse()

    def _check(self) -> None:
        if self.is_gone:
            raise HostPageError(Code.NOTES_NOT_FOUND, Reason.NO_MATCH, selector="#n")


def _refuse() -> HostPageError:
    return HostPageError(Code.NOTES_WRITE_FAILED)


def _move(position: int, edit: Edit) -> int:
    """Where a caret is after the edit: it stays with the text around it."""
    if position <= edit.start:
        return position
    after = edit.start + len(edit.replacement)
    return after if position < edit.end else position - edit.end + after
