"""The widget in components of today's frameworks, from their production builds."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import pytest
from playwright.sync_api import Page, expect
from zoom_meeting_testing.pages import MeetingWidget
from zoom_meeting_testing.simulator import ServerThread

from e2e.delivery import DIST
from e2e.hosts.framework import FRAMEWORKS, build, create_app
from e2e.stage import write_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from e2e.demo import Zoom
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.frameworks


class OpenFramework(Protocol):
    """Builds the page of a framework, and opens it."""

    def __call__(self, name: str, *, is_beside: bool = False) -> MeetingWidget:
        """Return the widget in it; `is_beside` says that a server has the widget's files."""


@pytest.fixture
def running() -> Iterator[ExitStack]:
    """The servers, which outlive the pages: Turbo asks as soon as the mouse is on a link."""
    with ExitStack() as running:
        yield running


@pytest.fixture
def open_framework(
    running: ExitStack, page: Page, zoom: Zoom, watcher: Watcher, tmp_path: Path
) -> OpenFramework:
    """A function that opens a framework's page."""

    def open_framework(name: str, *, is_beside: bool = False) -> MeetingWidget:
        built = build(name, tmp_path, is_beside=is_beside)
        files = DIST if is_beside else built / "zoom"
        server = running.enter_context(ServerThread(create_app(zoom, built, files)))
        watcher.allow(server.url)
        page.goto(server.url)
        return MeetingWidget.find(page, "zoom-meeting")

    return open_framework


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_component_binds_listens_and_creates_a_meeting(
    open_framework: OpenFramework, page: Page, zoom_side: ZoomSide, name: str
) -> None:
    widget = open_framework(name)
    widget.wait_for_state("idle")

    # Taken away and made anew, with what has changed in the meantime.
    press(page, "Toggle")
    expect(widget.root).to_have_count(0)
    press(page, "Longer")
    press(page, "Toggle")
    widget.wait_for_state("idle")
    expect(widget.root).to_have_attribute("duration", "75")
    press(page, "Longer")
    expect(widget.root).to_have_attribute("duration", "90")

    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    meeting = zoom_side.get_meeting()
    link = zoom_side.join_url(meeting)
    assert meeting.duration == 90
    expect(page.locator("#notes")).to_have_value(f"Tea\n{write_line(link)}")
    expect(page.locator("#kept")).to_contain_text(link)  # the framework knows it
    expect(page.locator("#created")).to_have_text(link)

    # The notes are what the framework kept, and the meeting is found in them.
    press(page, "Toggle")
    expect(widget.root).to_have_count(0)
    press(page, "Toggle")
    widget.wait_for_state("ready")
    expect(widget.client_link).to_have_attribute("href", link)


def test_turbo_goes_from_page_to_page_with_one_python(
    open_framework: OpenFramework, page: Page, zoom_side: ZoomSide, watcher: Watcher
) -> None:
    widget = open_framework("turbo")
    widget.wait_for_state("idle")
    page.evaluate("() => { window.sameDocument = true }")
    page.get_by_role("link", name="Another appointment").click()
    expect(widget.root).to_have_attribute("appointment", "next")
    widget.wait_for_state("idle")
    assert page.evaluate("() => window.sameDocument")
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    expect(page.locator("#notes")).to_have_value(f"Tea\n{write_line(link)}")

    page.get_by_role("link", name="Another appointment").click()
    expect(widget.root).to_have_attribute("appointment", "index")
    widget.wait_for_state("idle")
    assert sum("/assets/pywidget-" in url for url in watcher.requests) == 1


def test_vite_leaves_a_tag_alone_whose_files_a_server_has(open_framework: OpenFramework) -> None:
    open_framework("react", is_beside=True).wait_for_state("idle")
