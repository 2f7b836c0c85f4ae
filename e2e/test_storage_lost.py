"""The user clears the site's data in the middle of something, or the disk is full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import Page, expect
from zoom_meeting_testing.simulator import Expirable, Operation

from e2e.abilities import Ability
from e2e.stage import wait_until, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.stage import Stage
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

PLAIN: Final = '<textarea id="notes">Tea</textarea>' + write_element()
CLEAR: Final = """
async () => {
  localStorage.clear();
  sessionStorage.clear();
  for (const name of await caches.keys()) await caches.delete(name);
}
"""
FILL: Final = """
name => {
  const storage = window[name];
  let rest = "x".repeat(1 << 22);
  for (let key = 0; rest; ) {
    try {
      storage.setItem(`filler-${key}`, rest);
      key += 1;
    } catch {
      rest = rest.slice(0, rest.length >> 1);
    }
  }
}
"""
"""To the last character that the browser takes."""
EMPTY: Final = """
name => {
  for (const key of Object.keys(window[name])) {
    if (key.startsWith("filler")) window[name].removeItem(key);
  }
}
"""
BOTH: Final = ("sessionStorage", "localStorage")
AT_ONCE: Final = """
const { setTimeout: sleep } = window;
window.setTimeout = (work, delay, ...rest) => sleep(work, delay === 8000 ? 0 : delay, ...rest);
"""
"""The snapshot is made at once, not after the first seconds of the visit."""
TINY: Final = 100_000
"""Bytes; the snapshot needs a hundred times as much."""


def fill(stage: Stage) -> None:
    for name in BOTH:
        stage.page.evaluate(FILL, name)


def empty(stage: Stage) -> None:
    for name in BOTH:
        stage.page.evaluate(EMPTY, name)


def open_page(open_stage: OpenStage) -> Stage:
    stage = open_stage(PLAIN)
    stage.widget.wait_for_state("idle")
    return stage


def expect_one_meeting(stage: Stage, zoom_side: ZoomSide) -> None:
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert stage.read_notes() == f"Tea\n{write_line(link)}"
    expect(stage.widget.client_link).to_have_attribute("href", link)


def test_whoever_clears_everything_is_signed_out_plainly_and_keeps_the_notes(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_page(open_stage)
    widget = stage.widget
    stage.create_meeting()
    notes = stage.read_notes()
    stage.page.evaluate(CLEAR)

    widget.confirm_removal()
    expect(widget.notice).to_have_attribute("data-code", "invalid_grant")
    expect(widget.account_button).to_have_count(0)
    assert (widget.state, stage.read_notes()) == ("ready", notes)
    expect_one_meeting(stage, zoom_side)
    widget.connect(widget.button("Connect to Zoom")).allow()
    widget.wait_for_state("idle")
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("Tea", [])

    stage.page.evaluate(CLEAR)
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    expect_one_meeting(stage, zoom_side)


def test_a_sign_in_that_was_cleared_says_so_and_the_next_one_works(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_page(open_stage)
    widget = stage.widget
    widget.add_button.click()
    consent = widget.connect()
    stage.page.evaluate(CLEAR)
    consent.allow()
    expect(widget.notice).to_have_attribute("data-code", "state_expired")
    assert (stage.read_notes(), stage.list_own_keys()) == ("Tea", [])
    assert zoom_side.count_calls(Operation.TOKEN) == 0

    widget.connect(widget.notice.get_by_role("button", name="Try again")).allow()
    widget.wait_for_state("ready")
    expect_one_meeting(stage, zoom_side)


def test_a_meeting_that_is_being_created_comes_although_everything_is_cleared(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    stage = open_page(open_stage)
    stage.sign_in()
    simulator.add_fault({"operation": "create", "kind": "delay", "seconds": 0.5})
    stage.widget.add_button.click()
    wait_until(stage.page, lambda: zoom_side.count_calls(Operation.CREATE) == 1)
    stage.page.evaluate(CLEAR)
    stage.widget.wait_for_state("ready")
    expect_one_meeting(stage, zoom_side)


def test_a_full_storage_is_named_before_anything_is_sent(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_page(open_stage)
    widget = stage.widget
    fill(stage)
    widget.add_button.click()
    widget.connect_button.click()
    expect(widget.notice).to_have_attribute("data-code", "storage_unavailable")
    assert len(stage.page.context.pages) == 1, "a window is open"
    empty(stage)
    widget.connect(widget.notice.get_by_role("button", name="Try again")).allow()
    widget.wait_for_state("ready")
    expect_one_meeting(stage, zoom_side)
    widget.confirm_removal()
    widget.wait_for_state("idle")

    # Signed in: there is no room for what has to be known if the answer is lost.
    created = zoom_side.count_calls(Operation.CREATE)
    fill(stage)
    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "storage_unavailable")
    assert stage.read_notes() == "Tea"
    assert zoom_side.count_calls(Operation.CREATE) == created
    empty(stage)
    widget.add_button.click()
    widget.wait_for_state("ready")
    expect_one_meeting(stage, zoom_side)


def test_a_storage_that_fills_up_during_a_sign_in_says_so(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_page(open_stage)
    widget = stage.widget
    widget.add_button.click()
    consent = widget.connect()
    fill(stage)
    consent.allow()
    expect(widget.notice).to_have_attribute("data-code", "storage_unavailable")
    assert (stage.read_notes(), stage.list_own_keys()) == ("Tea", [])
    empty(stage)
    widget.connect(widget.notice.get_by_role("button", name="Try again")).allow()
    widget.wait_for_state("ready")
    expect_one_meeting(stage, zoom_side)


def test_a_full_storage_of_the_origin_is_no_obstacle(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    """Without the proof that a meeting is the user's own, they are asked before it is cleaned."""
    stage = open_page(open_stage)
    stage.page.evaluate(FILL, "localStorage")
    stage.create_meeting()
    expect_one_meeting(stage, zoom_side)
    stage.widget.account_button.click()
    stage.widget.button("Disconnect").click()
    expect(stage.widget.account_button).to_have_count(0)
    assert stage.list_own_keys() == []
    stage.sign_in()
    expect(stage.widget.detail("Passcode")).to_have_count(1)
    stage.widget.confirm_removal()
    stage.widget.wait_for_state("idle")


