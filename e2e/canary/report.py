"""The table of what was searched, and what was found: for docs/quality.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.canary.places import Place, may_be
from e2e.canary.search import Findings
from e2e.canary.secrets import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator


class Tally:
    """The findings of all tests of a run."""

    def __init__(self) -> None:
        self.total = Findings()
        self._runs: list[tuple[str, Findings]] = []

    def add(self, name: str, findings: Findings) -> None:
        """Add the findings of one test."""
        self._runs.append((name, findings))
        self.total += findings

    def write(self) -> Iterator[str]:
        """Yield the lines of the table, in Markdown; nothing if nothing was searched."""
        if not self._runs:
            return
        total = self.total
        yield f"| place | searched | {' | '.join(kind.replace('_', ' ') for kind in Kind)} |"
        yield f"|---|--:|{'--:|' * len(Kind)}"
        for place in Place:
            if total.searched[place]:
                cells = (_write_cell(total, kind, place) for kind in Kind)
                yield f"| {place} | {total.searched[place]:,} | {' | '.join(cells)} |"
        yield ""
        secrets, stray = sum(total.secrets.values()), len(total.strays)
        yield (
            f"{secrets:,} secrets, looked for in {sum(total.searched.values()):,} texts "
            f"({total.size / 1e6:,.0f} MB) of {len(self._runs)} runs: {stray} kinds stray."
        )


def _write_cell(total: Findings, kind: Kind, place: Place) -> str:
    """Write how often a secret was found where it may be, and 0 where it may not."""
    count = total.found[kind, place]
    if may_be(kind, place):
        return f"({count})"
    return f"**{count}**" if count else "0"


TALLY = Tally()
"""Of this process."""
