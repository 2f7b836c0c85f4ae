"""Whether two pictures show people the same: tolerant of smoothed edges, not of what is there.

Facts: browsers, and versions of one, smooth edges differently, and may set letters half a pixel
aside. Both change a point only to what stands beside it already. So a point differs if it is
lighter or darker than everything around the same place in the other picture. Pictures are halved
first, as references are: "around" is two pixels of the page in each direction.

Measured in Chromium, as the most points that differ in a patch: 0 on a screen of 1.25, 1.5 or 2
times the pixels, 1 with letters on whole pixels, 4 with the widget half a pixel lower; 5 with
another icon or a link in weight 500, 8 without a hairline of the palest border or with a title in
weight 500, 15 with one color role for another, 17 with a button 4 px aside, 41 without an icon.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALE: Final = 2
"""Pixels of the page for one point of a reference."""
_SOFT: Final = ImageFilter.GaussianBlur(0.7)
"""Strokes as thin as a letter's look alike then, wherever between two points they stand."""
_LIGHTEST: Final = ImageFilter.MaxFilter(3)
_DARKEST: Final = ImageFilter.MinFilter(3)
_TOLERANCE: Final = 10
"""Of 255: what references lose by being small is 4, a hairline of the palest border about 16."""
_PATCH: Final = 8
_MOST_IN_PATCH: Final = 4
"""So many points may differ in a square of 8 x 8: corners are smoothed more than edges."""
_HOPELESS_IN_PATCH: Final = 32
"""No step aside helps where so many differ; looking for one takes a second for each state."""
_ASIDE: Final = [(x / 2, y / 2) for x in range(-2, 3) for y in range(-2, 3) if x or y]


def halve(picture: Image.Image) -> Image.Image:
    """Return a picture at the scale of the references."""
    return picture.filter(_SOFT).reduce(SCALE)


def find_difference(reference: Image.Image, picture: Image.Image) -> Image.Image | None:
    """Compare a picture with a halved one; return where they differ, light on black, or `None`.

    Each patch of the picture may stand up to a pixel aside. One may be a point higher or wider than
    the other: what is halved may have been odd. If it is more, they differ everywhere.
    """
    halved = halve(picture)
    if max(abs(halved.width - reference.width), abs(halved.height - reference.height)) > 1:
        size = (max(halved.width, reference.width), max(halved.height, reference.height))
        return Image.new("L", size, 255)
    box = (0, 0, min(halved.width, reference.width), min(halved.height, reference.height))
    before = reference.crop(box)
    least = _count_in_patches(before, halved.crop(box))
    for aside in _ASIDE:
        if _is_at_most(_MOST_IN_PATCH, least):
            return None
        if not _is_at_most(_HOPELESS_IN_PATCH, least):
            return least
        shifted = halve(_shift(picture, *aside)).crop(box)
        least = ImageChops.darker(least, _count_in_patches(before, shifted))
    return None if _is_at_most(_MOST_IN_PATCH, least) else least


def _shift(picture: Image.Image, x: float, y: float) -> Image.Image:
    how = (1, 0, x, 0, 1, y)
    smoothly = Image.Resampling.BILINEAR
    return picture.transform(picture.size, Image.Transform.AFFINE, how, smoothly)


def _is_at_most(points: int, counts: Image.Image) -> bool:
    _least, most = counts.getextrema()
    assert isinstance(most, (int, float)), "a picture in gray"
    return most * _PATCH**2 <= (points + 0.5) * 255


def _count_in_patches(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return how much of the patch around each point differs, of 255."""
    channels = reduce(ImageChops.lighter, _find_excess(one, other)).split()
    strongest = reduce(ImageChops.lighter, channels)
    points = strongest.point([255 * (value > _TOLERANCE) for value in range(256)])
    return points.filter(ImageFilter.BoxBlur((_PATCH - 1) / 2))


def _find_excess(one: Image.Image, other: Image.Image) -> Iterator[Image.Image]:
    for here, there in ((one, other), (other, one)):
        yield ImageChops.subtract(here, there.filter(_LIGHTEST))
        yield ImageChops.subtract(there.filter(_DARKEST), here)
