"""The cost of many elements on one page, once Python is ready.

It is measured with all of them in view at once, and in a long list, as on real pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from e2e.bench.lab import BenchmarkError
from e2e.bench.site import LINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.bench.lab import Lab, Tab

COUNTS: Final = (1, 10, 50, 200)
LISTED: Final = 200
_QUIET_MS: Final = 1_000
_SCRIPT: Final = Path(__file__).with_name("crowd.js").read_text(encoding="utf-8")

Scale = dict[str, dict[str, list[float]]]
"""For each crowd, such as "200 in view": the samples of `ms` and of `alive`."""


def measure_scale(lab: Lab, samples: int, say: Callable[[str], None]) -> Scale:
    """Load a page so many times, and add crowds of every size to it."""
    scale: Scale = {}

    def note(name: str, found: dict[str, Any]) -> None:
        figures = scale.setdefault(name, {"ms": [], "alive": []})
        figures["ms"].append(found["ms"])
        figures["alive"].append(found["alive"])
        say(f"{name}: {found['alive']} alive after {found['ms']:.0f} ms")

    with lab.open_profile(viewport={"width": 1600, "height": 1000}) as profile:
        for _ in range(samples):
            with profile.open("/crowd.html") as tab:
                tab.wait_for("python")
                for count in COUNTS:
                    found = _add(tab, count, "dense")
                    if found["alive"] != count:
                        raise BenchmarkError(f"only {found} of {count} elements came to life")
                    note(f"{count} in view", found)
                note(f"{LISTED} in a list", _add(tab, LISTED, "list"))
    return scale


def _add(tab: Tab, count: int, layout: str) -> dict[str, Any]:
    order = {"count": count, "layout": layout, "line": LINE, "quiet": _QUIET_MS}
    found: dict[str, Any] = tab.page.evaluate(_SCRIPT, order)
    if found["idle"] + found["ready"] != found["alive"] or abs(found["idle"] - found["ready"]) > 1:
        raise BenchmarkError(f"elements are in a wrong state: {found}")
    return found
