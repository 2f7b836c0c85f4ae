"""axe finds nothing in any state, in any theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from e2e.accessibility.states import write_page
from e2e.pages import MeetingWidget
from e2e.stage import LINK, write_element, write_line

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import OpenContext, OpenStage
    from e2e.stage import Gate

AXE: Final = (
    Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
)
RUN: Final = """
async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations, passes } = await axe.run(document, { runOnly: tags });
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.flat()} ${failureSummary}`));
  return { found, passed: passes.length };
}
"""
THEMES: Final[dict[str, dict[str, Any]]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
}
MORE_THEMES: Final[dict[str, dict[str, Any]]] = {
    "forced colors": {"forced_colors": "active"},
    "more contrast": {"color_scheme": "light", "contrast": "more"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
}


def find_violations(page: Page) -> list[str]:
    """Run axe on the whole page, shadow roots included."""
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(RUN)
    assert result["passed"] > 10, "axe has seen nothing"
    found: list[str] = result["found"]
    return found


@pytest.mark.parametrize(
    "theme",
    ["light", "dark", *(pytest.param(name, marks=pytest.mark.long) for name in MORE_THEMES)],
)
def test_axe_finds_nothing_in_any_state(open_context: OpenContext, theme: str) -> None:
    page = open_context(**{**THEMES, **MORE_THEMES}[theme]).new_page()
    page.set_content(write_page())
    assert find_violations(page) == []


def test_axe_finds_nothing_while_python_loads(open_stage: OpenStage, python_gate: Gate) -> None:
    del python_gate
    body = (
        '<main><h1>Thursday</h1><label>Notes<textarea id="notes"></textarea></label>'
        f'<label>More<textarea id="full">{write_line(LINK)}</textarea></label>'
        + write_element()
        + write_element("disabled", appointment="8", disabled="")
        + write_element("expected", appointment="9", notes="#full")
        + "</main>"
    )
    stage = open_stage(body)
    stage.widget.add_button.click()
    MeetingWidget.find(stage.page, "#widget").progress.wait_for()
    assert find_violations(stage.page) == []
