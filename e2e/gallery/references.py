"""The pictures that were looked at and found good: small, one file for each circumstance and group.

    references/light/a-meeting.webp    its states, at half their size
    references/light/states.json       where: {group: {state: [left, top, right, bottom]}}

Facts: WebP without loss is a third smaller than PNG for such pictures, and 32 levels for each
channel make it a quarter smaller again.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

from e2e.gallery.likeness import halve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Box = tuple[int, int, int, int]
    Pictures = Mapping[str, Image.Image]

FOLDER: Final = Path(__file__).resolve().parent / "references"
_BOXES: Final = "states.json"
_WIDTH: Final = 800
_GAP: Final = 4
_STEP: Final = 8
_LEVELS: Final = [min(255, round(value / _STEP) * _STEP) for value in range(256)]


def read_references(folder: Path) -> dict[str, dict[str, Image.Image]]:
    """Read a circumstance's references, by group and state; there may be none."""
    if not (folder / _BOXES).exists():
        return {}
    groups = json.loads((folder / _BOXES).read_text("utf-8"))
    references = {}
    for group, boxes in groups.items():
        with Image.open(folder / f"{group}.webp") as file:
            sheet = file.convert("RGB")
        references[group] = {state: sheet.crop(tuple(box)) for state, box in boxes.items()}
    return references


def write_references(folder: Path, groups: Mapping[str, Pictures]) -> None:
    """Write a circumstance's references, and remove those that were there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    places = {}
    for group, states in groups.items():
        small = {state: halve(picture) for state, picture in states.items()}
        places[group] = _place(small)
        sheet = _paste(small, places[group])
        sheet.save(folder / f"{group}.webp", lossless=True, quality=100, method=6)
    lines = (f"{json.dumps(group)}: {_write_boxes(boxes)}" for group, boxes in places.items())
    (folder / _BOXES).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _write_boxes(boxes: Mapping[str, Box]) -> str:
    """Write one state a line, for a look at what has changed."""
    lines = (f"  {json.dumps(state)}: {json.dumps(box)}" for state, box in boxes.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def _place(pictures: Pictures) -> dict[str, Box]:
    """Place pictures in rows."""
    boxes: dict[str, Box] = {}
    left, top, bottom = 0, 0, 0
    for state, picture in pictures.items():
        if left and left + picture.width > _WIDTH:
            left, top = 0, bottom + _GAP
        boxes[state] = (left, top, left + picture.width, top + picture.height)
        left += picture.width + _GAP
        bottom = max(bottom, top + picture.height)
    return boxes


def _paste(pictures: Pictures, boxes: Mapping[str, Box]) -> Image.Image:
    sheet = Image.new("RGB", (_reach(boxes.values(), 2), _reach(boxes.values(), 3)), "white")
    for state, box in boxes.items():
        sheet.paste(pictures[state], box)
    return sheet.point(_LEVELS * 3)


def _reach(boxes: Iterable[Box], side: int) -> int:
    return max((box[side] for box in boxes), default=1)
