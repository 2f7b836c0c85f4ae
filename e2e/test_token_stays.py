"""The token stays in its tab, and nobody slips another one in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from zoom_meeting_testing.pages.tab_storage import TOKEN_KEY, TabStorage, write_token
from zoom_meeting_testing.simulator import Expirable, Operation

from e2e.stage import FRONT_DESK, MAYA, add_meeting, wait_until, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.hosts import HostPages
    from e2e.stage import Stage
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

EMPTY: Final = '<textarea id="notes">Tea</textarea>' + write_element()

CHANNEL: Final = "pywidget:v1:tabs"
LISTEN: Final = """
name => {
  window.heard = [];
  window.channel = new BroadcastChannel(name);
  window.channel.addEventListener("message", ({ data }) => window.heard.push(data));
}
"""
TELL: Final = "text => window.channel.postMessage(text)"
ASK: Final = json.dumps({"kind": "ask-token", "question": "q", "refused": "", "may_renew": "yes"})
WORKER: Final = """
channel = new BroadcastChannel("pywidget:v1:tabs");
channel.onmessage = ({ data }) => self.postMessage(data);
self.onmessage = ({ data }) => channel.postMessage(data);
"""
START_WORKER: Final = """
source => {
  window.heard = [];
  window.worker = new Worker(URL.createObjectURL(new Blob([source])));
  window.worker.onmessage = ({ data }) => window.heard.push(data);
}
"""


class Script:
    """A script of the page's origin, without the widget: on a page, or in a worker of it."""

    def __init__(self, page: Page, address: str, kind: str) -> None:
        self._page = page
        page.goto(address)
        if kind == "worker":
            page.evaluate(START_WORKER, WORKER)
            self._tell = "text => window.worker.postMessage(text)"
        else:
            page.evaluate(LISTEN, CHANNEL)
            self._tell = TELL

    def tell(self, text: str) -> None:
        """Send it to the tabs."""
        self._page.evaluate(self._tell, text)

    @property
    def heard(self) -> list[dict[str, Any]]:
        """The messages so far."""
        return [json.loads(text) for text in self._page.evaluate("() => window.heard")]


def list_keys_at(window: Page, address: str) -> list[str]:
    """Return the widget's keys that a window has when it comes to the page's origin."""
    window.goto(address)
    return [key for key in TabStorage(window).read() if key.startswith("pywidget")]


def open_signed_in(open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide) -> Stage:
    """Open the page of an appointment with a meeting, and sign in."""
    meeting = add_meeting(simulator)
    notes = f'<textarea id="notes">{write_line(zoom_side.join_url(meeting))}</textarea>'
    stage = open_stage(notes + write_element())
    stage.widget.wait_for_state("ready")
    stage.sign_in()
    expect(stage.widget.detail("Passcode")).to_have_count(1)
    return stage


@pytest.fixture
def bare_address(hosts: HostPages, hosts_url: str) -> str:
    """A page of the same origin, without the widget."""
    return hosts_url + hosts.serve("", scripts=0, policy="default-src 'self' blob: data:")


