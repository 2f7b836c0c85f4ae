"""The first meeting, and every way in which signing in to Zoom may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoom_meeting_testing.simulator import Operation

from e2e.stage import LINK, write_element, write_line
from e2e.webkit.pages import NOTICE, ConsentPage
from e2e.webkit.tab import wait_until

if TYPE_CHECKING:
    from e2e.webkit.conftest import OpenStage
    from e2e.webkit.pages import Stage
    from e2e.zoom_side import ZoomSide

BODY = '<textarea id="notes">Tea</textarea>' + write_element()
TYPED = "Tea 🌸, no milk.\nLikes it quiet.\n"
TYPE = """
const notes = document.querySelector("#notes");
notes.value = arguments[0];
notes.dispatchEvent(new Event("input", { bubbles: true }));
notes.setSelectionRange(4, 6);
"""
WATCH_PROGRESS = """
const widget = document.querySelector("#widget");
window.progress = [];
new MutationObserver(() => {
  const text = widget.shadowRoot.querySelector("[part~=progress]")?.innerText;
  const step = `${widget.dataset.state}: ${text}`;
  if (text && progress.at(-1) !== step) progress.push(step);
}).observe(widget.shadowRoot, { childList: true, subtree: true, characterData: true });
"""
WATCH_WINDOWS = """
const open = window.open;
let isInClick = false;
window.opened = [];
window.open = (...values) => {
  window.opened.push(isInClick);
  return open.apply(window, values);
};
const note = (isNow) => () => { isInClick = isNow };
addEventListener("click", note(true), { capture: true });
addEventListener("click", note(false));
"""


def test_the_button_is_there_at_once_and_python_soon(open_stage: OpenStage) -> None:
    stage = open_stage(BODY)
    button = wait_until(lambda: stage.widget.button("Add Meeting"))
    assert button is not None
    stage.widget.wait_for_state("idle")
    assert stage.widget.read("aria-busy") == "false"


def test_a_meeting_in_the_notes_is_shown_to_anybody(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    notes = f"Tea\n{write_line(LINK)}"
    stage = open_stage(f'<textarea id="notes">{notes}</textarea>' + write_element())
    stage.widget.wait_for_state("ready")
    assert stage.widget.client_link == LINK
    assert stage.list_names() == ["loaded"]
    assert stage.read_notes() == notes
    assert zoom_side.count_calls(Operation.READ) == 0


def test_allow_is_the_last_click_that_a_first_meeting_takes(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.widget.add()
    consent = stage.widget.connect()
    consent.wait_for()
    stage.widget.wait_for_state("signing-in")
    consent.allow()
    stage.widget.wait_for_state("ready")

    link = zoom_side.join_url(zoom_side.get_meeting())
    assert stage.read_notes() == f"Tea\n{write_line(link)}"
    assert stage.widget.client_link == link
    assert stage.list_names() == ["connected", "notes-changed", "created"]
    assert stage.list_own_keys() == ["pywidget:v1:token"]
    wait_until(lambda: not consent.tab.is_open, "the popup closes itself")


def test_a_click_that_comes_before_python_is_kept(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(BODY)
    stage.storage.keep_token(stage.simulator.issue_tokens("maya@lotus-spa.example"))
    stage.tab.run(WATCH_PROGRESS)
    stage.widget.add()
    stage.widget.wait_for_state("ready")
    assert stage.tab.run("return progress")[:2] == [
        "loading: Getting ready…",
        "creating: Creating the meeting…",
    ]
    assert stage.read_notes().count("Zoom: [") == 1
    zoom_side.get_meeting()


def test_the_popup_opens_inside_the_click(open_stage: OpenStage) -> None:
    """Safari blocks a popup that opens after its click."""
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.widget.add()
    stage.widget.wait_for("[role=group][aria-label='Add Meeting']")
    wait_until(lambda: len(stage.simulator.list_requests()) == 4, "the way to Zoom is known")
    stage.tab.run(WATCH_WINDOWS)
    stage.widget.connect().wait_for()
    assert stage.tab.run("return window.opened") == [True]


def test_a_popup_may_be_closed_again_and_again(open_stage: OpenStage, zoom_side: ZoomSide) -> None:
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    for _ in range(3):
        stage.widget.add()
        consent = stage.widget.connect()
        consent.wait_for()
        consent.tab.close()
        stage.widget.wait_for_notice("popup_closed")
        stage.widget.wait_for_state("idle")
    assert stage.read_notes() == "Tea"

    stage.widget.add()
    stage.widget.connect().allow()
    stage.widget.wait_for_state("ready")
    zoom_side.get_meeting()


def test_deny_is_told_and_changes_nothing(open_stage: OpenStage, zoom_side: ZoomSide) -> None:
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.widget.add()
    stage.widget.connect().deny()
    words = stage.widget.wait_for_notice("access_denied")
    assert "permission was denied" in words
    assert (stage.widget.state, stage.read_notes()) == ("idle", "Tea")
    assert (stage.list_own_keys(), zoom_side.list_meetings()) == ([], [])
    assert zoom_side.count_calls(Operation.TOKEN) == 0


def test_a_blocked_popup_goes_there_and_back_with_the_unsaved_notes(
    open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    stage = open_stage(BODY)
    address = stage.tab.url
    stage.widget.wait_for_state("idle")
    stage.tab.run(TYPE, TYPED)

    # After *Deny* the page is back, and nothing is lost.
    _depart(stage).deny()
    stage.widget.wait_for_notice("access_denied")
    assert (stage.tab.url, stage.read_notes()) == (address, TYPED)
    caret = "const n = document.querySelector('#notes'); return [n.selectionStart, n.selectionEnd]"
    assert stage.tab.run(caret) == [4, 6]
    assert stage.list_own_keys() == []

    _depart(stage).allow()
    stage.widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    assert stage.read_notes() == f"{TYPED}{write_line(link)}\n"
    assert (stage.tab.url, stage.tab.run("return history.state")) == (address, None)
    assert stage.list_names() == ["connected", "notes-changed", "created"]
    assert stage.list_own_keys() == ["pywidget:v1:token"]


def _depart(stage: Stage) -> ConsentPage:
    stage.tab.run("window.open = () => null")
    stage.widget.add()
    stage.widget.press("Add Zoom Meeting")
    consent = ConsentPage(stage.tab)
    consent.wait_for()
    assert stage.widget.find(NOTICE) is None
    return consent
