"""The figures: their names and units, and the arithmetic on their samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import Final

Samples = Mapping[str, Sequence[float]]
"""All samples, by figure."""


class Unit(Enum):
    """The unit of a figure."""

    MS = "ms"
    BYTES = "bytes"
    COUNT = "count"


@dataclass(frozen=True)
class Figure:
    """A quantity that is measured at a visit."""

    label: str
    unit: Unit


FIGURES: Final = {
    "button_ms": Figure("button painted, from `embed.js` starting", Unit.MS),
    "button_after_navigation_ms": Figure("button painted, from navigation", Unit.MS),
    "python_ms": Figure("Python ready", Unit.MS),
    "meeting_ms": Figure("existing meeting shown", Unit.MS),
    "click_to_post_ms": Figure("click to `POST` sent, signed in", Unit.MS),
    "longest_task_ms": Figure("longest task", Unit.MS),
    "blocking_ms": Figure("total blocking time", Unit.MS),
    "later_task_ms": Figure("longest task afterwards", Unit.MS),
    "bytes": Figure("bytes, headers included", Unit.BYTES),
    "body_bytes": Figure("bytes, bodies only", Unit.BYTES),
    "requests": Figure("requests", Unit.COUNT),
    "heap_bytes": Figure("JavaScript heap", Unit.BYTES),
    "wasm_bytes": Figure("WebAssembly memory", Unit.BYTES),
}


def collect(visits: Sequence[Mapping[str, float]]) -> dict[str, list[float]]:
    """Convert one mapping per visit into one list per figure."""
    samples: dict[str, list[float]] = {}
    for visit in visits:
        for name, value in visit.items():
            samples.setdefault(name, []).append(value)
    return samples


def find_median(samples: Samples, name: str) -> float | None:
    """Return a figure's median, or `None` if it was not measured."""
    values = samples.get(name)
    return median(values) if values else None


def divide(value: float | None, base: float | None) -> float | None:
    """Return a ratio, or `None` if there is nothing to compare with."""
    return value / base if value is not None and base else None


def sum_blocking(durations: Sequence[float]) -> float:
    """Return the total blocking time: each task's time beyond 50 ms (web.dev/articles/tbt)."""
    return sum(max(0, duration - 50) for duration in durations)
