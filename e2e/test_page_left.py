"""A page that is left, hidden, put to sleep or discarded, and comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from zoom_meeting_testing.pages.tab_storage import TOKEN_KEY
from zoom_meeting_testing.simulator import Operation

from e2e.abilities import Ability
from e2e.browser import launch_keeper
from e2e.stage import wait_until, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.hosts import HostPages
    from e2e.stage import Stage
    from e2e.zoom_side import ZoomSide

pytestmark = [pytest.mark.long, pytest.mark.needs(Ability.PAGE_CACHE)]

PLAIN: Final = '<textarea id="notes">Tea</textarea>' + write_element()
WATCH: Final = (
    "() => { addEventListener('pageshow', (event) => (window.persisted = event.persisted)) }"
)
PERSISTED: Final = "() => window.persisted ?? false"
HIDE: Final = """
() => {
  Object.defineProperty(document, "visibilityState", { configurable: true, value: "hidden" });
  Object.defineProperty(document, "hidden", { configurable: true, value: true });
  window.requestAnimationFrame = () => 0;
  const { setTimeout } = window;
  window.setTimeout = (work, delay = 0, ...rest) =>
    setTimeout(work, Math.max(delay, 1000), ...rest);
  document.dispatchEvent(new Event("visibilitychange"));
}
"""


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser that keeps pages that were left, as users' browsers do."""
    browser = launch_keeper(playwright)
    yield browser
    browser.close()


@pytest.fixture
def expect_cut(way: str, expect_errors: Callable[..., None]) -> None:
    """A tunnel's connection does not go into the cache, and Chromium says so."""
    if way == "tunnel":
        expect_errors(chromium="WebSocket .* Page entered Back-Forward Cache")


@pytest.fixture
def elsewhere(hosts: HostPages, hosts_url: str) -> str:
    """A page without the widget."""
    return hosts_url + hosts.serve("<p>Something else</p>", scripts=0)


def go_and_come_back(stage: Stage, elsewhere: str) -> bool:
    """Leave the page and come back; tell whether it is the same document as before."""
    stage.page.evaluate(WATCH)
    address = stage.page.url
    stage.page.goto(elsewhere)
    stage.page.go_back(wait_until="commit")
    wait_until(stage.page, lambda: stage.page.url == address)
    stage.widget.root.wait_for(state="attached")
    return bool(stage.page.evaluate(PERSISTED))


def open_signed_in(open_stage: OpenStage) -> Stage:
    stage = open_stage(PLAIN)
    stage.widget.wait_for_state("idle")
    stage.sign_in()
    expect(stage.widget.account_button).to_be_visible()
    return stage


@pytest.mark.usefixtures("expect_cut")
def test_a_page_from_the_cache_goes_on_as_it_was(
    open_stage: OpenStage, zoom_side: ZoomSide, context: BrowserContext, elsewhere: str
) -> None:
    stage = open_signed_in(open_stage)
    widget = stage.widget
    widget.add_button.click()
    widget.wait_for_state("ready")
    notes = stage.read_notes()
    # The search for a second meeting holds nothing open.
    wait_until(stage.page, lambda: zoom_side.count_answers(Operation.LIST) == 1)
    widget.copy_button.click()
    expect(widget.copy_button).to_have_text("Copied")

    assert go_and_come_back(stage, elsewhere), "it was loaded anew: this test shows nothing"
    expect(widget.copy_button).to_have_text("Copy")  # a timer from before
    assert (widget.state, stage.read_notes()) == ("ready", notes)
    other = open_stage(PLAIN, page=context.new_page())
    expect(other.widget.account_button).to_be_visible()  # by the channel from before
    assert other.storage.read_access_token() == stage.storage.read_access_token()

    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("Tea", [])


def test_whoever_disconnects_meanwhile_is_not_connected_on_the_way_back(
    open_stage: OpenStage,
) -> None:
    """Two pages in one tab. Chromium drops one from its cache when a message comes for it."""
    stage = open_signed_in(open_stage)
    first = stage.page.url
    open_stage(PLAIN)
    second = stage.page.url
    assert first != second
    stage.widget.account_button.click()
    stage.widget.button("Disconnect").click()
    expect(stage.widget.account_button).to_have_count(0)

    stage.page.go_back(wait_until="commit")
    wait_until(stage.page, lambda: stage.page.url == first)
    expect(stage.widget.account_button).to_have_count(0)
    stage.widget.add_button.click()
    expect(stage.widget.connect_button).to_be_visible()


