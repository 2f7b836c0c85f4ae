"""What the tests need of an engine and of the program that drives it, and who lacks it.

    @pytest.mark.needs(Ability.DOUBLE_CLICK)

A test that needs what the chosen engine lacks is skipped, with the reason that stands here. The end
of a run counts the skipped tests by reason.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest
    from zoom_meeting_testing.browsers import Engine


class Ability(Enum):
    """Something that not every engine, or not every driver, can do."""

    ACCEPTED_PICTURES = auto()
    """Draw as the pictures are drawn that were accepted."""
    CLIPBOARD = auto()
    """Read the clipboard in a page."""
    DEVTOOLS = auto()
    """Collect garbage, count nodes and listeners, fill the disk."""
    DOUBLE_CLICK = auto()
    """Click twice so that the browser counts it."""
    LAYOUT_SHIFTS = auto()
    """Count what moves without the user's doing."""
    NAMED_ELEMENTS = auto()
    """Define a member of `document` that an element is named after."""
    PAGE_CACHE = auto()
    """Keep a page that was left, and discard one, as the test says."""
    PREFERENCES = auto()
    """Wish for less motion, for more contrast, or for colors of one's own."""
    REQUEST_BODIES = auto()
    """Tell a test what a page's request carried."""
    WORKERS = auto()
    """Run a test's script in a page's worker."""


_LACKING: Final[dict[Engine, dict[Ability, str]]] = {
    "chromium": {},
    "firefox": {
        Ability.ACCEPTED_PICTURES: "how the widget looks was accepted in Chromium",
        Ability.CLIPBOARD: "Firefox has no permission with which a page may read the clipboard",
        Ability.DEVTOOLS: "WebDriver BiDi collects no garbage and fills no disk on demand",
        Ability.DOUBLE_CLICK: "over WebDriver BiDi Playwright's double clicks are two single ones",
        Ability.LAYOUT_SHIFTS: "Firefox does not count layout shifts",
        Ability.NAMED_ELEMENTS: "Firefox refuses; PyScript defines document.currentScript",
        Ability.PAGE_CACHE: "its tests hold Chromium's cache of pages to account, by its DevTools",
        Ability.PREFERENCES: "over WebDriver BiDi Playwright sets no such preferences",
        Ability.REQUEST_BODIES: "over WebDriver BiDi Playwright does not know what requests carry",
        Ability.WORKERS: "over WebDriver BiDi Playwright cannot reach into a worker",
    },
}
_CANNOT: Final = "cannot: "


def find_reason(engine: Engine, item: pytest.Item) -> str | None:
    """Return why the engine can't run this test; `None` if it can."""
    for mark in item.iter_markers("needs"):
        for ability in mark.args:
            if ability in _LACKING[engine]:
                return f"{engine} {_CANNOT}{_LACKING[engine][ability]}"
    return None


def count_reasons(skipped: Iterable[pytest.TestReport]) -> list[str]:
    """Return a line for each reason for which an engine could not run tests, with their number."""
    told = (report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple))
    reasons = Counter(text.removeprefix("Skipped: ") for text in told if _CANNOT in text)
    return [f"{count:4} not run: {reason}" for reason, count in reasons.most_common()]
