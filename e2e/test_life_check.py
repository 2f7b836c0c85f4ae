"""The check of a meeting when its appointment is opened: it was changed, or is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect
from zoom_meeting_testing.simulator import Operation

from e2e.stage import (
    DAY,
    FRONT_DESK,
    LINK,
    NOTES,
    add_meeting,
    wait_until,
    write_element,
    write_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import HoldCalls, OpenStage
    from e2e.zoom_side import ZoomSide

READ = "/v2/meetings/*"
# No other error of Zoom's means "gone". Other products took some for it, and deleted live links.
TROUBLES: list[dict[str, object]] = [
    {"status": 404, "body": {"code": 404, "message": "Not Found"}},
    {"status": 404, "body": {"code": 1001, "message": "User does not exist."}},
    {"status": 400, "body": {"code": 3001, "message": "Meeting does not exist."}},
    {"status": 400, "body": {"code": 300, "message": "Meeting does not exist."}},
    {"status": 403, "body": {"code": 3001, "message": "Meeting does not exist."}},
    {"status": 429, "body": {"code": 429, "message": "Slow down."}},
    {"status": 503, "body": "", "times": 3},
    {"status": 404, "body": "<h1>Not Found</h1>", "content_type": "text/html"},
    {"status": 200, "body": {"id": 1}},
]


def test_another_time_in_zoom_is_told_and_mended_both_ways(
    open_stage: OpenStage, simulator: Simulator, zoom_side: ZoomSide, hold_calls: HoldCalls
) -> None:
    """In other products, a rescheduled appointment kept a dead or wrong link."""
    meeting = add_meeting(simulator)
    link = zoom_side.join_url(meeting)
    notes = f"Tea, no milk.\n{write_line(link)}\nCall her back."
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("ready")
    expect(widget.drift).to_have_count(0)
    assert simulator.list_requests() == [], "nobody is signed in"

    # The details come from Zoom, and what was unfolded or had the focus keeps it.
    gate = hold_calls(stage.page, READ)
    stage.sign_in()
    expect(widget.account_button).to_be_visible()
    widget.details_summary.click()
    expect(widget.details_summary).to_be_focused()
    expect(widget.detail("Passcode")).to_have_count(0)
    gate.open()
    expect(widget.detail("Passcode")).to_have_text(meeting.password)
    expect(widget.detail("Passcode")).to_be_visible()
    expect(widget.details_summary).to_be_focused()
    expect(widget.drift).to_have_count(0)
    assert stage.read_notes() == notes

    # The appointment was moved: Zoom follows, with the same link.
    stage.change("starts", "2199-11-12T17:00")
    expect(widget.drift).to_contain_text(f"Zoom has this meeting at {DAY} 6:00 pm")
    expect(widget.update_note_button).to_have_count(0)
    widget.update_zoom_button.click()
    expect(widget.drift).to_have_count(0)
    widget.wait_for_state("ready")
    expect(widget.start).to_have_text(f"{DAY} 5:00 pm")
    expect(widget.client_link).to_have_attribute("href", link)
    assert stage.read_notes() == notes.replace("6:00 pm", "5:00 pm")
    moved = zoom_side.get_meeting()
    assert (moved.id, moved.start) == (meeting.id, datetime(2199, 11, 12, 22, tzinfo=UTC))
    updated = stage.list_events()[-1]
    assert updated["name"] == "updated"
    assert updated["detail"]["startsAt"] == "2199-11-12T22:00:00Z"
    assert updated["detail"]["line"] == write_line(link, clock="5:00 pm")

    # The meeting was moved in Zoom: the note can follow, and Zoom stays as it is.
    simulator.change_meeting(meeting.id, {"start_time": "2199-11-12T20:30:00"})
    stage.reopen()
    expect(widget.drift).to_contain_text(f"{DAY} 8:30 pm")
    expect(widget.update_zoom_button).to_be_visible()
    widget.update_note_button.click()
    expect(widget.update_note_button).to_have_count(0)
    expect(widget.drift).to_contain_text("The appointment is at 5:00 pm")
    expect(widget.start).to_have_text(f"{DAY} 8:30 pm")
    assert stage.read_notes() == notes.replace("6:00 pm", "8:30 pm")
    assert stage.list_names()[-1] == "notes-changed"
    assert zoom_side.count_calls(Operation.UPDATE) == 1


def test_deleted_by_its_host_is_cleaned_told_and_undoable(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    """In other products, live meetings were marked as deleted, with no way back."""
    expect_errors("status of 404")
    stage = open_stage(f'<textarea id="notes">{NOTES}</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("idle")
    before = stage.read_notes()
    stage.create_meeting()
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    noted = stage.read_notes()
    assert line in noted

    simulator.delete_meeting(zoom_side.get_meeting().id)
    stage.reopen()
    expect(widget.notice).to_have_attribute("data-code", "cleaned")
    widget.wait_for_state("idle")
    assert stage.read_notes() == before
    expect(widget.message).to_contain_text("was deleted in Zoom")
    cleaned = stage.list_events()[-1]
    assert (cleaned["name"], cleaned["detail"]["line"]) == ("cleaned", line)
    assert stage.list_names()[-2] == "notes-changed"

    widget.button("Add again").click()
    widget.wait_for_state("ready")
    again = zoom_side.get_meeting()
    assert stage.read_notes() == noted.replace(line, write_line(zoom_side.join_url(again)))
    expect(widget.notice).to_have_count(0)

    simulator.delete_meeting(again.id)
    stage.reopen()
    expect(widget.button("Undo")).to_be_visible()
    assert stage.read_notes() == before
    widget.button("Undo").click()
    widget.wait_for_state("gone")
    restored = noted.replace(line, write_line(zoom_side.join_url(again)))
    assert stage.read_notes() == restored
    expect(widget.notice).to_have_attribute("data-code", "meeting_gone")
    expect(widget.start_button).to_have_count(0)
    expect(widget.send_button).to_have_count(0)
    # The user wanted the line back: the next check leaves it, and the meeting stays gone.
    reads = zoom_side.count_calls(Operation.READ)
    stage.reopen()
    widget.wait_for_state("gone")
    wait_until(stage.page, lambda: zoom_side.count_calls(Operation.READ) > reads)
    stage.page.wait_for_timeout(200)
    assert (widget.state, stage.read_notes()) == ("gone", restored)
    assert stage.list_names().count("cleaned") == 2
    widget.button("Keep").click()
    widget.wait_for_state("ready")
    stage.reopen()
    widget.wait_for_state("ready")
    assert stage.read_notes() == restored


def test_perhaps_a_colleagues_meeting_is_asked_about(
    open_stage: OpenStage,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    """In other products, meetings looked deleted to people who were not the host."""
    expect_errors("status of 404", r"status of 400.*/v2/meetings/")
    mayas = zoom_side.join_url(add_meeting(simulator))
    notes = f"Tea.\n{write_line(mayas)}\n"
    stage = open_stage(
        f'<textarea id="notes">{notes}</textarea>' + write_element(), remembers="session"
    )
    widget = stage.widget
    widget.wait_for_state("ready")
    stage.sign_in()
    widget.details_summary.click()
    expect(widget.detail("Passcode")).to_be_visible()  # Maya is known to be its host
    keys = stage.list_own_keys()
    assert "pywidget:v1:hosted" in keys, "the proof is in this tab"

    # For another user it is not certain, although this browser has Maya's proof.
    stage.storage.keep_token(simulator.issue_tokens(FRONT_DESK))
    stage.page.reload()
    widget.wait_for_state("gone")
    expect(widget.notice).to_have_attribute("data-code", "meeting_gone")
    expect(widget.message).to_contain_text("belongs to a colleague")
    expect(widget.client_link).to_have_attribute("href", mayas)
    assert stage.read_notes() == notes
    expect(widget.remove_button).to_have_count(0)
    widget.button("Keep").click()
    widget.wait_for_state("ready")
    reads = zoom_side.count_calls(Operation.READ)
    stage.reopen()
    wait_until(stage.page, lambda: zoom_side.count_calls(Operation.READ) > reads)
    stage.page.wait_for_timeout(200)
    assert (widget.state, stage.read_notes()) == ("ready", notes)

    # Zoom may also say that it is not this user's: the message names the account and a way on.
    simulator.change_settings({"foreign_meeting": "400/3000"})
    stage.reopen()
    expect(widget.notice).to_have_attribute("data-code", "not_host")
    expect(widget.message).to_contain_text(FRONT_DESK)
    expect(widget.button("Switch account")).to_be_visible()
    assert widget.state == "ready"

    # A meeting whose host is not known.
    stage.write_notes(f"Tea.\n{write_line(LINK)}")
    widget.wait_for_state("gone")
    widget.button("Remove from notes").click()
    widget.wait_for_state("idle")
    assert stage.read_notes() == "Tea."
    assert stage.list_names()[-1] == "cleaned"
    widget.button("Undo").click()
    widget.wait_for_state("gone")
    assert stage.read_notes() == f"Tea.\n{write_line(LINK)}"
    assert len(zoom_side.list_meetings()) == 1


def test_whatever_else_zoom_says_cleans_nothing(
    open_stage: OpenStage,
    page: Page,
    simulator: Simulator,
    expect_errors: Callable[..., None],
    zoom_side: ZoomSide,
    *,
    way: str,
) -> None:
    """In other products, *any* API error counted as "gone"."""
    expect_errors("status of (400|401|403|404|429|503)", "net::ERR_", "blocked by CORS policy")
    meeting = add_meeting(simulator)
    notes = f"Tea.\n{write_line(zoom_side.join_url(meeting))}"
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("ready")
    stage.sign_in()
    expect(widget.detail("Passcode")).to_have_count(1)

    respond = [{"operation": "read", "kind": "respond", **trouble} for trouble in TROUBLES]
    cut: list[dict[str, object]] = [
        # After an error that the browser does not explain, the widget tries three times.
        {"operation": "read", "kind": kind, "times": 3}
        for kind in ("drop_before", "cors_off")
    ]
    if way == "tunnel":
        cut = [{"operation": "read", "kind": "drop_before"}]
    for trouble in (*respond, *cut):
        simulator.add_fault(trouble)
        stage.reopen()
        wait_until(page, lambda: not simulator.list_faults())
        page.wait_for_timeout(100)
        assert widget.state == "ready", trouble
        assert stage.read_notes() == notes, trouble
        expect(widget.notice).to_have_count(0)
    stage.reopen()
    expect(widget.detail("Passcode")).to_have_count(1)
    assert stage.read_notes() == notes
    assert set(stage.list_names()) == {"loaded"}
    assert zoom_side.get_meeting() == meeting
