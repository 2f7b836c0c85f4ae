"""Nothing on the page moves unless the user's own hand has moved it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from e2e.abilities import Ability
from e2e.looks.shifts import list_shifts, observe_shifts
from e2e.stage import LINK, add_meeting, write_element, write_line
from e2e.zoom_side import ZoomSide
from pywidget.widget.model import Copyable, Menu, State
from tests.ui.models import MODELS, READY, ZOOM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import HoldCalls, OpenStage
    from e2e.looks.conftest import OpenEasel
    from e2e.stage import Stage
    from pywidget.widget.model import Model

CONNECTED = MODELS["connected"]
# What comes after a click of the user's, and what comes long after it.
CLICK, LATER = True, False
JOURNEYS: dict[str, list[tuple[bool, Model]]] = {
    "created": [
        (LATER, MODELS["idle"]),
        (CLICK, MODELS["menu"]),
        (CLICK, MODELS["signing in"]),
        (LATER, MODELS["creating"]),
        (LATER, CONNECTED),
    ],
    "not created": [
        (LATER, MODELS["idle, connected"]),
        (CLICK, MODELS["creating"]),
        (LATER, replace(MODELS["failed"], connection=ZOOM)),
    ],
    "denied": [(LATER, MODELS["menu"]), (CLICK, MODELS["signing in"]), (LATER, MODELS["told"])],
    "checked": [(LATER, READY), (LATER, CONNECTED)],
    "moved": [
        (LATER, MODELS["drift"]),
        (CLICK, replace(MODELS["drift"], state=State.UPDATING)),
        (LATER, CONNECTED),
    ],
    "removed": [
        (LATER, MODELS["remove"]),
        (CLICK, MODELS["removing"]),
        (LATER, MODELS["idle, connected"]),
    ],
    "not removed": [
        (LATER, MODELS["remove"]),
        (CLICK, MODELS["removing"]),
        (LATER, MODELS["not removed"]),
    ],
    "cleaned": [(LATER, CONNECTED), (LATER, MODELS["cleaned"])],
    "copied": [
        (LATER, CONNECTED),
        (CLICK, replace(CONNECTED, copied=Copyable.LINK)),
        (LATER, CONNECTED),
    ],
}
EXPECTED_MS = 520  # after a click, all that moves is expected


@pytest.mark.long
@pytest.mark.needs(Ability.LAYOUT_SHIFTS)
@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_shifts_nothing(open_easel: OpenEasel, name: str) -> None:
    easel = open_easel()
    (_, first), *steps = JOURNEYS[name]
    easel.show(first)
    list_shifts(easel.page)
    for is_click, model in steps:
        if is_click:
            easel.find("button").first.click(force=True)
        else:
            easel.page.wait_for_timeout(EXPECTED_MS)
        easel.show(model)
    assert list_shifts(easel.page) == []


@pytest.mark.long
def test_the_room_is_given_back_by_the_users_own_hand(open_easel: OpenEasel) -> None:
    easel = open_easel()
    easel.show(MODELS["idle, connected"])
    small = easel.host.bounding_box()
    easel.show(MODELS["connected"])
    full = easel.host.bounding_box()
    easel.show(MODELS["idle, connected"])
    held = easel.host.bounding_box()
    assert small
    assert full
    assert held
    assert held["height"] == pytest.approx(full["height"], abs=0.5)
    assert full["height"] > small["height"]
    easel.find("[part=account-button]").click()
    easel.show(replace(MODELS["idle, connected"], menu=Menu.ACCOUNT))
    easel.find("[part=account-button]").click()
    easel.show(MODELS["idle, connected"])
    assert easel.host.bounding_box() == small


@pytest.mark.long
def test_what_comes_by_itself_moves_nothing_that_can_be_pressed(open_easel: OpenEasel) -> None:
    """A look at Zoom, or a failure, may come at any moment: it stands below."""
    easel = open_easel()
    easel.show(MODELS["connected"])
    controls = ".panel :is(button, a, summary):not(details div *)"
    before = [each.bounding_box() for each in easel.find(controls).all()]
    for name in ("drift", "not host", "not removed"):
        easel.show(MODELS[name])
        now = [each.bounding_box() for each in easel.find(controls).all()]
        assert now[: len(before)] == before, name


@contextmanager
def waiting(stage: Stage, hold_calls: HoldCalls, place: str) -> Iterator[None]:
    """Have Zoom answer what the block asks later than browsers take for a consequence of it."""
    gate = hold_calls(stage.page, place)
    yield
    stage.page.wait_for_timeout(EXPECTED_MS + 100)
    gate.open()


@pytest.mark.needs(Ability.LAYOUT_SHIFTS)
@pytest.mark.direct("is about what is seen, whatever the way")
def test_a_whole_life_shifts_nothing(
    page: Page,
    open_stage: OpenStage,
    simulator: Simulator,
    hold_calls: HoldCalls,
    expect_errors: Callable[..., None],
) -> None:
    """With Python, Zoom's answers and a page around it: from the first frame to the removal."""
    observe_shifts(page)
    link = ZoomSide(simulator).join_url(add_meeting(simulator))
    notes = f'<p>Above</p>{write_element()}<textarea id="notes">{write_line(link)}</textarea>'
    stage = open_stage(notes)
    widget = stage.widget
    widget.root.and_(page.locator("[data-state]")).wait_for()
    list_shifts(page)  # until the script is there, the browser knows no such element
    widget.wait_for_state("ready")
    assert list_shifts(page) == [], "from the note"

    stage.sign_in()
    widget.wait_for_state("ready")
    widget.detail("Passcode").wait_for(state="attached")
    assert list_shifts(page) == [], "checked"

    widget.send_button.click()
    widget.send_button.click()
    expect_errors("status of 500")
    simulator.add_fault({"operation": "delete", "kind": "respond", "status": 500})
    with waiting(stage, hold_calls, "/v2/meetings/*"):
        widget.confirm_removal()
    widget.notice.wait_for()
    assert list_shifts(page) == [], "not removed"

    with waiting(stage, hold_calls, "/v2/meetings/*"):
        widget.confirm_removal()
    widget.wait_for_state("idle")
    assert list_shifts(page) == [], "removed"

    with waiting(stage, hold_calls, "/v2/users/me/meetings*"):
        widget.add_button.click()
    widget.wait_for_state("ready")
    assert list_shifts(page) == [], "created"


