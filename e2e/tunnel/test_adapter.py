"""The built tunnel in a real browser: the contract of a transport, and each error.

The page is behind nginx with the recipe, and its policy names no other origin.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest
from zoom_meeting_testing.simulator import ServerThread

from e2e.conftest import TIMEOUT_MS
from e2e.contracts import transport
from e2e.contracts.contract import find_checks
from e2e.contracts.echo import EchoServer
from e2e.contracts.urls import build_answer_url
from e2e.delivery import write_policy
from e2e.relay.program import find_free_port
from e2e.tunnel.nginx_tunnel import RECIPE
from e2e.tunnel.python_page import PythonPage
from e2e.tunnel.site import TunnelSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route, WebSocketRoute

    from e2e.relay.certificates import Authority
    from e2e.relay.nginx import Nginx

pytestmark = [pytest.mark.tunnel, pytest.mark.core]
ANSWER: Final = build_answer_url("https://zoom.us", 200, b"{}", "application/json")
KEEP_SOCKETS: Final = """\
globalThis.sockets = [];
globalThis.stages = [];
globalThis.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    sockets.push(this);
    stages.push("made");
    for (const stage of ["open", "message"]) this.addEventListener(stage, () => stages.push(stage));
  }
  send(...given) {
    super.send(...given);
    stages.push("send");
  }
};
"""

COMPILE_ANOTHER_TLS: Final = """\
const { compileStreaming } = WebAssembly;
WebAssembly.compileStreaming = (response) =>
  response.url.includes("/tls-")
    ? WebAssembly.compile(Uint8Array.from(BYTES))
    : compileStreaming(response);
