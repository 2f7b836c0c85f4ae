"""`make demo` on each way to Zoom: it works, and the page names the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin
from zoom_meeting_testing.pages import AppointmentBook
from zoom_meeting_testing.service import HOST

from e2e.demo import NO_PAGE_MAY_ASK, ROOT
from e2e.relay.program import Program, find_free_port, is_listening
from e2e.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from e2e.conftest import OpenContext

pytestmark = pytest.mark.long

COMMAND: Final = (sys.executable, "-m", "e2e.demo")
SAID: Final = {
    "direct": "Direct This page calls Zoom itself, and nothing stands in between.",
    "relay": "Relay Calls to Zoom pass through {between}, which sees the token and keeps nothing.",
    "tunnel": (
        "Tunnel This page speaks TLS with Zoom itself. {between} carries it, and cannot read it."
    ),
}
WAYS: Final = ("direct", "relay", pytest.param("tunnel", marks=pytest.mark.tunnel))


@dataclass(frozen=True)
class Demo:
    """A running demo, as `make demo` starts it."""

    way: str
    url: str
    zoom_url: str
    relay_url: str
    tunnel_url: str

    @property
    def between(self) -> str:
        """The address that pages may connect to, unless they call Zoom directly."""
        if self.way == "tunnel":
            return self.tunnel_url.replace("http:", "ws:")
        return self.relay_url

    def read_policy(self) -> str:
        """Return the addresses that the page may connect to."""
        with urlopen(f"{self.url}/") as response:  # noqa: S310 - our own address
            policy: str = response.headers["content-security-policy"]
        (connect,) = (part for part in policy.split("; ") if part.startswith("connect-src "))
        return connect.removeprefix("connect-src ")


class StartDemo(Protocol):
    """Starts the demo on a way, with more options; it ends with the test."""

    def __call__(self, way: str, *options: str) -> Demo: ...


@pytest.fixture
def start_demo(tmp_path: Path) -> Iterator[StartDemo]:
    with ExitStack() as running:

        def start(way: str, *options: str) -> Demo:
            ports = {
                name: find_free_port()
                for name in ("port", "zoom-port", "relay-port", "tunnel-port")
            }
            numbers = [f"--{name}={number}" for name, number in ports.items()]
            program = Program(
                [*COMMAND, f"--way={way}", *numbers, *options],
                tmp_path,
                is_ready=lambda program: "Ready: " in program.stdout,
                environment={**os.environ, "PYTHONPATH": str(ROOT)},
            )
            running.enter_context(program)
            return Demo(way, *(f"http://{HOST}:{number}" for number in ports.values()))

        yield start


@pytest.fixture(params=WAYS)
def demo(start_demo: StartDemo, request: pytest.FixtureRequest) -> Demo:
    return start_demo(request.param)


@pytest.fixture
def watcher(demo: Demo) -> Watcher:
    origins = {demo.url, demo.zoom_url, demo.relay_url, demo.tunnel_url, demo.between}
    return Watcher(frozenset(origins))


def test_page_says_the_way_and_gets_through_by_it(
    demo: Demo, open_context: OpenContext, watcher: Watcher
) -> None:
    if demo.way == "relay":
        watcher.expect("status of 400", "status of 401")  # Zoom's answers to the first questions
    book = AppointmentBook(open_context().new_page(), demo.url)
    widget = book.open("812")
    host = urlsplit(demo.between).netloc
    expect(book.page.locator("#way")).to_have_text(SAID[demo.way].format(between=host))
    widget.wait_for_state("idle")
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    called = {url.partition("/v2/")[0] for url in watcher.requests if "/v2/" in url}
    by = {"direct": {demo.zoom_url}, "relay": {demo.relay_url}, "tunnel": set()}
    assert called == by[demo.way]
    if demo.way == "tunnel":
        verdict = book.page.locator("#forwarder-verdict")
        expect(verdict).to_have_text(re.compile(r"^\d+ secrets passed inside: .* found none\.$"))
        expect(book.page.locator("#forwarder-list")).to_contain_text("readable: ")
    else:
        expect(book.page.locator("#forwarder")).to_be_hidden()


@pytest.mark.parametrize("way", WAYS[1:])
def test_page_by_another_way_may_connect_to_nothing_else_and_could_not(
    start_demo: StartDemo, way: str
) -> None:
    demo = start_demo(way)
    assert demo.read_policy() == f"'self' {demo.between}"
    settings = json.loads(read(f"{demo.zoom_url}/_simulator/state"))["settings"]
    assert NO_PAGE_MAY_ASK.items() <= settings.items()


@pytest.mark.parametrize("way", WAYS)
def test_real_zoom_is_reached_by_each_way(start_demo: StartDemo, way: str) -> None:
    demo = start_demo(way, "--zoom-client-id=of-a-real-app")
    page = read(f"{demo.url}/").decode()
    assert 'data-client-id="of-a-real-app"' in page
    assert "data-authorize-url" not in page
    assert (f'data-relay="{demo.relay_url}/"' in page) == (way == "relay")
    zoom = "https://zoom.us https://api.zoom.us"
    assert (f'data-tunnel="{demo.between}/?token={{target}}"' in page) == (way == "tunnel")
    assert "data-tunnel-roots" not in page
    assert demo.read_policy() == f"'self' {zoom if way == 'direct' else demo.between}"
    assert not is_listening(urlsplit(demo.zoom_url).port or 0)


@pytest.mark.tunnel
def test_forwarder_and_what_it_has_seen_are_for_the_demos_own_page(start_demo: StartDemo) -> None:
    demo = start_demo("tunnel")
    sight = f"{demo.url}/forwarder/sight.json"
    assert json.loads(read(sight))["leaks"] == []
    with pytest.raises(HTTPError, match="403"):
        urlopen(Request(sight, headers={"Host": "attacker.example"}))  # noqa: S310 - our own address
    with pytest.raises(InvalidStatus, match="403"):
        connect(f"{demo.between}/?token=zoom", origin=Origin(demo.zoom_url), proxy=None)


def test_unknown_way_is_refused_with_the_ways_there_are() -> None:
    ended = subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, "--way=carrier-pigeon"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    said = "“carrier-pigeon” is no way to Zoom. Choose WAY= from direct, relay, tunnel.\n"
    assert ended.stderr == said


def read(url: str) -> bytes:
    with urlopen(url) as response:  # noqa: S310 - our own address
        body: bytes = response.read()
        return body
