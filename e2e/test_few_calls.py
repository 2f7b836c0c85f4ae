"""The widget does not call Python while the user types, or touch the page while nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from zoom_meeting_testing.pages.typing import rewrite

from e2e.stage import LINK, Stage, write_element, write_line

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import OpenStage

FIELDS: Final = {
    "textarea": '<textarea id="notes"></textarea>',
    "input": '<input id="notes">',
    "rich text": '<div id="notes" contenteditable="true"></div>',
}
# Counts every call from the loader to Python, where the loader makes it.
COUNT_CALLS: Final = """
window.calls = [];
const define = customElements.define;
customElements.define = function (name, element) {
  const { attach } = element;
  element.attach = (handlers) => {
    const counted = Object.entries(handlers).map(([kind, call]) => [
      kind,
      (...given) => {
        window.calls.push(kind);
        return call(...given);
      },
    ]);
    attach(Object.fromEntries(counted));
  };
  define.call(this, name, element);
};
"""
WATCH: Final = """
(element) => {
  window.seen = [];
  const observer = new MutationObserver((records) => window.seen.push(...records));
  const what = { attributes: true, childList: true, characterData: true, subtree: true };
  observer.observe(element.shadowRoot, what);
  observer.observe(element, { attributeFilter: ["data-state", "aria-busy"] });
}
"""
SEEN: Final = "() => window.seen.length"


def read_calls(page: Page) -> list[str]:
    calls: list[str] = page.evaluate("() => window.calls.splice(0)")
    return calls


def open_counted(page: Page, open_stage: OpenStage, field: str) -> Stage:
    page.add_init_script(COUNT_CALLS)
    stage = open_stage(field + write_element())
    stage.widget.wait_for_state("idle")
    return stage


@pytest.mark.parametrize("kind", FIELDS)
def test_typing_in_the_notes_calls_nothing_in_python(
    page: Page, open_stage: OpenStage, kind: str
) -> None:
    stage = open_counted(page, open_stage, FIELDS[kind])
    assert read_calls(page) == ["mount"]
    page.locator("#notes").click()
    page.keyboard.type("Tea, no milk.")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")
    page.keyboard.insert_text(write_line(LINK))
    assert read_calls(page) == []
    page.locator("#notes").blur()
    stage.widget.wait_for_state("ready")
    assert set(read_calls(page)) == {"act"}


def test_a_change_that_makes_no_difference_touches_nothing(
    page: Page, open_stage: OpenStage
) -> None:
    stage = open_counted(page, open_stage, FIELDS["textarea"])
    read_calls(page)
    stage.widget.root.evaluate(WATCH)
    same = "element => { element.setAttribute('client', element.getAttribute('client')) }"
    stage.widget.root.evaluate(same)
    rewrite(page.locator("#notes"), "Tea, no milk.")
    assert read_calls(page) == ["change", "act"]
    assert page.evaluate(SEEN) == 0
    stage.widget.root.evaluate("element => element.toggleAttribute('disabled')")
    assert read_calls(page) == ["change"]
    assert page.evaluate(SEEN) == 2, "the button, and why it is disabled"
