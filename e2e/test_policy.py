"""The strict content security policy: the demo sends it, and the widget works under it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from zoom_meeting_testing.pages import AppointmentBook, MeetingWidget

from pywidget.browser.urllib_http import UrllibTransport
from pywidget.check.page import load_page
from pywidget.check.policy_rows import judge_policy
from pywidget.check.row import Row, Verdict
from pywidget.check.target import Target
from pywidget.check.terminal_reach import TerminalReach

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import SimulatorServer

    from e2e.demo import Zoom
    from e2e.hosts import HostPages
    from e2e.watcher import Watcher

ZOOM = ("https://zoom.us", "https://api.zoom.us")
REMEMBER_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  (window.violations ??= []).push(`${effectiveDirective} ${blockedURI}`);
});
"""
ELEMENT = """
<textarea id="notes"></textarea>
<zoom-meeting appointment="1" starts="2199-11-12T18:00" notes="#notes"></zoom-meeting>
<p id="rest">The rest of the page</p>
"""


@pytest.fixture
def connections(simulator_server: SimulatorServer, zoom: Zoom, way: str) -> tuple[str, ...]:
    """The addresses that the demo's page may connect to, beside its own origin."""
    if way == "tunnel":
        return (zoom.tunnel.partition("/?")[0],)
    return (*ZOOM, simulator_server.url)


def strict_policy(*origins: str) -> str:
    connect = " ".join(["'self'", *origins])
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
        f"img-src 'self' data:; connect-src {connect}; base-uri 'none'; form-action 'none'"
    )


def test_whole_journey_runs_under_the_strict_policy_and_from_one_origin(
    book: AppointmentBook,
    context: BrowserContext,
    watcher: Watcher,
    simulator_server: SimulatorServer,
    connections: tuple[str, ...],
) -> None:
    context.add_init_script(REMEMBER_VIOLATIONS)
    with context.expect_event("response", lambda response: response.url == f"{book.url}/") as page:
        widget = book.open("812")
    sent = page.value.header_values("content-security-policy")
    assert sent == [strict_policy(*connections)]

    widget.wait_for_state("idle")
    widget.add_button.click()
    with context.expect_event("response", lambda each: "/zoom/callback.html" in each.url) as back:
        widget.connect().allow()
    widget.wait_for_state("ready")
    widget.details_summary.click()
    widget.copy_button.click()
    expect(widget.copy_button).to_have_text("Copied")

    assert back.value.headers["content-security-policy"] == sent[0]
    assert book.page.evaluate("() => window.violations ?? []") == []
    origins = {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in watcher.requests}
    assert origins - {"data://"} == {book.url, simulator_server.url}


def test_policy_without_wasm_gets_a_readable_message_in_the_elements_place(
    page: Page,
    hosts: HostPages,
    hosts_url: str,
    connections: tuple[str, ...],
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("'wasm-unsafe-eval'")
    policy = strict_policy(*connections).replace(" 'wasm-unsafe-eval'", "")
    page.goto(hosts_url + hosts.serve(ELEMENT, policy=policy))
    widget = MeetingWidget.find(page)

    widget.wait_for_state("error")

    expect(widget.message).to_contain_text("could not be started in this browser")
    expect(widget.load_again_button).to_have_count(0)
    expect(page.locator("#rest")).to_be_visible()
    (event,) = page.evaluate("() => window.meetingEvents")
    assert event["name"] == "error"
    assert event["detail"]["code"] == "runtime_load_failed"


def test_design_policy_as_it_is_lets_the_widget_start(
    page: Page, hosts: HostPages, hosts_url: str
) -> None:
    page.goto(hosts_url + hosts.serve(ELEMENT, policy=strict_policy(*ZOOM)))
    widget = MeetingWidget.find(page)
    widget.wait_for_state("idle")
    expect(widget.add_button).to_be_enabled()


@pytest.mark.parametrize(
    ("script_src", "blocks_the_host"),
    [
        ("'nonce-n1' 'wasm-unsafe-eval'", True),
        ("'strict-dynamic' 'nonce-n1' 'wasm-unsafe-eval'", True),
        ("{origin}/zoom/ {origin}/hosts/ 'unsafe-eval'", False),
    ],
)
def test_policies_that_the_install_check_calls_fine_let_the_widget_start(
    page: Page,
    hosts: HostPages,
    hosts_url: str,
    connections: tuple[str, ...],
    expect_errors: Callable[..., None],
    *,
    script_src: str,
    blocks_the_host: bool,
) -> None:
    """A nonce also holds for a script's imports; the host's own script has none here."""
    if blocks_the_host:
        expect_errors("host.js")
    sources = script_src.format(origin=hosts_url)
    policy = strict_policy(*connections).replace("'self' 'wasm-unsafe-eval'", sources)
    url = hosts_url + hosts.serve(ELEMENT, policy=policy, script={"nonce": "n1"})
    assert check_policy(url).verdict is Verdict.FINE
    page.goto(url)
    MeetingWidget.find(page).wait_for_state("idle")


def check_policy(url: str) -> Row:
    """Return the install check's verdict, from another thread: this one's loop is the browser's."""

    async def check() -> Row:
        target, reach = Target(url), TerminalReach(UrllibTransport())
        page = await load_page(target, reach=reach, now=lambda: datetime.now(UTC))
        return judge_policy(page)

    with ThreadPoolExecutor() as aside:
        return aside.submit(asyncio.run, check()).result()
