"""What the recipe for nginx promises: its callers, the hosts that it reaches, its logs."""

from __future__ import annotations

import json
import re
import socket
import ssl
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest
from zoom_meeting_testing.service import HOST

from e2e.relay.program import find_free_port
from e2e.tunnel.caller import TARGETS, Entrance, read_close_code, write_handshake
from e2e.tunnel.frames import unmask
from e2e.tunnel.nginx_tunnel import LIMITS, RECIPE

if TYPE_CHECKING:
    from pathlib import Path

    from zoom_meeting_testing.simulator import Simulator

    from e2e.relay.certificates import Authority
    from e2e.relay.host import HostApplication
    from e2e.tunnel.conftest import StartNginx
    from e2e.tunnel.tls_zoom import TlsZoom
    from e2e.tunnel.tunnel import Tunnel

pytestmark = pytest.mark.tunnel

ELSEWHERE: Final = "https://elsewhere.example"
NOWHERE: Final = (
    "",
    "zoom/",
    "zoom/x",
    "zooms",
    "apis",
    "Zoom",
    "users/",
    "none",
    "session",
    "127.0.0.1:22",
    "other?token=zoom",
    "%7Btarget%7D",
)
AT_ONCE: Final = 40
IN_ALL: Final = 100


@pytest.fixture(autouse=True)
def _rested(simulator: Simulator) -> None:
    """The tunnel at rest: Zoom has not been called yet."""
    assert simulator.list_requests() == []


def count_visits(tunnel: Tunnel) -> int:
    return len(tunnel.front.connections)


# Callers that may use the tunnel


@pytest.mark.parametrize("target", TARGETS)
def test_page_of_somebody_whom_the_host_knows_is_let_in(
    entrance: Entrance, tunnel: Tunnel, target: str
) -> None:
    assert entrance.knock(target) == 101
    assert count_visits(tunnel) == 1


@pytest.mark.parametrize("status", [401, 403, 302])
@pytest.mark.parametrize("target", TARGETS)
def test_people_whom_the_host_does_not_know_are_not(
    entrance: Entrance, tunnel: Tunnel, host: HostApplication, target: str, status: int
) -> None:
    """Many frameworks answer strangers with a redirect to a sign-in page."""
    host.status_for_strangers = status
    seen = 403 if status == 403 else 401
    guesses: list[dict[str, str]] = [{}, {"Cookie": "salon_session=guessed"}]
    for cookie in guesses:
        assert entrance.knock(target, {"Origin": entrance.page_url, **cookie}) == seen
        # The page asks again, because a WebSocket does not say why it was refused.
        answer = entrance.ask("POST", target, {"Origin": entrance.page_url, **cookie})
        assert answer.status == seen
        assert not {"location", "set-cookie"} & answer.headers.keys()
        if seen == 401:
            assert json.loads(answer.body) == {"tunnel": "no session"}
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["cache-control"] == "no-store"
    assert count_visits(tunnel) == 0


@pytest.mark.parametrize("target", TARGETS)
def test_pages_of_other_origins_are_not_even_with_a_session(
    entrance: Entrance, tunnel: Tunnel, target: str
) -> None:
    """A browser sends them the cookies, without any permission."""
    own = entrance.page_url
    others: list[dict[str, str]] = [
        {},  # not from a browser
        {"Origin": ELSEWHERE},
        {"Origin": "null"},
        {"Origin": f"{own}.elsewhere.example"},
        {"Origin": own.replace("http:", "https:")},
        {"Origin": f"{ELSEWHERE} {own}"},
        {"Origin": f"http://{HOST}"},
    ]
    for other in others:
        headers = {"Cookie": entrance.cookie, **other}
        assert entrance.knock(target, headers) == 403
        assert entrance.ask("POST", target, headers).status == 403  # and the response says why
    assert count_visits(tunnel) == 0


@pytest.mark.parametrize("target", NOWHERE)
def test_other_places_lead_nowhere(entrance: Entrance, tunnel: Tunnel, target: str) -> None:
    assert entrance.knock(target) == 404
    for headers in (entrance.own, {}):
        assert entrance.ask("GET", target, headers).status == 404
    assert count_visits(tunnel) == 0


def test_caller_does_not_choose_where_it_leads(entrance: Entrance, tunnel: Tunnel) -> None:
    for query in ("?token=api", "?token=127.0.0.1:22", "?", "?x=1&token=api&token=zoom"):
        assert entrance.knock(f"zoom{query}") == 101
    first_lines = {unmask(each.sent)[0].partition(b"\r\n")[0] for each in tunnel.front.connections}
    assert first_lines == {b"GET /?token=zoom HTTP/1.1"}


