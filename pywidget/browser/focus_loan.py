"""The page's focus and selection, borrowed for a while and given back as they were.

Facts: an editor notices a selection only when `selectionchange` has come, and some look at it even
later. In that time the user may press a key. The key's text goes to the element that has the focus
when the browser carries the key out, which is after its `keydown` was dispatched: giving the focus
back in that handler sends the text where the user meant it. So a loan ends at the first key.
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
    """An error for a loan that ended because the user pressed a key or clicked."""


class FocusLoan:
    """The focus, borrowed for as long as nobody else wants it."""

    def __init__(self, js_field: Any, put_back: Callable[[], None]) -> None:
        self._js_field = js_field
        self._js_before = find_focus()
        self._put_back = put_back
        self._scrolls = _list_scrolls(js_field)
        self._is_over = False

    @property
    def is_over(self) -> bool:
        """Whether the focus was given back, or the user has wanted it."""
        return self._is_over

    def take(self) -> bool:
        """Take the focus; return False if the field cannot have it, such as a hidden one."""
        if find_focus() != self._js_field:
            self._js_field.focus(build_options(preventScroll=True))
        return bool(find_focus() == self._js_field)

    def check(self) -> None:
        """Raise `InterruptedLoanError` once the loan is over."""
        if self._is_over:
            raise InterruptedLoanError

    def hear_key(self, js_event: Any) -> None:
        """End the loan, inside the key's own event."""
        if js_event.isTrusted and not self._is_over:
            self.give_back()

    def hear_pointer(self, js_event: Any) -> None:
        """End the loan; the focus goes where the pointer is."""
        if js_event.isTrusted:
            self._is_over = True

    def put_selection_back(self) -> None:
        """Restore the selection and the scroll positions, but not yet the focus."""
        self._put_back()
        for js_element, top, left in self._scrolls:
            if (js_element.scrollTop, js_element.scrollLeft) != (top, left):
                js_element.scrollTop, js_element.scrollLeft = top, left

    def give_back(self) -> None:
        """Restore the selection, the scroll positions and the focus, once."""
        if self._is_over:
            return
        self._is_over = True
        self.put_selection_back()
        if find_focus() != self._js_field:
            return  # another element has it by now
        if self._js_before is None:
            self._js_field.blur()
        elif self._js_before != self._js_field:
            self._js_before.focus(build_options(preventScroll=True))


@asynccontextmanager
async def borrow_focus(js_field: Any, put_back: Callable[[], None]) -> AsyncIterator[FocusLoan]:
    """Lend the focus while the block runs; `put_back` restores the selection."""
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
