"""Takes pictures of the gallery to look at: a folder for each circumstance, a sheet for each group.

python -m e2e.gallery .cache/gallery
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import sync_playwright

from e2e.browser import launch
from e2e.demo import DEMO_CLIENT_ID, Zoom, create_demo_app
from e2e.gallery.languages import list_languages
from e2e.simulator import ServerThread

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

_THREE_COLUMNS: Final[ViewportSize] = {"width": 1640, "height": 1000}
_FIVE_COLUMNS: Final[ViewportSize] = {"width": 1800, "height": 1000}
_NOWHERE: Final = "http://127.0.0.1:9"  # nothing in the gallery calls Zoom
_EMULATED: Final = ("forced_colors", "contrast")
CIRCUMSTANCES: Final[dict[str, dict[str, Any]]] = {
    "light": {},
    "dark": {"theme": "dark"},
    "more-contrast": {"contrast": "more"},
    "more-contrast-dark": {"contrast": "more", "theme": "dark"},
    "forced-colors": {"forced_colors": "active"},
    "320-px": {"width": "320"},
    "320-px-text-200": {"width": "320", "text": "200"},
    "right-to-left": {"dir": "rtl"},
    **{f"language-{name}": {"lang": name} for name in list_languages()[1:]},
}


def take_sheets(browser: Browser, url: str, folder: Path, name: str) -> list[Path]:
    """Take the sheets of one circumstance, and return their files."""
    chosen = dict(CIRCUMSTANCES[name])
    emulated = {each: chosen.pop(each) for each in _EMULATED if each in chosen}
    viewport = _FIVE_COLUMNS if "width" in chosen else _THREE_COLUMNS
    context = browser.new_context(viewport=viewport, **emulated)
    page = context.new_page()
    query = "&".join(f"{key}={value}" for key, value in chosen.items())
    page.goto(f"{url}/gallery.html?{query}")
    page.locator("[data-painted]").wait_for(state="attached")
    page.wait_for_timeout(500)  # what comes late on purpose, such as progress
    (folder / name).mkdir(parents=True, exist_ok=True)
    sheets = []
    for group in page.locator("section.group").all():
        sheet = folder / name / f"{group.get_attribute('id')}.png"
        group.screenshot(path=sheet, animations="disabled")
        sheets.append(sheet)
    context.close()
    return sheets


def main(folder: Path) -> None:
    """Serve the gallery, and take all sheets."""
    app = create_demo_app(Zoom(DEMO_CLIENT_ID, _NOWHERE))
    with (
        ServerThread(app) as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        for name in CIRCUMSTANCES:
            sheets = take_sheets(browser, server.url, folder, name)
            print(f"{folder / name}: {len(sheets)} sheets")  # noqa: T201 - for people


if __name__ == "__main__":
    main(Path(sys.argv[1]))