@pytest.mark.parametrize("target", TARGETS)
def test_only_the_handshake_of_a_websocket_is_taken(
    entrance: Entrance, tunnel: Tunnel, target: str
) -> None:
    handshake = write_handshake()
    for method in ("POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"):
        assert entrance.ask(method, target, {**entrance.own, **handshake}).status == 405
    for other in ("h2c", "websocket, h2c", ""):
        headers = {**entrance.own, **handshake, "Upgrade": other}
        assert entrance.ask("GET", target, headers).status == 400
    headers = {**entrance.own, **handshake}
    assert entrance.ask("GET", target, headers, b"xx").status == 413
    assert count_visits(tunnel) == 0


@pytest.mark.parametrize("target", TARGETS)
def test_page_that_may_come_in_is_told_so_without_a_websocket(
    entrance: Entrance, tunnel: Tunnel, target: str
) -> None:
    """But not for a `GET`, since a page's own has no Origin."""
    answer = entrance.ask("POST", target, entrance.own)
    assert answer.status == 400
    assert answer.headers["cache-control"] == "no-store"
    assert count_visits(tunnel) == 0


def test_host_is_asked_with_its_cookies_only(entrance: Entrance, host: HostApplication) -> None:
    host.asked.clear()
    assert entrance.knock("zoom", {**entrance.own, "X-Anything": "else"}) == 101
    (asked,) = host.asked
    assert asked == {
        "host": HOST,
        "connection": "close",
        "cookie": host.cookie,
        "x-forwarded-proto": "http",
    }


# Bytes that pass


@pytest.mark.parametrize("target", TARGETS)
def test_forwarder_gets_the_handshake_and_no_other_header(
    entrance: Entrance, tunnel: Tunnel, target: str
) -> None:
    sent = {
        **entrance.own,
        "Referer": f"{entrance.page_url}/appointments/812",
        "X-Forwarded-For": "203.0.113.7",
        "Forwarded": "for=203.0.113.7",
        "X-Real-IP": "203.0.113.7",
        "User-Agent": "a browser of somebody's",
        "Accept-Language": "de-AT",
        "Authorization": "Basic none",
        "Sec-WebSocket-Extensions": "permessage-deflate",
    }
    handshake = write_handshake()
    assert entrance.ask("GET", target, {**sent, **handshake}, b"x").status == 101
    (visit,) = tunnel.front.connections
    got, payload = unmask(visit.sent)
    headers = dict(line.split(": ") for line in got.decode().split("\r\n")[1:] if line)
    assert headers == {
        "Host": f"{HOST}:{tunnel.front.port}",
        "Connection": "upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": handshake["Sec-WebSocket-Key"],
    }
    assert payload == b""


