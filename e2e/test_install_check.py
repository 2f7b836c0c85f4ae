"""The install check in a browser: a site as it should be, and each thing broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.install_site import DIST, InstallSite, add_gzip
from e2e.pages import InstallCheck
from e2e.simulator import ServerThread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from e2e.conftest import OpenContext
    from e2e.demo import Zoom
    from e2e.simulator import Simulator, SimulatorServer
    from e2e.watcher import Watcher

WITHOUT: Final = {
    "storage": (
        "storage",
        'Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("no") } })',
    ),
    "storage that is full": (
        "storage",
        'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }',
    ),
    "BroadcastChannel": ("broadcast-channel", "delete window.BroadcastChannel"),
    "WebAssembly with exceptions": ("browser", "delete WebAssembly.Exception"),
}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return add_gzip(DIST, tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(zoom: Zoom, dist: Path) -> InstallSite:
    return InstallSite(zoom, dist)


@pytest.fixture
def site_url(site: InstallSite, simulator: Simulator, watcher: Watcher) -> Iterator[str]:
    assert simulator
    with ServerThread(site.app) as server:
        watcher.allow(server.url)
        yield server.url


@pytest.fixture
def check(page: Page, site_url: str) -> InstallCheck:
    return InstallCheck(page, site_url)


@pytest.mark.every_engine
def test_site_as_it_should_be_is_fine(
    check: InstallCheck, watcher: Watcher, simulator_server: SimulatorServer
) -> None:
    verdicts = check.check()

    assert check.list_wrong() == []
    assert list(verdicts.values()).count("fine") >= 10
    expect(check.summary).to_contain_text("Nothing is wrong")
    expect(check.rehearse()).to_contain_text("it closed")
    assert check.read_verdicts()["rehearsal"] == "fine"
    origins = {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in watcher.requests}
    assert origins - {"data://"} == {check.url, simulator_server.url}


def test_three_things_wrong_are_three_rows_with_their_remedies(
    site: InstallSite, check: InstallCheck
) -> None:
    site.policy = site.policy.replace(" 'wasm-unsafe-eval'", "")
    site.headers["/zoom/assets/"] = {"cache-control": "no-store"}
    site.headers["/zoom/callback.html"] = {"referrer-policy": ""}

    check.check()

    assert check.list_wrong() == ["policy", "caching", "callback"]
    expect(check.summary).to_contain_text("3 things are wrong")
    expect(check.find_row("policy").locator("code")).to_contain_text("'wasm-unsafe-eval'")
    expect(check.find_row("caching").locator("code")).to_contain_text("immutable")


def find_asset(site: InstallSite, pattern: str) -> str:
    """Find the path of the one asset with such a name."""
    (found,) = (site.dist / "assets").glob(pattern)
    return f"/zoom/assets/{found.name}"


class TestCheckThatCannotStart:
    """Only then the page's script has words of its own."""

    def test_policy_without_wasm_is_named_with_its_cure(
        self, site: InstallSite, check: InstallCheck
    ) -> None:
        site.assets_policy = site.assets_policy.replace(" 'wasm-unsafe-eval'", "")
        check.open()
        expect(check.failure).to_contain_text("does not let scripts use WebAssembly")
        expect(check.failure.locator("code")).to_have_text("script-src 'self' 'wasm-unsafe-eval'")
        expect(check.run_button).to_be_disabled()

    def test_policy_without_workers_is_named_with_its_cure(
        self, site: InstallSite, check: InstallCheck, expect_errors: Callable[..., None]
    ) -> None:
        expect_errors("worker-src 'none'")
        site.headers["/zoom/check.html"] = {
            "content-security-policy": f"{site.policy}; worker-src 'none'"
        }
        check.open()
        expect(check.failure).to_contain_text("does not let this page start its worker")
        expect(check.failure.locator("code")).to_contain_text("worker-src 'self'")

    def test_policy_with_trusted_types_is_enough(
        self, site: InstallSite, check: InstallCheck
    ) -> None:
        site.assets_policy += "; require-trusted-types-for 'script'"
        check.check()
        expect(check.failure).to_be_hidden()

    def test_policy_without_our_trusted_type_is_named_with_its_cure(
        self, site: InstallSite, check: InstallCheck, expect_errors: Callable[..., None]
    ) -> None:
        expect_errors("trusted-types")
        site.assets_policy += "; require-trusted-types-for 'script'; trusted-types 'none'"
        check.open()
        expect(check.failure.locator("code")).to_have_text("trusted-types pywidget-check")

    @pytest.mark.parametrize("pattern", ["check-*.zip", "python-check-*.zip"])
    def test_file_that_is_missing_is_named(
        self, site: InstallSite, check: InstallCheck, pattern: str
    ) -> None:
        path = find_asset(site, pattern)
        site.missing.add(path)
        check.open()
        expect(check.failure).to_contain_text(path)
        expect(check.failure).to_contain_text("404")
        expect(check.failure).to_contain_text("Upload the whole folder again")

    def test_worker_that_is_missing_is_named(
        self, site: InstallSite, check: InstallCheck, expect_errors: Callable[..., None]
    ) -> None:
        expect_errors("404")
        path = find_asset(site, "check-worker-*.js")
        site.missing.add(path)
        check.open()
        expect(check.failure).to_contain_text(f"{path} (status 404)")

    def test_worker_that_is_sent_as_text_is_named(
        self, site: InstallSite, check: InstallCheck
    ) -> None:
        path = find_asset(site, "check-worker-*.js")
        site.headers[path] = {"content-type": "text/plain"}
        check.open()
        expect(check.failure).to_contain_text("sent as text/plain")
        expect(check.failure).to_contain_text(path)

    def test_package_that_is_broken_ends_in_words(
        self, site: InstallSite, check: InstallCheck
    ) -> None:
        path = find_asset(site, "check-*.zip")
        site.bodies[path] = b"not a zip"
        check.open()
        expect(check.failure).to_contain_text("Python did not start")

    def test_script_that_does_not_run_leaves_a_line_that_says_so(
        self, site: InstallSite, check: InstallCheck, expect_errors: Callable[..., None]
    ) -> None:
        expect_errors("script-src")
        site.headers["/zoom/check.html"] = {
            "content-security-policy": site.policy.replace("script-src 'self'", "script-src")
        }
        check.open()
        expect(check.status).to_contain_text("the script check.js does not run")


