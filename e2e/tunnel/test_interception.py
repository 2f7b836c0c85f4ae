"""An interceptor between forwarder and Zoom, with a certificate of its own, gets nothing."""

from __future__ import annotations

import ssl
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, Protocol

import pytest
from playwright.sync_api import expect
from zoom_meeting_testing.pages import AppointmentBook
from zoom_meeting_testing.service import HOST
from zoom_meeting_testing.simulator import Operation, ServerThread

from e2e.demo import DEMO_CLIENT_ID, Zoom, create_demo_app
from e2e.relay.canary import search
from e2e.relay.certificates import Authority
from e2e.stage import MAYA
from e2e.tunnel.passage import Passage
from e2e.tunnel.records import Kind, read_records
from e2e.tunnel.tls_zoom import NAMES
from e2e.tunnel.tunnel import Tunnel
from e2e.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page
    from zoom_meeting_testing.simulator import Simulator, SimulatorServer

    from e2e.tunnel.tls_zoom import TlsZoom
    from e2e.zoom_side import ZoomSide

pytestmark = [pytest.mark.tunnel, pytest.mark.core]

CAUSES: Final = {"authority": "unknown-issuer", "name": "wrong-name"}


class Intercept(Protocol):
    """Starts an interceptor that decrypts, reads and encrypts all bytes to these words' hosts."""

    def __call__(
        self, *words: str, issued_by: Authority, names: tuple[str, ...] = NAMES
    ) -> Book: ...


class Book:
    """A page whose tunnel is intercepted, and the interceptor."""

    def __init__(self, book: AppointmentBook, tunnel: Tunnel, interceptor: Passage) -> None:
        self.book = book
        self.tunnel = tunnel
        self.interceptor = interceptor


@pytest.fixture
def watcher(simulator_server: SimulatorServer) -> Watcher:
    return Watcher(frozenset({simulator_server.url}), sees_calls=False)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def stranger(tmp_path: Path) -> Authority:
    """An authority that is trusted only where a test says so."""
    return Authority(tmp_path / "stranger.pem")


@pytest.fixture
def intercept(
    tls_zoom: TlsZoom,
    authority: Authority,
    simulator_server: SimulatorServer,
    page: Page,
    watcher: Watcher,
    *,
    trusted: Authority,
    tmp_path: Path,
) -> Iterator[Intercept]:
    with ExitStack() as running:

        def intercept(*words: str, issued_by: Authority, names: tuple[str, ...] = NAMES) -> Book:
            interceptor = running.enter_context(
                Passage(
                    HOST,
                    tls_zoom.port,
                    as_server=issued_by.build_context(*names),
                    as_client=ssl.create_default_context(cafile=str(authority.certificate)),
                    server_name=NAMES[0],
                )
            )
            there = dict.fromkeys(words, (HOST, interceptor.port))
            folder = tmp_path / "forwarder"
            folder.mkdir()
            tunnel = running.enter_context(Tunnel(folder, tls_zoom.destinations | there))
            roots = trusted.certificate
            zoom = Zoom(DEMO_CLIENT_ID, simulator_server.url, tunnel=tunnel.url, roots=roots)
            server = running.enter_context(ServerThread(create_demo_app(zoom)))
            forwarder = tunnel.url.partition("/?")[0]
            for origin in (server.url, forwarder, forwarder.replace("ws:", "http:")):
                watcher.allow(origin)
            return Book(AppointmentBook(page, server.url), tunnel, interceptor)

        yield intercept
        page.close()  # before the servers that it calls stop


@pytest.fixture
def trusted(authority: Authority) -> Authority:
    """The authority that the page trusts."""
    return authority


@pytest.mark.parametrize("wrong", CAUSES)
def test_interceptor_gets_nothing_and_nobodys_consent_is_asked_for(
    intercept: Intercept,
    authority: Authority,
    stranger: Authority,
    context: BrowserContext,
    simulator: Simulator,
    *,
    wrong: str,
) -> None:
    if wrong == "name":
        intercepted = intercept("zoom", "api", issued_by=authority, names=("zoom.us.example",))
    else:
        intercepted = intercept("zoom", "api", issued_by=stranger)
    widget = intercepted.book.open("812")
    widget.wait_for_state("idle")
    notes = intercepted.book.read_notes()
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "certificate_refused")
    expect(widget.message).to_contain_text(CAUSES[wrong])
    expect(widget.notice.get_by_role("button", name="Try again")).to_have_count(0)
    assert len(context.pages) == 1
    assert intercepted.book.read_notes() == notes

    assert intercepted.interceptor.connections == []  # no handshake was ever finished
    assert simulator.list_requests() == []
    sent = [
        read_records(each.sent)
        for passage in intercepted.tunnel.behind.values()
        for each in passage.connections
    ]
    assert sent
    for records in sent:  # a hello, and an alert, which TLS 1.3 encrypts
        assert records[0].kind is Kind.HANDSHAKE
        assert sum(record.size for record in records[1:]) < 64


def test_interceptor_who_comes_later_gets_no_token(
    intercept: Intercept,
    stranger: Authority,
    simulator: Simulator,
    zoom_side: ZoomSide,
) -> None:
    """A user is signed in. The create was never sent, so its outcome is known."""
    intercepted = intercept("api", issued_by=stranger)
    book = intercepted.book
    widget = book.open("812")
    widget.wait_for_state("idle")
    notes = book.read_notes()
    book.storage.keep_token(simulator.issue_tokens(MAYA))
    stored = book.storage.read()
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "certificate_refused")
    assert intercepted.interceptor.connections == []
    assert simulator.list_requests() == []
    assert zoom_side.count_calls(Operation.CREATE) == 0
    assert book.read_notes() == notes
    assert book.storage.read() == stored


class TestTrusted:
    """The same interceptor, on a page that was told to trust it: it can read everything."""

    @pytest.fixture
    def trusted(self, stranger: Authority) -> Authority:
        return stranger

    def test_interceptor_whom_the_page_trusts_reads_every_secret(
        self, intercept: Intercept, stranger: Authority, tls_zoom: TlsZoom
    ) -> None:
        intercepted = intercept("zoom", "api", issued_by=stranger)
        widget = intercepted.book.open("812")
        widget.wait_for_state("idle")
        widget.add_button.click()
        widget.connect().allow()
        widget.wait_for_state("ready")
        heard = tls_zoom.secrets.heard
        assert {"code 1", "code_verifier 1", "access_token 1", "refresh_token 1"} <= heard.keys()
        streams = intercepted.interceptor.list_streams()
        for name, secret in heard.items():
            assert search(streams, {name: secret}).leaks, f"{name} was not found"
        assert intercepted.tunnel.search(heard).leaks == []  # on the wire it is still ciphertext
