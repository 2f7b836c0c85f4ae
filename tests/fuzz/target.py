"""One thing to be fuzzed: what its inputs look like, and what must hold for every one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PART = "\x1e"  # between the parts of an input that has several


@dataclass(frozen=True, slots=True)
class Target:
    """A reader of hostile text.

    Attributes:
        name: What the table calls it.
        check: Reads one input; raises whatever is wrong. It raises nothing for a refusal.
        seeds: Inputs to begin with, good and bad.
        pieces: Words of the format, which chance would not find.
        steps: How many lines of our Python one character may cost, at most.
    """

    name: str
    check: Callable[[str], object]
    seeds: tuple[str, ...]
    pieces: tuple[str, ...] = ()
    steps: int = 60


def split(text: str, parts: int) -> list[str]:
    """Split an input into so many parts; those that are missing are empty."""
    found = text.split(PART, parts - 1)
    return [*found, *[""] * (parts - len(found))]


def join(*parts: str) -> str:
    """Put together what `split` takes apart."""
    return PART.join(parts)
