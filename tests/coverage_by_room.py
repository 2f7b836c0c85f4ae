"""Says how much of each room of `pywidget/` the tests run.

    python -m tests.coverage_by_room           # after `coverage run`; `make coverage` does both
    python -m tests.coverage_by_room --gate    # and fails below the floors; `make coverage-browser`

A room is a folder right below `pywidget/`; the files beside them are one more. Most of `browser/`
is run by the browser tests only, so the floors are for both together.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from coverage import Coverage

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pywidget"
TOTAL = "all"
BESIDE = "(beside them)"
FLOORS: Final = {TOTAL: 95, "domain": 100, "zoom": 100}
"""In percent of statements and branches together."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of statements and branches, and how many of them were run."""

    there: int = 0
    run: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.there + other.there, self.run + other.run)

    @property
    def percent(self) -> float:
        """The share that was run; where there is nothing, nothing is missing."""
        return 100 * self.run / self.there if self.there else 100.0


def find_room(path: Path) -> str:
    """Return the name of the folder below the package that a file is in."""
    first, *rest = path.relative_to(PACKAGE).parts
    return first if rest else BESIDE


def sum_rooms(files: Iterable[tuple[Path, Tally]]) -> dict[str, Tally]:
    """Add up the files of each room, and of all of them last."""
    rooms: dict[str, Tally] = {}
    for path, tally in sorted(files):
        room = find_room(path)
        rooms[room] = rooms.get(room, Tally()) + tally
    ordered = dict(sorted(rooms.items()))
    return {**ordered, TOTAL: sum(ordered.values(), Tally())}


def write_table(rooms: dict[str, Tally]) -> Iterator[str]:
    """Write a line for each room."""
    width = max(map(len, rooms))
    for room, tally in rooms.items():
        yield f"{room:{width}}  {tally.percent:5.1f} %  {tally.there - tally.run:5d} not run"


def find_low(rooms: Mapping[str, Tally]) -> list[str]:
    """Name the rooms that are below their floor."""
    return [room for room, floor in FLOORS.items() if rooms[room].percent < floor]


def read_files(report: Mapping[str, Any]) -> Iterator[tuple[Path, Tally]]:
    """Read coverage's own report: statements and branches of each file of the package."""
    for name, file in report["files"].items():
        counts = file["summary"]
        there = counts["num_statements"] + counts["num_branches"]
        run = counts["covered_lines"] + counts["covered_branches"]
        yield ROOT / name, Tally(there, run)


def main() -> int:
    """Print the table, and write `htmlcov/`; return 1 if there is a floor that is not reached."""
    parser = argparse.ArgumentParser(description="Add up by room what the tests run.")
    parser.add_argument("--gate", action="store_true", help="fail below the floors")
    has_gate: bool = parser.parse_args().gate
    measured = Coverage()
    measured.load()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        measured.json_report(outfile=str(file))
        report = json.loads(file.read_text("utf-8"))
    rooms = sum_rooms(read_files(report))
    for line in write_table(rooms):
        print(line)  # noqa: T201 - for people
    measured.html_report()
    print("Line by line: htmlcov/index.html")  # noqa: T201 - the same
    low = find_low(rooms) if has_gate else []
    for room in low:
        print(f"{room} has to reach {FLOORS[room]} %")  # noqa: T201 - the same
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main())