def test_a_renewed_token_that_finds_no_room_is_an_error_and_loses_no_notes(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    """The old one is used up by then: the next click connects."""
    expect_errors("status of 401", "status of 400")
    stage = open_page(open_stage)
    widget = stage.widget
    stage.create_meeting()
    notes = stage.read_notes()
    # The search for a second meeting, and the look at the host's plan after it, would renew it.
    wait_until(stage.page, lambda: zoom_side.count_answers(Operation.LIST) == 1)
    wait_until(stage.page, lambda: zoom_side.count_answers(Operation.USER) == 1)
    simulator.expire(Expirable.ACCESS_TOKENS)
    fill(stage)
    widget.confirm_removal()
    expect(widget.notice).to_have_attribute("data-code", "storage_unavailable")
    assert (widget.state, stage.read_notes()) == ("ready", notes)
    empty(stage)
    widget.confirm_removal()
    expect(widget.notice).to_have_attribute("data-code", "invalid_grant")
    widget.connect(widget.button("Connect to Zoom")).allow()
    widget.wait_for_state("idle")
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("Tea", [])


@pytest.mark.needs(Ability.DEVTOOLS)
def test_a_full_disk_makes_the_next_visit_no_faster_and_does_no_other_harm(
    page: Page, open_stage: OpenStage, zoom_side: ZoomSide, watcher: Watcher, hosts_url: str
) -> None:
    """Python's memory finds no room in the browser's cache."""
    page.add_init_script(AT_ONCE)
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": hosts_url, "quotaSize": TINY})
    stage = open_page(open_stage)
    page.evaluate("() => customElements.get('zoom-meeting').settled")
    assert [line for line in watcher.console if "no snapshot" in line], "there was room"
    page.reload()
    stage.widget.wait_for_state("idle")
    stage.create_meeting()
    expect_one_meeting(stage, zoom_side)
