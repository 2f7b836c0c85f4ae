"""When Python starts and from what, and how the page looks until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from zoom_meeting_testing.pages import MeetingWidget

from e2e.stage import LINK, wait_until, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.hosts import HostPages
    from e2e.stage import Gate
    from e2e.watcher import Watcher

NEVER_IDLE = "window.requestIdleCallback = () => 0"
FAR_DOWN = "<br>" * 200
SETTLED = "() => customElements.get('zoom-meeting').settled"
FROM_SNAPSHOT = """
() => performance.getEntriesByName("zoom-meeting:python").map(({ detail }) => detail.fromSnapshot)
"""
SPOIL_SNAPSHOT = """
async () => {
  const cache = await caches.open("pywidget:v1:snapshot");
  const [key] = await cache.keys();
  const found = await cache.match(key);
  const body = new Uint8Array(await found.arrayBuffer());
  body[body.length - 1] ^= 1; // so little that Python would start all the same
  await cache.put(key, new Response(body, { headers: found.headers }));
}
"""


@pytest.fixture
def show(page: Page, hosts: HostPages, hosts_url: str) -> Callable[..., MeetingWidget]:
    """A function that opens a page with this markup, and returns its widget."""

    def show(body: str) -> MeetingWidget:
        page.goto(hosts_url + hosts.serve(body))
        return MeetingWidget.find(page, "#widget")

    return show


def wants_python(watcher: Watcher) -> bool:
    return any("/assets/" in url for url in watcher.requests)


def read_height(widget: MeetingWidget) -> float:
    box = widget.root.bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.parametrize("interest", ["hover", "focus"])
def test_python_waits_for_the_first_sign_of_interest_while_the_page_is_busy(
    context: BrowserContext, show: Callable[..., MeetingWidget], watcher: Watcher, interest: str
) -> None:
    context.add_init_script(NEVER_IDLE)
    widget = show('<textarea id="notes"></textarea>' + write_element())
    expect(widget.add_button).to_be_visible()
    assert not wants_python(watcher)
    assert widget.state == "loading"

    getattr(widget.add_button, interest)()
    widget.wait_for_state("idle")


def test_python_starts_by_itself_when_the_page_is_idle(show: Callable[..., MeetingWidget]) -> None:
    show('<textarea id="notes"></textarea>' + write_element()).wait_for_state("idle")


def test_meeting_in_the_notes_starts_python_at_once(
    context: BrowserContext, show: Callable[..., MeetingWidget]
) -> None:
    context.add_init_script(NEVER_IDLE)
    notes = f'<textarea id="notes">{write_line(LINK)}</textarea>'
    show(notes + write_element()).wait_for_state("ready")


def test_notes_that_come_after_the_element_start_python_too(
    context: BrowserContext, page: Page, show: Callable[..., MeetingWidget], watcher: Watcher
) -> None:
    context.add_init_script(NEVER_IDLE)
    widget = show(f'<textarea id="late">{write_line(LINK)}</textarea>' + write_element())
    assert not wants_python(watcher)
    page.locator("#widget").evaluate("element => element.setAttribute('notes', '#late')")
    widget.wait_for_state("ready")


def test_element_out_of_sight_costs_nothing_until_it_is_seen(
    page: Page, show: Callable[..., MeetingWidget], watcher: Watcher
) -> None:
    notes = f'<textarea id="notes">{write_line(LINK)}</textarea>'
    widget = show(notes + FAR_DOWN + write_element() + FAR_DOWN + write_element("last"))
    expect(widget.progress).to_have_text("Loading meeting…")
    page.wait_for_load_state("networkidle")
    assert not wants_python(watcher)

    widget.root.scroll_into_view_if_needed()
    widget.wait_for_state("ready")
    last = MeetingWidget.find(page, "#last")
    assert last.state == "loading"
    names = "() => window.meetingEvents.map(({ name }) => name)"
    assert page.evaluate(names) == ["loaded"]

    last.root.scroll_into_view_if_needed()
    last.wait_for_state("ready")


def test_nothing_moves_when_python_takes_over(
    python_gate: Gate, page: Page, show: Callable[..., MeetingWidget]
) -> None:
    widget = show(
        f'<textarea id="notes">{write_line(LINK)}</textarea><textarea id="empty"></textarea>'
        + write_element()
        + write_element("elsewhere", time_zone="Europe/Berlin")
        + write_element("new", notes="#empty", appointment="8")
    )
    widgets = [widget, *(MeetingWidget.find(page, f"#{name}") for name in ("elsewhere", "new"))]
    expect(widget.progress).to_be_visible()
    before = [read_height(each) for each in widgets]
    python_gate.open()
    for each in widgets:
        expect(each.root).not_to_have_attribute("data-state", "loading")
    assert [read_height(each) for each in widgets] == pytest.approx(before, abs=1)


def test_second_visit_starts_from_a_snapshot_and_works_like_the_first(
    context: BrowserContext, hosts: HostPages, hosts_url: str
) -> None:
    notes = f'<textarea id="notes">{write_line(LINK)}</textarea>'
    url = hosts_url + hosts.serve(notes + write_element())

    def visit() -> tuple[Page, Any]:
        page = context.new_page()
        page.goto(url)
        widget = MeetingWidget.find(page, "#widget")
        widget.wait_for_state("ready")
        expect(widget.client_link).to_have_attribute("href", LINK)
        wait_until(page, lambda: page.evaluate(FROM_SNAPSHOT))
        return page, page.evaluate(FROM_SNAPSHOT)

    first, from_snapshot = visit()
    assert from_snapshot == [False]
    first.evaluate(SETTLED)

    second, from_snapshot = visit()
    assert from_snapshot == [True]

    # A snapshot with the wrong content is not used, but replaced.
    second.evaluate(SPOIL_SNAPSHOT)
    third, from_snapshot = visit()
    assert from_snapshot == [False]
    third.evaluate(SETTLED)
    _, from_snapshot = visit()
    assert from_snapshot == [True]


def test_import_of_what_the_build_left_out_says_so(
    page: Page, show: Callable[..., MeetingWidget], expect_errors: Callable[..., None]
) -> None:
    expect_errors("'sqlite3' is not in the widget's runtime|ModuleNotFoundError")
    show('<textarea id="notes"></textarea>' + write_element()).wait_for_state("idle")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.type = "py";
          script.textContent = "import sqlite3";
          document.body.append(script);
        }"""
    )
    page.locator("script-py").wait_for(state="attached")
