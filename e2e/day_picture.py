"""A salon's day as one picture: the widget after each step of the day, with what is to be seen."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont
from zoom_meeting_testing.pages import AppointmentBook

from e2e.salon_day import SalonDay

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, ViewportSize

VIEWPORT: Final[ViewportSize] = {"width": 1280, "height": 1000}
SCALE: Final = 1.5  # device pixels
_COLUMNS: Final = 3
_WIDTH: Final = 596  # of a column
_GAP: Final = 36
_CAPTION_GAP: Final = 26
_PAPER: Final = (245, 242, 237)
_CARD: Final = (255, 254, 252)
_LINE: Final = (227, 221, 211)
_INK: Final = (34, 48, 45)
_CAPTION_PX: Final = 27
_PADDING: Final = 28
_CORNER: Final = 18
_SAVED_WIDTH: Final = 1500  # what a page has room for, on a fine screen
_QUALITY: Final = 80


class DayPicture:
    """The steps so far, each with its caption."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, Image.Image]] = []
        self._font = ImageFont.load_default(_CAPTION_PX)

    def add(self, caption: str, picture: Image.Image) -> None:
        """Add a step."""
        self._steps.append((f"{len(self._steps) + 1}. {caption}", picture))

    def save(self, path: Path) -> None:
        """Write the picture: rows of steps, read as lines of text are."""
        rows = [self._steps[at : at + _COLUMNS] for at in range(0, len(self._steps), _COLUMNS)]
        heights = [max(self._measure(step) for step in row) for row in rows]
        width = _COLUMNS * (_WIDTH + _GAP) + _GAP
        whole = Image.new("RGB", (width, sum(heights) + _GAP * (len(rows) + 1)), _PAPER)
        top = _GAP
        for row, height in zip(rows, heights, strict=True):
            for at, step in enumerate(row):
                self._draw(whole, step, _GAP + at * (_WIDTH + _GAP), top, height)
            top += height + _GAP
        size = (_SAVED_WIDTH, round(whole.height * _SAVED_WIDTH / whole.width))
        whole = whole.resize(size, Image.Resampling.LANCZOS)
        whole.save(path, quality=_QUALITY, method=6)

    def _measure(self, step: tuple[str, Image.Image]) -> int:
        _, picture = step
        return 2 * _PADDING + _CAPTION_PX + _CAPTION_GAP + picture.height

    def _draw(
        self, whole: Image.Image, step: tuple[str, Image.Image], left: int, top: int, height: int
    ) -> None:
        caption, picture = step
        draw = ImageDraw.Draw(whole)
        card = (left, top, left + _WIDTH, top + height)
        draw.rounded_rectangle(card, _CORNER, fill=_CARD, outline=_LINE, width=2)
        left, top = left + _PADDING, top + _PADDING
        draw.text((left, top), caption, _INK, self._font)
        whole.paste(picture, (left, top + _CAPTION_PX + _CAPTION_GAP))


def take_day(page: Page, url: str, path: Path) -> None:
    """Go through the day in the demo, and write the picture of it.

    Args:
        page: A tab of `VIEWPORT`'s size and `SCALE`, in a fresh context.
        url: The demo's address.
        path: The picture's file.
    """
    book, picture = AppointmentBook(page, url), DayPicture()
    for caption in SalonDay(book).walk():
        picture.add(caption, _take(page, book))
    picture.save(path)


def _take(page: Page, book: AppointmentBook) -> Image.Image:
    page.mouse.move(0, 0)
    taken = book.widget.root.screenshot(animations="disabled")
    return Image.open(BytesIO(taken)).convert("RGB")
