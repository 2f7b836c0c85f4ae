"""Notes in rich text: anything `contenteditable`, with or without an editor that owns it.

Facts: what an editor makes of an edit shows only later, so each way in is looked at before the next
is tried, and what went wrong is taken back. `rich_text.py` reads what they all made of lines.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import js

from pywidget.browser.aftermath import find_repair, is_same, stands
from pywidget.browser.editing import count_characters, count_units, fire
from pywidget.browser.entries import ENTRIES, Entry, find_owner, type_, undo
from pywidget.browser.focus_loan import FocusLoan, InterruptedLoanError, borrow_focus
from pywidget.browser.loader import find_js_page
from pywidget.browser.rich_text import CLOSED, RichText
from pywidget.browser.values import none_if_null
from pywidget.browser.waiting import listening, wait_for_frames
from pywidget.domain.errors import Code, HostPageError, NotesChangedError
from pywidget.domain.note_line import Edit

_TEXT_NODE = 3
_UNHEARD = 0.25  # seconds after which no `selectionchange` comes any more
_LATE_EARS = 0.12  # seconds for editors that look at the selection from time to time
_LOOKS = 6  # at the next frames, for what an editor makes of the edit
_TRIES = 3  # of selecting: an editor that gets the focus may move it
_MOST_STEPS_BACK = 3
_PAUSE = 0.4  # seconds for the user to finish a word
_MOST_PAUSES = 25


class Editable:
    """One field, for as long as one reading or writing takes."""

    multiline = True
    last_word = 0.15  # seconds until an editor has surely rendered
    hears_typing = True

    def __init__(self, js_field: Any) -> None:
        self._js_field = js_field
        self._js_owner = find_owner(js_field)

    def read(self) -> str:
        """The lines that a person sees, between line feeds."""
        return self._outline()[0].text

    @property
    def selection(self) -> tuple[int, int]:
        """In characters; at the end if the selection is elsewhere."""
        selected = self._find_selection()
        if selected is None:
            length = len(self.read())
            return length, length
        return min(selected), max(selected)

    def select(self, start: int, end: int) -> None:
        """Puts the selection there; the focus stays where it is."""
        loan = FocusLoan(self._js_owner, lambda: self._set_selection(start, end))
        self._set_selection(start, end)  # a browser may give the field the focus for that
        loan.give_back()

    def check(self, _edit: Edit) -> None:
        """Raises `notes_write_failed` for a field that cannot be edited now."""
        if not (self._js_owner.isConnected and self._js_owner.getClientRects().length):
            raise _refuse("The notes cannot be written while they are hidden.")

    async def replace(self, edit: Edit) -> None:
        """Makes the edit, and leaves caret, selection and focus where they were."""
        self.check(edit)
        before = self.read()
        for _ in range(_MOST_PAUSES):
            try:
                async with borrow_focus(self._js_owner, self._remember_selection(edit)) as loan:
                    await self._enter(edit, before, loan)
            except InterruptedLoanError:
                await asyncio.sleep(_PAUSE)
                if self.read() != before:
                    raise NotesChangedError from None
            else:
                return
        raise _refuse("The notes were not written, because somebody was typing all the time.")

    def announce(self) -> None:
        """Tells the host page, as a field does that the user leaves after a change."""
        fire(self._js_field, "change")

    async def _enter(self, edit: Edit, before: str, loan: FocusLoan) -> None:
        if not loan.take():
            raise _refuse("The notes cannot be written while they are hidden.")
        entries = list(ENTRIES)
        while entries:
            await self._select(edit, loan)
            if self.read() != before:
                raise NotesChangedError
            if await self._try(entries, edit, before, loan):
                loan.put_selection_back()
                if not loan.was_there:
                    await self._be_heard()  # or the editor gets its caret behind the edit
                return
        raise _refuse("The notes field did not take the change.")

    async def _try(self, entries: list[Entry], edit: Edit, before: str, loan: FocusLoan) -> bool:
        """Uses up entries until one is taken.

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
                    fire(self._js_owner, "input")  # an editor that renders by itself fires none
                return True
        if loan.is_over and stands(edit, before, self.read()):
            return True  # the rest is what the user has typed since
        loan.check()
        if self.read() != before:
            await self._put_back(before)
        return False

    def _use(self, entry: Entry, edit: Edit, before: str) -> bool:
        if entry is type_ and not edit.replacement and before[edit.start] == "\n":
            # All at once, Chromium leaves a `<br>` where the break was.
            self._set_selection(edit.start + 1, edit.end)
            return entry(self._js_owner, "") and entry(self._js_owner, "")
        return entry(self._js_owner, edit.replacement)

    async def _put_back(self, before: str) -> None:
        for _ in range(_MOST_STEPS_BACK):
            now = self.read()
            undo(self._js_owner)
            await wait_for_frames()
            if self.read() == before:
                return
            if self.read() == now:
                break
        repair = find_repair(before, self.read())
        for entry in ENTRIES:
            if repair is None or self.read() == before:
                return
            self._set_selection(repair.start, repair.end)
            await self._be_heard()
            entry(self._js_owner, repair.replacement)
            await wait_for_frames()
            repair = find_repair(before, self.read())

    async def put_back(self, before: str) -> None:
        """Brings back what was there, after the field's owner has made something else of it."""
        async with borrow_focus(self._js_owner, self._remember_selection(None)) as loan:
            if loan.take():
                await self._put_back(before)

    async def _select(self, edit: Edit, loan: FocusLoan) -> None:
        for _ in range(_TRIES):
            if self._find_selection() != (edit.start, edit.end):
                self._set_selection(edit.start, edit.end)
            await self._be_heard()
            loan.check()
            if self._find_selection() == (edit.start, edit.end):
                return

    async def _be_heard(self) -> None:
        """Waits until an editor has heard of the selection."""
        heard: asyncio.Future[None] = asyncio.Future()

        def hear(_js_event: object) -> None:
            if not heard.done():
                heard.set_result(None)

        with listening(js.document, ("selectionchange",), hear):
            await asyncio.wait({heard}, timeout=_UNHEARD)
        await asyncio.sleep(_LATE_EARS)

    def _set_selection(self, start: int, end: int) -> None:
        first, last = self._find_places(start, end)
        js.document.getSelection().setBaseAndExtent(*first, *last)

    def _find_selection(self) -> tuple[int, int] | None:
        """Where the selection begins and ends, as it was made; `None` if it is elsewhere."""
        js_selection = js.document.getSelection()
        if js_selection.rangeCount == 0:
            return None
        rich, js_nodes = self._outline()
        start = self._locate(rich, js_nodes, js_selection.anchorNode, js_selection.anchorOffset)
        end = self._locate(rich, js_nodes, js_selection.focusNode, js_selection.focusOffset)
        return None if start is None or end is None else (start, end)

    def _locate(self, rich: RichText, js_nodes: Any, js_node: Any, offset: int) -> int | None:
        """The position in the text of a place in the page."""
        if not self._js_field.contains(js_node):
            return None
        if js_node.nodeType == _TEXT_NODE:
            number = js_nodes.indexOf(js_node)
            return rich.locate(number, count_characters(str(js_node.data), offset))
        js_child = none_if_null(js_node.childNodes.item(offset))
        if js_child is not None and js_nodes.includes(js_child):
            return rich.locate(js_nodes.indexOf(js_child), 0)
        js_last = js_node
        while none_if_null(js_last.lastChild) is not None:
            js_last = js_last.lastChild
        length = len(str(js_last.data)) if js_last.nodeType == _TEXT_NODE else 0
        return rich.locate(js_nodes.indexOf(js_last), length)

    def _remember_selection(self, edit: Edit | None) -> Callable[[], None]:
        """What puts the selection back where it is now, after the edit."""
        js_selection = js.document.getSelection()
        if js_selection.rangeCount == 0:
            return js_selection.removeAllRanges  # type: ignore[no-any-return]
        places = (
            (js_selection.anchorNode, js_selection.anchorOffset),
            (js_selection.focusNode, js_selection.focusOffset),
        )
        around = [str(js_node.textContent) for js_node, _offset in places]
        selected = self._find_selection()

        def put_back() -> None:
            is_untouched = all(
                js_node.isConnected and str(js_node.textContent) == text
                for (js_node, _offset), text in zip(places, around, strict=True)
            )
            if is_untouched:
                js_selection.setBaseAndExtent(*places[0], *places[1])
            elif selected is not None:
                # The editor has made its nodes anew.
                moved = selected if edit is None else (_move(at, edit) for at in selected)
                self._set_selection(*moved)

        return put_back

    def _find_places(self, *positions: int) -> list[tuple[Any, int]]:
        """The node, and the offset in it, at which each position in the text is."""
        rich, js_nodes = self._outline()
        places: list[tuple[Any, int]] = []
        for position in positions:
            found = rich.find(position)
            if found is None:
                places.append((self._js_field, 0))
                continue
            js_node = js_nodes[found[0]]
            if js_node.nodeType == _TEXT_NODE:
                places.append((js_node, count_units(str(js_node.data)[: found[1]])))
            else:
                places.append(_before(js_node))
        return places

    def _outline(self) -> tuple[RichText, Any]:
        """The text, and the nodes that it counts."""
        white_space = str(js.getComputedStyle(self._js_field).whiteSpace)
        js_outline = find_js_page().outline(self._js_field, " ".join(CLOSED))
        keeps_breaks = white_space.startswith(("pre", "break-spaces"))
        rich = RichText(json.loads(js_outline.tokens), keeps_breaks=keeps_breaks)
        return rich, js_outline.nodes


def _refuse(message: str) -> HostPageError:
    return HostPageError(Code.NOTES_WRITE_FAILED, message)


def _before(js_node: Any) -> tuple[Any, int]:
    js_range = js.document.createRange()
    js_range.setStartBefore(js_node)
    return js_range.startContainer, js_range.startOffset


def _move(position: int, edit: Edit) -> int:
    """Where a caret is after the edit; one at its start stays before what was added."""
    if position <= edit.start:
        return position
    end = edit.start + len(edit.replacement)
    return end if position < edit.end else position - edit.end + end