"""
COUNT_OPEN: Final = """async () => {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
  const countOpen = () => sockets.filter(({ readyState }) => readyState <= WebSocket.OPEN).length;
  for (let pauses = 100; pauses && countOpen(); pauses--) await pause();
  return countOpen();
}"""


@pytest.fixture(scope="module")
def site(
    nginx: Nginx, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TunnelSite]:
    """A site whose zoom.us is an echo server, and whose API host is down."""
    folder = tmp_path_factory.mktemp("site")
    with ServerThread(EchoServer(), tls=authority.build_context("zoom.us")) as echo:
        ports = {"zoom": echo.port, "api": find_free_port()}
        with TunnelSite(nginx, folder, ports, authority.certificate) as site:
            yield site


@pytest.fixture
def site_without_forwarder(
    nginx: Nginx, authority: Authority, tmp_path: Path
) -> Iterator[TunnelSite]:
    with TunnelSite(nginx, tmp_path, None, authority.certificate) as site:
        yield site


@contextmanager
def open_page(browser: Browser, url: str, *, is_known: bool = True) -> Iterator[Page]:
    """Open a tab of its own, whose user has signed in to the host."""
    context = browser.new_context()
    context.set_default_timeout(TIMEOUT_MS)
    if is_known:
        context.request.get(f"{url}/sign-in")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def python(browser: Browser, site: TunnelSite) -> Iterator[PythonPage]:
    """A page that all tests share which leave it unchanged."""
    with open_page(browser, site.url) as page:
        yield PythonPage(page, site.url)


@pytest.fixture
def fresh(browser: Browser, site: TunnelSite) -> Iterator[Page]:
    """A tab in which nothing has been loaded yet."""
    with open_page(browser, site.url) as page:
        yield page


@pytest.mark.parametrize("check", find_checks(transport))
def test_the_tunnel_keeps_the_contract_of_a_transport(python: PythonPage, check: str) -> None:
    assert python.call("keep_contract", check) is None


def test_files_are_loaded_once_whoever_asks_at_once(fresh: Page, site: TunnelSite) -> None:
    loaded: list[str] = []
    with fresh.expect_response("**/zoom/tunnel/assets/*.wasm"):  # the widget's own
        python = PythonPage(fresh, site.url)
    fresh.on("request", lambda request: loaded.append(request.url))
    answers = python.call("ask_at_once", ANSWER, 3)
    assert [answer["status"] for answer in answers] == [200, 200, 200]
    assert python.call("ask_again", ANSWER)["status"] == 200
    kinds = Counter(url.rpartition(".")[2] for url in loaded if "/zoom/tunnel/" in url)
    assert (kinds["wasm"], kinds["zip"], kinds["txt"]) == (1, 1, 0)  # the roots are another file


@pytest.mark.unmeasured("Python that is traced makes no snapshot")
def test_a_page_that_starts_from_the_snapshot_loads_it_too(fresh: Page, site: TunnelSite) -> None:
    marks = "() => performance.getEntriesByName('zoom-meeting:python')[0].detail.fromSnapshot"
    for comes_again in (False, True):
        python = PythonPage(fresh, site.url)
        assert fresh.evaluate(marks) is comes_again
        assert python.call("ask", ANSWER)["status"] == 200
        fresh.evaluate("() => customElements.get('zoom-meeting').settled")


def test_somebody_without_a_session_is_told_so(browser: Browser, site: TunnelSite) -> None:
    with open_page(browser, site.url, is_known=False) as page:
        answer = PythonPage(page, site.url).call("ask", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("tunnel_refused", False)


def test_an_origin_that_the_recipe_does_not_expect_is_no_fault_of_the_forwarder(
    browser: Browser, nginx: Nginx, authority: Authority, tmp_path: Path
) -> None:
    """For example, TLS ends before nginx, and the recipe does not say so."""
    recipe = RECIPE.read_text(encoding="utf-8").replace(
        "$scheme://$http_host", "https://$http_host"
    )
    with (
        TunnelSite(nginx, tmp_path, None, authority.certificate, recipe) as site,
        open_page(browser, site.url) as page,
    ):
        answer = PythonPage(page, site.url).call("ask", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("tunnel_refused", False)


def test_a_forwarder_that_is_down_is_told_from_a_network_that_is(
    browser: Browser, site_without_forwarder: TunnelSite
) -> None:
    url = site_without_forwarder.url
    with open_page(browser, url) as page:
        python = PythonPage(page, url)
        assert python.call("ask_again", ANSWER)["code"] == "tunnel_failed"
        page.context.set_offline(offline=True)
        answer = python.call("ask_again", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("network", False)


def test_what_says_text_is_no_forwarder(fresh: Page, site: TunnelSite) -> None:
    """It may be another WebSocket of the host's; an empty message is no beginning either."""
    broken: list[str] = []
    fresh.on("pageerror", lambda error: broken.append(str(error)))

    def answer(socket: WebSocketRoute) -> None:
        def say(_message: object) -> None:
            socket.send(b"")
            socket.send('{"welcome": true}')

        socket.on_message(say)

    fresh.route_web_socket("**/zoom-tunnel/**", answer)
    told = PythonPage(fresh, site.url).call("ask", ANSWER)
    assert (told["code"], told["may_have_arrived"]) == ("tunnel_failed", False)
    assert broken == []


