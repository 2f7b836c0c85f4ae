"""What became of the mutants: one by one those that are left, and then a table of the rooms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.mutants.mutant import Mutant
from tests.mutants.runner import Fate

_STEP: Final = 50
_DEAD: Final = (Fate.KILLED, Fate.TIMEOUT)
_LEFT: Final = (Fate.SURVIVED, Fate.UNTESTED)
_TOTAL: Final = "~all"  # sorts last


@dataclass
class Report:
    """The fates so far.

    Attributes:
        equivalents: The reasons of those that change nothing, by name.
        fates: Each mutant with its fate.
    """

    equivalents: Mapping[str, str]
    fates: list[tuple[Mutant, Fate]] = field(default_factory=list)

    def tell(self, mutant: Mutant, fate: Fate) -> None:
        """Add a fate; print it if somebody has to do something about it."""
        self.fates.append((mutant, fate))
        if len(self.fates) % _STEP == 0:
            print(f"{len(self.fates)} so far", flush=True)  # noqa: T201 - for people
        is_known = mutant.name in self.equivalents
        if fate in _LEFT and not is_known:
            print(f"{fate:9} {mutant.name}  [line {mutant.lines[0]}]", flush=True)  # noqa: T201
        elif fate in _DEAD and is_known:
            print(f"{fate}, so not equivalent: {mutant.name}", flush=True)  # noqa: T201

    @property
    def percent(self) -> float:
        """The share of those that were killed."""
        dead = sum(fate in _DEAD for _, fate in self.fates)
        return 100 * dead / max(dead + sum(fate in _LEFT for _, fate in self.fates), 1)

    def write(self) -> Iterator[str]:
        """Write a line for each room, and for all of them last."""
        rooms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for mutant, fate in self.fates:
            for room in (mutant.room, _TOTAL):
                rooms[room][fate] += 1
                if fate in _LEFT and mutant.name in self.equivalents:
                    rooms[room]["explained"] += 1
        yield f"{'room':12} {'mutants':>8} {'killed':>8} {'':>8} {'left':>6} {'explained':>10}"
        for room, counts in sorted(rooms.items()):
            dead, left = (sum(counts[fate] for fate in some) for some in (_DEAD, _LEFT))
            share = f"{100 * dead / max(dead + left, 1):.1f} %"
            row = f"{dead + left:8} {dead:8} {share:>8} {left:6} {counts['explained']:10}"
            yield f"{room.removeprefix('~'):12} {row}"
