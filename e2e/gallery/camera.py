"""Takes pictures of the gallery: a sheet for each group, in circumstances that a browser can have.

A picture depends on the widget and on Chromium alone: the fonts are pinned ones, the clock stands,
time zone and language are named, and letters are drawn without hints for the screen (`launch`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

from e2e.gallery.languages import list_languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page, ViewportSize

_THREE_COLUMNS: Final[ViewportSize] = {"width": 1640, "height": 1000}
_FIVE_COLUMNS: Final[ViewportSize] = {"width": 1800, "height": 1000}
_EMULATED: Final = ("forced_colors", "contrast")
_WHEN: Final = datetime(2026, 3, 5, 12, tzinfo=UTC)
_LATE_MS: Final = 1000  # what comes late on purpose is there, such as progress
_PATIENCE_MS: Final = 120_000  # the longest sheet has 20,000 lines, and machines are busy
_PREPARE: Final = "async () => (await import('/gallery/pictures.js')).prepare()"
_ALIGN: Final = "async () => (await import('/gallery/pictures.js')).alignStates()"
_BOXES: Final = "async (group) => (await import('/gallery/pictures.js')).listBoxes(group)"
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
"""What is chosen on the page, and what the browser pretends, by the circumstance's name."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The picture of a group, and those of its states by name: a CSS pixel is a pixel."""

    picture: Image.Image
    states: dict[str, Image.Image]


def take_sheets(
    open_context: Callable[..., BrowserContext], url: str, circumstance: str, **options: Any
) -> dict[str, Sheet]:
    """Take the sheets of one circumstance, by the groups' IDs; as `open_gallery`."""
    page = open_gallery(open_context, url, circumstance, **options)
    groups = [str(group.get_attribute("id")) for group in page.locator("section.group").all()]
    sheets = {group: take_sheet(page, group) for group in groups}
    page.context.close()
    return sheets


def open_gallery(
    open_context: Callable[..., BrowserContext], url: str, circumstance: str, **options: Any
) -> Page:
    """Open the gallery in a context of its own, ready for pictures.

    `options` are Playwright's, for the context.
    """
    chosen = dict(CIRCUMSTANCES[circumstance])
    emulated = {each: chosen.pop(each) for each in _EMULATED if each in chosen}
    viewport = _FIVE_COLUMNS if "width" in chosen else _THREE_COLUMNS
    where = {"locale": "en-US", "timezone_id": "America/New_York"}
    page = open_context(viewport=viewport, **where, **emulated, **options).new_page()
    page.clock.install(time=_WHEN)
    query = "&".join(f"{key}={value}" for key, value in chosen.items())
    page.goto(f"{url}/gallery.html?{query}")
    page.locator("[data-painted]").wait_for(state="attached")
    page.evaluate(_PREPARE)
    page.clock.run_for(_LATE_MS)
    return page


def take_sheet(page: Page, group: str) -> Sheet:
    """Take a picture of a group."""
    page.evaluate(_ALIGN)
    section = page.locator(f"section#{group}")
    taken = section.screenshot(animations="disabled", scale="css", timeout=_PATIENCE_MS)
    picture = Image.open(BytesIO(taken)).convert("RGB")
    return Sheet(picture, dict(_cut(picture, section.evaluate(_BOXES))))


def _cut(picture: Image.Image, boxes: list[dict[str, Any]]) -> Iterator[tuple[str, Image.Image]]:
    for box in boxes:
        left, top = box["x"], box["y"]
        yield box["name"], picture.crop((left, top, left + box["width"], top + box["height"]))
