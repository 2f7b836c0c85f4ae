"""Keeps what helps to find out why a browser test failed, in `test-results/`.

    test-results/test_keys-test_escape-1.png    each open page, as it looked at the end
    test-results/test_keys-test_escape.txt      its address, what its widgets said, the console

CI uploads the folder, so no secret may be in it: addresses lose their query and fragment, the
console is masked as the simulator masks its log, and of a widget only states, codes and messages
are kept, neither links nor details. In the pictures, notes, details and the demo's list of events
are covered. Playwright's traces and HAR files would hold tokens: there are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Error

from zoom_meeting_testing.simulator.masking import mask_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Page

FOLDER: Final = "test-results"
_MOST_LINES: Final = 200
_LONGEST_NAME: Final = 120
_COVERED: Final = "textarea, input, [contenteditable], #event-list, zoom-meeting details"
"""Where passcodes can be read."""
_NOT_FOR_FILES: Final = re.compile(r"[^\w.-]+")
_QUERY: Final = re.compile(r"(?<=\w)([?#])[^\s\"'<>)]+")
"""Of an address, wherever it stands in a text."""
_DESCRIBE: Final = """
() => [...document.querySelectorAll("zoom-meeting")].map((element) => {
  const notices = [...(element.shadowRoot?.querySelectorAll("[data-code]") ?? [])];
  const said = notices.map((notice) => {
    const text = notice.querySelector(".message")?.textContent ?? "";
    return `${notice.dataset.code}: ${text}`;
  });
  const busy = element.getAttribute("aria-busy");
  return [`state ${element.dataset.state}, aria-busy ${busy}`, ...said].join("\\n    ");
})
"""


def keep_evidence(folder: Path, test: str, pages: Iterable[Page], console: Iterable[str]) -> None:
    """Keep what can be seen of a test's pages.

    Args:
        folder: Where to; it is made if it is not there.
        test: What the files are called, with a number or without.
        pages: Those that are still open, popups too.
        console: What their pages wrote to it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = _NOT_FOR_FILES.sub("-", test).strip("-")[:_LONGEST_NAME]
    lines: list[str] = []
    for number, page in enumerate(pages, 1):
        lines.append(f"page {number}: {_hide(page.url)}")
        try:
            picture = folder / f"{name}-{number}.png"
            page.screenshot(
                path=picture,
                full_page=True,
                animations="disabled",  # a picture in between would be another one each time
                mask=[page.locator(_COVERED)],
            )
            lines.extend(_describe_widgets(page))
        except Error as error:  # it has crashed, or closes itself: the others still tell something
            lines.append(f"  cannot be seen: {_hide(error.message)}")
    lines.append("console:")
    lines.extend(f"  {_hide(line)}" for line in [*console][-_MOST_LINES:])
    (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _describe_widgets(page: Page) -> list[str]:
    return [f"  zoom-meeting: {_hide(text)}" for text in page.evaluate(_DESCRIBE)]


def _hide(text: str) -> str:
    return mask_text(_QUERY.sub(r"\1…", text))
