"""How fast Python in the browser reads notes: ordinary notes, rich text and hostile notes.

Each text ends in a note line; it has been read when that line's meeting is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from e2e.bench.site import LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from e2e.bench.lab import Lab, Tab

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
"""In characters."""
ORDINARY: Final = "plain notes"
RICH: Final = "rich text, a block a line"
_ORDINARY_LINE: Final = "Client prefers mornings. Colour 7/1, see https://example.com/12\n"
_URL: Final = "https://zoom.us/j/123456789"
HOSTILE: Final = {
    "line openers": "Zoom: [",
    "brackets": "[",
    "link heads": "https://zoom.us/j/",
    "schemes": " ://",
    "almost lines": f"Zoom: [x] Tuesday, November 12 2199 6:00 pmy — {_URL} ",
    "almost lines, each on its own": f"Zoom: [x] Tuesday, November 12 2199 6:00 — {_URL[:-1]}x\n",
    "links": f"{_URL} ",
    "open anchors": '<a href="',
    "markdown never closed": f"[x]({_URL}",
    "escaped ampersands": f"{_URL}?" + "&amp;" * 5_000,
}
_SCRIPT: Final = Path(__file__).with_name("notes.js").read_text(encoding="utf-8")
_PATIENCE_MS: Final = 120_000
_UNCOUNTED: Final = 3
"""The first readings, in which Chromium still compiles the code."""


@dataclass(frozen=True)
class Text:
    """Notes of one kind and one size."""

    kind: str
    size: int
    content: str

    @property
    def is_rich(self) -> bool:
        """Whether these notes are rich text."""
        return self.kind == RICH


Notes = dict[str, dict[int, list[float]]]
"""For each kind and size: milliseconds from the changed attribute to the meeting."""


def measure_notes(lab: Lab, samples: int, say: Callable[[str], None]) -> Notes:
    """Read each text so many times; return the milliseconds of each reading."""
    notes: Notes = {}
    with lab.open_profile() as profile, profile.open("/notes.html") as tab:
        tab.wait_for("python")
        for _ in range(_UNCOUNTED):
            _read(tab, Text(ORDINARY, SIZES[0], _fill(_ORDINARY_LINE, SIZES[0])))
        for _ in range(samples):
            for text in _list_texts():
                took = _read(tab, text)
                notes.setdefault(text.kind, {}).setdefault(text.size, []).append(took)
                say(f"{text.kind}, {text.size} characters: {took:.1f} ms")
    return notes


def _list_texts() -> Iterator[Text]:
    for size in SIZES:
        for kind in (ORDINARY, RICH):
            yield Text(kind, size, _fill(_ORDINARY_LINE, size))
    for kind, piece in HOSTILE.items():
        for size in SIZES[-2:]:
            yield Text(kind, size, _fill(piece, size))


def _fill(piece: str, size: int) -> str:
    """Repeat a piece to this size, with a note line at the end."""
    ending = f"\n{LINE}"
    repeated = piece * (size // len(piece) + 1)
    return repeated[: size - len(ending)] + ending


def _read(tab: Tab, text: Text) -> float:
    order = {"text": text.content, "rich": text.is_rich, "patience": _PATIENCE_MS}
    return float(tab.page.evaluate(_SCRIPT, order))
