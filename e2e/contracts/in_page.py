"""Runs the contracts on the real adapters. Only a page with Pyodide can import this module."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qs

import js
from pyodide.ffi import to_js
from pyodide.http import pyfetch

from e2e.contracts import patching
from e2e.contracts.contract import find_checks, run_check
from e2e.contracts.kinds import FIELD_KINDS
from e2e.contracts.suites import SUITES
from e2e.contracts.transport import Received
from e2e.contracts.urls import build_answer_url
from pywidget.browser.clipboard import SystemClipboard
from pywidget.browser.clock import SystemClock
from pywidget.browser.editing import build_options
from pywidget.browser.http import FetchTransport
from pywidget.browser.loader import find_js_helpers
from pywidget.browser.locks import HEAD_START, WebLocks
from pywidget.browser.mount import Mount
from pywidget.browser.navigation import BrowserNavigation, MeetingTab
from pywidget.browser.notes_field import NotesField
from pywidget.browser.randomness import SystemRandomness
from pywidget.browser.sign_in_window import MESSAGE_TYPE, PopupWindows
from pywidget.browser.storage import WebStorage
from pywidget.browser.tabs import BroadcastTabs
from pywidget.browser.zones import BrowserZones
from pywidget.ports import MeetingWindow, SignInWindow, Tabs
from pywidget.ui.node import Element, Node

_js_helpers: Any = js.document.defaultView.contracts  # page/fields.js
_ELEMENT_NODE = 1
_HEARD = 0.05  # seconds within which a message inside the browser arrives
_HEARD_BY_ALL = 0.3  # seconds after which nobody can say that it did not, on a busy machine too


class _Bench:
    """A bench that restores the page."""

    def __init__(self) -> None:
        self._put_back: list[Any] = []

    def clean(self) -> None:
        for put_back in self._put_back:
            put_back()


class StorageBench(_Bench):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        getattr(js, name).clear()
        self.storage = WebStorage(name)

    def refuse(self) -> None:
        self._put_back.append(_js_helpers.refuseStorage(self._name))


class ClockBench(_Bench):
    def __init__(self) -> None:
        super().__init__()
        self.clock = SystemClock()

    async def let_pass(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class RandomnessBench(_Bench):
    def __init__(self) -> None:
        super().__init__()
        self.randomness = SystemRandomness()


class ZonesBench(_Bench):
    def __init__(self) -> None:
        super().__init__()
        self.zones = BrowserZones()


class ClipboardBench(_Bench):
    def __init__(self) -> None:
        super().__init__()
        self.clipboard = SystemClipboard()

    async def read(self) -> str | None:
        return str(await js.navigator.clipboard.readText())

    def refuse(self) -> None:
        self._put_back.append(_js_helpers.refuseClipboard())


class TransportBench(_Bench):
    def __init__(self) -> None:
        super().__init__()
        query = parse_qs(str(js.location.search).removeprefix("?"))
        self._echo, self._nobody = query["echo"][0], query["nobody"][0]
        self.transport = FetchTransport()

    def prepare(self, status: int, body: bytes, content_type: str = "application/json") -> str:
        return build_answer_url(self._echo, status, body, content_type)

    def prepare_cut(self) -> str:
        return f"{self._echo}/cut"

    def prepare_nobody(self) -> str:
        return f"{self._nobody}/v2"

    def prepare_unsendable(self) -> str:
        return "https://elsewhere.example/v2"  # the page's policy does not allow it

    def prepare_redirect(self, status: int) -> str:
        return f"{self._echo}/redirect?status={status}"

    async def list_received(self) -> list[Received]:
        answer = await pyfetch(f"{self._echo}/received")
        return [Received(**each) for each in json.loads(await answer.bytes())]


class NotesBench(_Bench):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.keeps_breaks_at_the_end = kind in {"textarea", "react"}
        self.keeps_selection = True
        self._js_made = _js_helpers.makeField(kind)
        self._js_elsewhere = js.document.getElementById("elsewhere")
        # The port looks in the root of its own element.
        self.notes = NotesField(js.document.body, "#notes")

    def write(self, text: str) -> None:
        self._js_made.write(text)

    def forget_events(self) -> None:
        self._js_made.forget()

    def count_events(self) -> dict[str, int]:
        return {name: int(self._js_made.count(name)) for name in ("input", "change")}

    def read_host(self) -> str:
        return str(self._js_made.host.state)

    def make_deaf(self) -> None:
        self._js_made.makeDeaf()

    def make_forgetful(self) -> None:
        self._js_made.makeForgetful()

    def remove(self) -> None:
        self._js_made.remove()

    def focus(self) -> None:
        self._js_made.field.focus()

    def is_focused(self) -> bool:
        return bool(js.document.activeElement == self._js_made.field)

    def focus_elsewhere(self) -> None:
        self._js_elsewhere.focus()

    def is_focus_elsewhere(self) -> bool:
        return bool(js.document.activeElement == self._js_elsewhere)

    def place_caret(self, start: int, end: int) -> None:
        self._js_made.select(start, end)

    def describe_selection(self) -> str:
        return str(self._js_made.describe())

    def undo(self) -> None:
        self._js_made.undo()

    def scroll(self) -> int:
        self.write("\n".join(f"line {number}" for number in range(40)))
        self._js_made.field.scrollTop = 150
        return self.find_scroll()

    def find_scroll(self) -> int:
        return int(self._js_made.field.scrollTop)

    def limit(self, units: int) -> None:
        self._js_made.field.maxLength = units

    def hide(self) -> None:
        self._js_made.field.classList.add("hidden")

    def clean(self) -> None:
        self._js_made.remove()


class WindowsBench(_Bench):
    def __init__(self) -> None:
        super().__init__()
        self.windows = PopupWindows()
        self.url = "/blank.html"

    def block(self) -> None:
        self._put_back.append(_js_helpers.blockPopups())

    async def answer(self, state: str, query: str, *, times: int = 1) -> None:
        js_channel = js.BroadcastChannel.new(f"pywidget:v1:sign-in:{state}")
        message = {"type": MESSAGE_TYPE, "state": state, "query": query}
        for _ in range(times):
            js_channel.postMessage(to_js(message, dict_converter=js.Object.fromEntries))
        await asyncio.sleep(_HEARD)
        js_channel.close()

    async def wait_for_closed(self, window: SignInWindow) -> None:
        for _ in range(100):
            if window.closed:
                return
            await asyncio.sleep(_HEARD)
        raise TimeoutError("the window is still open")


class LocksBench(_Bench):
    """A bench where another request of the same page acts as another tab; a closed tab is real."""

    def __init__(self) -> None:
        super().__init__()
        self.locks, self.other = WebLocks(), WebLocks()
        self._js_tab: Any = None

    async def hold_in_a_tab(self, name: str) -> None:
        self._js_tab = await _js_helpers.holdInATab(name)

    async def close_that_tab(self) -> None:
        self._js_tab.close()

    def refuse(self) -> None:
        self._put_back.append(_js_helpers.refuseLocks())

    def take_away(self) -> None:
        self._put_back.append(_js_helpers.takeLocksAway())

    async def wait(self) -> None:
        await asyncio.sleep(2 * HEAD_START)  # a lock is released a little later


class TabsBench(_Bench):
    def __init__(self) -> None:
        super().__init__()
        self._all = [BroadcastTabs() for _ in range(3)]
        self.tabs: Tabs = self._all[0]
        self.others: list[Tabs] = [*self._all[1:]]

    def shout(self) -> None:
        js_channel = js.BroadcastChannel.new("pywidget:v1:tabs")
        js_channel.postMessage(to_js({"kind": "token"}, dict_converter=js.Object.fromEntries))
        js_channel.postMessage(None)
        self._put_back.append(js_channel.close)

    async def wait(self) -> None:
        await asyncio.sleep(_HEARD_BY_ALL)

    def clean(self) -> None:
        for (
            tabs_
        ) in self._all:  # they live as long as the page, and would answer during the next check
            tabs_._js_channel.close()  # noqa: SLF001 - which nothing else has to
        super().clean()


class NavigationBench(_Bench):
    def __init__(self) -> None:
        super().__init__()
        self.navigation = BrowserNavigation()
        self._before = str(js.location.href)
        # Only the fragment differs: the page stays, with the checks that run in it.
        self.elsewhere = f"{self._before}#contract"
        self.page = f"{js.location.origin}/blank.html?contract#x"

    def find_place(self) -> str:
        return str(js.location.href)

    def block(self) -> None:
        self._put_back.append(_js_helpers.blockPopups())

    async def find_address(self, window: MeetingWindow) -> str | None:
        js_window = self._find(window)
        await asyncio.sleep(10 * _HEARD)
        address = str(js_window.location.href)
        return None if address == "about:blank" else address

    def has_opener(self, window: MeetingWindow) -> bool:
        return bool(self._find(window).opener)

    async def is_closed(self, window: MeetingWindow) -> bool:
        for _ in range(100):
            if self._find(window).closed:
                return True
            await asyncio.sleep(_HEARD)
        return False

    def clean(self) -> None:
        js.history.replaceState(None, "", self._before)
        super().clean()

    def _find(self, window: MeetingWindow) -> Any:
        assert isinstance(window, MeetingTab)
        return window._js_window  # noqa: SLF001 - only this bench looks inside


class PatchingBench(_Bench):
    """A bench whose host stands in the document, since only there it can have the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._js_host = js.document.createElement("zoom-meeting-to-be")
        self._js_root = self._js_host.attachShadow(build_options(mode="open"))
        self._js_root.append("painted by the loader", js.document.createElement("p"))
        js.document.getElementById("host").append(self._js_host)
        self._js_observer = js.MutationObserver.new(_js_helpers.ignore)
        everything = build_options(
            attributes=True, childList=True, characterData=True, subtree=True
        )
        for js_target in (self._js_host, self._js_root):
            self._js_observer.observe(js_target, everything)
        self.mount = Mount(find_js_helpers(), self._js_host)

    def read(self) -> Element:
        host = self._read(self._js_host)
        return Element("zoom-meeting", host.attributes, self._read_children(self._js_root))

    def find(self, path: patching.Path) -> object:
        js_node = self._js_root
        for at in path:
            js_node = js_node.childNodes[at]
        return js_node

    def count_changes(self) -> int:
        return len(self._js_observer.takeRecords())

    def focus(self, path: patching.Path) -> None:
        js_node: Any = self.find(path)
        js_node.focus()

    def is_focused(self, path: patching.Path) -> bool:
        return bool(self._js_root.activeElement == self.find(path))

    def clean(self) -> None:
        self._js_observer.disconnect()
        self._js_host.remove()

    def _read(self, js_element: Any) -> Element:
        attributes = {str(each.name): str(each.value) for each in js_element.attributes}
        return Element(str(js_element.localName), attributes, self._read_children(js_element))

    def _read_children(self, js_parent: Any) -> tuple[Node, ...]:
        return tuple(
            self._read(js_node) if js_node.nodeType == _ELEMENT_NODE else str(js_node.data)
            for js_node in js_parent.childNodes
        )


