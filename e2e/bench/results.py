"""All that one run measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from e2e.bench.figures import Samples, divide, find_median

if TYPE_CHECKING:
    from e2e.bench.loads import Loads
    from e2e.bench.notes import Notes
    from e2e.bench.scale import Scale

_CHARACTERS_PER_MB = 1_000_000


@dataclass
class Results:
    """All samples of a run; parts that were left out are empty."""

    command: str
    machine: Mapping[str, str]
    loader_bytes: int
    """The size of `embed.js` in Brotli."""
    loads: dict[str, Loads] = field(default_factory=dict)
    """By the name of the conditions."""
    scale: Scale = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)

    def find_load(self, conditions: str, variant: str, figure: str) -> float | None:
        """Return the median of a figure, such as "python_ms" of "ours warm"."""
        return find_median(self.loads.get(conditions, {}).get(variant, {}), figure)

    def compare_loads(self, conditions: str, heat: str, figure: str) -> float | None:
        """Return the ratio of ours to stock, both cold or both warm."""
        ours = self.find_load(conditions, f"ours {heat}", figure)
        return divide(ours, self.find_load(conditions, f"stock {heat}", figure))

    def find_crowd(self, name: str, figure: str = "ms") -> float | None:
        """Return the median time of a crowd, or how many of it came to life."""
        return find_median(self.scale.get(name, {}), figure)

    def find_notes(self, kind: str, size: int) -> float | None:
        """Return the median time in which such notes are read."""
        return find_median(_name(self.notes.get(kind, {})), str(size))

    def find_speed(self, kind: str, size: int) -> float | None:
        """Return the speed at which such notes are read, in million characters a second."""
        return divide(size / _CHARACTERS_PER_MB * 1000, self.find_notes(kind, size))

    def compare_notes(self, kind: str) -> float | None:
        """Return the ratio of the time for the longest notes to that for a tenth of them."""
        size = max(self.notes.get(kind, {}), default=0)
        return divide(self.find_notes(kind, size), self.find_notes(kind, size // 10))


def _name(by_size: Mapping[int, list[float]]) -> Samples:
    return {str(size): samples for size, samples in by_size.items()}
