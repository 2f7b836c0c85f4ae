"""The install check in a browser: a correct site, and the same site with one mistake at a time."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha384
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from zoom_meeting_testing.pages import InstallCheck
from zoom_meeting_testing.simulator import ServerThread

from e2e.abilities import Ability
from e2e.delivery import DIST
from e2e.install_site import InstallSite, add_gzip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zoom_meeting_testing.simulator import Simulator, SimulatorServer

    from e2e.demo import Zoom
    from e2e.watcher import Watcher

pytestmark = [pytest.mark.direct("its rows are about a page's own calls"), pytest.mark.long]

WITHOUT: Final = {
    "no sessionStorage": (
        "storage",
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException() } })",
    ),
    "storage that takes nothing": (
        "storage",
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
    ),
    "no locks": ("storage", "delete Navigator.prototype.locks"),
    "no BroadcastChannel": ("browser broadcast", "delete window.BroadcastChannel"),
    "an old browser": ("browser", "delete AbortSignal.timeout"),
}
"""A script that takes something from the page, and the rows that have to name it."""
REMEMBER_HEADERS: Final = """() => {
  globalThis.headerNames = new Set();
  const { setRequestHeader } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.setRequestHeader = function (name, value) {
    headerNames.add(name.toLowerCase());
    setRequestHeader.call(this, name, value);
  };
}"""
HURRY: Final = """() => {
  const { prototype } = XMLHttpRequest;
  const browsers = Object.getPrototypeOf(prototype);  // the worker has a class of its own
  const { set } = Object.getOwnPropertyDescriptor(browsers, "timeout");
  Object.defineProperty(prototype, "timeout", {
    set(milliseconds) {
      set.call(this, milliseconds / 20);
    },
  });
}"""
"""Shortens every timeout to a twentieth."""
FORGE: Final = """
  const { open } = window;
  window.open = (url, ...rest) => {
    const state = new URL(url).searchParams.get("state");
    postMessage({ type: "pywidget:v1:authorization-response", state }, location.origin);
    return open(url, ...rest);
  };
