"""Whether something leaks: how much each count still grows per round in the last half of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import Final


@dataclass(frozen=True)
class Measure:
    """A count, and the growth per round that is no leak; `why` says why not less, or not more."""

    label: str
    bound: float
    why: str


_EXACT: Final = "an exact count: one kept in ten rounds is a leak, the odd one is no more than late"

MEASURES: Final = {
    "documents": Measure("documents", 0.1, _EXACT),
    "nodes": Measure("DOM nodes", 1, "an element has dozens: one kept in ten rounds is more"),
    "listeners": Measure("listeners", 1, "an element has dozens; requests keep some for 30 s"),
    "timers": Measure("timers", 0.1, _EXACT),
    "channels": Measure("channels", 0.1, _EXACT),
    "locks": Measure("locks", 0.1, _EXACT),
    "entries": Measure("storage entries", 0.1, _EXACT),
    "tasks": Measure("asyncio tasks", 0.1, _EXACT),
    "js_proxies": Measure("JsProxy", 0.1, _EXACT),
    "py_proxies": Measure("PyProxy", 0.1, _EXACT),
    "python_objects": Measure("Python objects", 0.5, "a widget has hundreds"),
    "python_items": Measure(
        "Python items", 2, "one is meant: a page remembers each meeting that Zoom has shown it"
    ),
    "js_heap_bytes": Measure(
        "JS heap", 4_000, "what the browser compiles and the tools leave; an element kept is more"
    ),
    "wasm_bytes": Measure(
        "Wasm memory", 16_000, "it grows by megabytes at once, but only if something is kept"
    ),
}

Sample = tuple[int, Mapping[str, float]]
"""After how many rounds, and what there was then."""


def find_slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the growth per round: the median of the slopes of all pairs (Theil and Sen).

    A single count that is out of line, such as one before a late collection, changes nothing.
    """
    return median((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))


def find_slopes(samples: Sequence[Sample]) -> dict[str, float]:
    """Return the growth per round of each measure in the last half of the rounds."""
    half = samples[-1][0] / 2
    late = [(rounds, counts) for rounds, counts in samples if rounds >= half]
    return {
        name: find_slope([(rounds, counts[name]) for rounds, counts in late]) for name in MEASURES
    }


def find_leaks(slopes: Mapping[str, float]) -> list[str]:
    """Return the names of the measures that grow too fast."""
    return [name for name, slope in slopes.items() if slope > MEASURES[name].bound]
