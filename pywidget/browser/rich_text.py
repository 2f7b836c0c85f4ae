"""The lines that a person sees in rich text, from an outline of what is in it.

Facts: editors write a line as a block of its own, or end it with `<br>`; a `<br>` that ends a block
only holds it open. `web/reading.js` outlines a field in one call, because notes may have tens of
thousands of nodes: "#text" and a text, an element's name, "/" and the name. To keep an empty line
open, or a caret visible, editors insert a character without a width (U+FEFF): that is not text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

# Elements whose content is not notes.
CLOSED = frozenset({"br", "script", "style", "template"})

_TEXT = "#text"
_NO_WIDTH = "\ufeff"
_BLANKS = re.compile(r"[\t\n\r]")
_BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt fieldset figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
_BLOCK_EDGES = _BLOCKS | {f"/{name}" for name in _BLOCKS}


class RichText:
    """The text, and where in the outline each piece of it stands; `CLOSED` elements are empty."""

    def __init__(self, outline: Sequence[str], *, keeps_breaks: bool) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._starts: list[int] = []  # where the pieces that stand in the field start in the text
        self._nodes: list[int] = []  # the nodes that they stand in, counted in the outline
        self._before: list[int] = []  # how many characters of its node come before the piece
        self._lengths: list[int] = []
        self._line_ends = False  # a block ended: whatever comes next starts a new line
        self._keeps_breaks = keeps_breaks
        self._read(outline)
        self.text = "".join(self._pieces)

    def find(self, position: int) -> tuple[int, int] | None:
        """Find the node that holds a position, and how many of its characters are before it.

        At a `<br>` it is the place before that. `None` if there is nothing.
        """
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return None
        return self._nodes[at], self._before[at] + position - self._starts[at]

    def locate(self, node: int, characters: int) -> int:
        """Find the position behind so many characters of a node: the inverse of `find`.

        For a node without text of its own it is where the next one begins.
        """
        at = bisect_right(self._nodes, node) - 1
        if at < 0 or self._nodes[at] != node:
            return self._starts[at + 1] if at + 1 < len(self._starts) else len(self.text)
        while at > 0 and self._nodes[at - 1] == node and self._before[at] > characters:
            at -= 1
        return self._starts[at] + min(max(0, characters - self._before[at]), self._lengths[at])

    def _read(self, outline: Sequence[str]) -> None:
        node = -1
        parts = iter([*outline, "/"])
        part = next(parts)
        while part != "/":
            if part == _TEXT:
                node += 1
                self._add_text(next(parts), node)
            elif part in _BLOCK_EDGES:
                self._line_ends = bool(self._pieces)
                node += part[0] != "/"
            elif part[0] != "/":
                node += 1
                if part == "br":
                    next(parts)  # its end
                    part = next(parts)
                    self._add_break(node, is_last=part[0] == "/")
                    continue
            part = next(parts)

    def _add_text(self, text: str, node: int) -> None:
        if not self._keeps_breaks:
            text = _BLANKS.sub(" ", text)
            if not text.strip(f" {_NO_WIDTH}") and self._is_line_empty():
                return  # the source's own indentation, which nobody sees
        before = 0
        for piece in text.split(_NO_WIDTH):
            if piece:
                self._start_line()
                self._stand(node, before, len(piece))
                self._add(piece)
            before += len(piece) + len(_NO_WIDTH)

    def _add_break(self, node: int, *, is_last: bool) -> None:
        if is_last and not self._is_line_empty():
            return  # it ends a line that ends anyway
        self._start_line()
        self._stand(node, 0, 0)
        self._add("" if is_last else "\n")

    def _is_line_empty(self) -> bool:
        return self._line_ends or not self._length or self._pieces[-1].endswith("\n")

    def _start_line(self) -> None:
        if self._line_ends:
            self._add("\n")
        self._line_ends = False

    def _stand(self, node: int, before: int, length: int) -> None:
        self._starts.append(self._length)
        self._nodes.append(node)
        self._before.append(before)
        self._lengths.append(length)

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
