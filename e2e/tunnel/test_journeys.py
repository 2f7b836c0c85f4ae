"""A meeting's whole life through the tunnel, of which no secret can be found outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

import pytest
from playwright.sync_api import BrowserContext, expect
from zoom_meeting_testing.pages import AppointmentBook
from zoom_meeting_testing.simulator import Expirable, Operation, ServerThread

from e2e.demo import DEMO_CLIENT_ID, Zoom, create_demo_app
from e2e.relay.canary import search, search_files
from e2e.relay.host import HostApplication
from e2e.stage import MAYA, wait_until
from e2e.tunnel.frames import unmask
from e2e.tunnel.page_frames import PageFrames
from e2e.tunnel.records import Kind, read_records
from e2e.watcher import NO_SOCKET

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from zoom_meeting_testing.browsers import Engine
    from zoom_meeting_testing.simulator import Simulator

    from e2e.canary.secrets import Secrets
    from e2e.tunnel.caller import Entrance
    from e2e.tunnel.conftest import StartNginx
    from e2e.tunnel.tls_zoom import TlsZoom
    from e2e.tunnel.tunnel import Tunnel
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

pytestmark = [pytest.mark.tunnel, pytest.mark.core]

KINDS: Final = "code code_verifier access_token refresh_token password pstn_password pwd tk zak"
CALLS: Final = re.compile("/v2/|/oauth/(token|revoke)")
HEADERS: Final = "host user-agent accept accept-encoding content-type content-length authorization"
OPEN: Final = """(url) => new Promise((resolve) => {
  const socket = new WebSocket(url);
  socket.onopen = () => resolve("open");
  socket.onclose = ({ code }) => resolve(code);
})"""
SAY: Final = """([url, text]) => new Promise((resolve) => {
  const socket = new WebSocket(url);
  socket.onopen = () => socket.send(new TextEncoder().encode(text));
  socket.onclose = () => resolve();
})"""


def test_whole_journey_shows_nobody_outside_a_secret(
    context: BrowserContext,
    book: AppointmentBook,
    simulator: Simulator,
    zoom_side: ZoomSide,
    *,
    tunnel: Tunnel,
    tls_zoom: TlsZoom,
    entrance: Entrance,
    engine: Engine,
) -> None:
    frames = PageFrames(context)
    widget = book.open("812")
    widget.wait_for_state("idle")
    notes = book.read_notes()
    widget.add_button.click()
    expect(widget.menu).to_contain_text("only Zoom can read it")
    widget.connect().allow()
    widget.wait_for_state("ready")
    assert zoom_side.get_meeting().topic == "Appointment with Dana Lee"
    assert zoom_side.count_calls(Operation.REGISTRANT) == 1

    simulator.expire(Expirable.ACCESS_TOKENS)
    widget.confirm_removal("Remove and tell the client")
    widget.wait_for_state("idle")
    assert zoom_side.count_refreshes() == 1
    assert zoom_side.list_meetings() == []
    assert book.read_notes() == notes

    widget.account_button.click()
    widget.account_menu.get_by_role("button", name="Disconnect").click()
    wait_until(book.page, lambda: zoom_side.count_calls(Operation.REVOKE) == 1)

    # Every secret that was exchanged is searched for: on both sides of the forwarder, in all files
    # of the forwarder and nginx, and in the page's own frames.
    secrets = tls_zoom.secrets
    assert secrets.kinds == set(KINDS.split())
    findings = tunnel.search(secrets.heard)
    print(findings)  # noqa: T201 - for those who ask with -rP
    assert findings.leaks == search_files(entrance.folder, secrets.heard).leaks == []
    assert findings.size > 3 * tls_zoom.ear.size, "before, unmasked, and behind: not all of it"
    _check_records(tunnel)
    if engine == "chromium":  # Firefox does not report frames
        _check_frames(frames, tunnel, secrets)
    _check_headers(simulator)


def _check_records(tunnel: Tunnel) -> None:
    """Assert that all bytes are TLS, the same on both sides, with all calls as ciphertext."""
    before = [unmask(each.sent)[1] for each in tunnel.front.connections]
    passages = tunnel.behind.values()
    behind = [each for passage in passages for each in passage.connections if each.pieces]
    assert sorted(before) == sorted(each.sent for each in behind)
    for each in behind:
        sent, received = read_records(each.sent), read_records(each.received)
        clear = [record for record in (*sent, *received) if record.kind is Kind.HANDSHAKE]
        assert len(clear) <= 2, "more than the two hellos is in the clear"
        assert any(
            name.endswith("zoom.us") for name in clear[0].names
        )  # a forwarder sees this much


def _check_frames(frames: PageFrames, tunnel: Tunnel, secrets: Secrets) -> None:
    """Assert that the browser itself reports no other frames."""
    assert search(frames.streams, secrets.heard).leaks == []
    told = sorted(data for name, data in frames.streams.items() if "sent" in name)
    assert told == sorted(unmask(each.sent)[1] for each in tunnel.front.connections)


def _check_headers(simulator: Simulator) -> None:
    """Assert that Zoom learns nothing of the page: no origin, referrer, cookie or forwarder."""
    calls = [each for each in simulator.list_requests() if CALLS.match(str(each["path"]))]
    names = {name for each in calls for name in cast("dict[str, str]", each["headers"])}
    assert names == set(HEADERS.split())


def test_tunnel_is_loaded_before_the_first_click(page: Page, book: AppointmentBook) -> None:
    with page.expect_response("**/zoom/tunnel/assets/*.wasm"):
        book.open("812")


def test_canary_finds_what_was_said_without_tls(
    page: Page,
    tunnel: Tunnel,
    tls_zoom: TlsZoom,
    context: BrowserContext,
    *,
    entrance: Entrance,
    engine: Engine,
) -> None:
    """Each place of the search finds a secret that passes it in the clear."""
    secret = {"access_token": 40 * "s"}
    frames = PageFrames(context)
    page.goto(f"{entrance.page_url}/zoom/callback.html")
    request = f"GET /v2/users/me HTTP/1.1\r\nAuthorization: Bearer {secret['access_token']}\r\n\r\n"
    page.evaluate(SAY, [f"{entrance.socket_url}/zoom-tunnel/api", request])
    assert tls_zoom.secrets.heard == {}  # Zoom speaks nothing but TLS
    assert tunnel.search(secret).leaks == [
        "access_token in front: sent 1, unmasked",
        "access_token in behind, api: sent 1",
    ]
    if engine == "chromium":
        assert search(frames.streams, secret).leaks == ["access_token in page: sent 1"]


def test_create_whose_connection_is_cut_after_it_was_kept_is_sent_once(
    book: AppointmentBook, simulator: Simulator, zoom_side: ZoomSide, tunnel: Tunnel
) -> None:
    """A browser would repeat such a call automatically."""
    widget = book.open("812")
    widget.wait_for_state("idle")
    book.storage.keep_token(simulator.issue_tokens(MAYA))
    simulator.add_fault({"operation": "create", "kind": "drop_reused"})
    widget.add_button.click()
    widget.wait_for_state("ready")
    assert zoom_side.count_calls(Operation.CREATE) == len(zoom_side.list_meetings()) == 1
    assert book.read_notes().count("Zoom: [") == 1
    assert len(tunnel.behind["api"].connections) == 2


# Refused callers


def test_ended_session_at_the_host_is_told_before_any_consent_is_asked_for(
    book: AppointmentBook, context: BrowserContext, watcher: Watcher, tunnel: Tunnel
) -> None:
    watcher.expect(NO_SOCKET, "status of 401")
    context.clear_cookies()
    widget = book.open("812")
    widget.wait_for_state("idle")
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "tunnel_refused")
    assert len(context.pages) == 1
    assert tunnel.front.connections == []


def test_page_of_another_origin_gets_no_websocket_with_the_hosts_cookies(
    page: Page, host: HostApplication, watcher: Watcher, entrance: Entrance, tunnel: Tunnel
) -> None:
    """Another port is another origin, but the same site, so it has the cookies."""
    url = f"{entrance.socket_url}/zoom-tunnel/zoom"
    page.goto(f"{entrance.page_url}/zoom/callback.html")
    assert page.evaluate(OPEN, url) == "open"
    tunnel.clear()
    host.asked.clear()
    watcher.expect(NO_SOCKET)
    elsewhere = create_demo_app(Zoom(DEMO_CLIENT_ID, tunnel=url + "{target}"))
    with ServerThread(elsewhere) as server:
        watcher.allow(server.url)
        page.goto(f"{server.url}/zoom/callback.html")
        assert page.evaluate(OPEN, url) == 1006
    assert host.asked == []  # the origin was refused, before the session
    assert len(tunnel.front.connections) <= 1


# Servers that are down


def test_forwarder_that_is_down_is_told_before_any_consent_is_asked_for(
    start_nginx: StartNginx, page: Page, watcher: Watcher, context: BrowserContext
) -> None:
    watcher.expect(NO_SOCKET, "status of 400")
    entrance = start_nginx(forwarder_port=9)
    for origin in (entrance.page_url, entrance.socket_url):
        watcher.allow(origin)
    widget = AppointmentBook(page, entrance.page_url).open("812")
    widget.wait_for_state("idle")
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "tunnel_failed")
    assert len(context.pages) == 1