BENCHES: dict[str, Callable[[], Any]] = {
    "storage": lambda: StorageBench("sessionStorage"),
    "local storage": lambda: StorageBench("localStorage"),
    "locks": LocksBench,
    "tabs": TabsBench,
    "navigation": NavigationBench,
    "clock": ClockBench,
    "randomness": RandomnessBench,
    "zones": ZonesBench,
    "transport": TransportBench,
    "clipboard": ClipboardBench,
    "patching": PatchingBench,
    "sign_in_windows": WindowsBench,
    **{f"notes[{kind}]": partial(NotesBench, kind) for kind in FIELD_KINDS},
    **{f"notes_in_page[{kind}]": partial(NotesBench, kind) for kind in FIELD_KINDS},
}


def start() -> None:
    """Begin with the suites in the address; the page shows the results when all checks are done."""
    global _task  # noqa: PLW0603 - asyncio keeps tasks by a weak reference
    _task = asyncio.ensure_future(_run_all())


_task: asyncio.Task[None] | None = None


async def _run_all() -> None:
    query = parse_qs(str(js.location.search).removeprefix("?"))
    results: dict[str, dict[str, str | None]] = {}
    for suite in query["suite"]:
        results[suite] = {}
        for name, check in find_checks(SUITES[suite]).items():
            bench = BENCHES[suite]()
            try:
                results[suite][name] = await run_check(check, bench)
            finally:
                bench.clean()
    js.document.getElementById("results").textContent = json.dumps(results)
