"""Runs mutants, and prints what became of them.

python -m tests.mutants [--sample N] [--seed S] [--jobs J] [pywidget/domain ...]
"""

from __future__ import annotations

import argparse
import os
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from tests.mutants.equivalents import find_stale, read_equivalents
from tests.mutants.mutant import PACKAGE, ROOT, Mutant, find_mutants
from tests.mutants.report import Report
from tests.mutants.runner import Fate, Runner

ROOMS: Final = ("connection", "domain", "meetings", "zoom")
FLOOR: Final = 95.0
TESTS: Final = (
    *("connection", "contracts", "domain", "meetings", "ui", "widget", "words", "zoom"),
    *("test_settings.py", "test_stores.py"),
)
"""What reaches these rooms and takes seconds, below `tests/`; `life/` and `http/` take minutes."""
OPTIONS: Final = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0")
_FINE: Final = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def choose(mutants: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return a sample: the same one for the same seed, whatever else has changed."""

    def draw(mutant: Mutant) -> bytes:
        return sha256(f"{seed} {mutant.name}".encode()).digest()

    return sorted(mutants, key=draw)[: size or None]


def main() -> int:
    """Run them; return 1 if too many are left, or one of the table is none any more."""
    options = parse_options()
    paths = [path.resolve() for path in options.paths] or [PACKAGE / room for room in ROOMS]
    files = [file for path in paths for file in sorted(path.rglob("*.py")) or [path]]
    mutants = [mutant for file in files for mutant in find_mutants(file)]
    report = Report(read_equivalents())
    stale = find_stale(report.equivalents, mutants, files)
    if options.names:
        names = set(options.names.read_text("utf-8").splitlines())
        mutants = [mutant for mutant in mutants if mutant.name in names]
    if options.table:
        mutants = [mutant for mutant in mutants if mutant.name in report.equivalents]
    chosen = choose(mutants, options.sample, options.seed)
    print(f"{len(chosen)} of {len(mutants)} mutants")  # noqa: T201 - for people
    to_run = []
    for mutant in chosen:  # what nobody can notice takes all tests, and so the longest
        if mutant.name in report.equivalents and not options.table:
            report.tell(mutant, Fate.SURVIVED)
        else:
            to_run.append(mutant)
    tests = options.tests or [str(ROOT / "tests" / name) for name in TESTS]
    code = pytest.main([*OPTIONS, *tests], plugins=[Runner(to_run, options.jobs, report.tell)])
    for line in (*report.write(), *(f"No such mutant any more: {name}" for name in stale)):
        print(line)  # noqa: T201 - for people
    is_whole = len(report.fates) == len(chosen) and code in _FINE and not stale
    return 0 if is_whole and (options.table or report.percent >= FLOOR) else 1


def parse_options() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description="Let tests find small changes of the code.")
    parser.add_argument("--sample", type=int, default=0, help="how many; 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at once")
    parser.add_argument("--tests", nargs="+", help="which tests; all that reach these rooms")
    parser.add_argument("--table", action="store_true", help="only those of the table")
    parser.add_argument("--names", type=Path, help="only those named in this file, one a line")
    parser.add_argument("paths", nargs="*", type=Path, help="files or folders; all four rooms")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