def test_the_window_of_a_meeting_has_no_copy_of_the_token(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    bare_address: str,
    context: BrowserContext,
    *,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors(r"request to another origin: https://us02web\.zoom\.us/s/")
    context.route("https://us02web.zoom.us/s/**", lambda route: route.fulfill(body="Started"))
    stage = open_signed_in(open_stage, simulator, zoom_side)
    address = stage.page.url
    with context.expect_page() as opening:
        stage.widget.start_button.click()
    window = opening.value
    window.wait_for_url("https://us02web.zoom.us/s/**")
    assert list_keys_at(window, bare_address) == []
    assert TOKEN_KEY in stage.storage.read()

    # Nor is anybody signed in there when the tab that was is closed.
    stage.page.close()
    left = open_stage("", page=window)
    window.goto(address)
    left.widget.wait_for_state("ready")
    expect(left.widget.account_button).to_have_count(0)
    assert left.list_own_keys() == []


def test_the_window_of_the_consent_page_has_no_copy_of_the_verifier(
    open_stage: OpenStage, bare_address: str, context: BrowserContext
) -> None:
    stage = open_stage(EMPTY)
    stage.widget.wait_for_state("idle")
    stage.widget.add_button.click()
    with context.expect_page() as opening:
        stage.widget.connect_button.click()
    window = opening.value
    window.wait_for_url("**/oauth/authorize**")
    (key,) = stage.list_own_keys()
    assert key.startswith("pywidget:v1:sign-in:")
    assert list_keys_at(window, bare_address) == []


def test_a_copy_of_the_token_is_void_after_disconnecting(  # noqa: PLR0917 - fixtures
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    context: BrowserContext,
    bare_address: str,
    expect_errors: Callable[..., None],
) -> None:
    """Zoom refuses to revoke it, and a tab wakes up that was asleep all the while."""
    expect_errors("status of 401")
    stage = open_signed_in(open_stage, simulator, zoom_side)
    copy = stage.storage.read()[TOKEN_KEY]
    address = stage.page.url
    simulator.add_fault({"operation": "revoke", "kind": "respond", "status": 401})
    stage.widget.account_button.click()
    stage.widget.button("Disconnect").click()
    expect(stage.widget.account_button).to_have_count(0)
    wait_until(stage.page, lambda: zoom_side.count_calls(Operation.REVOKE) == 1)

    sleeper = context.new_page()
    sleeper.goto(bare_address)
    sleeper.evaluate("([key, text]) => sessionStorage.setItem(key, text)", [TOKEN_KEY, copy])
    woken = open_stage("", page=sleeper)
    sleeper.goto(address)
    woken.widget.wait_for_state("ready")
    expect(woken.widget.account_button).to_have_count(0)
    assert woken.list_own_keys() == []
    stage.page.reload()
    stage.widget.wait_for_state("ready")
    expect(stage.widget.account_button).to_have_count(0)

    # Whoever signs in again is signed in.
    stage.sign_in()
    expect(stage.widget.account_button).to_be_visible()


@pytest.mark.parametrize("kind", ["page", "worker"])
def test_a_script_that_asks_or_listens_never_gets_the_refresh_token(  # noqa: PLR0917 - fixtures
    kind: str,
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    context: BrowserContext,
    bare_address: str,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 401")
    script = Script(context.new_page(), bare_address, kind)
    stage = open_stage(EMPTY)
    stage.widget.wait_for_state("idle")
    stage.widget.add_button.click()
    stage.widget.connect().allow()
    stage.widget.wait_for_state("ready")
    tokens = [json.loads(stage.storage.read()[TOKEN_KEY])]
    script.tell(ASK)
    wait_until(stage.page, lambda: "token" in [message["kind"] for message in script.heard])

    simulator.expire(Expirable.ACCESS_TOKENS)
    stage.reopen()
    wait_until(stage.page, lambda: zoom_side.count_refreshes() == 1)
    expect(stage.widget.detail("Passcode")).to_have_count(1)
    tokens.append(json.loads(stage.storage.read()[TOKEN_KEY]))
    assert tokens[0]["refresh_token"] != tokens[1]["refresh_token"]
    told = json.dumps(script.heard)
    assert tokens[0]["access_token"] in told, "this test hears nothing"
    for token in tokens:
        assert token["refresh_token"] not in told


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_token_that_a_script_slips_in_is_not_taken(
    open_stage: OpenStage,
    simulator: Simulator,
    context: BrowserContext,
    bare_address: str,
    *,
    signed_in: bool,
) -> None:
    """It would make the salon's meetings in the attacker's account."""
    stage = open_stage(EMPTY)
    stage.widget.wait_for_state("idle")
    if signed_in:
        stage.sign_in()
        expect(stage.widget.account_button).to_be_visible()
    before = stage.storage.read()
    evil = json.loads(write_token(simulator.issue_tokens(FRONT_DESK)))
    evil |= {"expires_at": "2199-01-01T00:00:00+00:00", "signed_in_at": "2198-01-01T00:00:00+00:00"}
    script = Script(context.new_page(), bare_address, "page")
    for question in ("", "q"):
        message = {"kind": "token", "token": json.dumps(evil), "question": question, "proof": ""}
        script.tell(json.dumps(message))
        script.tell(json.dumps({**message, "proof": "0" * 64}))
    script.tell(json.dumps({"kind": "forget-token"}))
    # A message that is heard: the ones before it have been, too.
    script.tell(ASK if signed_in else json.dumps({"kind": "signed-in"}))
    kind = "token" if signed_in else "ask-token"
    wait_until(stage.page, lambda: kind in [message["kind"] for message in script.heard])
    assert stage.storage.read() == before


@pytest.mark.long
def test_tabs_that_share_nothing_sign_in_by_themselves(
    open_stage: OpenStage,
    simulator: Simulator,
    context: BrowserContext,
    bare_address: str,
) -> None:
    script = Script(context.new_page(), bare_address, "page")
    one = open_stage(EMPTY, shares="none")
    one.widget.wait_for_state("idle")
    one.sign_in()
    expect(one.widget.account_button).to_be_visible()
    other = open_stage(EMPTY, page=context.new_page(), shares="none")
    other.widget.wait_for_state("idle")
    script.tell(ASK)
    other.widget.add_button.click()
    expect(other.widget.connect_button).to_be_visible()
    assert other.list_own_keys() == []
    assert not [message for message in script.heard if "token" in message["kind"]]
    other.storage.keep_token(simulator.issue_tokens(MAYA))
    other.reopen()

    one.widget.account_button.click()
    one.widget.button("Disconnect").click()
    for tab in (one, other):
        expect(tab.widget.account_button).to_have_count(0)
        assert tab.list_own_keys() == []
