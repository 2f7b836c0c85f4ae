"""The main journey as one animated picture, made of screenshots of the demo.

Facts: an animated WebP is a tenth of a GIF, and every browser since 2020 shows it. A picture that
moves by itself needs a still one beside it, for those who want no motion (WCAG 2.2, 2.2.2).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageEnhance
from zoom_meeting_testing.pages import AppointmentBook

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page, ViewportSize

VIEWPORT: Final[ViewportSize] = {"width": 1280, "height": 740}
_WINDOW: Final[ViewportSize] = {"width": 600, "height": 850}
_WINDOW_SCALE: Final = 0.8
_SIZE: Final = (960, 555)  # what a README has room for
_QUALITY: Final = 70
_LOOK_MS: Final = 1600
_READ_MS: Final = 2600
_PRESS_MS: Final = 450
_DIMMED: Final = 0.55
_FINGER_PX: Final = 15
_FINGER: Final = (214, 93, 14, 150)
_EDGE: Final = (130, 137, 130)
_HIDE_TOUR: Final = 'localStorage.setItem("simplespa-demo:v1:preferences", \'{"tour": "hidden"}\')'


class JourneyPicture:
    """The frames so far, each with how long it stands."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames: list[tuple[Image.Image, int]] = []

    def show(self, milliseconds: int) -> None:
        """Add the page as it is."""
        self._frames.append((_take(self._page), milliseconds))

    def press(self, control: Locator) -> None:
        """Add the page with a finger on this control; press it."""
        self.show(_LOOK_MS)
        self._add_finger(_find_middle(control), _take(self._page))
        control.click()

    def show_window(self, window: Page, control: Locator) -> None:
        """Add the page with this window over it, and a finger on the window's control."""
        below = ImageEnhance.Brightness(_take(self._page)).enhance(_DIMMED)
        above = _take(window)
        above = above.resize([round(length * _WINDOW_SCALE) for length in above.size])
        left, top = ((below.size[at] - above.size[at]) // 2 for at in (0, 1))
        edge = (left - 1, top - 1, left + above.width, top + above.height)
        ImageDraw.Draw(below).rectangle(edge, outline=_EDGE)
        below.paste(above, (left, top))
        self._frames.append((below, _READ_MS))
        x, y = _find_middle(control)
        self._add_finger((left + x * _WINDOW_SCALE, top + y * _WINDOW_SCALE), below)

    def save(self, path: Path) -> None:
        """Write the animated picture."""
        small = [frame.resize(_SIZE, Image.Resampling.LANCZOS) for frame, _ in self._frames]
        small[0].save(
            path,
            save_all=True,
            append_images=small[1:],
            duration=[milliseconds for _, milliseconds in self._frames],
            loop=0,
            quality=_QUALITY,
            method=6,
        )

    def _add_finger(self, at: tuple[float, float], below: Image.Image) -> None:
        x, y = at
        layer = Image.new("RGBA", below.size)
        circle = (x - _FINGER_PX, y - _FINGER_PX, x + _FINGER_PX, y + _FINGER_PX)
        ImageDraw.Draw(layer).ellipse(circle, fill=_FINGER)
        touched = Image.alpha_composite(below.convert("RGBA"), layer).convert("RGB")
        self._frames.append((touched, _PRESS_MS))


def take_journey(page: Page, url: str, path: Path) -> None:
    """Create a meeting in the demo, copy its link, and write the picture of it.

    Args:
        page: A tab of `VIEWPORT`'s size, in a fresh context.
        url: The demo's address.
        path: The picture's file.
    """
    page.add_init_script(_HIDE_TOUR)
    widget = AppointmentBook(page, url).open()
    widget.wait_for_state("idle")
    picture = JourneyPicture(page)
    picture.press(widget.add_button)
    widget.connect_button.wait_for()
    picture.show(_LOOK_MS)
    consent = widget.connect()
    consent.page.set_viewport_size(_WINDOW)
    consent.heading.wait_for()
    allow = consent.page.get_by_role("button", name="Allow", exact=True)
    picture.show_window(consent.page, allow)
    consent.allow()
    widget.wait_for_state("ready")
    picture.show(_READ_MS)
    picture.press(widget.copy_button)
    picture.press(widget.send_button)
    picture.show(_READ_MS)
    picture.save(path)


def _take(page: Page) -> Image.Image:
    page.mouse.move(0, 0)
    return Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def _find_middle(control: Locator) -> tuple[float, float]:
    box = control.bounding_box()
    if box is None:
        raise RuntimeError(f"{control} is not to be seen")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
