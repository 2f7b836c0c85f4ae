"""`make soak`, shortened: what has to stay flat does, and a leak is seen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest
from zoom_meeting_testing.simulator import ALL_SCOPES

from e2e.abilities import Ability
from e2e.soak.run import open_tabs, soak
from e2e.soak.tab import PAGE, SoakTab
from e2e.soak.verdict import MEASURES, find_leaks, find_slope, find_slopes

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext
    from zoom_meeting_testing.simulator import Simulator

    from e2e.hosts import HostPages

ROUNDS: Final = 20
NO_LIST: Final = "no-list@lotus-spa.example"
"""A user who may not list meetings: the search for a second one would take a second each time."""
NO_SNAPSHOT: Final = """
const { setTimeout: sleep, requestIdleCallback: rest } = window;
let hasRested = false;
window.setTimeout = (work, delay, ...args) => sleep(work, delay === 8000 ? 0 : delay, ...args);
window.requestIdleCallback = (work, options) => {
  if (!hasRested) rest(work, options);
  hasRested = true;
};
"""
"""The page is never idle again after Python's start: its making would take longer than the test."""
EXACT: Final = {"documents", "nodes", "timers", "channels", "locks", "entries", "tasks"} | {
    "js_proxies",
    "py_proxies",
    "python_objects",
    "python_items",
}
"""Sizes and listeners say something after minutes only."""
KEEP_ELEMENTS: Final = """
() => {
  window.kept = [];
  const keep = (records) => {
    for (const { removedNodes } of records) window.kept.push(...removedNodes);
  };
  new MutationObserver(keep).observe(document.getElementById("stage"), { childList: true });
}
"""
KEEP_WIDGETS: Final = """
import pywidget.widget.widget as module
kept, dispose = [], module.Widget.dispose

def keep(widget):
    kept.append(widget)
    dispose(widget)

module.Widget.dispose = keep
"""


@pytest.fixture
def tabs(
    context: BrowserContext,
    simulator: Simulator,
    hosts: HostPages,
    hosts_url: str,
    expect_errors: Callable[..., None],
) -> list[SoakTab]:
    """Two tabs of one browser, warmed up."""
    expect_errors("appointment")  # of the element that starts Python
    context.add_init_script(NO_SNAPSHOT)
    scopes = [scope for scope in ALL_SCOPES if scope != "meeting:read:list_meetings"]
    simulator.put_user(NO_LIST, {"scopes": scopes})
    url = hosts_url + hosts.serve(PAGE)
    return open_tabs(context, url, simulator, email=NO_LIST, waits_for_snapshot=False)


def find_exact_leaks(tabs: list[SoakTab], rounds: int, step: int) -> set[str]:
    samples = soak(tabs, rounds, step, lambda *_: None)
    return EXACT & set(find_leaks(find_slopes(samples)))


@pytest.mark.direct("the figures are those of a page that calls Zoom itself")
@pytest.mark.long
@pytest.mark.needs(Ability.DEVTOOLS)
def test_rounds_leave_nothing_and_a_kept_element_or_widget_is_seen(tabs: list[SoakTab]) -> None:
    assert find_exact_leaks(tabs, ROUNDS, ROUNDS // 2) == set()
    tabs[0].page.evaluate(KEEP_ELEMENTS)
    tabs[1].run_python(KEEP_WIDGETS)
    found = find_exact_leaks(tabs, 4, 2)
    assert {"nodes", "python_objects"} <= found


def test_the_slope_is_that_of_most_pairs() -> None:
    assert find_slope([(rounds, 7 + 3 * rounds) for rounds in range(5)]) == pytest.approx(3)
    assert find_slope([(1, 5), (2, 5), (3, 90), (4, 5), (5, 5), (6, 5)]) == 0


def test_what_was_made_in_the_first_half_is_no_leak() -> None:
    counts = [
        Counter({**dict.fromkeys(MEASURES, 1), "nodes": min(each, 5) * 100}) for each in range(10)
    ]
    samples = [(10 * (at + 1), each) for at, each in enumerate(counts)]
    assert find_leaks(find_slopes(samples)) == []
    counts[-1]["nodes"] += 900
    assert find_leaks(find_slopes(samples[:5])) == ["nodes"]
