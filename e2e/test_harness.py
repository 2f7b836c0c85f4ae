"""The test harness itself: it reports what it is meant to report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from e2e.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from e2e.hosts import HostPages
    from e2e.simulator import SimulatorServer


@pytest.fixture
def own_watcher(hosts_url: str) -> Watcher:
    return Watcher(frozenset({hosts_url}))


@pytest.fixture
def watched(
    browser: Browser, own_watcher: Watcher, hosts: HostPages, hosts_url: str
) -> Iterator[Page]:
    context = browser.new_context(base_url=hosts_url)
    own_watcher.watch(context)
    page = context.new_page()
    page.goto(hosts.serve("<p>Nothing here</p>"))
    yield page
    context.close()


def test_watcher_has_nothing_to_say_about_a_quiet_page(watched: Page, own_watcher: Watcher) -> None:
    watched.evaluate("() => console.log('all is well')")
    assert own_watcher.find_problems() == []
    assert own_watcher.console == ["all is well"]


def test_watcher_reports_console_errors(watched: Page, own_watcher: Watcher) -> None:
    watched.evaluate("() => console.error('oh no')")
    assert any("oh no" in problem for problem in own_watcher.find_problems())


def test_watcher_reports_uncaught_errors(watched: Page, own_watcher: Watcher) -> None:
    watched.evaluate("() => { setTimeout(() => { throw new Error('thrown away') }) }")
    watched.wait_for_timeout(50)
    assert any("thrown away" in problem for problem in own_watcher.find_problems())


def test_watcher_reports_policy_violations(watched: Page, own_watcher: Watcher) -> None:
    watched.evaluate(
        """() => new Promise((resolve) => {
          document.addEventListener("securitypolicyviolation", resolve, { once: true });
          const style = document.createElement("style");
          style.textContent = "p { color: red }";
          document.head.append(style);
        })"""
    )
    assert any("Content Security Policy" in problem for problem in own_watcher.find_problems())


def test_watcher_reports_pyscripts_error_banner(watched: Page, own_watcher: Watcher) -> None:
    watched.evaluate(
        """() => {
          const banner = document.createElement("div");
          banner.className = "py-error";
          banner.textContent = "Traceback";
          document.body.append(banner);
        }"""
    )
    assert own_watcher.find_problems() == ["PyScript's error banner: Traceback"]


def test_watcher_reports_requests_to_another_origin_from_popups_too(
    watched: Page, own_watcher: Watcher, hosts: HostPages, simulator_server: SimulatorServer
) -> None:
    elsewhere = f"{simulator_server.url}/_simulator/style.css"
    allowed = f"default-src 'self'; img-src data:; connect-src {simulator_server.url}"
    with watched.expect_popup() as popup:
        url = hosts.serve("<p>A popup</p>", policy=allowed)
        watched.evaluate("(url) => { window.open(url) }", url)
    popup.value.wait_for_load_state()
    assert own_watcher.find_problems() == []
    popup.value.evaluate("url => fetch(url, { mode: 'no-cors' }).catch(() => 0)", elsewhere)
    assert f"request to another origin: {elsewhere}" in own_watcher.find_problems()


def test_watcher_forgives_what_was_expected_and_misses_what_did_not_come(
    watched: Page, own_watcher: Watcher
) -> None:
    own_watcher.expect("oh (no|dear)")
    watched.evaluate("() => console.error('oh dear')")
    assert own_watcher.find_problems() == []

    own_watcher.expect("never said")
    assert own_watcher.find_problems() == ["expected, but did not happen: never said"]
