"""The picture itself, as SVG: light or dark as the system is, and the same text each time."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from tests.rooms.house import ROOT, Exemption, House, Room
from tests.rooms.plan import (
    GAP,
    LEGEND,
    LINE_HEIGHT,
    MARGIN,
    PADDING,
    PLACES,
    TITLE_HEIGHT,
    WIDTH,
    Box,
    find_columns,
    group_rooms,
    join_boxes,
    place_rooms,
    wrap_purpose,
)

FILE: Final = ROOT / "docs" / "images" / "rooms.svg"
_HEAD: Final = 7  # the length of an arrow's head
_ASIDE: Final = 30  # how far from its box's edge an arrow starts that has to turn
_FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
_STYLE: Final = """\
    .ground { fill: #f6f8fa }
    .room { fill: #ffffff; stroke: #b6bfca; stroke-width: 1.5 }
    .file { fill: #eef1f5; stroke: #b6bfca; stroke-width: 1.5 }
    .browser { fill: #eef6ff; stroke: #0b5cff; stroke-width: 1.5 }
    .frame { fill: none; stroke: #b6bfca; stroke-width: 1.5 }
    .title { font-weight: 650; font-size: 16px; fill: #1a2230 }
    .text { fill: #3d4858 }
    .small { font-size: 12px; fill: #5a6676 }
    .arrow { fill: none; stroke: #5a6676; stroke-width: 1.6 }
    .bridge { fill: none; stroke: #f6f8fa; stroke-width: 7 }
    .dashed { stroke-dasharray: 4 3 }
    .head { fill: #5a6676 }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #151b23 }
      .room { fill: #1f2732; stroke: #495667 }
      .file { fill: #19202a; stroke: #495667 }
      .browser { fill: #14284d; stroke: #5b95ff }
      .frame { stroke: #495667 }
      .title { fill: #f0f4f9 }
      .text { fill: #c6d0dc }
      .small { fill: #a3afbd }
      .arrow { stroke: #a3afbd }
      .bridge { stroke: #151b23 }
      .head { fill: #a3afbd }
    }"""


def draw(house: House) -> str:
    """Draw the rooms, and an arrow from each to those that it imports.

    Raises:
        ValueError: As `place_rooms` says.
    """
    boxes = place_rooms(house)
    height = max(box.bottom for box in boxes.values()) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_write(height)}"',
        '     role="img" aria-labelledby="title description"',
        f'     font-family="{_FONT}" font-size="13">',
        '  <title id="title">The rooms of pywidget/</title>',
        f'  <desc id="description">{escape(describe(house))}</desc>',
        "  <style>",
        _STYLE,
        "  </style>",
        f'  <rect class="ground" width="{WIDTH}" height="{_write(height)}" rx="12"/>',
        *_draw_arrows(house, boxes),
    ]
    for exemption in house.exemptions:
        parts.extend(_draw_exemption(exemption, boxes))
    for room in house.rooms:
        parts.extend(_draw_room(room, boxes[room.name]))
    parts.extend(_draw_legend(house))
    return "\n".join([*parts, "</svg>", ""])


def describe(house: House) -> str:
    """Say in words which arrows there are."""
    titles = {room.name: room.title for room in house.rooms}
    sentences = []
    for room in sorted(house.rooms, key=lambda room: PLACES[room.name].row):
        imported = [titles[end] for start, end in house.arrows if start == room.name]
        if imported:
            *first, last = imported
            listed = f"{', '.join(first)} and {last}" if first else last
            sentences.append(f"{room.title} imports {listed}.")
    sentences.extend(
        f"As an exception, {titles[one.importer]} imports {titles[one.imported]}: "
        f"only {one.module}.py."
        for one in house.exemptions
    )
    return " ".join(sentences)


def _draw_room(room: Room, box: Box) -> Iterator[str]:
    kind = "browser" if room.touches_browser else "file" if room.files is None else "room"
    left, top = box.left, box.top
    yield (
        f'  <rect class="{kind}" x="{_write(left)}" y="{_write(top)}" '
        f'width="{_write(box.width)}" height="{_write(box.height)}" rx="10"/>'
    )
    x, y = _write(left + PADDING), _write(top + 25)
    yield f'  <text class="title" x="{x}" y="{y}">{escape(room.title)}</text>'
    if room.files is not None:
        count = f"{room.files} files" if room.files != 1 else "1 file"
        listed = escape(", ".join([count, *room.sources]))
        x = _write(box.right - PADDING)
        yield f'  <text class="small" x="{x}" y="{y}" text-anchor="end">{listed}</text>'
    for number, line in enumerate(wrap_purpose(room)):
        x = _write(left + PADDING)
        y = _write(top + TITLE_HEIGHT + 11 + number * LINE_HEIGHT)
        yield f'  <text class="text" x="{x}" y="{y}">{escape(line)}</text>'


def _draw_arrows(house: House, boxes: dict[str, Box]) -> Iterator[str]:
    group_of = {name: group for group in group_rooms(house) for name in group}
    between = {(group_of[start], group_of[end]) for start, end in house.arrows}
    straight, turning = [], []
    for start, end in sorted(between):
        above = join_boxes(boxes[name] for name in start)
        below = join_boxes(boxes[name] for name in end)
        left, right = max(above.left, below.left), min(above.right, below.right)
        if left < right:
            straight.append(_down((left + right) / 2, above.bottom, below.top))
        else:
            turning.append(_turn(above, below))
    for path, _, _ in straight:
        yield f'  <path class="arrow" d="{path}"/>'
    for path, _, _ in turning:  # bridges over the straight ones
        yield f'  <path class="bridge" d="{path}"/>'
    for path, _, _ in turning:
        yield f'  <path class="arrow" d="{path}"/>'
    for _, x, y in (*straight, *turning):
        yield _draw_head(x, y, 1)
    for group in sorted(set(group_of.values())):
        if len(group) > 1:
            yield _draw_frame(join_boxes(boxes[name] for name in group))


def _down(x: float, top: float, bottom: float) -> tuple[str, float, float]:
    return f"M{_write(x)} {_write(top)}V{_write(bottom - _HEAD)}", x, bottom


def _turn(above: Box, below: Box) -> tuple[str, float, float]:
    """Go down into the gap below the row, along it, then down to the other box."""
    is_right = below.left > above.right
    start = above.right - _ASIDE if is_right else above.left + _ASIDE
    x = (below.left + below.right) / 2
    path = (
        f"M{_write(start)} {_write(above.bottom)}V{_write(above.bottom + GAP / 2 - 4)}"
        f"H{_write(x)}V{_write(below.top - _HEAD)}"
    )
    return path, x, below.top


def _draw_frame(box: Box) -> str:
    return (
        f'  <rect class="frame" x="{_write(box.left)}" y="{_write(box.top)}" '
        f'width="{_write(box.width)}" height="{_write(box.height)}" rx="14"/>'
    )


def _draw_exemption(exemption: Exemption, boxes: dict[str, Box]) -> Iterator[str]:
    """Draw an arrow that runs up, beside the one that runs down."""
    below, above = boxes[exemption.importer], boxes[exemption.imported]
    x = below.left + _ASIDE
    path = f"M{_write(x)} {_write(below.top)}V{_write(above.bottom + _HEAD)}"
    yield f'  <path class="arrow dashed" d="{path}"/>'
    yield _draw_head(x, above.bottom, -1)


def _draw_head(x: float, y: float, direction: int) -> str:
    base = _write(y - direction * (_HEAD + 1))
    points = f"{_write(x - 5)},{base} {_write(x + 5)},{base} {_write(x)},{_write(y)}"
    return f'  <polygon class="head" points="{points}"/>'


def _draw_legend(house: House) -> Iterator[str]:
    left, _ = find_columns(LEGEND)
    lines = [
        "An arrow: imports.",
        "What is reached by way",
        "of others has no arrow",
        "of its own.",
    ]
    for one in house.exemptions:
        lines += ["", "Dashed: an exception,", f"{one.module}.py only."]
    lines += ["", "Blue: touches the", "browser."]
    for number, line in enumerate(lines):
        if line:
            x, y = _write(left), _write(MARGIN + 16 + number * 15)
            yield f'  <text class="small" x="{x}" y="{y}">{escape(line)}</text>'


def _write(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
