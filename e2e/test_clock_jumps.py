"""The machine's clock jumps: it was asleep, or somebody sets it. Zoom's goes on as before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import BrowserContext, expect
from zoom_meeting_testing.pages.tab_storage import TOKEN_KEY
from zoom_meeting_testing.simulator import Expirable

from e2e.stage import add_meeting, wait_until, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.stage import Stage
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

HOUR: Final = 3600
PLAIN: Final = '<textarea id="notes">Tea</textarea>' + write_element()
JUMP: Final = """
seconds => {
  const { now } = Date;
  Date.now = () => now() + seconds * 1000;
}
"""
"""Timers go on: only the time of day is another one."""


def jump(stage: Stage, seconds: float) -> None:
    stage.page.evaluate(JUMP, seconds)


def open_meeting(open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide) -> Stage:
    meeting = add_meeting(simulator)
    notes = f'<textarea id="notes">{write_line(zoom_side.join_url(meeting))}</textarea>'
    stage = open_stage(notes + write_element())
    stage.widget.wait_for_state("ready")
    stage.sign_in()
    expect(stage.widget.detail("Passcode")).to_have_count(1)
    return stage


def test_after_a_long_sleep_the_token_is_renewed_and_nobody_notices(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    stage = open_meeting(open_stage, simulator, zoom_side)
    simulator.advance(9 * HOUR)
    jump(stage, 9 * HOUR)

    expect(stage.widget.account_button).to_be_visible()
    stage.widget.confirm_removal()
    stage.widget.wait_for_state("idle")
    assert zoom_side.list_meetings() == []
    assert zoom_side.count_refreshes() == 1
    stage.widget.add_button.click()
    stage.widget.wait_for_state("ready")
    assert zoom_side.count_refreshes() == 1
    assert stage.list_own_keys() == [TOKEN_KEY]


def test_a_clock_that_jumps_signs_nobody_out(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    *,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 401")
    stage = open_meeting(open_stage, simulator, zoom_side)
    for seconds in (5 * HOUR, -10 * HOUR, 5 * HOUR):
        jump(stage, seconds)
        stage.reopen()
        expect(stage.widget.detail("Passcode")).to_have_count(1)
        expect(stage.widget.account_button).to_be_visible()
    # Its time is over by Zoom's clock, and by ours it is not.
    jump(stage, -10 * HOUR)
    simulator.expire(Expirable.ACCESS_TOKENS)
    stage.reopen()
    expect(stage.widget.detail("Passcode")).to_have_count(1)
    expect(stage.widget.notice).to_have_count(0)
    stage.widget.confirm_removal()
    stage.widget.wait_for_state("idle")
    assert stage.list_own_keys() == [TOKEN_KEY]


def test_a_sign_in_survives_a_clock_that_is_set_back(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(PLAIN)
    stage.widget.wait_for_state("idle")
    stage.widget.add_button.click()
    consent = stage.widget.connect()
    jump(stage, -3 * HOUR)
    consent.allow()
    stage.widget.wait_for_state("ready")
    assert stage.read_notes() == f"Tea\n{write_line(zoom_side.join_url(zoom_side.get_meeting()))}"


def test_a_sign_in_that_slept_too_long_says_so_and_the_next_one_works(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(PLAIN)
    widget = stage.widget
    widget.wait_for_state("idle")
    widget.add_button.click()
    consent = widget.connect()
    consent.heading.wait_for()
    jump(stage, 3 * HOUR)
    expect(widget.notice).to_have_attribute("data-code", "sign_in_timeout")
    wait_until(stage.page, consent.page.is_closed)
    assert (stage.read_notes(), stage.list_own_keys()) == ("Tea", [])

    widget.connect(widget.notice.get_by_role("button", name="Try again")).allow()
    widget.wait_for_state("ready")
    assert stage.read_notes() == f"Tea\n{write_line(zoom_side.join_url(zoom_side.get_meeting()))}"


def test_a_disconnect_in_a_wrong_year_locks_nobody_out(
    open_stage: OpenStage, context: BrowserContext, simulator: Simulator
) -> None:
    """Every token from before it is void, but not the next one."""
    stage = open_stage(PLAIN)
    stage.widget.wait_for_state("idle")
    jump(stage, 70 * 365 * 24 * HOUR)
    stage.sign_in()
    stage.widget.account_button.click()
    expect(stage.widget.account_menu).to_contain_text("Connected as")
    stage.widget.button("Disconnect").click()
    expect(stage.widget.account_button).to_have_count(0)
    ended = stage.page.evaluate("() => localStorage.getItem('pywidget:v1:ended')")
    assert ended > "2090"

    stage.page.reload()  # and the clock is right again
    stage.widget.wait_for_state("idle")
    stage.widget.add_button.click()
    stage.widget.connect().allow()
    stage.widget.wait_for_state("ready")
    stage.page.reload()
    expect(stage.widget.account_button).to_be_visible()
    other = open_stage(PLAIN, page=context.new_page())
    expect(other.widget.account_button).to_be_visible()
    token = json.loads(other.storage.read()[TOKEN_KEY])
    assert token["access_token"] == stage.storage.read_access_token()
    assert len(simulator.list_meetings()) == 1
