"""The soak itself: rounds in two tabs of one browser, which share a sign-in, and the counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.pages import TabStorage

from e2e.soak.tab import SoakTab
from e2e.stage import MAYA

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext
    from zoom_meeting_testing.simulator import Simulator

    from e2e.soak.verdict import Sample

WITHOUT_LIMITS: Final = {"daily_limit": 1_000_000, "per_second_limits": False}
"""Settings of a Zoom that takes more meetings a day than it would."""
_WARM_UP: Final = 2


def open_tabs(
    context: BrowserContext,
    url: str,
    simulator: Simulator,
    *,
    email: str = MAYA,
    waits_for_snapshot: bool = True,
) -> list[SoakTab]:
    """Open two tabs with `PAGE`; the first is signed in as this user, and the second asks it."""
    simulator.change_settings(WITHOUT_LIMITS)
    tabs = [SoakTab(context, url) for _ in range(2)]
    for tab in tabs:
        tab.start(waits_for_snapshot=waits_for_snapshot)
    TabStorage(tabs[0].page).keep_token(simulator.issue_tokens(email))
    for at, tab in enumerate(tabs):
        tab.do_rounds(-_WARM_UP * (at + 1), _WARM_UP)  # what is made once is there by then
    return tabs


def soak(
    tabs: list[SoakTab], rounds: int, step: int, note: Callable[[int, Counter[str]], None]
) -> list[Sample]:
    """Do the rounds, the tabs in turn, and count after each step: the sum of all tabs."""
    samples: list[Sample] = []
    for first in range(1, rounds + 1, step):
        last = min(first + step - 1, rounds)
        middle = (first + last) // 2
        tabs[0].do_rounds(first, middle - first + 1)
        tabs[1].do_rounds(middle + 1, last - middle)
        counts: Counter[str] = Counter()
        for tab in tabs:
            counts.update(tab.count())
        samples.append((last, counts))
        note(last, counts)
    return samples
