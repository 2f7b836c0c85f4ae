"""Exactly one meeting, although answers get lost, pages are reloaded, and tabs compete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, expect
from zoom_meeting_testing.simulator import ALL_SCOPES, Operation

from e2e.stage import EMAIL, NOTES, TOPIC, Stage, wait_until, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

BODY = f'<textarea id="notes">{NOTES}</textarea>' + write_element(client_email=EMAIL)
PLAIN = '<textarea id="notes">Tea</textarea>' + write_element()


def test_lost_answers_are_looked_for_and_never_repeated_blindly(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    """In other products, a booking got several meetings, or a meeting's link was never saved."""
    expect_errors("net::ERR_EMPTY_RESPONSE", "status of 401")
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    before = stage.read_notes()
    stage.sign_in()

    # Zoom did the work, then the connection was cut.
    simulator.add_fault({"operation": "create", "kind": "drop_after"})
    widget.add_button.click()
    widget.wait_for_state("ready")
    expect(widget.notice).to_have_count(0)
    link = zoom_side.client_url()
    expect(widget.client_link).to_have_attribute("href", link)
    assert stage.read_notes().count(write_line(link)) == 1
    expect(widget.detail("Passcode")).to_have_text(zoom_side.get_meeting().password)
    assert zoom_side.count_calls(Operation.CREATE) == 1
    assert stage.list_names() == ["notes-changed", "created"]
    assert stage.list_own_keys() == ["pywidget:v1:token"]
    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert stage.read_notes() == before

    # The page is reloaded before the answer comes.
    slow = {"operation": "create", "kind": "delay", "seconds": 3, "after_work": True}
    simulator.add_fault(slow)
    widget.add_button.click()
    wait_until(stage.page, lambda: len(zoom_side.list_meetings()) == 1)
    assert "pywidget:v1:create:7" in stage.list_own_keys()
    stage.page.reload()
    widget.wait_for_state("ready")
    link = zoom_side.client_url()
    expect(widget.client_link).to_have_attribute("href", link)
    assert stage.read_notes().count(write_line(link)) == 1
    assert zoom_side.get_meeting().topic == TOPIC
    assert zoom_side.count_calls(Operation.CREATE) == 2
    assert stage.list_own_keys() == ["pywidget:v1:token"]


def test_without_the_list_scope_the_user_is_asked(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
    way: str,
) -> None:
    expect_errors("net::ERR_EMPTY_RESPONSE", "status of 401")
    email = "no-list@lotus-spa.example"
    scopes = [scope for scope in ALL_SCOPES if scope != "meeting:read:list_meetings"]
    simulator.put_user(email, {"scopes": scopes})
    stage = open_stage(PLAIN)
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.sign_in(email)

    simulator.add_fault({"operation": "create", "kind": "drop_before"})
    widget.add_button.click()
    widget.wait_for_state("error")
    expect(widget.notice).to_have_attribute("data-code", "outcome_unknown")
    expect(widget.message).to_contain_text("Check your meetings in Zoom first.")
    link_to_zoom = widget.notice.get_by_role("link", name="Open my Zoom meetings")
    expect(link_to_zoom).to_have_attribute("href", "https://zoom.us/meeting#/upcoming")
    # Another click asks again, and creates nothing.
    widget.add_button.click()
    widget.wait_for_state("error")
    expect(widget.notice).to_have_attribute("data-code", "outcome_unknown")
    assert zoom_side.count_calls(Operation.CREATE) == 1
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("Tea", [])

    widget.button("Create anyway").click()
    widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert stage.read_notes() == f"Tea\n{write_line(link)}"
    assert zoom_side.count_calls(Operation.CREATE) == 2
    listed = [
        request["status"]
        for request in simulator.list_requests()
        if (request["operation"], request["method"]) == (Operation.LIST, "GET")
    ]
    # On the direct way, one call without a token finds out whether CORS is to blame.
    assert listed == ([401] if way == "direct" else [])


@pytest.mark.core
def test_tabs_that_click_at_once_or_one_after_the_other_share_one_meeting(
    context: BrowserContext,
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
) -> None:
    """A Web Lock lets one tab at a time create a meeting for an appointment."""
    one = open_stage(PLAIN)
    one.widget.wait_for_state("idle")
    one.sign_in()
    other = open_stage(PLAIN, page=context.new_page())
    other.widget.wait_for_state("idle")
    expect(other.widget.account_button).to_be_visible()

    simulator.add_fault({"operation": "create", "kind": "delay", "seconds": 0.5})
    for stage in (one, other):
        stage.widget.add_button.evaluate("button => button.click()")
    for stage in (one, other):
        stage.widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    for stage in (one, other):
        expect(stage.widget.client_link).to_have_attribute("href", link)
        assert stage.read_notes() == f"Tea\n{write_line(link)}"
    assert zoom_side.count_calls(Operation.CREATE) == 1
    names = [name for stage in (one, other) for name in stage.list_names() if name == "created"]
    assert names == ["created"]

    # Another appointment: the second tab's notes are old when it clicks.
    for stage in (one, other):
        stage.change("appointment", "8")
        stage.write_notes("Coffee")
        stage.widget.wait_for_state("idle")
    one.widget.add_button.click()
    one.widget.wait_for_state("ready")
    expect(other.widget.root).to_have_attribute("data-state", "idle")
    other.widget.add_button.click()
    other.widget.wait_for_state("ready")
    assert zoom_side.count_calls(Operation.CREATE) == 2
    assert one.read_notes() == other.read_notes()
    _check_both_show_the_newer(one, other, zoom_side, link)


def _check_both_show_the_newer(one: Stage, other: Stage, zoom_side: ZoomSide, older: str) -> None:
    (newer,) = {zoom_side.join_url(meeting) for meeting in zoom_side.list_meetings()} - {older}
    for stage in (one, other):
        expect(stage.widget.client_link).to_have_attribute("href", newer)
        assert stage.read_notes() == f"Coffee\n{write_line(newer)}"