def test_a_page_left_during_a_sign_in_comes_back_able_to_begin_another(
    open_stage: OpenStage, zoom_side: ZoomSide, elsewhere: str
) -> None:
    stage = open_stage(PLAIN)
    widget = stage.widget
    widget.wait_for_state("idle")
    widget.add_button.click()
    consent = widget.connect()
    widget.wait_for_state("signing-in")

    if go_and_come_back(stage, elsewhere):
        widget.wait_for_state("signing-in")
        widget.cancel_button.click()
    else:
        consent.allow()
        consent.page.get_by_text("This sign-in is over").wait_for()
    widget.wait_for_state("idle")
    assert stage.read_notes() == "Tea"
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    assert stage.read_notes() == f"Tea\n{write_line(zoom_side.join_url(zoom_side.get_meeting()))}"


@pytest.mark.usefixtures("expect_cut")
def test_a_page_left_while_creating_has_one_meeting_when_it_is_back(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide, elsewhere: str
) -> None:
    stage = open_signed_in(open_stage)
    simulator.add_fault({"operation": "create", "kind": "delay", "seconds": 1})
    stage.widget.add_button.click()
    wait_until(stage.page, lambda: zoom_side.count_calls(Operation.CREATE) == 1)
    stage.widget.wait_for_state("creating")

    go_and_come_back(stage, elsewhere)
    expect_one_meeting(stage, zoom_side)


def expect_one_meeting(stage: Stage, zoom_side: ZoomSide) -> None:
    """Expect that one meeting comes of it, after a click if need be."""
    wait_until(stage.page, lambda: zoom_side.count_answers(Operation.CREATE) == 1)
    wait_until(stage.page, lambda: stage.widget.state in {"idle", "ready"})
    if stage.widget.state == "idle":
        stage.widget.add_button.click()
    stage.widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert stage.read_notes() == f"Tea\n{write_line(link)}"
    assert stage.list_own_keys() == [TOKEN_KEY]


class Tab:
    """A tab that goes on after its renderer, unlike Playwright's page."""

    def __init__(self, page: Page, browser: Browser, observer: Page) -> None:
        """Attach to the page's tab; `observer` is another page, which lives on."""
        self._observer = observer
        self._session = browser.new_browser_cdp_session()
        self._answers: dict[int, Any] = {}
        self._session.on("Target.receivedMessageFromTarget", self._hear)
        targets = self._session.send("Target.getTargets")["targetInfos"]
        (own,) = [each["targetId"] for each in targets if each["url"] == page.url]
        attached = self._session.send("Target.attachToTarget", {"targetId": own, "flatten": False})
        self._id = attached["sessionId"]
        self._count = 0

    def send(self, method: str, **params: object) -> int:
        """Send an order; return its number."""
        self._count += 1
        order = json.dumps({"id": self._count, "method": method, "params": params})
        self._session.send("Target.sendMessageToTarget", {"sessionId": self._id, "message": order})
        return self._count

    def evaluate(self, expression: str) -> Any:
        """Return what the expression is in the page that is there now."""
        number = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        wait_until(self._observer, lambda: number in self._answers)
        return self._answers.pop(number)["result"]["result"].get("value")

    def _hear(self, event: Any) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message


def test_a_tab_that_was_discarded_while_creating_has_one_meeting(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    context: BrowserContext,
    browser: Browser,
    *,
    expect_errors: Callable[..., None],
) -> None:
    """No script of it hears that it goes: its process ends."""
    expect_errors("crash: ")
    stage = open_signed_in(open_stage)
    simulator.add_fault({"operation": "create", "kind": "delay", "seconds": 1})
    observer = context.new_page()
    tab = Tab(stage.page, browser, observer)
    stage.widget.add_button.click()
    wait_until(stage.page, lambda: zoom_side.count_calls(Operation.CREATE) == 1)
    tab.send("Page.crash")
    wait_until(observer, lambda: zoom_side.count_answers(Operation.CREATE) == 1)
    tab.send("Page.reload")
    state = "document.querySelector('zoom-meeting')?.dataset.state"
    wait_until(observer, lambda: tab.evaluate(state) == "ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert tab.evaluate("document.querySelector('#notes').value") == f"Tea\n{write_line(link)}"
    assert tab.evaluate("Object.keys(sessionStorage)") == [TOKEN_KEY]
    stage.page.close()  # for Playwright it stays what it was


def test_a_page_that_nobody_sees_finishes_what_it_began(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    """Hidden pages draw no frames, and have timers once a second."""
    stage = open_signed_in(open_stage)
    stage.page.evaluate(HIDE)
    stage.widget.add_button.evaluate("button => button.click()")
    stage.widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert stage.read_notes() == f"Tea\n{write_line(link)}"
