"""The doubles keep the same contracts as the real adapters (`e2e/contracts`), or they mislead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import get_type_hints

import pytest
from zoom_meeting_testing.simulator import ServerThread

from e2e.contracts import (
    clipboard,
    clock,
    locks,
    navigation,
    notes,
    patching,
    randomness,
    sign_in_windows,
    storage,
    tabs,
    transport,
    zones,
)
from e2e.contracts.contract import find_checks, run_check
from e2e.contracts.echo import EchoServer
from e2e.contracts.suites import SUITES
from e2e.contracts.transport import Received
from e2e.contracts.urls import build_answer_url
from pywidget.browser.mount import Mount
from pywidget.browser.urllib_http import UrllibTransport
from pywidget.domain.errors import Code
from pywidget.ports import MeetingWindow, Ports, SignInWindow, Tabs
from pywidget.ui.node import Element
from tests.doubles.clipboard import FakeClipboard
from tests.doubles.clock import ManualClock, run, settle
from tests.doubles.dom import FakeDocument, FakeNode, FakePage
from tests.doubles.locks import SharedLocks
from tests.doubles.navigation import FakeNavigation, FakeWindow
from tests.doubles.notes import FakeNotes
from tests.doubles.randomness import CountedRandomness
from tests.doubles.storage import TabStorage
from tests.doubles.tabs import SharedChannel
from tests.doubles.transport import ScriptedTransport
from tests.doubles.windows import Popups
from tests.doubles.zones import TzdataZones


class StorageBench:
    def __init__(self) -> None:
        self.storage = TabStorage()

    def refuse(self) -> None:
        self.storage.is_refused = True


class ClockBench:
    def __init__(self) -> None:
        self.clock = ManualClock()

    async def let_pass(self, seconds: float) -> None:
        await self.clock.advance(seconds)


class RandomnessBench:
    def __init__(self) -> None:
        self.randomness = CountedRandomness()


class ZonesBench:
    def __init__(self) -> None:
        self.zones = TzdataZones()


class ClipboardBench:
    def __init__(self) -> None:
        self.clipboard = FakeClipboard()

    async def read(self) -> str | None:
        return self.clipboard.text

    def refuse(self) -> None:
        self.clipboard.is_refused = True


class WindowsBench:
    def __init__(self) -> None:
        self.windows = Popups()
        self.url = "https://zoom.us/oauth/authorize?state=x"

    def block(self) -> None:
        self.windows.is_blocked = True

    async def answer(self, state: str, query: str, *, times: int = 1) -> None:
        for window in self.windows.opened:
            if window.state == state:
                for _ in range(times):
                    window.send(query)

    async def wait_for_closed(self, window: SignInWindow) -> None:
        assert window.closed


class LocksBench:
    def __init__(self) -> None:
        self._shared = SharedLocks()
        self.locks, self.other, self._tab = (self._shared.open_tab() for _ in range(3))

    async def hold_in_a_tab(self, name: str) -> None:
        async def hold() -> None:
            async with self._tab.hold(name):
                await asyncio.Event().wait()

        self._task = asyncio.ensure_future(hold())
        await settle()

    async def close_that_tab(self) -> None:
        self._tab.close()

    def refuse(self) -> None:
        self._shared.refusal = Code.STORAGE_UNAVAILABLE

    def take_away(self) -> None:
        self._shared.refusal = Code.INSECURE_CONTEXT

    async def wait(self) -> None:
        await settle()


class TabsBench:
    def __init__(self) -> None:
        self._shared = SharedChannel()
        self.tabs = self._shared.open_tab()
        self.others: list[Tabs] = [self._shared.open_tab() for _ in range(2)]

    def shout(self) -> None:
        self._shared.tell({"kind": "token"})

    async def wait(self) -> None:
        await settle()


class NavigationBench:
    def __init__(self) -> None:
        self.navigation = FakeNavigation()
        self.elsewhere = "https://zoom.us/oauth/authorize?state=x"
        self.page = "https://us02web.zoom.us/s/86012345678?zak=x"

    def find_place(self) -> str:
        return self.navigation.gone_to[-1]

    def block(self) -> None:
        self.navigation.is_blocked = True

    async def find_address(self, window: MeetingWindow) -> str | None:
        assert isinstance(window, FakeWindow)
        return window.address

    def has_opener(self, window: MeetingWindow) -> bool:
        return window not in self.navigation.windows

    async def is_closed(self, window: MeetingWindow) -> bool:
        assert isinstance(window, FakeWindow)
        return not window.is_open


class NotesBench:
    def __init__(self, *, multiline: bool) -> None:
        self.notes = FakeNotes(multiline=multiline)
        self.keeps_breaks_at_the_end = True
        self.keeps_selection = True

    def write(self, text: str) -> None:
        self.notes.text = text

    def forget_events(self) -> None:
        self.notes.history.clear()

    def count_events(self) -> dict[str, int]:
        return dict.fromkeys(("input", "change"), len(self.notes.history))

    def read_host(self) -> str:
        return self.notes.history[-1]

    def make_deaf(self) -> None:
        self.notes.rejects = True

    def remove(self) -> None:
        self.notes.is_gone = True


class PatchingBench:
    def __init__(self) -> None:
        self._document = FakeDocument()
        self._document.root.appendChild(self._document.createElement("p"))
        self.mount = Mount(FakePage(), self._document.host)

    def read(self) -> Element:
        children = tuple(child.describe() for child in self._document.root.children)
        return Element("zoom-meeting", dict(self._document.host.attributes), children)

    def find(self, path: patching.Path) -> FakeNode:
        node = self._document.root
        for at in path:
            node = node.children[at]
        return node

    def count_changes(self) -> int:
        count = len(self._document.changes)
        self._document.changes.clear()
        return count

    def focus(self, path: patching.Path) -> None:
        self.find(path).focus()

    def is_focused(self, path: patching.Path) -> bool:
        return self._document.focused is self.find(path)


class ScriptedBench:
    def __init__(self) -> None:
        self.transport = ScriptedTransport()

    def prepare(self, status: int, body: bytes, content_type: str = "application/json") -> str:
        self.transport.reply(status, body, {"content-type": content_type})
        return "https://api.zoom.us/v2/users/me"

    def prepare_cut(self) -> str:
        self.transport.drop_after()
        return "https://api.zoom.us/v2/users/me"

    def prepare_nobody(self) -> str:
        self.transport.drop_before()
        return "https://api.zoom.us/v2/users/me"

    def prepare_unsendable(self) -> str:
        self.transport.never_leaves()
        return "https://api.zoom.us/v2/users/me"

    def prepare_redirect(self, status: int) -> str:
        self.transport.reply(status)
        return "https://api.zoom.us/v2/users/me"

    async def list_received(self) -> list[Received]:
        return [
            Received(
                request.method,
                {name.lower(): value for name, value in request.headers.items()},
                (request.body or b"").decode(),
            )
            for request in self.transport.received
        ]


DOUBLES: dict[str, tuple[ModuleType, Callable[[], object]]] = {
    "storage": (storage, StorageBench),
    "clock": (clock, ClockBench),
    "randomness": (randomness, RandomnessBench),
    "zones": (zones, ZonesBench),
    "clipboard": (clipboard, ClipboardBench),
    "sign_in_windows": (sign_in_windows, WindowsBench),
    "locks": (locks, LocksBench),
    "tabs": (tabs, TabsBench),
    "navigation": (navigation, NavigationBench),
    "notes": (notes, lambda: NotesBench(multiline=True)),
    "notes of one line": (notes, lambda: NotesBench(multiline=False)),
    "patching": (patching, PatchingBench),
    "transport": (transport, ScriptedBench),
}


@pytest.mark.parametrize(
    ("double", "check"),
    [
        (double, check)
        for double, (contract, _) in DOUBLES.items()
        for check in find_checks(contract)
    ],
)
def test_a_double_keeps_the_contract(double: str, check: str) -> None:
    contract, make_bench = DOUBLES[double]
    assert run(run_check(find_checks(contract)[check], make_bench())) is None


def find_ports(contracts: Iterable[ModuleType]) -> set[type]:
    """The Protocols that the contracts are about, as their benches say."""
    return {port for contract in contracts for port in get_type_hints(contract.Bench).values()}


@pytest.mark.parametrize(("name", "port"), get_type_hints(Ports).items())
def test_every_port_of_the_page_has_a_contract_for_its_double_and_for_its_adapter(
    name: str, port: type
) -> None:
    assert port in find_ports(contract for contract, _ in DOUBLES.values()), name
    assert port in find_ports(SUITES.values()), name


# The second real transport, over real HTTP


class UrllibBench:
    def __init__(self, echo: str) -> None:
        self._echo = echo
        self.transport = UrllibTransport()

    def prepare(self, status: int, body: bytes, content_type: str = "application/json") -> str:
        return build_answer_url(self._echo, status, body, content_type)

    def prepare_cut(self) -> str:
        return f"{self._echo}/cut"

    def prepare_nobody(self) -> str:
        return "http://127.0.0.1:9/v2"

    def prepare_unsendable(self) -> str:
        return self.prepare_nobody()

    def prepare_redirect(self, status: int) -> str:
        return f"{self._echo}/redirect?status={status}"

    async def list_received(self) -> list[Received]:
        return [Received(**each) for each in self.app.received]  # type: ignore[arg-type]

    app: EchoServer


@pytest.fixture(scope="module")
def echo() -> Iterator[tuple[EchoServer, str]]:
    app = EchoServer()
    with ServerThread(app) as server:
        yield app, server.url


@pytest.mark.parametrize("check", find_checks(transport))
def test_urllib_keeps_the_contract_of_a_transport(echo: tuple[EchoServer, str], check: str) -> None:
    app, url = echo
    bench = UrllibBench(url)
    bench.app = app
    assert run(run_check(find_checks(transport)[check], bench)) is None


def test_a_check_that_does_not_hold_is_reported() -> None:
    class Forgetful(TabStorage):
        def get(self, key: str) -> str | None:
            return super().get(key) or None  # the empty text is lost

    bench = StorageBench()
    bench.storage = Forgetful()
    problem = run(run_check(find_checks(storage)["check_a_text_comes_back"], bench))
    assert problem is not None
    assert "AssertionError" in problem