"""
"""Another window of the page's origin sends what only the sign-in window may send."""
SILENCE: Final = b'<link rel="icon" href="data:,">'
OTHER_STATE: Final = b"""<link rel="icon" href="data:,"><script>
  const answer = { type: "pywidget:v1:authorization-response", state: "other", query: "" };
  opener.postMessage(answer, location.origin);
</script>"""
BLOCKED: Final = "window.open = () => null"
KEPT_OPEN: Final = "window.close = () => {}"
SILENT: Final = "BroadcastChannel.prototype.postMessage = () => {}"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return add_gzip(DIST, tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(zoom: Zoom, dist: Path) -> InstallSite:
    return InstallSite(zoom, dist)


@pytest.fixture
def site_url(site: InstallSite, watcher: Watcher) -> Iterator[str]:
    with ServerThread(site.app) as server:
        watcher.allow(server.url)
        yield server.url


@pytest.fixture
def check(page: Page, site_url: str, watcher: Watcher) -> InstallCheck:
    watcher.overlook_workers()
    return InstallCheck(page, site_url)


def test_site_as_it_should_be_is_fine(
    site: InstallSite,
    check: InstallCheck,
    watcher: Watcher,
    simulator_server: SimulatorServer,
) -> None:
    site.assets_policy += "; report-uri /reports"
    verdicts = check.check()

    assert check.list_wrong() == []
    assert list(verdicts.values()).count("fine") >= 10
    expect(check.summary).to_contain_text("Nothing is wrong")
    expect(check.rehearse()).to_contain_text("it closed")
    assert check.read_verdicts()["rehearsal"] == "fine"
    origins = {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in watcher.requests}
    assert origins - {"data://"} == {check.url, simulator_server.url}
    assert f"{check.url}/reports" not in watcher.requests


@pytest.mark.needs(Ability.WORKERS)
def test_no_header_is_set_that_a_browser_would_refuse(check: InstallCheck) -> None:
    with check.page.expect_worker() as worker:
        check.open("")
    expect(check.run_button).to_be_enabled()
    worker.value.evaluate(REMEMBER_HEADERS)
    check.address.fill("/appointments")
    check.run_button.click()
    check.wait_for_result()
    names = worker.value.evaluate("() => [...headerNames]")
    assert sorted(names) == ["accept", "authorization", "cache-control", "content-type"]


def test_three_things_wrong_are_three_rows_with_their_remedies(
    site: InstallSite, check: InstallCheck
) -> None:
    site.policy = site.policy.replace(" 'wasm-unsafe-eval'", "")
    site.headers["/zoom/assets/"] = {"cache-control": "no-store"}
    site.headers["/zoom/callback.html"] = {"referrer-policy": ""}

    check.check()

    assert check.list_wrong() == ["policy", "caching", "callback-headers"]
    expect(check.summary).to_contain_text("3 things are wrong")
    expect(check.find_row("policy").locator("code")).to_contain_text("'wasm-unsafe-eval'")
    expect(check.find_row("caching").locator("code")).to_contain_text("immutable")


def find_asset(site: InstallSite, pattern: str) -> str:
    """Return the path of the only asset with this name."""
    (found,) = (site.dist / "assets").glob(pattern)
    return f"/zoom/assets/{found.name}"


@pytest.mark.long
class TestCheckThatCannotStart:
    """The one case in which the page's script has words of its own."""

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
        expect_errors("status of 404", firefox="Loading Worker from")
        path = find_asset(site, "check-worker-*.js")
        site.missing.add(path)
        check.open()
        expect(check.failure).to_contain_text(f"{path} (status 404)")

    def test_worker_that_is_sent_as_text_is_named(
        self, site: InstallSite, check: InstallCheck, expect_errors: Callable[..., None]
    ) -> None:
        expect_errors(firefox="Loading Worker from")
        path = find_asset(site, "check-worker-*.js")
        site.headers[path] = {"content-type": "text/plain"}
        check.open()
        expect(check.failure).to_contain_text("sent as text/plain")
        expect(check.failure).to_contain_text(path)

    def test_package_that_is_broken_is_not_started_and_named(
        self, site: InstallSite, check: InstallCheck
    ) -> None:
        path = find_asset(site, "check-*.zip")
        site.bodies[path] = b"not a zip"
        check.open()
        expect(check.failure).to_contain_text("Python did not start")
        expect(check.failure).to_contain_text(path)
        expect(check.failure).to_contain_text("files of two versions may be mixed")

    def test_check_that_fails_in_the_middle_says_that_it_did(self, check: InstallCheck) -> None:
        check.page.add_init_script("JSON.stringify = () => 'no JSON'")
        check.open()
        expect(check.failure).to_contain_text("The check stopped in the middle (JSONDecodeError)")

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
    site: InstallSite, check: InstallCheck, watcher: Watcher
) -> None:
    site.assets_policy += "; report-uri /reports"
    site.headers["/zoom/"] = {
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
    }
    check.check()
    assert check.page.evaluate("() => crossOriginIsolated")
    assert f"{check.url}/reports" not in watcher.requests


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


@pytest.mark.parametrize(("rows", "script"), WITHOUT.values(), ids=WITHOUT.keys())
def test_what_the_browser_lacks_is_named(check: InstallCheck, rows: str, script: str) -> None:
    check.page.add_init_script(script)
    check.check()
    assert check.list_wrong() == rows.split()


def test_page_in_which_wasm_is_refused_is_named(check: InstallCheck) -> None:
    """The worker's own file may have another policy than pages have."""
    check.page.add_init_script(
        "WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError('refused'))"
    )
    check.check()
    assert check.list_wrong() == ["web-assembly"]


