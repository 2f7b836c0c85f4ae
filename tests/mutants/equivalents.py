"""The table of mutants that change nothing that anybody could notice.

Each has two lines in equivalents.txt: its name, and, indented, the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.mutants.mutant import PACKAGE, Mutant

TABLE: Final = Path(__file__).with_name("equivalents.txt")


def read_equivalents(text: str | None = None) -> dict[str, str]:
    """Return the reason for each name.

    Raises:
        ValueError: A name without a reason, or the other way round.
    """
    found: dict[str, str] = {}
    name = ""
    for line in (TABLE.read_text("utf-8") if text is None else text).splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" ") == (not name):
            raise ValueError(f"Name and reason take turns: {line}")
        if name:
            found[name] = line.strip()
        name = "" if name else line
    if name:
        raise ValueError(f"It has no reason: {name}")
    return found


def find_stale(
    equivalents: Iterable[str], mutants: Iterable[Mutant], files: Iterable[Path]
) -> list[str]:
    """Return the names, of these files, that no mutant has."""
    known = {mutant.name for mutant in mutants}
    looked_at = {file.relative_to(PACKAGE).as_posix() for file in files}
    return [
        name for name in equivalents if name not in known and name.partition(" | ")[0] in looked_at
    ]
