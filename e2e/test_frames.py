"""The host's page in a frame: the widget says what the frame forbids, and the page stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import FrameLocator, Page, expect
from zoom_meeting_testing.pages import MeetingWidget
from zoom_meeting_testing.pages.tab_storage import TOKEN_KEY, write_token
from zoom_meeting_testing.simulator import Operation, ServerThread

from e2e.stage import MAYA, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zoom_meeting_testing.simulator import Simulator

    from e2e.hosts import HostPages
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

BODY = f'<textarea id="notes">Tea</textarea>{write_element()}'
ENOUGH = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
WITHOUT_POPUPS = "allow-scripts allow-same-origin allow-forms"
KEEP_TOKEN = "(_, [key, text]) => sessionStorage.setItem(key, text)"
ERRORS = "() => window.meetingEvents.map(({ name, detail }) => [name, detail.code])"


@dataclass(frozen=True)
class Framed:
    """A page with the host's page in a frame."""

    page: Page
    frame: FrameLocator
    address: str  # the address that the frame was opened with

    @property
    def widget(self) -> MeetingWidget:
        return MeetingWidget(self.frame.locator("#widget"))

    def wait_for_state(self, state: str) -> None:
        expect(self.widget.root).to_have_attribute("data-state", state)

    def read_notes(self) -> str:
        return self.frame.locator("#notes").input_value()

    def find_address(self) -> str:
        """Return the frame's address at this moment."""
        address: str = self.frame.locator(":root").evaluate("() => location.href")
        return address


@pytest.fixture
def open_framed(page: Page, hosts: HostPages, hosts_url: str) -> Callable[..., Framed]:
    def open_framed(attributes: str, *, outer: str = hosts_url) -> Framed:
        address = hosts_url + hosts.serve(BODY)
        body = f'<iframe {attributes} src="{address}" width="600" height="500"></iframe>'
        policy = f"default-src 'none'; script-src 'self'; img-src data:; frame-src {hosts_url}"
        page.goto(outer + hosts.serve(body, policy=policy))
        return Framed(page, page.frame_locator("iframe"), address)

    return open_framed


@pytest.fixture
def elsewhere(hosts: HostPages, expect_errors: Callable[..., None]) -> Iterator[str]:
    """The same pages, on another origin."""
    with ServerThread(hosts.app) as server:
        expect_errors(f"request to another origin: {server.url}")
        yield server.url


@pytest.mark.core
def test_frame_without_popups_keeps_the_page_and_says_what_it_lacks(
    open_framed: Callable[..., Framed],
    expect_errors: Callable[..., None],
    elsewhere: str,
    zoom_side: ZoomSide,
) -> None:
    expect_errors(chromium="'allow-popups' permission is not set")
    framed = open_framed(f'sandbox="{WITHOUT_POPUPS}"', outer=elsewhere)
    widget = framed.widget
    framed.wait_for_state("idle")
    framed.frame.locator("#notes").fill("Tea, not saved yet")
    widget.add_button.click()
    widget.connect_button.click()
    expect(widget.notice).to_have_attribute("data-code", "popup_blocked")
    expect(widget.message).to_contain_text("allow pop-ups in the frame")
    assert widget.state == "error"
    assert framed.find_address() == framed.address
    assert framed.read_notes() == "Tea, not saved yet"
    assert framed.frame.locator(":root").evaluate(ERRORS) == [["error", "popup_blocked"]]
    assert framed.frame.locator(":root").evaluate("() => ({ ...sessionStorage })") == {}
    assert zoom_side.count_calls(Operation.TOKEN) == 0


@pytest.mark.parametrize("attributes", [f'sandbox="{ENOUGH}" allow="clipboard-write"', ""])
def test_frame_on_another_origin_gets_its_meeting(
    open_framed: Callable[..., Framed], elsewhere: str, zoom_side: ZoomSide, attributes: str
) -> None:
    framed = open_framed(attributes, outer=elsewhere)
    widget = framed.widget
    framed.wait_for_state("idle")
    widget.add_button.click()
    widget.connect().allow()
    framed.wait_for_state("ready")
    assert framed.find_address() == framed.address
    assert framed.read_notes() == f"Tea\n{write_line(zoom_side.join_url(zoom_side.get_meeting()))}"


def test_mail_to_the_client_leaves_the_page_in_its_frame(
    open_framed: Callable[..., Framed],
    expect_errors: Callable[..., None],
    elsewhere: str,
    simulator: Simulator,
) -> None:
    """The outer page's policy does not allow `mailto:`, and the frame would show an error page."""
    # No mail program is installed here.
    expect_errors(chromium="request to another origin: mailto:")
    framed = open_framed("", outer=elsewhere)
    framed.wait_for_state("idle")
    token = write_token(simulator.issue_tokens(MAYA))
    framed.frame.locator(":root").evaluate(KEEP_TOKEN, [TOKEN_KEY, token])
    framed.widget.add_button.click()
    framed.wait_for_state("ready")
    framed.widget.send_button.click()
    framed.widget.send_menu.get_by_role("link", name="Email", exact=True).click()
    expect(framed.widget.send_menu).to_be_visible()
    assert framed.find_address() == framed.address
