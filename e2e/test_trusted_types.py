"""A page that requires Trusted Types takes the text and the address of a script only from a policy.

All of the widget's files come with the requirement, as they do from a server that sends one policy
for everything: so it holds in the worker that makes the snapshot, and on the callback page, too.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import pytest
from playwright.sync_api import BrowserContext, expect
from zoom_meeting_testing.pages import AppointmentBook
from zoom_meeting_testing.simulator import ServerThread

from e2e.demo import Zoom, create_demo_app
from e2e.stage import SNAPSHOT_AT_ONCE, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zoom_meeting_testing.simulator import Simulator

    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

ZOOM: Final = "https://us02web.zoom.us"
REQUIRED: Final = "; require-trusted-types-for 'script'"
REMEMBER_VIOLATIONS: Final = """
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, sample }) => {
  (window.violations ??= []).push(`${effectiveDirective} ${sample}`);
});
"""
VIOLATIONS: Final = "() => window.violations ?? []"
SETTLED: Final = "() => customElements.get('zoom-meeting').settled"
FROM_SNAPSHOT: Final = """
() => performance.getEntriesByName("zoom-meeting:python").map(({ detail }) => detail.fromSnapshot)
"""


@dataclass(frozen=True)
class StrictZoom(Zoom):
    """A Zoom for pages with more in their policy."""

    more: str = ""

    def build_policy(self) -> str:
        """Return the demo's policy, and more."""
        return super().build_policy() + self.more


class ServeBook(Protocol):
    """Serves the demo with these words added to its policy."""

    def __call__(self, more: str) -> AbstractContextManager[AppointmentBook]:
        """Serve it as long as the block runs."""


@pytest.fixture
def serve_book(
    context: BrowserContext, zoom: Zoom, simulator: Simulator, watcher: Watcher
) -> ServeBook:
    @contextmanager
    def serve_book(more: str) -> Iterator[AppointmentBook]:
        strict = StrictZoom(**vars(zoom), more=more)
        with ServerThread(create_demo_app(strict)) as server:
            watcher.allow(server.url)
            simulator.change_settings({"demo_url": f"{server.url}/"})
            for script in (REMEMBER_VIOLATIONS, SNAPSHOT_AT_ONCE):
                context.add_init_script(script)
            yield AppointmentBook(context.new_page(), server.url)

    return serve_book


@pytest.mark.core
def test_whole_journey_first_without_a_snapshot_and_then_from_one(
    context: BrowserContext, serve_book: ServeBook, watcher: Watcher, zoom_side: ZoomSide
) -> None:
    watcher.allow(ZOOM)
    context.route(
        f"{ZOOM}/**",
        lambda route: route.fulfill(content_type="text/html", body="<h1>The meeting</h1>"),
    )
    with serve_book(f"{REQUIRED}; trusted-types zoom-meeting") as book:
        widget = book.open("812")
        widget.wait_for_state("idle")
        widget.add_button.click()
        widget.connect().allow()
        widget.wait_for_state("ready")
        widget.copy_button.click()
        expect(widget.copy_button).to_have_text("Copied")
        assert book.page.evaluate(VIOLATIONS) == []
        book.page.evaluate(SETTLED)
        assert book.page.evaluate(FROM_SNAPSHOT) == [False]

        widget = book.reload()
        widget.wait_for_state("ready")
        wait_until(book.page, lambda: book.page.evaluate(FROM_SNAPSHOT) == [True])
        with book.page.expect_popup() as opened:
            widget.start_button.click()
        expect(opened.value.get_by_role("heading")).to_have_text("The meeting")
        widget.confirm_removal()
        widget.wait_for_state("idle")
        assert zoom_side.list_meetings() == []
        assert book.page.evaluate(VIOLATIONS) == []


def test_names_of_policies_need_not_be_limited(serve_book: ServeBook) -> None:
    with serve_book(REQUIRED) as book:
        book.open("812").wait_for_state("idle")
        book.page.evaluate(SETTLED)  # the server is still needed until then
        assert book.page.evaluate(VIOLATIONS) == []


def test_page_that_forgets_our_name_is_told_and_has_its_widget_but_no_snapshot(
    serve_book: ServeBook, watcher: Watcher, expect_errors: Callable[..., None]
) -> None:
    expect_errors("[Tt]rusted")  # in each engine's words
    with serve_book(f"{REQUIRED}; trusted-types other") as book:
        widget = book.open("812")
        widget.wait_for_state("idle")
        assert "trusted-types zoom-meeting" in book.page.evaluate(VIOLATIONS)[0]
        book.page.evaluate(SETTLED)
        assert not [url for url in watcher.requests if "snapshot-worker" in url]
        widget.add_button.click()
        widget.connect().allow()
        widget.wait_for_state("ready")
