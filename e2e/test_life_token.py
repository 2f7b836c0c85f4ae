"""The connection to Zoom: shared between tabs, refreshed once, ended, and started again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import BrowserContext, expect
from zoom_meeting_testing.simulator import Expirable, Operation

from e2e.stage import (
    EMAIL,
    FRONT_DESK,
    MAYA,
    add_meeting,
    wait_until,
    write_element,
    write_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

EMPTY = '<textarea id="notes">Tea</textarea>' + write_element(client_email=EMAIL)


def test_tabs_share_the_token_renew_it_once_and_disconnect_together(
    context: BrowserContext,
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    """In other products, users were in the wrong account, and feared what *Disconnect* does."""
    expect_errors(r"status of 401.*/v2/meetings/")
    meeting = add_meeting(simulator)
    body = f'<textarea id="notes">{write_line(zoom_side.join_url(meeting))}</textarea>'
    body += write_element()
    one = open_stage(body)
    one.widget.wait_for_state("ready")
    one.sign_in()
    expect(one.widget.detail("Passcode")).to_have_count(1)
    other = open_stage(body, page=context.new_page())
    tabs = (one, other)
    # The other tab needs no sign-in: it has asked the first tab.
    expect(other.widget.detail("Passcode")).to_have_count(1)
    assert one.storage.read_access_token() == other.storage.read_access_token()
    assert zoom_side.count_calls(Operation.AUTHORIZE) == 0

    # Both find out at once that the token has expired.
    simulator.expire(Expirable.ACCESS_TOKENS)
    simulator.add_fault({"operation": "token", "kind": "delay", "seconds": 0.3})
    before = one.storage.read_access_token()
    reads = zoom_side.count_calls(Operation.READ)
    for tab in tabs:
        tab.reopen()
    for tab in tabs:
        expect(tab.widget.detail("Passcode")).to_have_count(1)
    assert zoom_side.count_calls(Operation.READ) == reads + 4, "each asked twice"
    assert zoom_side.count_refreshes() == 1
    assert one.storage.read_access_token() == other.storage.read_access_token()
    assert one.storage.read_access_token() not in {before, None}

    # The connected user, and then another one.
    one.widget.account_button.click()
    expect(one.widget.account_menu).to_contain_text(f"Connected as {MAYA}")
    consent = one.widget.connect(one.widget.button("Switch account"))
    consent.choose_user(FRONT_DESK)
    consent.allow()
    expect(one.widget.notice).to_have_count(0)
    wait_until(one.page, lambda: "connected" in one.list_names())
    one.widget.wait_for_state("ready")
    one.widget.account_button.click()
    expect(one.widget.account_menu).to_contain_text(f"Connected as {FRONT_DESK}")
    other.widget.account_button.click()
    expect(other.widget.account_menu).to_contain_text(f"Connected as {FRONT_DESK}")

    # Disconnecting in one tab disconnects all; the meeting stays.
    notes = one.read_notes()
    one.widget.button("Disconnect").click()
    expect(one.widget.notice).to_have_attribute("data-code", "disconnected")
    expect(one.widget.message).to_contain_text("Your meetings and links keep working.")
    for tab in tabs:
        expect(tab.widget.account_button).to_have_count(0)
        assert tab.list_own_keys() == []
        assert tab.read_notes() == notes
        expect(tab.widget.client_link).to_have_attribute("href", zoom_side.join_url(meeting))
    wait_until(one.page, lambda: zoom_side.count_calls(Operation.REVOKE) == 1)
    assert one.list_names()[-1] == "disconnected"
    assert zoom_side.get_meeting() == meeting


def test_an_uninstalled_app_is_connected_again_and_carries_on(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    """In other products, a click was lost when the token had expired."""
    expect_errors("status of 401", r"status of 400.*/oauth/token")
    stage = open_stage(EMPTY)
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.sign_in()
    simulator.uninstall(MAYA)

    widget.add_button.click()
    expect(widget.notice).to_have_attribute("data-code", "invalid_grant")
    assert (stage.read_notes(), stage.list_own_keys()) == ("Tea", [])
    widget.connect().allow()
    widget.wait_for_state("ready")
    notes = stage.read_notes()
    assert notes == f"Tea\n{write_line(zoom_side.client_url())}"

    simulator.uninstall(MAYA)
    widget.confirm_removal()
    expect(widget.notice).to_have_attribute("data-code", "invalid_grant")
    assert (stage.read_notes(), stage.list_own_keys()) == (notes, [])
    assert widget.state == "ready"
    zoom_side.get_meeting()
    widget.connect(widget.button("Connect to Zoom")).allow()
    widget.wait_for_state("idle")
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("Tea", [])
    assert [name for name in stage.list_names() if name in {"created", "removed"}] == [
        "created",
        "removed",
    ]
    assert zoom_side.count_calls(Operation.CREATE) == 1


def test_what_needs_a_connection_asks_for_it_and_carries_on(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide
) -> None:
    """*Start meeting* and *Remove meeting* are there although no user is signed in."""
    meeting = add_meeting(simulator)
    notes = f"Tea\n{write_line(zoom_side.join_url(meeting))}"
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("ready")

    widget.connect(widget.start_button).deny()
    expect(widget.notice).to_have_attribute("data-code", "access_denied")
    assert (widget.state, stage.read_notes()) == ("ready", notes)
    widget.connect(widget.start_button).allow()
    # A window opens only inside a click, so the widget asks for one more.
    expect(widget.notice.get_by_role("button", name="Start meeting")).to_be_visible()
    assert stage.read_notes() == notes

    widget.account_button.click()
    widget.button("Disconnect").click()
    expect(widget.account_button).to_have_count(0)
    widget.remove_button.click()
    consent = widget.connect(widget.remove_menu.get_by_role("button", name="Remove", exact=True))
    assert zoom_side.count_calls(Operation.DELETE) == 0
    consent.allow()
    widget.wait_for_state("idle")
    assert (stage.read_notes(), zoom_side.list_meetings()) == ("Tea", [])