@pytest.mark.long
class TestSignInWindow:
    def test_window_that_is_blocked(self, check: InstallCheck) -> None:
        check.page.add_init_script(BLOCKED)
        check.check()
        expect(check.rehearse()).to_contain_text("The browser did not open the window")
        assert check.list_wrong() == ["rehearsal"]
        expect(check.summary).to_contain_text("1 thing is wrong")

    def test_page_that_is_missing(
        self, site: InstallSite, check: InstallCheck, expect_errors: Callable[..., None]
    ) -> None:
        expect_errors("status of 404")
        site.missing.add("/zoom/callback.html")
        check.take_over_clock()
        check.check()
        assert check.list_wrong() == ["files", "callback"]
        expect(check.rehearse_in_vain()).to_contain_text("its response did not come back")
        assert check.list_wrong() == ["files", "callback", "rehearsal"]
        assert len(check.page.context.pages) == 1, "the window was left open"

    @pytest.mark.parametrize(("script", "body"), [(FORGE, SILENCE), ("", OTHER_STATE)])
    def test_answer_that_is_not_the_windows_own_does_not_count(
        self, site: InstallSite, check: InstallCheck, script: str, body: bytes
    ) -> None:
        site.bodies["/zoom/callback.html"] = body
        check.page.add_init_script(script)
        check.take_over_clock()
        check.check()
        expect(check.rehearse_in_vain()).to_contain_text("its response did not come back")

    def test_window_that_is_cut_off_answers_by_the_channel_alone(
        self, site: InstallSite, check: InstallCheck
    ) -> None:
        site.headers["/zoom/callback.html"] = {"cross-origin-opener-policy": "same-origin"}
        check.check()
        row = check.rehearse()
        expect(row).to_contain_text("BroadcastChannel")
        expect(row).not_to_contain_text("opener")

    def test_window_whose_channel_is_silent_answers_to_its_opener(
        self, check: InstallCheck, context: BrowserContext
    ) -> None:
        context.add_init_script(SILENT)
        check.check()
        expect(check.rehearse()).to_contain_text("did not close")

    def test_window_that_stays_open(self, check: InstallCheck, context: BrowserContext) -> None:
        context.add_init_script(KEPT_OPEN)
        check.check()
        expect(check.rehearse()).to_contain_text("the window did not close")
        assert check.list_wrong() == ["rehearsal"]

    def test_it_takes_the_redirect_uri_of_the_tag(
        self, site: InstallSite, check: InstallCheck, context: BrowserContext
    ) -> None:
        site.attributes["data-redirect-uri"] = f"{check.url}/zoom/callback.html?from=zoom"
        check.check()
        with context.expect_event("response", lambda each: "callback.html" in each.url) as seen:
            check.rehearse()
        assert "/zoom/callback.html?from=zoom&state=" in seen.value.url
        assert check.read_verdicts()["rehearsal"] == "fine"


@pytest.mark.long
class TestWayToZoom:
    @pytest.mark.parametrize("host", ["cors_token token-endpoint", "cors_api api"])
    def test_host_that_lets_no_page_read_is_named(
        self,
        check: InstallCheck,
        simulator: Simulator,
        expect_errors: Callable[..., None],
        host: str,
    ) -> None:
        setting, row = host.split()
        expect_errors(firefox="Same Origin Policy disallows")  # a worker's, too
        simulator.change_settings({setting: False})
        check.check()
        assert check.list_wrong() == [row]
        expect(check.find_row(row)).to_contain_text("cors_blocked")
        expect(check.find_row(row).locator("code")).to_contain_text("data-relay")

    def test_host_where_nobody_is(
        self, site: InstallSite, check: InstallCheck, watcher: Watcher
    ) -> None:
        nobody = "http://127.0.0.1:9"
        watcher.allow(nobody)
        site.attributes["data-api-url"] = f"{nobody}/v2"
        site.policy = site.assets_policy = site.policy.replace(
            "connect-src 'self'", f"connect-src 'self' {nobody}"
        )
        check.check()
        assert check.list_wrong() == ["api"]
        expect(check.find_row("api")).to_contain_text("Nothing responds")

    def test_relay_behind_a_sign_in_elsewhere_is_named(
        self, site: InstallSite, check: InstallCheck, watcher: Watcher
    ) -> None:
        """The policy forbids the redirect's target, but the policy is not what has to change."""
        for name in ("data-token-url", "data-revoke-url", "data-api-url"):
            site.attributes.pop(name, None)
        site.attributes["data-relay"] = "/relay/"
        site.redirects["/relay/"] = "https://sign-in.invalid/"
        watcher.allow("https://sign-in.invalid")
        check.check()
        assert check.list_wrong() == ["token-endpoint", "api"]
        for row in ("token-endpoint", "api"):
            expect(check.find_row(row)).to_contain_text("redirects calls")
            expect(check.find_row(row)).not_to_contain_text("connect-src")

    def test_page_whose_policy_lacks_the_hosts_is_named_with_the_mended_policy(
        self, site: InstallSite, zoom: Zoom, check: InstallCheck
    ) -> None:
        assert zoom.origin
        site.policy = site.policy.replace(f" {zoom.origin}", "")
        check.check()
        assert check.list_wrong() == ["policy"]
        expect(check.find_row("policy").locator("code")).to_contain_text(zoom.origin)

    def test_policy_that_keeps_the_check_itself_from_asking_is_told_apart(
        self,
        site: InstallSite,
        zoom: Zoom,
        check: InstallCheck,
    ) -> None:
        site.assets_policy = site.policy.replace(f" {zoom.origin}", "")
        verdicts = check.check()
        assert check.list_wrong() == []
        assert (verdicts["token-endpoint"], verdicts["api"]) == ("unknown", "unknown")
        expect(check.find_row("api")).to_contain_text("This check's own content security policy")


