"""Held keys, hasty keys and double clicks confirm nothing that the user has not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from zoom_meeting_testing.pages import AppointmentBook
from zoom_meeting_testing.simulator import Operation

from e2e.abilities import Ability
from e2e.stage import write_element

if TYPE_CHECKING:
    from e2e.conftest import OpenStage
    from e2e.stage import Gate, Stage
    from e2e.zoom_side import ZoomSide

REPEATS = 12
BODY = '<button id="before">Before</button><textarea id="notes">Tea</textarea>' + write_element()
# A host's style sheet may move anything: here each dangerous button covers the whole page.
COVER = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("zoom-meeting::part(danger) { position: fixed; inset: 0; z-index: 9 }");
  document.adoptedStyleSheets = [sheet];
}
"""
COVER_ON_CLICK = """
button => button.addEventListener("click", () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "zoom-meeting::part(add-button) { position: fixed; inset: 0; width: 100%; height: 100% }",
  );
  document.adoptedStyleSheets = [sheet];
})
"""
DOUBLE_CLICK_MS = 60
MOVE_THE_FOCUS_ON_KEYDOWN = """
button => button.addEventListener("keydown", () => {
  document.getElementById("widget").shadowRoot.querySelector("[data-action=add]").focus();
})
"""


def hold(page: Page, key: str) -> None:
    """Hold a key down until it repeats, and release it."""
    for _ in range(REPEATS):
        page.keyboard.down(key)
    page.keyboard.up(key)


def press_twice(page: Page, key: str) -> None:
    for _ in range(2):
        page.keyboard.press(key)


def double_click(page: Page, target: Locator) -> None:
    """Double-click as a mouse does: the second click goes to the element that is there by then."""
    box = target.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y, click_count=2, delay=DOUBLE_CLICK_MS)


@pytest.fixture
def stage(open_stage: OpenStage) -> Stage:
    """A page whose user is not signed in."""
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    return stage


@pytest.fixture
def made(stage: Stage) -> Stage:
    """A page whose user has just created a meeting."""
    stage.create_meeting()
    return stage


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_held_key_on_the_camera_opens_the_menu_and_no_more(
    stage: Stage, context: BrowserContext, key: str
) -> None:
    stage.widget.add_button.focus()
    hold(stage.page, key)
    expect(stage.widget.menu).to_be_visible()
    expect(stage.widget.menu).to_be_focused()
    assert stage.widget.state == "idle"
    assert len(context.pages) == 1, "Zoom's window opened"

    stage.page.keyboard.press("Enter")
    assert stage.widget.state == "idle"
    stage.page.keyboard.press("Tab")
    expect(stage.widget.connect_button).to_be_focused()
    with stage.page.expect_popup():
        stage.page.keyboard.press(key)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_held_key_on_remove_asks_and_no_more(made: Stage, zoom_side: ZoomSide, key: str) -> None:
    widget = made.widget
    cancel = widget.remove_menu.get_by_role("button", name="Cancel", exact=True)
    widget.remove_button.focus()
    hold(made.page, key)
    expect(cancel).to_be_focused()
    assert widget.state == "ready"

    # The same key once more answers no.
    made.page.keyboard.press(key)
    expect(widget.remove_menu).to_have_count(0)
    expect(widget.remove_button).to_be_focused()
    press_twice(made.page, key)
    expect(widget.remove_menu).to_have_count(0)
    expect(widget.remove_button).to_be_focused()
    assert zoom_side.count_calls(Operation.DELETE) == 0


@pytest.mark.core
def test_held_key_removes_what_was_confirmed_and_makes_nothing(
    made: Stage, zoom_side: ZoomSide
) -> None:
    widget, keyboard = made.widget, made.page.keyboard
    widget.remove_button.focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(widget.remove_menu.get_by_role("button", name="Remove", exact=True)).to_be_focused()
    keyboard.down("Enter")
    widget.wait_for_state("idle")
    hold(made.page, "Enter")
    press_twice(made.page, "Enter")
    press_twice(made.page, "Space")
    expect(widget.add_button).not_to_be_focused()
    expect(widget.heard).to_have_text("Meeting deleted and removed from the notes.")
    assert (widget.state, zoom_side.list_meetings()) == ("idle", [])
    assert zoom_side.count_calls(Operation.CREATE) == 1

    keyboard.press("Tab")
    expect(widget.add_button).to_be_focused()
    keyboard.press("Enter")
    widget.wait_for_state("ready")
    expect(widget.copy_button).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_held_key_presses_once_what_keeps_the_focus(made: Stage, key: str) -> None:
    made.widget.details_summary.focus()
    hold(made.page, key)
    expect(made.widget.detail("Meeting ID")).to_be_visible()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_key_that_went_down_elsewhere_presses_nothing_here(
    stage: Stage, zoom_side: ZoomSide, key: str
) -> None:
    """A host page moves the focus while a key is down, for example to open a drawer."""
    widget = stage.widget
    stage.sign_in()
    widget.wait_for_state("idle")
    before = stage.page.locator("#before")
    before.evaluate(MOVE_THE_FOCUS_ON_KEYDOWN)
    before.focus()
    stage.page.keyboard.press(key)
    expect(widget.add_button).to_be_focused()
    assert widget.state == "idle"
    stage.page.keyboard.press(key)
    widget.wait_for_state("ready")
    assert zoom_side.count_calls(Operation.CREATE) == 1


