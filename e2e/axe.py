"""axe-core in a page: what it holds against the page's accessibility.

Facts: axe-core is Deque's, and what Lighthouse asks, too. It looks into open shadow roots. What it
cannot decide by itself, it calls incomplete: that is no violation.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

_MODULES: Final = Path(__file__).resolve().parent.parent / "web" / "node_modules"
_RUN: Final = """
async ([place, without]) => {
  const rules = Object.fromEntries(without.map((name) => [name, { enabled: false }]));
  const { violations } = await axe.run(place, { resultTypes: ["violations"], rules });
  const describe = (id, { target, failureSummary }) => `${id}: ${target.flat().join(" ")}: ${failureSummary}`;
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => describe(id, node)));
}
"""  # noqa: E501


def find_violations(page: Page, place: str = "html", *, without: Sequence[str] = ()) -> list[str]:
    """Return the violations in a part of the page, each with its element.

    Args:
        page: The page; its policy does not matter.
        place: A selector of the part.
        without: The rules that do not apply to this page, by their names in axe-core.
    """
    page.evaluate((_MODULES / "axe-core" / "axe.min.js").read_text("utf-8"))
    violations: list[str] = page.evaluate(_RUN, [place, list(without)])
    return violations
