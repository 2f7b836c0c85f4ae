"""The host's own actions on a meeting: start it, remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, expect
from zoom_meeting_testing.simulator import Operation

from e2e.stage import (
    EMAIL,
    NOTES,
    TEMP,
    TOPIC,
    add_meeting,
    wait_until,
    write_element,
    write_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import HoldCalls, OpenStage
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

ELEMENT = write_element(client_email=EMAIL)
CANCELLED = (EMAIL, f"{TOPIC} has been cancelled")
COUNT_WINDOWS = """
button => {
  const open = window.open;
  let opened = 0;
  window.open = (...args) => {
    opened += 1;
    return open.apply(window, args);
  };
  button.click();
  window.open = open;
  return opened;
}
"""


def test_removed_in_zoom_then_from_the_notes_and_the_client_told_or_not(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 503", "status of 404")
    stage = open_stage(f'<textarea id="notes">{NOTES}</textarea>{ELEMENT}')
    widget = stage.widget
    widget.wait_for_state("idle")
    before = stage.read_notes()
    stage.create_meeting()
    noted = stage.read_notes()
    line = write_line(zoom_side.client_url())

    # One question; nothing changes until the user answers.
    widget.remove_button.click()
    expect(widget.remove_menu.get_by_role("button", name="Cancel", exact=True)).to_be_focused()
    stage.page.keyboard.press("Escape")
    expect(widget.remove_menu).to_have_count(0)
    widget.confirm_removal("Cancel")
    expect(widget.remove_menu).to_have_count(0)
    assert zoom_side.count_calls(Operation.DELETE) == 0

    # Zoom refuses: the note stays.
    simulator.add_fault({"operation": "delete", "kind": "respond", "status": 503})
    widget.confirm_removal()
    expect(widget.notice).to_have_attribute("data-code", "zoom_error")
    assert (widget.state, stage.read_notes()) == ("ready", noted)
    zoom_side.get_meeting()

    simulator.add_fault({"operation": "delete", "kind": "delay", "seconds": 0.3})
    widget.confirm_removal("Remove and tell the client")
    widget.wait_for_state("removing")
    expect(widget.progress).to_contain_text("Removing")
    assert stage.read_notes() == noted
    widget.wait_for_state("idle")
    assert (stage.read_notes(), zoom_side.list_meetings()) == (before, [])
    assert zoom_side.list_mails()[-1] == CANCELLED
    removed = stage.list_events()[-1]
    assert (removed["name"], removed["detail"]["line"]) == ("removed", line)
    assert stage.list_names()[-2:] == ["notes-changed", "removed"]

    # This time without an email.
    widget.add_button.click()
    widget.wait_for_state("ready")
    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert (stage.read_notes(), zoom_side.list_meetings()) == (before, [])
    assert zoom_side.list_mails().count(CANCELLED) == 1

    # Another person was faster.
    widget.add_button.click()
    widget.wait_for_state("ready")
    simulator.delete_meeting(zoom_side.get_meeting().id)
    widget.confirm_removal()
    widget.wait_for_state("idle")
    expect(widget.message).to_have_text("Meeting deleted and removed from the notes.")
    assert stage.read_notes() == before
    assert zoom_side.count_calls(Operation.CREATE) == 3


def test_without_the_scope_the_panel_shows_the_way_to_zoom(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    """The widget hides what was not granted, and works with *create* alone."""
    stage = open_stage(f'<textarea id="notes">{NOTES}</textarea>{ELEMENT}')
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.create_meeting(TEMP)

    expect(widget.remove_button).to_have_count(0)
    expect(widget.start_button).to_have_count(0)
    way = widget.panel.get_by_role("link", name="Remove it in Zoom", exact=True)
    expect(way).to_have_attribute("href", "https://zoom.us/meeting#/upcoming")
    expect(way).to_have_attribute("target", "_blank")
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert stage.read_notes().rstrip("\n").endswith(write_line(link))
    expect(widget.mailing).to_contain_text("Zoom doesn't email this link")
    calls = {(str(each["operation"])) for each in simulator.list_requests()}
    assert calls == {"create"}, "asked for what was not granted"


@pytest.mark.core
def test_start_opens_a_window_inside_the_click_and_keeps_its_link_nowhere(
    context: BrowserContext,
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    watcher: Watcher,
    *,
    hold_calls: HoldCalls,
) -> None:
    """In other products, the host's secret link was saved instead of the join link."""
    watcher.expect(r"request to another origin: https://us02web\.zoom\.us/s/", "status of 403")
    context.route(
        "https://us02web.zoom.us/s/**",
        lambda route: route.fulfill(content_type="text/html", body="<h1>The meeting</h1>"),
    )
    meeting = add_meeting(simulator)
    notes = write_line(zoom_side.join_url(meeting))
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("ready")
    stage.sign_in()
    expect(widget.detail("Passcode")).to_have_count(1)

    gate = hold_calls(stage.page, "/v2/meetings/*")
    with stage.page.expect_popup() as popup:
        assert widget.start_button.evaluate(COUNT_WINDOWS) == 1, "not inside the click"
    assert popup.value.url == "about:blank"
    gate.open()
    popup.value.wait_for_url("https://us02web.zoom.us/s/**")
    expect(popup.value.get_by_role("heading")).to_have_text("The meeting")
    assert popup.value.evaluate("() => window.opener") is None
    started = popup.value.url
    assert started.startswith(f"https://us02web.zoom.us/s/{meeting.id}?zak=")
    popup.value.close()

    secret = started.partition("zak=")[2]
    kept = stage.page.evaluate(
        """() => JSON.stringify([
          { ...sessionStorage }, { ...localStorage }, document.body.innerHTML, window.meetingEvents,
          document.getElementById("widget").shadowRoot.innerHTML, history.state, location.href,
        ])"""
    )
    assert secret not in kept
    assert secret not in "\n".join(watcher.console)
    assert stage.read_notes() == notes

    with stage.page.expect_popup() as popup:
        widget.start_button.click()
    popup.value.wait_for_url("https://us02web.zoom.us/s/**")
    assert popup.value.url != started, "not a fresh link"
    popup.value.close()

    # If Zoom refuses, the empty window closes; if it is blocked, there is none.
    refusal = {"code": 0, "message": "No permission."}
    simulator.add_fault({"operation": "read", "kind": "respond", "status": 403, "body": refusal})
    with stage.page.expect_popup() as popup:
        widget.start_button.click()
    expect(widget.notice).to_have_attribute("data-code", "zoom_error")
    wait_until(stage.page, popup.value.is_closed)
    stage.page.evaluate("() => { window.open = () => null }")
    widget.start_button.click()
    expect(widget.notice).to_have_attribute("data-code", "popup_blocked")
    expect(widget.message).to_contain_text("Allow pop-ups")
    assert widget.state == "ready"


