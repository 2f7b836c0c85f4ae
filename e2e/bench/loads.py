"""How long pages take to load, cold and warm: stock PyScript and the widget, in turns.

For each sample, a browser with empty caches visits the same page twice, in two tabs. The second
visit begins when all background work of the first is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.pages import MeetingWidget, TabStorage

from e2e.bench.figures import collect, sum_blocking
from e2e.bench.lab import BenchmarkError
from e2e.stage import MAYA, REOPEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.bench.conditions import Conditions
    from e2e.bench.lab import Lab, Profile, Reading, Tab

_AFTERWARDS_MS: Final = 1_000
"""For so long after the last sign, a task still counts as part of the start."""


@dataclass(frozen=True)
class Variant:
    """One of the two sides that are compared."""

    name: str
    page: str
    files: str
    """The path below which all its files lie."""
    signs: tuple[str, ...]
    """What the probe notes once the page works."""


STOCK: Final = Variant("stock", "/stock.html", "/stock/", ("python",))
OURS: Final = Variant("ours", "/ours.html", "/zoom/", ("button", "python", "meeting"))

Loads = dict[str, dict[str, list[float]]]
"""The samples of every figure for "stock cold", "stock warm", "ours cold" and "ours warm"."""


def measure_loads(
    lab: Lab, conditions: Conditions, loads: int, say: Callable[[str], None]
) -> Loads:
    """Load both pages so many times, cold and warm, and alternate which goes first."""
    visits: dict[str, list[dict[str, float]]] = {}
    for number in range(loads):
        for variant in (STOCK, OURS) if number % 2 == 0 else (OURS, STOCK):
            with lab.open_profile(conditions) as profile:
                for heat in ("cold", "warm"):
                    figures = _visit(lab, profile, variant, is_warm=heat == "warm")
                    visits.setdefault(f"{variant.name} {heat}", []).append(figures)
                    say(
                        f"{conditions.name}, {number + 1} of {loads}, {variant.name} {heat}: "
                        f"Python ready after {figures['python_ms']:.0f} ms"
                    )
    return {name: collect(each) for name, each in visits.items()}


def _visit(lab: Lab, profile: Profile, variant: Variant, *, is_warm: bool) -> dict[str, float]:
    lab.site.traffic.take("/")
    with profile.open(variant.page) as tab:
        tab.wait_for(*variant.signs)
        tab.page.wait_for_timeout(_AFTERWARDS_MS)
        tab.settle()
        reading = tab.read()
        figures = {
            **_read_times(reading),
            **_count_traffic(lab, variant, is_warm=is_warm),
            "heap_bytes": tab.measure_heap(),
            "wasm_bytes": reading.wasm,
        }
        if not reading.wasm:
            raise BenchmarkError(f"{variant.name}: the probe saw no WebAssembly memory")
        if variant is OURS and is_warm:
            figures["click_to_post_ms"] = _measure_click(lab, tab)
        return figures


def _read_times(reading: Reading) -> dict[str, float]:
    times = reading.times
    end = max(times.values()) + _AFTERWARDS_MS
    early = [duration for start, duration in reading.tasks if start <= end]
    late = [duration for start, duration in reading.tasks if start > end]
    figures = {
        "python_ms": times["python"],
        "longest_task_ms": max(early, default=0),
        "blocking_ms": sum_blocking(early),
        "later_task_ms": max(late, default=0),
    }
    if reading.loader is not None:
        figures |= {
            "button_ms": times["button"] - reading.loader,
            "button_after_navigation_ms": times["button"],
            "meeting_ms": times["meeting"],
        }
    return figures


def _count_traffic(lab: Lab, variant: Variant, *, is_warm: bool) -> dict[str, float]:
    answers = lab.site.traffic.take(variant.files)
    failed = [f"{answer.path}: {answer.status}" for answer in answers if answer.status >= 400]
    if failed:
        raise BenchmarkError(*failed)
    if not answers and not is_warm:
        raise BenchmarkError(f"{variant.name}: loaded nothing, though the caches were empty")
    bodies = sum(answer.body_bytes for answer in answers)
    headers = sum(answer.header_bytes for answer in answers)
    return {"bytes": bodies + headers, "body_bytes": bodies, "requests": len(answers)}


def _measure_click(lab: Lab, tab: Tab) -> float:
    """Return the milliseconds from the click to the request, for a user who is signed in."""
    simulator = lab.zoom.simulator
    simulator.reset()
    TabStorage(tab.page).keep_token(simulator.issue_tokens(MAYA))
    widget = MeetingWidget.find(tab.page, "#plain")
    widget.root.evaluate(REOPEN)
    widget.wait_for_state("idle")
    tab.page.wait_for_timeout(_AFTERWARDS_MS)  # it finds out who is signed in
    widget.add_button.click()
    widget.wait_for_state("ready")
    if len(simulator.list_meetings()) != 1:
        raise BenchmarkError("the click made no meeting")
    times = tab.read().times
    return times["post"] - times["click"]
