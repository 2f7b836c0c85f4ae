"""Each action is heard exactly once, and what is heard is true: whole journeys in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from e2e.accessibility.ear import Ear
from e2e.stage import DAY, LINK, Stage, wait_until, write_element, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.stage import Gate
    from e2e.zoom_side import ZoomSide

BODY: Final = '<textarea id="notes">Tea</textarea>' + write_element()
ASKS: Final = "Zoom asks for your permission in another window."
CREATES: Final = "Zoom is creating the meeting."
READY: Final = "The Zoom meeting is ready."
DELETES: Final = "Zoom is deleting the meeting."
DELETED: Final = "Meeting deleted and removed from the notes."

Step = tuple["Callable[[], object]", list[str]]


@pytest.fixture
def ear(page: Page) -> Ear:
    """What a screen reader would say in the test's tab."""
    return Ear(page)


def tell(ear: Ear, *steps: Step) -> None:
    """Take each step, and hear what belongs to it, no more and no less."""
    for number, (act, expected) in enumerate(steps, start=1):
        act()
        assert ear.wait_for(len(expected)) == expected, f"step {number}"
    assert ear.has_kept_its_regions()


def allow(stage: Stage) -> None:
    stage.widget.connect().allow()
    stage.widget.wait_for_state("ready")


def copy(stage: Stage) -> None:
    stage.widget.copy_button.click()
    expect(stage.widget.copy_button).to_have_text("Copied")


def wait_for_copy(stage: Stage) -> None:
    """Copied goes away again, which is no news."""
    expect(stage.widget.copy_button).to_have_text("Copy")


def disconnect(stage: Stage) -> None:
    stage.widget.account_button.click()
    stage.widget.button("Disconnect").click()


def test_signing_in_creating_copying_and_removing_are_heard_once(
    open_stage: OpenStage, ear: Ear
) -> None:
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    tell(
        ear,
        (widget.add_button.click, []),  # its menu has the focus, and is read
        (lambda: allow(stage), [ASKS, f"Zoom is connected. {CREATES}", READY]),
        (lambda: copy(stage), ["Link copied."]),
        (lambda: wait_for_copy(stage), []),
        (lambda: copy(stage), ["Link copied."]),
        (widget.send_button.click, []),
        (widget.button("Copy invitation").click, ["Invitation copied."]),
        (widget.remove_button.click, []),
        (widget.remove_menu.get_by_text("Remove", exact=True).click, [DELETES, DELETED]),
        (lambda: disconnect(stage), ["Disconnected. Your meetings and links keep working."]),
        (widget.add_button.click, []),
        (
            lambda: widget.connect().deny(),
            [ASKS, "Zoom was not connected, because permission was denied. Nothing was changed."],
        ),
    )


@pytest.mark.long
def test_what_a_look_at_zoom_shows_is_heard_and_so_is_each_answer_to_it(
    open_stage: OpenStage,
    ear: Ear,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 404")
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.create_meeting()
    assert ear.wait_for(2) == [CREATES, READY]
    meeting = zoom_side.get_meeting()
    later = {"start_time": "2199-11-12T19:30:00"}
    two_times = f"Zoom has this meeting at {DAY} 7:30 pm. The appointment is at 6:00 pm."
    lost = "Zoom does not show this meeting: it was deleted, or it belongs to a colleague."

    def move_in_zoom() -> None:
        simulator.change_meeting(meeting.id, later)
        stage.reopen()

    def delete_in_zoom() -> None:
        simulator.delete_meeting(meeting.id)
        stage.reopen()

    tell(
        ear,
        (move_in_zoom, [two_times]),
        (
            widget.update_zoom_button.click,
            [
                "Zoom is moving the meeting.",
                "Zoom has moved the meeting, and the notes have its new time.",
            ],
        ),
        (move_in_zoom, [two_times]),
        (widget.update_note_button.click, ["The notes now have Zoom's time."]),
        (
            delete_in_zoom,
            ["This meeting was deleted in Zoom, so its line was removed from the notes."],
        ),
        (widget.button("Undo").click, [f"The line is back in the notes. {lost}"]),
        (widget.button("Keep").click, ["The link stays in the notes."]),
    )


@pytest.mark.long
def test_failures_interrupt_and_what_mends_them_is_heard(
    open_stage: OpenStage,
    ear: Ear,
    simulator: Simulator,
    zoom_side: ZoomSide,
    expect_errors: Callable[..., None],
) -> None:
    expect_errors("status of 500")
    stage = open_stage('<textarea id="notes" maxlength="20">Tea</textarea>' + write_element())
    widget = stage.widget
    widget.wait_for_state("idle")
    stage.sign_in()
    simulator.add_fault({"operation": "create", "kind": "respond", "status": 500})
    full = (
        "! The meeting was created, but its link is not in the notes yet."
        " The notes are full: they hold 20 characters at most. Shorten them first."
    )

    def make_room_and_save() -> None:
        stage.page.locator("#notes").evaluate("field => field.removeAttribute('maxlength')")
        widget.save_again_button.click()

    tell(
        ear,
        (
            widget.add_button.click,
            [CREATES, "! Zoom has a problem right now. Try again in a few minutes."],
        ),
        (widget.button("Try again").click, [CREATES, full]),
        (widget.save_again_button.click, [full]),
        (
            make_room_and_save,
            ["The link is saved in the notes."],
        ),
        (lambda: stage.write_notes("Tea"), ["The notes no longer contain a Zoom meeting."]),
        (
            lambda: stage.write_notes(write_line(zoom_side.join_url(zoom_side.get_meeting()))),
            ["The notes contain a Zoom meeting."],
        ),
    )


def test_a_click_that_comes_before_python_is_heard_and_so_is_what_comes_of_it(
    open_stage: OpenStage, ear: Ear, python_gate: Gate
) -> None:
    stage = open_stage(BODY)
    widget = stage.widget
    expect(widget.root).to_have_attribute("aria-busy", "false")
    widget.add_button.click()
    assert ear.wait_for(1) == ["Getting ready…"]
    expect(widget.root).to_have_attribute("aria-busy", "true")
    python_gate.open()
    expect(widget.menu).to_be_visible()
    assert ear.wait_for(0) == []
    expect(widget.heard).to_be_empty()
    expect(widget.root).to_have_attribute("aria-busy", "false")
    assert ear.has_kept_its_regions()


@pytest.mark.long
def test_opening_appointments_is_silent(open_stage: OpenStage, ear: Ear) -> None:
    notes = f'<textarea id="full">{write_line(LINK)}</textarea>'
    stage = open_stage(BODY + notes + write_element("other", appointment="8", notes="#full"))
    wait_until(stage.page, lambda: stage.list_names() == ["loaded"])
    stage.widget.wait_for_state("idle")
    assert ear.wait_for(0) == []