def test_a_start_link_that_is_none_of_zooms_is_not_opened(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
) -> None:
    """A browser takes the backslash for a slash: the first two would lead to evil.example."""
    meeting = add_meeting(simulator)
    stage = open_stage(
        f'<textarea id="notes">{write_line(zoom_side.join_url(meeting))}</textarea>{ELEMENT}'
    )
    widget = stage.widget
    widget.wait_for_state("ready")
    stage.sign_in()
    expect(widget.detail("Passcode")).to_have_count(1)
    for host in (r"evil.example\.zoom.us", r"evil.example\@us02web.zoom.us", "xn--a.zoom.us"):
        answer = {"start_url": f"https://{host}/s/{meeting.id}?zak=s3cr3t"}
        order = {"operation": "read", "kind": "respond", "status": 200, "body": answer}
        simulator.add_fault(order)
        with stage.page.expect_popup() as popup:
            widget.start_button.click()
        wait_until(stage.page, popup.value.is_closed)
        expect(widget.notice).to_have_attribute("data-code", "zoom_error")
        assert widget.state == "ready"
        assert not simulator.list_faults()


def test_a_start_that_zooms_limit_holds_up_says_so_and_can_be_called_off(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 429")
    simulator.change_settings({"expose_retry_after": True})
    meeting = add_meeting(simulator)
    notes = write_line(zoom_side.join_url(meeting))
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>{ELEMENT}')
    widget = stage.widget
    widget.wait_for_state("ready")
    stage.sign_in()
    expect(widget.detail("Passcode")).to_have_count(1)
    names = stage.list_names()

    order = {"operation": "read", "kind": "respond", "status": 429, "body": {"code": 429}}
    simulator.add_fault({**order, "headers": {"Retry-After": "40"}})
    with stage.page.expect_popup() as popup:
        widget.start_button.click()
    expect(widget.progress).to_contain_text("Zoom is busy. Trying again in")
    expect(widget.heard).to_contain_text("Zoom is busy.")
    assert (widget.state, popup.value.url) == ("ready", "about:blank")
    widget.cancel_button.click()
    wait_until(stage.page, popup.value.is_closed)
    expect(widget.message).to_contain_text("Canceled.")
    expect(widget.progress).to_have_count(0)
    assert (widget.state, stage.read_notes(), stage.list_names()) == ("ready", notes, names)
