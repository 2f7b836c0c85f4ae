"""A page with an editor and the widget: what a person does there, and what the editor holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from e2e.editors import EDITORS
from e2e.pages import MeetingWidget

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Locator, Page

Caret = Literal["start", "end", "nowhere"]

_KEYS = {"start": "Control+Home", "end": "Control+End"}


class EditorPage:
    """One opened page; lines are as `readLines` in apps/page.js writes them."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self._editor = EDITORS[name]
        self.widget.root.wait_for(state="attached")  # it comes last

    @property
    def widget(self) -> MeetingWidget:
        """The appointment's."""
        return MeetingWidget.find(self.page, "#widget")

    @property
    def field(self) -> Locator:
        """What a person types into."""
        root: Page | FrameLocator = self.page
        if self._editor.frame:
            root = self.page.frame_locator(self._editor.frame)
        return root.locator(self._editor.field)

    def read_lines(self) -> list[str]:
        """The lines that the editor's own model holds at this moment, with their marks."""
        return list(self._ask("readLines()"))

    def save(self) -> str:
        """What the host would store now."""
        return str(self._ask("save()"))

    def list_errors(self) -> list[str]:
        """What was uncaught so far."""
        return list(self._ask("errors"))

    def list_announced(self) -> list[dict[str, Any]]:
        """The widget's events (`name`, `line`), and the `lines` that the editor held then."""
        return list(self._ask("announced"))

    def place_caret(self, caret: Caret) -> None:
        """Click into the field and go there with the keyboard, or leave the field alone."""
        if caret in _KEYS:
            self.field.click()
            self.page.keyboard.press(_KEYS[caret])
            self.settle()

    def return_to_field(self) -> None:
        """Give the field the focus again, which moves no caret."""
        self.field.evaluate("field => (window.editorUnderTest?.focus ?? (() => field.focus()))()")
        self.settle()

    def leave_field(self) -> None:
        """Put the focus elsewhere, as a click on the page does."""
        self.field.evaluate("field => field.blur()")
        self.settle()

    def find_focus(self) -> str:
        """The id of what has the focus, or else its name."""
        script = "() => document.activeElement.id || document.activeElement.localName"
        return str(self.page.evaluate(script))

    def undo(self) -> None:
        """One step, by the keyboard."""
        self.page.keyboard.press("Control+z")
        self.settle()

    def redo(self) -> None:
        """One step, by the keyboard where the editor has keys for it."""
        keys = self._ask("redoKeys")
        if keys is None:
            self._ask("redo()")
        else:
            self.page.keyboard.press(keys)
        self.settle()

    def settle(self) -> None:
        """Let the editor have its say: it hears of things late, and renders in frames."""
        self.page.evaluate(
            """() => new Promise((resolve) => {
              requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 150)));
            })"""
        )

    def _ask(self, what: str) -> Any:
        return self.page.evaluate(f"() => window.editorUnderTest.{what}")