def test_held_key_on_the_loaders_button_is_one_early_click(
    python_gate: Gate, book: AppointmentBook, context: BrowserContext
) -> None:
    widget = book.open("812")
    widget.add_button.focus()
    for _ in range(REPEATS):
        book.page.keyboard.down("Enter")
    expect(widget.progress).to_have_text("Getting ready…")
    python_gate.open()
    expect(widget.menu).to_be_focused()
    hold(book.page, "Enter")
    assert widget.state == "idle"
    assert len(context.pages) == 1, "Zoom's window opened"


def test_focus_on_the_loaders_button_is_still_there_when_python_is(
    python_gate: Gate, book: AppointmentBook
) -> None:
    widget = book.open("812")
    widget.add_button.focus()
    python_gate.open()
    widget.wait_for_state("idle")
    expect(widget.add_button).to_be_focused()


@pytest.mark.needs(Ability.DOUBLE_CLICK)
def test_double_click_confirms_nothing_that_comes_under_the_mouse(
    made: Stage, zoom_side: ZoomSide
) -> None:
    widget = made.widget
    made.page.evaluate(COVER)
    double_click(made.page, widget.remove_button)
    expect(widget.remove_menu).to_be_visible()
    assert widget.state == "ready"
    assert zoom_side.count_calls(Operation.DELETE) == 0

    # After the user has had time to read it, one click confirms.
    made.page.evaluate("() => { document.adoptedStyleSheets = [] }")
    widget.remove_menu.get_by_role("button", name="Remove", exact=True).click()
    widget.wait_for_state("idle")
    assert zoom_side.count_calls(Operation.DELETE) == 1


@pytest.mark.needs(Ability.DOUBLE_CLICK)
def test_double_click_is_one_click(stage: Stage) -> None:
    """Some people double-click everything."""
    double_click(stage.page, stage.widget.add_button)
    expect(stage.widget.menu).to_be_visible()
    stage.widget.add_button.click()
    expect(stage.widget.menu).to_have_count(0)


@pytest.mark.needs(Ability.DOUBLE_CLICK)
def test_double_click_on_the_hosts_page_presses_nothing_that_comes_under_the_mouse(
    stage: Stage, zoom_side: ZoomSide
) -> None:
    """For example, a click on an appointment opens its drawer under the mouse."""
    stage.sign_in()
    stage.widget.wait_for_state("idle")
    stage.page.locator("#before").evaluate(COVER_ON_CLICK)
    double_click(stage.page, stage.page.locator("#before"))
    assert stage.widget.state == "idle"
    stage.page.mouse.click(300, 300)
    stage.widget.wait_for_state("ready")
    assert zoom_side.count_calls(Operation.CREATE) == 1


@pytest.mark.parametrize("how", ["Escape", "Cancel"])
def test_question_that_is_not_answered_gives_the_focus_back(made: Stage, how: str) -> None:
    widget = made.widget
    questions = [(widget.remove_button, widget.remove_menu)]
    if how == "Escape":
        questions += [
            (widget.send_button, widget.send_menu),
            (widget.account_button, widget.account_menu),
        ]
    for button, question in questions:
        button.press("Enter")
        expect(question).to_be_visible()
        if how == "Escape":
            made.page.keyboard.press("Escape")
        else:
            question.get_by_role("button", name="Cancel", exact=True).click()
        expect(question).to_have_count(0)
        expect(button).to_be_focused()


@pytest.mark.parametrize("how", ["Escape", "Cancel"])
def test_sign_in_that_is_called_off_is_no_failure(
    stage: Stage, context: BrowserContext, how: str
) -> None:
    widget = stage.widget
    widget.add_button.press("Enter")
    stage.page.keyboard.press("Tab")
    consent = widget.connect()
    stage.page.bring_to_front()
    expect(widget.progress).to_be_focused()
    with consent.page.expect_event("close"):
        if how == "Escape":
            stage.page.keyboard.press("Escape")
        else:
            stage.page.keyboard.press("Tab")
            stage.page.keyboard.press("Tab")
            expect(widget.cancel_button).to_be_focused()
            stage.page.keyboard.press("Enter")
    widget.wait_for_state("idle")
    expect(widget.message).to_have_text("Sign-in canceled.")
    expect(widget.add_button).not_to_be_focused()
    stage.page.keyboard.press("Enter")
    expect(widget.menu).to_have_count(0)
    stage.page.keyboard.press("Tab")
    expect(widget.add_button).to_be_focused()
    assert stage.list_events() == []
    assert len(context.pages) == 1
