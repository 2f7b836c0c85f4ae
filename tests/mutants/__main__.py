"""Runs mutants, and prints what became of them.

python -m tests.mutants [--sample N] [--seed S] [--jobs J] [pywidget/domain ...]
"""

from __future__ import annotations

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from tests.mutants.equivalents import find_stale, read_equivalents
from tests.mutants.mutant import PACKAGE, ROOT, Mutant, find_mutants
from tests.mutants.runner import Fate, Runner

ROOMS: Final = ("connection", "domain", "meetings", "zoom")
FLOOR: Final = 95.0
TESTS: Final = (
    *("connection", "contracts", "domain", "http", "life", "meetings", "ui", "widget", "words"),
    *("zoom", "test_settings.py", "test_stores.py"),
)
"""What reaches these rooms, in seconds: below `tests/`."""
OPTIONS: Final = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0")
_STEP: Final = 50
_DEAD: Final = (Fate.KILLED, Fate.TIMEOUT)
_LEFT: Final = (Fate.SURVIVED, Fate.UNTESTED)


def choose(mutants: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return a sample: the same one for the same seed, whatever else has changed."""

    def draw(mutant: Mutant) -> bytes:
        return sha256(f"{seed} {mutant.name}".encode()).digest()

    return sorted(mutants, key=draw)[: size or None]


def write_table(fates: list[tuple[Mutant, Fate]], equivalents: dict[str, str]) -> Iterator[str]:
    """Write a line for each room, and for all of them last."""
    rooms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mutant, fate in fates:
        for room in (mutant.room, "~all"):  # sorts last
            rooms[room][fate] += 1
            if fate in _LEFT and mutant.name in equivalents:
                rooms[room]["explained"] += 1
    yield f"{'room':12} {'mutants':>8} {'killed':>8} {'':>8} {'left':>6} {'explained':>10}"
    for room, counts in sorted(rooms.items()):
        dead, left = (sum(counts[fate] for fate in some) for some in (_DEAD, _LEFT))
        share = f"{100 * dead / max(dead + left, 1):.1f} %"
        name = room.removeprefix("~")
        row = f"{dead + left:8} {dead:8} {share:>8} {left:6} {counts['explained']:10}"
        yield f"{name:12} {row}"


def main() -> int:
    """Run them; return 1 if too many are left, or one of the table is none any more."""
    parser = argparse.ArgumentParser(description="Let tests find small changes of the code.")
    parser.add_argument("--sample", type=int, default=0, help="how many; 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at once")
    parser.add_argument("--tests", nargs="+", help="which tests; all that reach these rooms")
    parser.add_argument("--names", type=Path, help="only those named in this file, one a line")
    parser.add_argument("paths", nargs="*", type=Path, help="files or folders; all four rooms")
    options = parser.parse_args()
    paths = [path.resolve() for path in options.paths] or [PACKAGE / room for room in ROOMS]
    files = [file for path in paths for file in sorted(path.rglob("*.py")) or [path]]
    mutants = [mutant for file in files for mutant in find_mutants(file)]
    equivalents = read_equivalents()
    stale = find_stale(equivalents, mutants, files)
    if options.names:
        names = set(options.names.read_text("utf-8").splitlines())
        mutants = [mutant for mutant in mutants if mutant.name in names]
    chosen = choose(mutants, options.sample, options.seed)
    print(f"{len(chosen)} of {len(mutants)} mutants")  # noqa: T201 - for people
    fates: list[tuple[Mutant, Fate]] = []

    def tell(mutant: Mutant, fate: Fate) -> None:
        fates.append((mutant, fate))
        if len(fates) % _STEP == 0:
            print(f"{len(fates)} of {len(chosen)}", flush=True)  # noqa: T201
        is_known = mutant.name in equivalents
        if fate in _LEFT and not is_known:
            print(f"{fate:9} {mutant.name}  [line {mutant.lines[0]}]", flush=True)  # noqa: T201
        elif fate in _DEAD and is_known:
            print(f"{fate}, so not equivalent: {mutant.name}", flush=True)  # noqa: T201

    runner = Runner(chosen, options.jobs, tell)
    tests = options.tests or [str(ROOT / "tests" / name) for name in TESTS]
    code = pytest.main([*OPTIONS, *tests], plugins=[runner])
    for line in write_table(fates, equivalents):
        print(line)  # noqa: T201 - for people
    for name in stale:
        print(f"No such mutant any more: {name}")  # noqa: T201 - for people
    dead = sum(fate in _DEAD for _, fate in fates)
    left = sum(fate in _LEFT for _, fate in fates)
    is_enough = dead and 100 * dead / (dead + left) >= FLOOR
    return 0 if is_enough and not stale and len(fates) == len(chosen) and code in _FINE else 1


_FINE: Final = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)

if __name__ == "__main__":
    raise SystemExit(main())
