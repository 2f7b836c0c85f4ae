"""Zoom limits requests or does not allow one: plain words, and a way on."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from zoom_meeting_testing.simulator import Operation

from e2e.stage import FRONT_DESK, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

BODY = '<textarea id="notes">Tea</textarea>' + write_element()
SLOW_DOWN = {"code": 429, "message": "You have reached the maximum per-second rate limit."}


def write_reopening(minute: int = 0) -> str:
    """Return the next 00:00 UTC in New York's time, as the widget writes it."""
    midnight = datetime.combine(datetime.now(UTC) + timedelta(days=1), time(), UTC)
    now, local = (
        instant.astimezone(ZoneInfo("America/New_York"))
        for instant in (datetime.now(UTC), midnight)
    )
    day = "" if local.date() == now.date() else f"{local:%A, %B} {local.day} {local.year} "
    return f"{day}{local.hour % 12 or 12}:0{minute} pm"


def test_a_wait_says_how_long_it_takes_and_can_be_called_off(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 429")
    simulator.change_settings({"expose_retry_after": True})
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.sign_in(FRONT_DESK)
    refusal = {"operation": "create", "kind": "respond", "status": 429, "body": SLOW_DOWN}

    simulator.add_fault({**refusal, "headers": {"Retry-After": "40"}})
    widget.add_button.click()
    expect(widget.progress).to_contain_text(
        re.compile(r"Zoom is busy\. Trying again in (40|39) s…")
    )
    assert widget.state == "creating"
    expect(widget.progress).to_contain_text(re.compile(r"in 3[5-8] s…"))  # it is counted down
    expect(widget.heard).to_contain_text("Zoom is busy.")
    widget.cancel_button.click()
    widget.wait_for_state("idle")
    expect(widget.message).to_contain_text("Canceled.")
    assert (zoom_side.list_meetings(), stage.read_notes()) == ([], "Tea")
    assert "error" not in stage.list_names()

    simulator.add_fault({**refusal, "headers": {"Retry-After": "2"}})
    widget.button("Try again").click()
    expect(widget.cancel_button).to_be_visible()
    widget.wait_for_state("ready")
    assert len(zoom_side.list_meetings()) == 1


def test_limits_are_waited_out_or_told_with_the_time(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    """In other products, the limit of 100 creates a day, or a date in `Retry-After`, failed."""
    expect_errors("status of 429")
    simulator.change_settings({"expose_retry_after": True})
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.sign_in(FRONT_DESK)

    # A moment only: the widget waits, and then it works.
    refusal = {"operation": "create", "kind": "respond", "status": 429, "body": SLOW_DOWN}
    simulator.add_fault({**refusal, "headers": {"Retry-After": "1"}})
    widget.add_button.click()
    expect(widget.root).to_have_attribute("aria-busy", "true")
    widget.wait_for_state("ready")
    expect(widget.notice).to_have_count(0)
    meeting = zoom_side.get_meeting()
    assert zoom_side.count_calls(Operation.CREATE) == 2
    assert stage.read_notes() == f"Tea\n{write_line(zoom_side.join_url(meeting))}"
    widget.confirm_removal()
    widget.wait_for_state("idle")

    # The day's limit is reached: the widget says so at once, with the viewer's time.
    for told in ("date", "seconds", "missing"):
        simulator.change_settings({"daily_limit": 0, "retry_after": told})
        widget.add_button.click()
        widget.wait_for_state("error")
        expect(widget.notice).to_have_attribute("data-code", "rate_limited")
        # Seconds are rounded, and the answer takes a moment: at most a minute later.
        expected = [write_reopening(), write_reopening(1)][: 2 if told == "seconds" else 1]
        message = widget.message.inner_text()
        assert any(f"Try again after {when}." in message for when in expected), told
        stage.reopen()
        widget.wait_for_state("idle")
    # An hour is too long to wait, too.
    simulator.add_fault({**refusal, "headers": {"Retry-After": "3600"}})
    widget.add_button.click()
    expect(widget.message).to_contain_text("Zoom is busy. Try again after")
    assert zoom_side.count_calls(Operation.CREATE) == 6, "one was repeated in vain"
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("Tea", [])


def test_what_an_administrator_has_to_allow_is_said_so(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    """The message says what to ask the administrator for, and the intent of the click is kept."""
    expect_errors("status of 400")
    simulator.put_user(FRONT_DESK, {"allowed_to_host": False})
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.sign_in(FRONT_DESK)

    widget.add_button.click()
    widget.wait_for_state("error")
    expect(widget.notice).to_have_attribute("data-code", "not_allowed_to_host")
    expect(widget.message).to_contain_text("Your Zoom administrator can change that.")

    # Another account is two clicks away; the meeting is made with the next one.
    widget.account_button.click()
    consent = widget.connect(widget.button("Switch account"))
    consent.allow()
    widget.wait_for_state("idle")
    simulator.put_user("viewer@lotus-spa.example", {"scopes": ["user:read:user"]})
    stage.sign_in("viewer@lotus-spa.example")
    widget.add_button.click()
    widget.wait_for_state("error")
    expect(widget.notice).to_have_attribute("data-code", "scope_missing")
    expect(widget.message).to_contain_text("Connect again and allow it")
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("Tea", [])

    widget.account_button.click()
    widget.connect(widget.button("Switch account")).allow()
    widget.wait_for_state("idle")
    widget.add_button.click()
    widget.wait_for_state("ready")
    zoom_side.get_meeting()
