"""The page's focus and selection, borrowed for a while and given back as they were.

Facts: an editor hears of a selection only when `selectionchange` has come, and some look at it
later still. In that time the user may press a key. The key's text goes to whatever has the focus
when the browser carries the key out, which is after its `keydown` was heard: who gives the focus
back in there sends the text where the user meant it. So a loan ends at the first key.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import js

from pywidget.browser.editing import build_options, find_focus
from pywidget.browser.values import none_if_null
from pywidget.browser.waiting import listening

_KEYS = ("keydown", "compositionstart")
_POINTER = ("pointerdown",)


class InterruptedLoanError(Exception):
    """The user has pressed a key, or clicked: the focus is theirs."""


class FocusLoan:
    """The focus, for as long as nobody else wants it."""

    def __init__(self, js_field: Any, put_back: Callable[[], None]) -> None:
        self._js_field = js_field
        self._js_before = find_focus()
        self._put_back = put_back
        self._scrolls = _list_scrolls(js_field)
        self._is_over = False

    @property
    def is_over(self) -> bool:
        """Whether the user has wanted the focus."""
        return self._is_over

    def take(self) -> bool:
        """Takes the focus; False where the field cannot have it, as a hidden one."""
        if find_focus() != self._js_field:
            self._js_field.focus(build_options(preventScroll=True))
        return bool(find_focus() == self._js_field)

    def check(self) -> None:
        """Raises `InterruptedLoanError` once the loan is over."""
        if self._is_over:
            raise InterruptedLoanError

    def hear_key(self, js_event: Any) -> None:
        """Ends the loan, inside the key's own event."""
        if js_event.isTrusted and not self._is_over:
            self.give_back()

    def hear_pointer(self, js_event: Any) -> None:
        """Ends it too; the focus goes where the pointer is."""
        if js_event.isTrusted:
            self._is_over = True

    def put_selection_back(self) -> None:
        """The selection and the scroll positions, before the focus."""
        self._put_back()
        for js_element, top, left in self._scrolls:
            if (js_element.scrollTop, js_element.scrollLeft) != (top, left):
                js_element.scrollTop, js_element.scrollLeft = top, left

    def give_back(self) -> None:
        """All of it; once."""
        if self._is_over:
            return
        self._is_over = True
        self.put_selection_back()
        if find_focus() != self._js_field:
            return  # somebody else has it by now
        if self._js_before is None:
            self._js_field.blur()
        elif self._js_before != self._js_field:
            self._js_before.focus(build_options(preventScroll=True))


@asynccontextmanager
async def borrow_focus(js_field: Any, put_back: Callable[[], None]) -> AsyncIterator[FocusLoan]:
    """Lends the focus while the block runs; `put_back` puts the selection where it was."""
    loan = FocusLoan(js_field, put_back)
    keys = listening(js, _KEYS, loan.hear_key, capture=True)
    pointer = listening(js, _POINTER, loan.hear_pointer, capture=True)
    with keys, pointer:
        try:
            yield loan
        finally:
            loan.give_back()


def _list_scrolls(js_element: Any) -> list[tuple[Any, float, float]]:
    scrolls = []
    while js_element is not None:
        scrolls.append((js_element, js_element.scrollTop, js_element.scrollLeft))
        js_element = none_if_null(js_element.parentElement)
    return scrolls
