"""A salon's day as one picture: the widget after each step of the day, with what is to be seen."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from e2e.pages import AppointmentBook
from e2e.salon_day import SalonDay

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, ViewportSize

VIEWPORT: Final[ViewportSize] = {"width": 1280, "height": 1000}
SCALE: Final = 1.5  # device pixels
_COLUMNS: Final = 3
_WIDTH: Final = 540  # of a column
_GAP: Final = 48
_CAPTION_GAP: Final = 18
_PAPER: Final = (245, 242, 237)
_CARD: Final = (255, 254, 252)
_LINE: Final = (227, 221, 211)
_INK: Final = (34, 48, 45)
_CAPTION_PX: Final = 25
_LINE_PX: Final = 34
_PADDING: Final = 24
_CORNER: Final = 18
_QUALITY: Final = 80
_BESIDE_PX: Final = 8  # around the element: what reaches over its edge


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
        whole.save(path, quality=_QUALITY, method=6)

    def _wrap(self, caption: str) -> list[str]:
        lines = [""]
        for word in caption.split():
            longer = f"{lines[-1]} {word}".strip()
            if self._font.getlength(longer) > _WIDTH - 2 * _PADDING:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _measure(self, step: tuple[str, Image.Image]) -> int:
        caption, picture = step
        above = len(self._wrap(caption)) * _LINE_PX + _CAPTION_GAP
        return 2 * _PADDING + above + picture.height

    def _draw(
        self, whole: Image.Image, step: tuple[str, Image.Image], left: int, top: int, height: int
    ) -> None:
        caption, picture = step
        draw = ImageDraw.Draw(whole)
        card = (left, top, left + _WIDTH, top + height)
        draw.rounded_rectangle(card, _CORNER, fill=_CARD, outline=_LINE, width=2)
        below = top + _PADDING
        for line in self._wrap(caption):
            draw.text((left + _PADDING, below), line, _INK, self._font)
            below += _LINE_PX
        whole.paste(picture, (left + (_WIDTH - picture.width) // 2, below + _CAPTION_GAP))


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
    box = book.widget.root.bounding_box()
    if box is None:
        raise RuntimeError("the widget is not to be seen")
    clip = {
        "x": box["x"] - _BESIDE_PX,
        "y": box["y"] - _BESIDE_PX,
        "width": box["width"] + 2 * _BESIDE_PX,
        "height": box["height"] + 2 * _BESIDE_PX,
    }
    taken = page.screenshot(clip=clip, animations="disabled", full_page=True)
    return Image.open(BytesIO(taken)).convert("RGB")
