"""Notes in rich text: anything `contenteditable`, with or without an editor that owns it.

Facts: what an editor makes of an edit shows only later, so the result of each entry is checked
before the next one is tried, and a failed one is undone. `rich_text.py` reads the lines that all
editors write.
"""

from __future__ import annotations

import asyncio
from typing import Any

import js

from pywidget.browser.aftermath import find_repair, is_ours, is_same, stands
from pywidget.browser.editing import fire
from pywidget.browser.entries import ENTRIES, Entry, find_owner, type_, undo
from pywidget.browser.focus_loan import FocusLoan, InterruptedLoanError, borrow_focus
from pywidget.browser.rich_field import KeptSelection, RichField
from pywidget.browser.waiting import listening, wait_for_frames
from pywidget.domain.errors import Code, HostPageError, NotesChangedError, Reason
from pywidget.domain.note_line import Edit

_UNHEARD = 0.25  # seconds after which no `selectionchange` comes any more
_LATE_EARS = 0.12  # seconds for editors that poll the selection
_LOOKS = 6  # frames in which to look for what an editor makes of the edit
_TRIES = 3  # of selecting: an editor that gets the focus may move it
_MOST_STEPS_BACK = 3
_PAUSE = 0.4  # seconds for the user to finish a word
_MOST_PAUSES = 25


class Editable(RichField):
    """One rich text field, for as long as one read or write takes."""

    multiline = True
    last_word = 0.15  # seconds until an editor has surely rendered
    hears_typing = True

    def __init__(self, js_field: Any) -> None:
        super().__init__(js_field)
        self._js_owner = find_owner(js_field)

    @property
    def selection(self) -> tuple[int, int]:
        """The selection, in characters; the end of the text if the selection is elsewhere."""
        selected = self.find_selection()
        if selected is None:
            length = len(self.read())
            return length, length
        return min(selected), max(selected)

    def select(self, start: int, end: int) -> None:
        """Put the selection there; the focus stays where it is."""
        loan = FocusLoan(self._js_owner, lambda: self.set_selection(start, end))
        self.set_selection(start, end)  # a browser may give the field the focus for that
        loan.give_back()

    def check(self, edit: Edit) -> None:
        """Raise `notes_write_failed` for an edit that cannot be made now."""
        if not (self._js_owner.isConnected and self._js_owner.getClientRects().length):
            raise HostPageError(Code.NOTES_WRITE_FAILED, Reason.HIDDEN)
        if not self.is_editable(edit.start, edit.end):
            raise HostPageError(Code.NOTES_WRITE_FAILED, Reason.READ_ONLY)

    async def replace(self, edit: Edit) -> None:
        """Make the edit, and leave caret, selection and focus where they were."""
        self.check(edit)
        before = self.read()
        for _ in range(_MOST_PAUSES):
            try:
                kept = KeptSelection(self, edit)
                async with borrow_focus(self._js_owner, kept.put_back) as loan:
                    await self._enter(edit, before, loan)
                    await self._leave_caret(edit, kept, loan)
            except InterruptedLoanError:
                await asyncio.sleep(_PAUSE)
                now = self.read()
                if now == before:
                    continue
                if is_ours(edit, before, now):
                    return  # half done, or more than that: `NotesField` judges it
                raise NotesChangedError from None
            else:
                return
        raise HostPageError(Code.NOTES_WRITE_FAILED, Reason.TYPING)

    def announce(self) -> None:
        """Tell the host page, as a field does when the user leaves it after a change."""
        fire(self._js_field, "change")

    async def _enter(self, edit: Edit, before: str, loan: FocusLoan) -> None:
        if not loan.take():
            raise HostPageError(Code.NOTES_WRITE_FAILED, Reason.HIDDEN)
        entries = list(ENTRIES)
        while entries:
            await self._select(edit, loan)
            if self.read() != before:
                raise NotesChangedError
            if await self._try(entries, edit, before, loan):
                return
        raise HostPageError(Code.NOTES_WRITE_FAILED)

    async def _leave_caret(self, edit: Edit, kept: KeptSelection, loan: FocusLoan) -> None:
        """Put the caret back where it was, or before the edit if an editor does not show where.

        What is typed next must not end up in the middle, or at the end, of a link.
        """
        for _ in range(_TRIES):
            if loan.is_over:
                return
            if kept.is_inside:
                loan.put_selection_back()
            else:
                self.set_selection(edit.start, edit.start)
            await self._be_heard()
            if not kept.is_inside or kept.stands:
                return

    async def _try(self, entries: list[Entry], edit: Edit, before: str, loan: FocusLoan) -> bool:
        """Use up entries until one is accepted.

        Returns:
            Whether the text is as wanted now; if not, it is as before.
        """
        wanted = edit.apply(before)
        heard: list[object] = []
        with listening(self._js_owner, ("input",), heard.append):
            while entries and not self._use(entries.pop(0), edit, before):
                pass
            for _ in range(_LOOKS):
                if is_same(self.read(), wanted):
                    break
                await wait_for_frames(1)
            if is_same(self.read(), wanted):
                if not heard:
                    fire(self._js_owner, "input")  # an editor that renders it itself fires none
                return True
        if loan.is_over and stands(edit, before, self.read()):
            return True  # the rest is what the user has typed since
        loan.check()
        if self.read() != before:
            await self._put_back(before, edit)
        return False

    def _use(self, entry: Entry, edit: Edit, before: str) -> bool:
        if entry is type_ and not edit.replacement and before[edit.start] == "\n":
            # In one step, Chromium leaves a `<br>` where the break was.
            self.set_selection(edit.start + 1, edit.end)
            return entry(self._js_owner, "") and entry(self._js_owner, "")
        return entry(self._js_owner, edit.replacement)

    async def _put_back(self, before: str, edit: Edit) -> None:
        for _ in range(_MOST_STEPS_BACK):
            now = self.read()
            undo(self._js_owner)
            await wait_for_frames()
            if self.read() == before:
                return
            if self.read() == now:
                break
        repair = find_repair(edit, before, self.read())
        for entry in ENTRIES:
            if repair is None or self.read() == before:
                return
            self.set_selection(repair.start, repair.end)
            await self._be_heard()
            entry(self._js_owner, repair.replacement)
            await wait_for_frames()
            repair = find_repair(edit, before, self.read())

    async def put_back(self, before: str, edit: Edit) -> None:
        """Restore the old text, after the field's owner has changed the edit."""
        async with borrow_focus(self._js_owner, KeptSelection(self).put_back) as loan:
            if loan.take():
                await self._put_back(before, edit)

    async def _select(self, edit: Edit, loan: FocusLoan) -> None:
        for _ in range(_TRIES):
            if self.find_selection() != (edit.start, edit.end):
                self.set_selection(edit.start, edit.end)
            await self._be_heard()
            loan.check()
            if self.find_selection() == (edit.start, edit.end):
                return

    async def _be_heard(self) -> None:
        """Wait until an editor has noticed the selection."""
        heard: asyncio.Future[None] = asyncio.Future()

        def hear(_js_event: object) -> None:
            if not heard.done():
                heard.set_result(None)

        with listening(js.document, ("selectionchange",), hear):
            await asyncio.wait({heard}, timeout=_UNHEARD)
        await asyncio.sleep(_LATE_EARS)
