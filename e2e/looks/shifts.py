"""Layout shifts, as the browser counts them (Layout Instability API).

Facts: what moves within half a second of a click or a key is marked as recent input, since people
expect it. The buffer holds 150 entries, so an observer has to be there from the beginning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_OBSERVE = """
window.shifts = [];
window.shiftsSeen = new PerformanceObserver((list) => window.shifts.push(...list.getEntries()));
window.shiftsSeen.observe({ type: "layout-shift", buffered: true });
"""
_READ = """
async () => {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
  window.shifts.push(...window.shiftsSeen.takeRecords());
  return window.shifts.splice(0).filter((each) => !each.hadRecentInput).map((each) => [
    each.value,
    ...each.sources.map(({ node, previousRect: before, currentRect: after }) =>
      `${node?.nodeName} ${node?.className ?? node?.data} ${before.y} -> ${after.y}`),
  ]);
}
"""


def observe_shifts(page: Page) -> None:
    """Observe this page from its next load on."""
    page.add_init_script(_OBSERVE)


def list_shifts(page: Page) -> list[list[object]]:
    """List, once, the shifts that nobody expected: how much, and what has moved."""
    found: list[list[object]] = page.evaluate(_READ)
    return found
