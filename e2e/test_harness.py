"""The test harness itself: it reports what it is meant to report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import Browser, Page
from zoom_meeting_testing.evidence import FOLDER, keep_evidence
from zoom_meeting_testing.openapi.ledger import Kind
from zoom_meeting_testing.openapi.watch import LEDGER

from e2e.stage import LINK, write_element, write_line
from e2e.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zoom_meeting_testing.simulator import SimulatorServer

    from e2e.hosts import HostPages

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURE: Final = b"\x89PNG"
FAILING: Final = """
def test_it(page, demo_url):
    page.goto(demo_url)
    page.evaluate("() => console.log('about to fail')")
    assert False, "as it has to"

def test_other(page, demo_url):
    page.goto(demo_url)
"""


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
    assert any("style-src" in problem for problem in own_watcher.find_problems())


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


@pytest.mark.direct("the page calls Zoom itself")
@pytest.mark.usefixtures("simulator")  # as it is at first: an earlier test may have let no page ask
def test_what_pages_say_to_zoom_is_held_against_its_description(
    watched: Page, hosts: HostPages, simulator_server: SimulatorServer
) -> None:
    watched.goto(hosts.serve("<p>Hello</p>"))
    watched.evaluate("url => fetch(url)", f"{simulator_server.url}/v2/users/me?page=1")
    found = LEDGER.take()  # else this test fails
    assert found.counts == {Kind.REFUSED: 1, Kind.ANSWERS: 1}
    assert found.refused == [
        "request user: query: page is not described",
        "request user: there is no bearer token",
    ]


def test_watcher_forgives_what_was_expected_and_misses_what_did_not_come(
    watched: Page, own_watcher: Watcher
) -> None:
    own_watcher.expect("oh (no|dear)")
    watched.evaluate("() => console.error('oh dear')")
    assert own_watcher.find_problems() == []

    own_watcher.expect("never said")
    assert own_watcher.find_problems() == ["expected, but did not happen: never said"]


def test_evidence_shows_each_page_and_what_its_widgets_say(
    watched: Page, own_watcher: Watcher, hosts: HostPages, tmp_path: Path
) -> None:
    notes = f'<textarea id="notes">{write_line(LINK)}</textarea>'
    watched.goto(hosts.serve(f"{notes}{write_element()}{write_element(starts='soon')}"))
    watched.locator("zoom-meeting[data-state=ready]").wait_for()
    watched.locator("zoom-meeting[data-state=error]").wait_for()
    watched.context.new_page().goto("about:blank")
    keep_evidence(tmp_path / "new", "test_a[b/c]", watched.context.pages, own_watcher.console)

    files = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}
    assert set(files) == {"test_a-b-c-1.png", "test_a-b-c-2.png", "test_a-b-c.txt"}
    assert files["test_a-b-c-1.png"].startswith(PICTURE)
    told = files["test_a-b-c.txt"].decode()
    assert "zoom-meeting: state ready, aria-busy false" in told
    assert "zoom-meeting: state error, aria-busy false\n    bad_attribute: " in told
    assert "page 2: about:blank" in told
    assert "starts" in told.partition("console:")[2]


def test_evidence_holds_no_secret(watched: Page, hosts: HostPages, tmp_path: Path) -> None:
    token, code, passcode = "t" * 50, "a-code", "Q2x"
    notes = f'<textarea id="notes">{write_line(LINK)}</textarea>'
    watched.goto(hosts.serve(notes + write_element()) + f"?code={code}#access_token={token}")
    watched.locator("zoom-meeting summary").click()
    said = [f"sent {token}", f"GET http://127.0.0.1/zoom/callback.html?code={code}", LINK]
    keep_evidence(tmp_path, "test", watched.context.pages, said)

    told = (tmp_path / "test.txt").read_text()
    assert "/zoom/callback.html?…" in told
    assert [each for each in (token, code, passcode) if each in told] == []


def test_evidence_of_a_page_that_is_closed_does_not_hide_the_failure(
    browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    context.close()
    keep_evidence(tmp_path, "test", [page], ["last words"])
    told = (tmp_path / "test.txt").read_text()
    assert "cannot be seen" in told
    assert "last words" in told


@pytest.mark.long
def test_a_failing_test_leaves_evidence_and_a_passing_one_none(tmp_path: Path, engine: str) -> None:
    (tmp_path / "test_example.py").write_text(FAILING)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    plain = ("-q", "-p", "no:cacheprovider", "-p", "e2e.conftest", "--engine", engine)
    command = [sys.executable, "-m", "pytest", *plain, f"--rootdir={tmp_path}", str(tmp_path)]
    ran = subprocess.run(  # noqa: S603 - no shell
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert "1 failed, 1 passed" in ran.stdout, ran.stdout + ran.stderr

    names = {path.name for path in (tmp_path / FOLDER).iterdir()}
    assert names == {"test_example-test_it-1.png", "test_example-test_it.txt"}
    assert "about to fail" in (tmp_path / FOLDER / "test_example-test_it.txt").read_text()
