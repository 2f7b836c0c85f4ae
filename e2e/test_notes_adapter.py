"""Notes without a field: the host page reads and writes them for the widget."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from e2e.stage import MAYA, Stage, add_meeting, wait_until, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

BODY = (
    '<zoom-meeting id="widget" appointment="7" client="Dana Lee" starts="2199-11-12T18:00"'
    ' time-zone="America/New_York"></zoom-meeting>'
    '<script type="module" src="/hosts/notes-keeper.js"></script>'
)
TEXT = "Tea, no milk. 🌸"


@pytest.fixture
def stage(open_stage: OpenStage) -> Stage:
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.storage.keep_token(stage.simulator.issue_tokens(MAYA))
    stage.page.reload()
    stage.widget.wait_for_state("idle")
    return stage


def tell(stage: Stage, **changes: object) -> None:
    stage.page.evaluate("changes => { Object.assign(window.keeper, changes) }", changes)


def read(stage: Stage) -> Any:
    return stage.page.evaluate("() => window.keeper.text")


def test_a_meeting_is_written_and_removed_through_the_adapter(
    stage: Stage, zoom_side: ZoomSide
) -> None:
    widget = stage.widget
    widget.add_button.click()
    widget.wait_for_state("ready")
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    assert read(stage) == f"{TEXT}\n{line}"
    units = len(TEXT.encode("utf-16-le")) // 2
    assert stage.page.evaluate("() => window.keeper.saved") == [[units, units, f"\n{line}"]]
    assert stage.list_names() == ["notes-changed", "created"]
    widget.confirm_removal()
    widget.wait_for_state("idle")
    assert read(stage) == TEXT
    assert zoom_side.list_meetings() == []


def test_refresh_reads_what_other_hands_have_written(stage: Stage, zoom_side: ZoomSide) -> None:
    link = zoom_side.join_url(add_meeting(stage.simulator))
    tell(stage, text=f"{TEXT}\n{write_line(link)}")
    stage.widget.root.evaluate("element => element.refresh()")
    stage.widget.wait_for_state("ready")
    expect(stage.widget.client_link).to_have_attribute("href", link)
    tell(stage, text=TEXT)
    stage.widget.root.evaluate("element => element.refresh()")
    stage.widget.wait_for_state("idle")


def test_an_adapter_that_takes_half_of_it_gets_it_back(stage: Stage, zoom_side: ZoomSide) -> None:
    tell(stage, keeps=14)
    widget = stage.widget
    widget.add_button.click()
    widget.wait_for_state("ready")
    expect(widget.notice).to_have_attribute("data-code", "notes_write_failed")
    assert read(stage) == TEXT
    assert stage.list_names() == ["created", "error"]
    tell(stage, keeps=1000)
    widget.save_again_button.click()
    expect(widget.notice).to_have_count(0)
    assert read(stage) == f"{TEXT}\n{write_line(zoom_side.join_url(zoom_side.get_meeting()))}"


def test_a_line_that_stays_after_the_delete_is_told_and_can_be_removed(
    stage: Stage, zoom_side: ZoomSide
) -> None:
    widget = stage.widget
    widget.add_button.click()
    widget.wait_for_state("ready")
    with_line = read(stage)
    tell(stage, isBroken=True)
    widget.confirm_removal()
    widget.wait_for_state("gone")
    expect(widget.message).to_contain_text(
        "was deleted in Zoom, but its line is still in the notes"
    )
    expect(widget.start_button).to_have_count(0)
    assert read(stage) == with_line
    assert zoom_side.list_meetings() == []
    assert "s3cr3t" not in widget.root.evaluate("element => element.shadowRoot.textContent")
    assert stage.list_names() == ["notes-changed", "created", "removed", "error"]
    tell(stage, isBroken=False)
    widget.button("Remove from notes").click()
    widget.wait_for_state("idle")
    assert read(stage) == TEXT


@pytest.mark.parametrize(
    ("adapter", "words"),
    [
        ("{}", "read.. failed"),
        ("{ read: () => 7 }", "did not return a string"),
        ("{ read() { throw new Error('s3cr3t') } }", "read.. failed"),
    ],
)
def test_an_adapter_that_makes_no_sense_is_named(
    stage: Stage, adapter: str, words: str, expect_errors: Callable[..., None]
) -> None:
    expect_errors(words)
    stage.widget.root.evaluate(f"element => {{ element.notesAdapter = {adapter} }}")
    stage.widget.wait_for_state("error")
    expect(stage.widget.notice).to_have_attribute("data-code", "notes_not_found")
    expect(stage.widget.message).to_contain_text(re.compile(words))
    stage.widget.root.evaluate("element => { element.notesAdapter = { read: () => '' } }")
    stage.widget.wait_for_state("idle")
    wait_until(stage.page, lambda: stage.list_names() == ["error"])
