"""Two readers of the same answers, and the table of the differences that are meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from e2e.provider.other_client import Case, Verdict, ask_other_client
from tests.fuzz.mutation import mutate
from tests.fuzz.target import Target

REFUSED: Final[Verdict] = {"refused": ""}
_MADE: Final = 600


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference that is meant: why, which of the two accepts, and in which cases."""

    why: str
    we_accept: bool
    applies: Callable[[Case], bool]


def make_inputs(target: Target) -> Iterator[str]:
    """Make several hundred inputs of a target's seeds by chance, the same each time."""
    random, seeds = Random(6749), list(target.seeds)
    for _ in range(_MADE):
        yield mutate(random.choice(seeds), seeds, target.pieces, random)


def compare(
    cases: list[Case], read: Callable[[Case], Verdict], table: tuple[Difference, ...]
) -> None:
    """Check that both agree on every case, but for those that a row of the table explains.

    Two refusals agree, whatever they say. A row that explains nothing fails, too.
    """
    used: set[str] = set()
    accepted, unexplained = 0, []
    for case, theirs in zip(cases, ask_other_client(cases), strict=True):
        ours = read(case)
        we_accept, they_accept = "refused" not in ours, "refused" not in theirs
        accepted += we_accept
        if ours == theirs or not (we_accept or they_accept):
            continue
        rows = [
            row.why
            for row in table
            if we_accept != they_accept and row.we_accept == we_accept and row.applies(case)
        ]
        used.update(rows)
        if not rows:
            unexplained.append((case, ours, theirs))
    assert unexplained == []
    assert {row.why for row in table} - used == set(), "rows that nothing needs"
    assert accepted > len(cases) / 20, "too few good cases to compare"