def test_too_many_connections_are_told_as_what_passes(
    browser: Browser, site_without_forwarder: TunnelSite
) -> None:
    url = site_without_forwarder.url
    with open_page(browser, url) as page:
        page.route("**/zoom-tunnel/zoom", lambda route: route.fulfill(status=429))
        answer = PythonPage(page, url).call("ask", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("network", False)
    assert answer["reason"] == "tunnel_busy"


def test_a_target_that_is_down_is_no_fault_of_the_forwarder(python: PythonPage) -> None:
    answer = python.call("ask", "https://api.zoom.us/v2/users/me")
    assert (answer["code"], answer["may_have_arrived"]) == ("network", False)


def test_a_policy_that_forbids_the_forwarder_is_named(fresh: Page, site: TunnelSite) -> None:
    def forbid(route: Route) -> None:
        answer = route.fetch()
        policy = write_policy().replace("connect-src 'self'", f"connect-src {site.url}")
        headers = {**answer.headers, "content-security-policy": policy}
        route.fulfill(response=answer, headers=headers)

    fresh.route(f"{site.url}/", forbid)
    answer = PythonPage(fresh, site.url).call("ask", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("network", False)
    assert answer["reason"] == "tunnel_policy"


@pytest.mark.parametrize("file", ["tunnel-*.js", "assets/*.wasm", "assets/*.zip"])
def test_a_file_that_is_missing_is_named_and_asked_for_again(
    fresh: Page, site: TunnelSite, file: str
) -> None:
    said: list[str] = []
    fresh.on("console", lambda message: said.append(message.text))
    fresh.route(f"**/zoom/tunnel/{file}", lambda route: route.fulfill(status=404))
    python = PythonPage(fresh, site.url)
    answer = python.call("ask_again", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("tunnel_failed", False)
    assert [line for line in said if "make tunnel" in line and "status 404" in line]
    fresh.unroute(f"**/zoom/tunnel/{file}")
    assert python.call("ask_again", ANSWER)["status"] == 200


@pytest.mark.parametrize("file", ["tunnel-*.js", "assets/*.wasm", "assets/*.zip"])
def test_a_page_in_the_place_of_a_file_is_not_taken_for_it(
    fresh: Page, site: TunnelSite, file: str
) -> None:
    """Servers of single-page applications answer with a page for every missing file."""
    said: list[str] = []
    fresh.on("console", lambda message: said.append(message.text))
    path = f"**/zoom/tunnel/{file}"
    fresh.route(path, lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    python = PythonPage(fresh, site.url)
    answer = python.call("ask_again", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("tunnel_failed", False)
    assert [line for line in said if "zoom-meeting: " in line and "make tunnel" in line]
    fresh.unroute(path)
    assert python.call("ask_again", ANSWER)["status"] == 200


def test_tls_that_traps_opens_nothing(fresh: Page, site: TunnelSite) -> None:
    from wasmtime import wat2wasm  # noqa: PLC0415 - others, who run none of these, lack it

    said: list[str] = []
    fresh.on("console", lambda message: said.append(message.text))
    trap = wat2wasm('(module (func (export "tls_input") (result i32) unreachable))')
    fresh.add_init_script(COMPILE_ANOTHER_TLS.replace("BYTES", str(list(trap))))
    answer = PythonPage(fresh, site.url).call("ask", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("tunnel_failed", False)
    assert [line for line in said if "tls_input has failed (RuntimeError)" in line]


@pytest.mark.parametrize("file", ["tunnel-*.js", "assets/*.wasm", "assets/*.zip"])
def test_a_file_that_was_altered_is_refused(fresh: Page, site: TunnelSite, file: str) -> None:
    def alter(route: Route) -> None:
        answer = route.fetch()
        content = answer.body()
        route.fulfill(response=answer, body=content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])

    said: list[str] = []
    fresh.on("console", lambda message: said.append(message.text))
    fresh.route(f"**/zoom/tunnel/{file}", alter)
    answer = PythonPage(fresh, site.url).call("ask", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("tunnel_failed", False)
    assert [line for line in said if "it is not the file that belongs to this build" in line]


def test_files_that_a_broken_network_keeps_away_are_the_networks_fault(
    fresh: Page, site: TunnelSite
) -> None:
    fresh.route("**/zoom/tunnel/tunnel-*.js", lambda route: route.abort())
    answer = PythonPage(fresh, site.url).call("ask", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("network", False)


@pytest.mark.parametrize(
    ("status", "text", "word"),
    [
        (200, "<!doctype html>", "PEM"),
        (200, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "certificate 1"),
        (404, "", "status 404"),
    ],
)
def test_roots_that_cannot_be_used_open_nothing(
    fresh: Page, site: TunnelSite, status: int, text: str, word: str
) -> None:
    said: list[str] = []
    fresh.on("console", lambda message: said.append(message.text))
    fresh.route("**/roots.pem", lambda route: route.fulfill(status=status, body=text))
    answer = PythonPage(fresh, site.url).call("ask", ANSWER)
    assert (answer["code"], answer["may_have_arrived"]) == ("tunnel_failed", False)
    assert [line for line in said if "roots" in line and word in line]


@pytest.mark.parametrize("stage", ["", "made", "open", "send", "message"])
def test_a_request_that_is_given_up_closes_its_socket(
    fresh: Page, site: TunnelSite, stage: str
) -> None:
    fresh.add_init_script(KEEP_SOCKETS)
    python = PythonPage(fresh, site.url)
    python.call("ask", ANSWER)  # all is loaded
    before = fresh.evaluate("sockets.length")
    assert python.call("cancel", ANSWER, stage) == "CancelledError"
    assert fresh.evaluate("sockets.length") == before + (1 if stage else 0)
    assert fresh.evaluate(COUNT_OPEN) == 0
