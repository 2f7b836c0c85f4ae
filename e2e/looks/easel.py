"""A page that shows models as the widget does, without Python and so within milliseconds.

The description is the view's own, the page is made to match it by `web/patch.js`, and the style
sheets are those of `web/`: what is measured here is what people see. Their words are English.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pywidget.ui.node import Element
from pywidget.ui.patch import compare
from pywidget.ui.view import render_host
from tests.doubles.english import WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from pywidget.widget.model import Model

_WEB: Final = Path(__file__).resolve().parents[2] / "web"
_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PAGE: Final = """<!doctype html>
<html lang="en" dir="{direction}" style="font-size: {letters}; color-scheme: light dark">
<title>An easel</title>
<link rel="icon" href="data:,">
<style>body {{ display: flow-root; margin: 12px }}</style>
<zoom-meeting></zoom-meeting>
<p id="below">What stands below on the page</p>
<script type="module">
  import {{ patch }} from "./patch.js";
  const host = document.querySelector("zoom-meeting");
  const root = host.attachShadow({{ mode: "open" }});
  const read = async (name) => {{
    const sheet = new CSSStyleSheet({{ baseURL: location.href }});
    return sheet.replace(await (await fetch(name)).text());
  }};
  root.adoptedStyleSheets = await Promise.all(["./loading.css", "./widget.css"].map(read));
  globalThis.paint = (changes) => patch(host, changes);
  globalThis.isReady = true;
</script>
"""


class Easel:
    """One page with one element, and a paragraph below it.

    `url` is an origin that the tests may ask; it is not reached. `letters` is the size of the
    root's letters, as people set it in their browsers.
    """

    def __init__(
        self, page: Page, url: str, *, letters: str = "100%", direction: str = "ltr"
    ) -> None:
        self.page = page
        self._shown = Element("zoom-meeting", {}, ())
        self._html = _PAGE.format(letters=letters, direction=direction)
        self._folder = f"{url}/easel/"
        page.route(f"{self._folder}**", self._serve)
        page.goto(self._folder)
        page.wait_for_function("globalThis.isReady")

    @property
    def host(self) -> Locator:
        """The element."""
        return self.page.locator("zoom-meeting")

    def show(self, model: Model) -> None:
        """Show this state, after the one before."""
        described = render_host(model, WORDS)
        change = compare(self._shown, described)
        self._shown = described
        self.page.evaluate("changes => paint(changes)", json.dumps(change))

    def find(self, selector: str) -> Locator:
        """Find what is in the element."""
        return self.host.locator(selector)

    def measure(self, selector: str) -> dict[str, float]:
        """Measure the first such element: `x`, `y`, `width` and `height` in CSS pixels."""
        box = self.find(selector).first.bounding_box()
        assert box is not None, f"{selector} is not shown"
        return {name: float(box[name]) for name in ("x", "y", "width", "height")}

    def _serve(self, route: Route) -> None:
        name = route.request.url.removeprefix(self._folder)
        if not name:
            route.fulfill(body=self._html, content_type="text/html")
            return
        body = (_WEB / name).read_bytes()
        route.fulfill(body=body, content_type=_TYPES[Path(name).suffix])
