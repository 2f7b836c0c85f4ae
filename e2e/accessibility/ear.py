"""What a screen reader would say: each change of text in a live region, in order.

Facts: a screen reader learns of a live region when it appears, and reads what changes in it from
then on. So what a region brings with it is not heard, and nothing is that comes in a new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from e2e.stage import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Page

_LISTEN: Final = """
window.heard = [];
const known = new WeakSet();
const met = new WeakSet();
function listenTo(element) {
  for (const region of element.shadowRoot.querySelectorAll("[role=status], [role=alert]")) {
    known.add(region);
    const hear = () => {
      const text = region.textContent.trim();
      if (text) window.heard.push(region.role === "alert" ? `! ${text}` : text);
    };
    const what = { childList: true, characterData: true, subtree: true };
    new MutationObserver(hear).observe(region, what);
  }
}
new MutationObserver((records) => {
  if (!records.some(({ addedNodes }) => addedNodes.length)) return;
  for (const element of document.querySelectorAll("zoom-meeting")) {
    if (met.has(element)) continue;
    met.add(element);
    customElements.whenDefined("zoom-meeting").then(() => listenTo(element));
  }
}).observe(document, { childList: true, subtree: true });
window.listRegions = () =>
  [...document.querySelectorAll("zoom-meeting")].map((element) =>
    [...element.shadowRoot.querySelectorAll("[role=status], [role=alert], [aria-live]")]
      .map((region) => known.has(region)));
"""
_QUIET_MS: Final = 150


class Ear:
    """Hears what the widgets of a page say from its next load on; what interrupts begins with !."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script(_LISTEN)

    def wait_for(self, count: int) -> list[str]:
        """Wait until so much was heard since the last call, and nothing for a moment; return it."""
        wait_until(self._page, lambda: self._page.evaluate("() => window.heard.length") >= count)
        self._page.wait_for_timeout(_QUIET_MS)
        heard: list[str] = self._page.evaluate("() => window.heard.splice(0)")
        return heard

    def has_kept_its_regions(self) -> bool:
        """Tell whether each element has two live regions, and those that it had at first."""
        regions: list[list[bool]] = self._page.evaluate("() => window.listRegions()")
        return bool(regions) and all(region == [True, True] for region in regions)
