"""Where each room is drawn: in rows from top to bottom, on a grid of ten columns.

The places are chosen so that arrows run down, straight if possible. What the picture says is read
from the imports; only the places are told here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Final, TypeAlias

from tests.rooms.house import House, Room

WIDTH: Final = 960
COLUMNS: Final = 10
MARGIN: Final = 24
GUTTER: Final = 16
GAP: Final = 32  # between rows, for the arrows
PADDING: Final = 14
TITLE_HEIGHT: Final = 34
LINE_HEIGHT: Final = 17
FRAME: Final = 6  # around a group of several
_LETTER: Final = 6.8  # pixels of an average letter, in a wide font

Group: TypeAlias = tuple[str, ...]  # rooms that are drawn as one: they have all arrows in common


@dataclass(frozen=True, slots=True)
class Place:
    """A row, and the columns from the first to the last."""

    row: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return where it ends."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return where it ends."""
        return self.top + self.height


PLACES: Final[Mapping[str, Place]] = {
    "main": Place(0, 0, 7),
    "assemble": Place(1, 0, 1),
    "browser": Place(1, 2, 7),
    "ui": Place(2, 2, 3),
    "check": Place(2, 4, 5),
    "tunnel": Place(2, 6, 7),
    "widget": Place(3, 0, 3),
    "meetings": Place(4, 0, 3),
    "connection": Place(5, 0, 3),
    "ports": Place(6, 0, 2),
    "settings": Place(6, 3, 5),
    "words": Place(6, 8, 9),
    "zoom": Place(7, 0, 7),
    "domain": Place(8, 0, 9),
}
LEGEND: Final = Place(0, 8, 9)


def place_rooms(house: House) -> dict[str, Box]:
    """Give each room its box: as high as the highest purpose in its row needs.

    Raises:
        ValueError: A room has no place yet, or an arrow would not run down.
    """
    for room in house.rooms:
        if room.name not in PLACES:
            raise ValueError(f"{room.title} has no place in tests/rooms/plan.py")
    for importer, imported in house.arrows:
        if PLACES[importer].row >= PLACES[imported].row:
            raise ValueError(f"{importer} must be above {imported} in tests/rooms/plan.py")
    boxes: dict[str, Box] = {}
    top = float(MARGIN)
    for row in sorted({PLACES[room.name].row for room in house.rooms}):
        rooms = [room for room in house.rooms if PLACES[room.name].row == row]
        lines = max(len(wrap_purpose(room)) for room in rooms)
        height = TITLE_HEIGHT + lines * LINE_HEIGHT + PADDING - 4
        for room in rooms:
            left, width = find_columns(PLACES[room.name])
            boxes[room.name] = Box(left, top, width, height)
        top += height + GAP
    return boxes


def find_columns(place: Place) -> tuple[float, float]:
    """Return where a place begins from the left, and its width."""
    column = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GUTTER) / COLUMNS
    count = place.last - place.first + 1
    return MARGIN + place.first * (column + GUTTER), count * column + (count - 1) * GUTTER


def wrap_purpose(room: Room) -> list[str]:
    """Break the purpose into lines that the room's box has room for."""
    _, width = find_columns(PLACES[room.name])
    return wrap(room.purpose, int((width - 2 * PADDING) / _LETTER))


def group_rooms(house: House) -> list[Group]:
    """Bring together the rooms of a row that the same rooms import, and that import the same."""
    groups: dict[object, Group] = {}
    for room in sorted(house.rooms, key=lambda room: PLACES[room.name].first):
        importers = frozenset(start for start, end in house.arrows if end == room.name)
        imported = frozenset(end for start, end in house.arrows if start == room.name)
        key = PLACES[room.name].row, importers, imported
        groups[key] = (*groups.get(key, ()), room.name)
    return sorted(groups.values())


def join_boxes(boxes: Iterable[Box]) -> Box:
    """Return the box around a group, whose rooms are side by side; one room needs no frame."""
    first, *others = boxes
    if not others:
        return first
    left = min(box.left for box in (first, *others)) - FRAME
    right = max(box.right for box in (first, *others)) + FRAME
    return Box(left, first.top - FRAME, right - left, first.height + 2 * FRAME)