def test_tag_that_a_script_makes_can_be_pasted(site: InstallSite, check: InstallCheck) -> None:
    site.tag = ""
    assert check.check()["tag"] == "unknown"
    check.paste_tag(site.write_tag().replace("data-client-id", "data-clientid"))
    check.run_button.click()
    check.wait_for_result()
    assert "settings" in check.list_wrong()
    expect(check.find_row("settings")).to_contain_text("data-client-id")


@pytest.mark.parametrize("headers", [{"content-length": ""}, {"x-owner": "Zoé"}])
def test_page_in_chunks_or_with_odd_headers_is_read_all_the_same(
    site: InstallSite, check: InstallCheck, headers: dict[str, str]
) -> None:
    site.headers["/appointments"] = headers
    verdicts = check.check()
    assert (verdicts["page"], verdicts["tag"]) == ("fine", "fine")


@pytest.mark.needs(Ability.CLIPBOARD)
def test_result_can_be_copied_as_text_without_what_is_secret(check: InstallCheck) -> None:
    check.check("/appointments?client=DANA%23secret")
    check.copy_button.click()
    expect(check.page.get_by_role("button", name="Copied")).to_be_visible()
    text = check.page.evaluate("() => navigator.clipboard.readText()")
    assert f"{check.url}/appointments" in text
    assert "[fine] Page (page)" in text
    assert "DANA" not in text


@pytest.mark.needs(Ability.CLIPBOARD)
def test_copy_button_copies_what_is_to_be_changed(site: InstallSite, check: InstallCheck) -> None:
    site.headers["/zoom/callback.html"] = {"referrer-policy": ""}
    check.check()
    check.page.get_by_role("button", name="Copy: Redirect URI's headers").click()
    assert check.page.evaluate("() => navigator.clipboard.readText()") == (
        "Referrer-Policy: no-referrer"
    )


def test_hash_of_another_release_is_named(site: InstallSite, check: InstallCheck) -> None:
    site.tag = site.write_tag().replace("src=", f'integrity="sha384-{"A" * 64}" src=')
    check.check()
    assert check.list_wrong() == ["tag"]
    right = sha384((site.dist / "embed.js").read_bytes()).digest()
    expect(check.find_row("tag").locator("code")).to_have_text(
        f'integrity="sha384-{b64encode(right).decode()}"'
    )


@pytest.mark.needs(Ability.WORKERS)
@pytest.mark.long
def test_server_that_never_answers_is_given_up(check: InstallCheck, simulator: Simulator) -> None:
    simulator.add_fault({"operation": "token", "kind": "delay", "seconds": 60})
    with check.page.expect_worker() as worker:
        check.open("")
    expect(check.run_button).to_be_enabled()
    worker.value.evaluate(HURRY)
    check.address.fill("/appointments")
    check.run_button.click()
    check.wait_for_result()
    assert check.list_wrong() == ["token-endpoint"]
    expect(check.find_row("token-endpoint")).to_contain_text("did not respond within")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window(
    site: InstallSite, check: InstallCheck, width: int
) -> None:
    site.policy = site.policy.replace(" data:", "")
    check.page.set_viewport_size({"width": width, "height": 700})
    check.check()
    assert "policy" in check.list_wrong()
    overflow = "() => document.documentElement.scrollWidth - innerWidth"
    assert check.page.evaluate(overflow) <= 0


def test_everything_can_be_done_by_keyboard_and_has_a_name(
    site: InstallSite, check: InstallCheck
) -> None:
    site.headers["/zoom/callback.html"] = {"referrer-policy": ""}
    check.check()
    expect(check.status).to_have_text("1 thing is wrong, 19 fine, 1 cannot be known from here")
    check.address.focus()
    names = []
    for _ in range(5):
        check.page.keyboard.press("Tab")
        names.append(
            check.page.evaluate(
                "() => document.activeElement.ariaLabel || document.activeElement.textContent"
            )
        )
    assert names == [
        "Check",
        "A script creates the tag on my page",
        "Copy as text",
        "Copy: Redirect URI's headers",
        "Open the sign-in window",
    ]