@pytest.mark.parametrize(("target", "name"), [("zoom", "zoom.us"), ("api", "api.zoom.us")])
def test_tls_gets_through_to_the_host_itself(
    entrance: Entrance,
    tunnel: Tunnel,
    simulator: Simulator,
    *,
    tls_zoom: TlsZoom,
    authority: Authority,
    target: str,
    name: str,
) -> None:
    """Python's own TLS takes the page's place, and sees Zoom's certificate."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.create_default_context(cafile=str(authority.certificate))
    tls = context.wrap_bio(incoming, outgoing, server_hostname=name)
    with entrance.open(target) as wire:

        def carry() -> None:
            if outgoing.pending:
                wire.send(outgoing.read())
            message = wire.recv(5)
            assert isinstance(message, bytes)
            incoming.write(message)

        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                carry()
        request = (
            f"GET /v2/users/me HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer {16 * 'x'}\r\n\r\n"
        )
        tls.write(request.encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            try:
                answer += tls.read()
            except ssl.SSLWantReadError:
                carry()
    assert answer.startswith(b"HTTP/1.1 401")
    (asked,) = simulator.list_requests()
    assert asked["path"] == "/v2/users/me"
    used = [word for word, each in tunnel.behind.items() if any(each.list_streams().values())]
    assert used == [target]
    assert tls_zoom.secrets.heard == {"access_token 1": 16 * "x"}
    assert tunnel.search(tls_zoom.secrets.heard).leaks == []


# Failures


def test_forwarder_that_is_down_is_told(start_nginx: StartNginx) -> None:
    entrance = start_nginx(forwarder_port=find_free_port())
    assert entrance.knock("zoom") == 502
    assert (
        entrance.ask("POST", "zoom", entrance.own).status == 400
    )  # so the session is not the reason


def test_silence_ends_a_connection(start_nginx: StartNginx, tunnel: Tunnel) -> None:
    """The documented 40 seconds are one second here."""
    shorter = RECIPE.read_text().replace("proxy_read_timeout 40s", "proxy_read_timeout 1s")
    entrance = start_nginx(recipe=shorter)
    began = time.monotonic()
    with entrance.open("zoom") as wire:
        assert read_close_code(wire) == 1006
    assert 0.9 < time.monotonic() - began < 5
    _wait_until_closed(tunnel)


def test_documented_silence_is_longer_than_the_widget_waits() -> None:
    recipe = RECIPE.read_text()
    _, _, rest = recipe.partition("proxy_read_timeout ")
    assert 30 < int(rest.partition("s;")[0]) < 60


def test_forwarder_hears_of_a_page_that_is_gone(entrance: Entrance, tunnel: Tunnel) -> None:
    with entrance.open("zoom") as wire:
        wire.socket.shutdown(socket.SHUT_RDWR)
    _wait_until_closed(tunnel)


def _wait_until_closed(tunnel: Tunnel) -> None:
    patience = time.monotonic() + 10
    while not tunnel.is_idle:
        assert time.monotonic() < patience
        time.sleep(0.02)


# Limits


def test_one_address_has_so_many_connections_and_no_more(start_nginx: StartNginx) -> None:
    entrance = start_nginx()
    with ExitStack() as opened:
        for _ in range(AT_ONCE):
            opened.enter_context(entrance.open("zoom"))
        assert entrance.knock("api") == 429
    patience = time.monotonic() + 10
    while entrance.knock("api") != 101:
        assert time.monotonic() < patience
        time.sleep(0.2)


def test_all_addresses_together_have_so_many(start_nginx: StartNginx) -> None:
    """Each limit is tried alone: here every connection has another address."""
    limits = LIMITS.read_text().replace("$binary_remote_addr", "$request_id")
    entrance = start_nginx(limits=limits)
    with ExitStack() as opened:
        for _ in range(IN_ALL):
            opened.enter_context(entrance.open("zoom"))
        assert entrance.knock("api") == 429


def test_one_address_may_not_knock_without_end(start_nginx: StartNginx) -> None:
    entrance = start_nginx()
    statuses = [entrance.ask("GET", "zoom", entrance.own).status for _ in range(120)]
    assert statuses[:60] == 60 * [400]
    assert statuses.count(429) > 20
    time.sleep(1)
    statuses = [entrance.ask("GET", "zoom", entrance.own).status for _ in range(40)]
    assert 5 < statuses.count(400) < 20  # ten a second


# Logs


def test_nothing_is_written_down(start_nginx: StartNginx, tunnel: Tunnel) -> None:
    """Neither accesses nor errors are logged, since a line would name the caller's address."""
    entrance = start_nginx()
    down = start_nginx(forwarder_port=find_free_port())
    without_session = {"Origin": entrance.page_url}
    for each in (entrance, down):
        own = {"Origin": each.page_url, "Cookie": each.cookie}
        for headers in (own, without_session, {**own, "Origin": ELSEWHERE}):
            for target in (*TARGETS, "elsewhere"):
                each.knock(target, headers)
                each.ask("GET", target, headers)
        each.ask("POST", "zoom", own, b"secret plaintext")
        each.ask("GET", "zoom", {**own, **write_handshake()}, b"secret plaintext")
        for _ in range(80):
            each.ask("GET", "zoom", own)
    with entrance.open("zoom") as wire:
        wire.send(b"no TLS at all, secret plaintext")
        read_close_code(wire)
    down.ask("GET", "../demo/book.js")
    for each in (entrance, down):
        _settle(each)

    assert "demo/book.js" in _read_logs(down.folder)["access.log"]
    for folder in (entrance.folder, down.folder):
        logs = _read_logs(folder)
        for text in logs.values():
            assert not re.search("zoom-tunnel/(?!../demo)|secret plaintext", text)
        assert "client" not in _drop_infos(logs["error.log"])
    said = "\n".join(
        path.read_text() for path in (tunnel.folder / "stdout", tunnel.folder / "stderr")
    )
    assert "token=zoom" in said
    addresses = {word for word in said.split() if word.count(".") == 3 and word[0].isdigit()}
    assert all(address.startswith(HOST) for address in addresses)  # nginx's own
    assert "secret plaintext" not in said
    assert entrance.cookie not in said


def _read_logs(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(errors="replace") for path in (folder / "logs").iterdir()}


def _drop_infos(log: str) -> str:
    """Drop the lines that a server does not write by default."""
    return "\n".join(line for line in log.splitlines() if not re.search(r"\[(info|notice)\]", line))


def _settle(entrance: Entrance) -> None:
    """Return when nginx is done with earlier calls."""
    parts = urlsplit(entrance.page_url)
    with socket.create_connection((parts.hostname, parts.port)) as asked:
        asked.sendall(b"GET /zoom-tunnel/ HTTP/1.0\r\n\r\n")
        asked.recv(65536)