def test_isolated_page_is_checked_without_a_worker_from_a_string(
    site: InstallSite, check: InstallCheck
) -> None:
    site.headers["/zoom/"] = {
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
    }
    check.check()
    assert check.page.evaluate("() => crossOriginIsolated")


def test_page_of_another_origin_is_named_with_where_to_go(
    check: InstallCheck, demo_url: str
) -> None:
    assert check.check(f"{demo_url}/appointments?client=DANA") == {"page": "wrong"}
    expect(check.find_row("page").locator("code")).to_have_text(
        f"{demo_url}/zoom/check.html?page=/appointments"
    )
    expect(check.rehearse_button).to_be_hidden()


@pytest.mark.parametrize("given", ["javascript:alert(1)", "https://["])
def test_what_is_no_address_is_said_to_be_none(check: InstallCheck, given: str) -> None:
    assert check.check(given) == {"page": "wrong"}
    expect(check.find_row("page")).to_contain_text("is not the address of a page")


def test_form_checks_what_is_typed_and_keeps_it_in_the_address(check: InstallCheck) -> None:
    check.open("")
    expect(check.address).to_be_focused()
    check.address.fill("/appointments")
    check.address.press("Enter")
    check.wait_for_result()
    assert check.page.url == f"{check.url}/zoom/check.html?page=%2Fappointments"
