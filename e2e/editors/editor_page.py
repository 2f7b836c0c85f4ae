"""A page with an editor and the widget: a person's actions, and the editor's content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from zoom_meeting_testing.pages import MeetingWidget

from e2e.editors import EDITORS

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Locator, Page

Caret = Literal["start", "end", "nowhere"]

_KEYS = {"start": "Control+Home", "end": "Control+End"}


class EditorPage:
    """An open page; lines have the form of `readLines` in apps/page.js."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self._editor = EDITORS[name]
        self.widget.root.wait_for(state="attached")  # it comes last

    @property
    def widget(self) -> MeetingWidget:
        """The appointment's widget."""
        return MeetingWidget.find(self.page, "#widget")

    @property
    def field(self) -> Locator:
        """The element that a person types into."""
        root: Page | FrameLocator = self.page
        if self._editor.frame:
            root = self.page.frame_locator(self._editor.frame)
        return root.locator(self._editor.field)

    def read_lines(self) -> list[str]:
        """Return the lines of the editor's own model at this moment, with their marks."""
        return list(self._ask("readLines()"))

    def save(self) -> str:
        """Return what the host would store now."""
        return str(self._ask("save()"))

    def list_errors(self) -> list[str]:
        """Return the uncaught errors so far."""
        return list(self._ask("errors"))

    def list_announced(self) -> list[dict[str, Any]]:
        """Return the widget's events (`name`, `line`), with the editor's `lines` at that time."""
        return list(self._ask("announced"))

    def place_caret(self, caret: Caret) -> None:
        """Click into the field and move the caret with the keyboard, or leave the field alone."""
        if caret in _KEYS:
            self.field.click()
            self.page.keyboard.press(_KEYS[caret])
            self.settle()

    def return_to_field(self) -> None:
        """Give the focus back to the field, without moving the caret."""
        self.field.evaluate("field => (window.editorUnderTest?.focus ?? (() => field.focus()))()")
        self.settle()

    def leave_field(self) -> None:
        """Move the focus elsewhere, as a click on the page does."""
        self.field.evaluate("field => field.blur()")
        self.settle()

    def find_focus(self) -> str:
        """Return the ID of the focused element, or else its name."""
        script = "() => document.activeElement.id || document.activeElement.localName"
        return str(self.page.evaluate(script))

    def undo(self) -> None:
        """Undo one step, with the keyboard."""
        self.page.keyboard.press("Control+z")
        self.settle()

    def redo(self) -> None:
        """Redo one step, with the keyboard if the editor has a shortcut."""
        keys = self._ask("redoKeys")
        if keys is None:
            self._ask("redo()")
        else:
            self.page.keyboard.press(keys)
        self.settle()

    def settle(self) -> None:
        """Wait for the editor, which hears of changes late and renders in frames."""
        self.page.evaluate(
            """() => new Promise((resolve) => {
              requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 150)));
            })"""
        )

    def _ask(self, what: str) -> Any:
        return self.page.evaluate(f"() => window.editorUnderTest.{what}")
