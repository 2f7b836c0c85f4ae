"""The strict content security policy, as it is sent and as it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from e2e.pages import AppointmentBook, MeetingWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.hosts import HostPages
    from e2e.simulator import SimulatorServer
    from e2e.watcher import Watcher

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


def strict_policy(*more: str) -> str:
    connect = " ".join(["'self'", "https://zoom.us", "https://api.zoom.us", *more])
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
        f"img-src 'self' data:; connect-src {connect}; base-uri 'none'; form-action 'none'"
    )


def test_whole_journey_runs_under_the_strict_policy_and_from_one_origin(
    book: AppointmentBook,
    context: BrowserContext,
    watcher: Watcher,
    simulator_server: SimulatorServer,
) -> None:
    context.add_init_script(REMEMBER_VIOLATIONS)
    with context.expect_event("response", lambda response: response.url == f"{book.url}/") as page:
        widget = book.open("812")
    sent = page.value.header_values("content-security-policy")
    assert sent == [strict_policy(simulator_server.url)]

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
    simulator_server: SimulatorServer,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("'wasm-unsafe-eval' in script-src")
    policy = strict_policy(simulator_server.url).replace(" 'wasm-unsafe-eval'", "")
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
    page.goto(hosts_url + hosts.serve(ELEMENT, policy=strict_policy()))
    widget = MeetingWidget.find(page)
    widget.wait_for_state("idle")
    expect(widget.add_button).to_be_enabled()
