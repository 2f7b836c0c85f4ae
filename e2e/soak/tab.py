"""A tab of the soak: it does rounds, and its counts are read between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from e2e.stage import EMAIL, wait_until, write_element

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

_FOLDER: Final = Path(__file__).parent
_ROUNDS: Final = (_FOLDER / "rounds.js").read_text(encoding="utf-8")
_IN_PAGE: Final = (_FOLDER / "in_page.py").read_text(encoding="utf-8")
_ADD_PYTHON: Final = """
source => {
  const script = document.createElement("script");
  Object.assign(script, { type: "py", textContent: source });
  document.body.append(script);
}
"""
_PATIENCE_MS: Final = 120_000
_MOST_LOOKS: Final = 60
_BETWEEN_LOOKS_MS: Final = 100
_ENDS: Final = ("tasks", "timers", "locks")
"""What is none as soon as nothing goes on unseen, such as the search for a second meeting."""
_COLLECTIONS: Final = 3
"""An object of Python's that holds one of the page's is let go in one, and that one in the next."""
_OF_BROWSER: Final = {
    "Documents": "documents",
    "Nodes": "nodes",
    "JSEventListeners": "listeners",
    "JSHeapUsedSize": "js_heap_bytes",
}

PAGE: Final = (
    '<main id="stage"></main><template id="appointment"><textarea id="notes">Tea, no milk.\n'
    f"</textarea>{write_element(client_email=EMAIL)}</template>"
)
"""A page without appointments, and the markup of one."""

Counts = dict[str, float]
"""How much there is of everything that may leak; sizes are in bytes."""


class SoakTab:
    """A page made of `PAGE`, with the counters in it."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(_PATIENCE_MS)
        self.page.add_init_script(path=_FOLDER / "counters.js")
        self.page.goto(url)
        self._session: Any = context.new_cdp_session(self.page)
        self._session.send("Performance.enable")

    def start(self, *, waits_for_snapshot: bool = True) -> None:
        """Start Python, wait until nothing more is done for the next visit, and count in Python."""
        start = (
            "() => document.getElementById('stage').append(document.createElement('zoom-meeting'))"
        )
        self.page.evaluate(start)
        self.page.locator("zoom-meeting[data-state=error]").wait_for(state="attached")
        if waits_for_snapshot:
            self.page.evaluate("() => customElements.get('zoom-meeting').settled")
        self.page.evaluate("() => document.getElementById('stage').replaceChildren()")
        self.run_python(_IN_PAGE)
        wait_until(self.page, lambda: self.page.evaluate("() => soak.countPython() !== '{}'"))

    def run_python(self, source: str) -> None:
        """Run some Python in the page, beside the widget's."""
        self.page.evaluate(_ADD_PYTHON, source)

    def do_rounds(self, first: int, count: int) -> None:
        """Do so many rounds; every number is an appointment."""
        self.page.evaluate(_ROUNDS, {"first": first, "count": count, "patience": _PATIENCE_MS})

    def count(self) -> Counts:
        """Let everything end and be collected, and count what is left."""
        for _ in range(_MOST_LOOKS):
            found: Counts = self.page.evaluate("() => soak.count()")
            if not any(found[name] for name in _ENDS):
                break
            self.page.wait_for_timeout(_BETWEEN_LOOKS_MS)
        for _ in range(_COLLECTIONS):
            self.page.evaluate("() => soak.countPython()")
            self._session.send("HeapProfiler.collectGarbage")
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        of_browser = {
            _OF_BROWSER[each["name"]]: each["value"]
            for each in metrics
            if each["name"] in _OF_BROWSER
        }
        counts: Counts = self.page.evaluate("() => soak.count()")
        return {**counts, **of_browser}