@pytest.mark.direct("is about what is seen, whatever the way")
def test_no_hole_is_left_by_a_hand_elsewhere_or_by_another_appointment(
    page: Page, open_stage: OpenStage
) -> None:
    outside = '<button id="outside">Outside</button>'
    notes = f'<textarea id="notes">{write_line(LINK)}</textarea>{outside}'
    stage = open_stage(write_element() + notes)
    stage.widget.wait_for_state("ready")
    full = stage.widget.root.bounding_box()
    assert full
    stage.widget.send_button.click()
    expect(stage.widget.send_menu).to_be_visible()
    page.locator("#outside").click()
    expect(stage.widget.send_menu).to_have_count(0)
    folded = stage.widget.root.bounding_box()
    assert folded
    assert folded["height"] == pytest.approx(full["height"], abs=0.5)
    page.wait_for_timeout(600)  # later than a browser takes it for the click's own
    page.locator("#notes").evaluate("notes => { notes.value = ''; }")
    stage.change("appointment", "8")
    stage.widget.wait_for_state("idle")
    small = stage.widget.root.bounding_box()
    assert small
    assert small["height"] < full["height"] / 2


@pytest.mark.direct("is about what is seen, whatever the way")
def test_a_look_at_zoom_takes_neither_focus_nor_click(
    page: Page, open_stage: OpenStage, simulator: Simulator, hold_calls: HoldCalls
) -> None:
    """What it brings makes another control the first one."""
    link = ZoomSide(simulator).join_url(add_meeting(simulator, clock="17:00"))
    stage = open_stage(f'<textarea id="notes">{write_line(link)}</textarea>{write_element()}')
    stage.widget.wait_for_state("ready")
    gate = hold_calls(page, "/v2/meetings/*")
    stage.sign_in()
    stage.widget.wait_for_state("ready")
    stage.widget.send_button.focus()
    stage.widget.send_button.hover()
    page.mouse.down()
    gate.open()
    expect(stage.widget.drift).to_be_visible()
    page.mouse.up()
    expect(stage.widget.send_menu).to_be_visible()
