"""Behavior in which one browser engine worked and another did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from e2e.stage import write_element

if TYPE_CHECKING:
    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

COUNT_SWITCHES = """
window.switches = [];
for (const name of ["Suspending", "promising"]) {
  const real = WebAssembly[name];
  if (!real) continue;
  const see = (way) => (...given) => {
    window.switches.push(name);
    return Reflect[way](...given);
  };
  WebAssembly[name] = new Proxy(real, { construct: see("construct"), apply: see("apply") });
}
"""
NOTES = '<textarea id="notes">Tea</textarea>'
TIMES = 3


@pytest.mark.core
def test_python_starts_without_stack_switching(page: Page, open_stage: OpenStage) -> None:
    """With it (JSPI), Firefox 153 loses its way after a few tasks that were canceled."""
    page.add_init_script(COUNT_SWITCHES)
    stage = open_stage(NOTES + write_element())
    stage.widget.wait_for_state("idle")
    assert page.evaluate("() => window.switches") == []


@pytest.mark.core
@pytest.mark.long
def test_zooms_window_may_be_closed_again_and_again(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    widget = open_stage(NOTES + write_element()).widget
    widget.wait_for_state("idle")
    for _ in range(TIMES):
        widget.add_button.click()
        consent = widget.connect()
        widget.wait_for_state("signing-in")
        consent.heading.wait_for()
        consent.page.close()
        widget.wait_for_state("idle")
        expect(widget.notice).to_have_attribute("data-code", "popup_closed")

    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    expect(widget.client_link).to_have_attribute(
        "href", zoom_side.join_url(zoom_side.get_meeting())
    )
