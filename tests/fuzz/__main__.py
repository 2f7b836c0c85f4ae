"""The long hunt: `make fuzz MINUTES=1` gives every target that long, and prints a table."""

from __future__ import annotations

import argparse
import sys
from random import SystemRandom

from tests.fuzz.hunt import Outcome, hunt
from tests.fuzz.targets import TARGETS

_ROW = "{:<16}{:>12}{:>10}{:>10}{:>10}"
_MOST_SHOWN = 2000


def main() -> int:
    """Hunt, and return whether anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(2**32))
    parser.add_argument("targets", nargs="*", metavar="target", help="all, if none is named")
    options = parser.parse_args()
    chosen = [each for each in TARGETS if not options.targets or each.name in options.targets]
    sys.stdout.write(f"seed {options.seed}\n")
    sys.stdout.write(_ROW.format("target", "inputs", "lines", "failures", "seconds") + "\n")
    has_failed = False
    for target in chosen:
        outcome = hunt(target, seconds=60 * options.minutes, seed=options.seed, patience=5)
        has_failed = has_failed or bool(outcome.findings)
        sys.stdout.write(_describe(target.name, outcome))
        sys.stdout.flush()
    return int(has_failed)


def _describe(name: str, outcome: Outcome) -> str:
    row = (name, outcome.tried, outcome.lines, len(outcome.findings), round(outcome.seconds))
    lines = [_ROW.format(*row)]
    lines += [f"  {what}\n    {text[:_MOST_SHOWN]!r}" for what, text in outcome.findings.items()]
    return "\n".join(lines) + "\n"


sys.exit(main())
