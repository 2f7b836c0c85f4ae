"""Host pages that come and go, move elements, and keep notes in a framework or an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import CDPSession, Page, expect
from zoom_meeting_testing.pages import MeetingWidget
from zoom_meeting_testing.simulator import Operation

from e2e.abilities import Ability
from e2e.stage import DAY, LINK, MAYA, wait_until, write_element, write_line

if TYPE_CHECKING:
    from e2e.conftest import HoldCalls, OpenStage
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

CREATE = "/v2/users/me/meetings"
OPEN_AND_CLOSE = """
async (times) => {
  window.opened ??= [];
  const home = document.getElementById("home");
  for (let i = 0; i < times; i += 1) {
    for (const template of document.querySelectorAll("template")) {
      const field = document.createElement("textarea");
      field.id = "notes";
      field.value = template.dataset.notes;
      const element = template.content.firstElementChild.cloneNode(true);
      home.append(field, element);
      window.opened.push(new WeakRef(element), new WeakRef(field));
      const root = element.shadowRoot;
      if (!root.querySelector("[data-action]")) throw new Error("it was not opened");
      root.querySelector("[data-action=add], [data-action=send]").click();
      element.setAttribute("duration", "30");
      await Promise.resolve();
      root.querySelector("button").focus();
      home.replaceChildren();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}
"""
COUNT_ALIVE = "() => window.opened.filter((each) => each.deref()).length"
MOST_ALIVE = 2  # the browser itself keeps one pair: the one that had the focus last


def count(cdp: CDPSession) -> tuple[int, int]:
    """Count nodes and listeners, without garbage."""
    cdp.send("HeapProfiler.collectGarbage")
    counters = cdp.send("Memory.getDOMCounters")
    return counters["nodes"], counters["jsEventListeners"]


def count_alive(cdp: CDPSession, page: Page) -> int:
    cdp.send("HeapProfiler.collectGarbage")
    alive: int = page.evaluate(COUNT_ALIVE)
    return alive


@pytest.mark.needs(Ability.DEVTOOLS)
def test_fifty_appointments_leave_nothing_behind(open_stage: OpenStage) -> None:
    """Single-page applications remove elements all the time; proxies of Python are never freed."""
    noted = write_line(LINK)
    stage = open_stage(
        '<textarea id="first">Tea</textarea>'
        + write_element("first-widget", notes="#first")
        + '<div id="home"></div>'
        + f'<template data-notes="Tea">{write_element("one")}</template>'
        + f'<template data-notes="{noted}">{write_element("two", appointment="8")}</template>'
    )
    MeetingWidget.find(stage.page, "#first-widget").wait_for_state("idle")
    cdp = stage.page.context.new_cdp_session(stage.page)
    stage.page.evaluate(OPEN_AND_CLOSE, 5)
    wait_until(stage.page, lambda: count_alive(cdp, stage.page) <= MOST_ALIVE)
    nodes, listeners = count(cdp)

    stage.page.evaluate(OPEN_AND_CLOSE, 50)

    wait_until(stage.page, lambda: count_alive(cdp, stage.page) <= MOST_ALIVE)
    wait_until(stage.page, lambda: count(cdp)[0] <= nodes + 50)
    assert count(cdp)[1] <= listeners + 5
    assert stage.page.locator("zoom-meeting").count() == 1


def test_moved_removed_and_replaced_while_the_meeting_is_made(
    open_stage: OpenStage, zoom_side: ZoomSide, hold_calls: HoldCalls
) -> None:
    stage = open_stage(
        '<textarea id="notes">Tea</textarea><main id="one"></main><main id="two"></main>'
        + write_element()
        + write_element("twin", appointment="8")
    )
    widget = stage.widget
    twin = MeetingWidget.find(stage.page, "#twin")
    twin.wait_for_state("idle")
    stage.sign_in()

    gate = hold_calls(stage.page, CREATE)
    widget.add_button.click()
    widget.wait_for_state("creating")
    wait_until(stage.page, lambda: bool(gate.held))
    # The element is moved, removed and put back; then the framework replaces the field.
    stage.page.evaluate(
        """() => {
          const element = document.getElementById("widget");
          document.getElementById("one").append(element);
          const field = document.getElementById("notes");
          const anew = field.cloneNode();
          anew.value = "Tea, no milk";
          field.replaceWith(anew);
          document.getElementById("two").append(element);
        }"""
    )
    expect(widget.progress).to_contain_text("Creating the meeting…")
    gate.open()
    widget.wait_for_state("ready")
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    assert stage.read_notes() == f"Tea, no milk\n{line}"
    expect(widget.notice).to_have_count(0)

    # The other widget on these notes has noticed, although the field is a new one.
    twin.wait_for_state("ready")
    told = [(event["element"], event["name"]) for event in stage.list_events()]
    assert told == [("widget", "notes-changed"), ("widget", "created"), ("twin", "loaded")]
    link = zoom_side.join_url(zoom_side.get_meeting())
    expect(twin.client_link).to_have_attribute("href", link)
    assert stage.read_notes() == f"Tea, no milk\n{line}"

    # Both listen to the new field: its line goes, and so does the meeting in each.
    stage.write_notes("Tea, no milk")
    for each in (twin, widget):
        each.wait_for_state("idle")
    assert zoom_side.count_calls(Operation.CREATE) == 1


def test_notes_that_react_controls(
    open_stage: OpenStage, zoom_side: ZoomSide, hold_calls: HoldCalls
) -> None:
    """React, Vue and autosave notice a change; caret and the browser's own undo survive."""
    stage = open_stage(
        '<div id="app"></div><script type="module" src="/hosts/apps/react.js"></script>'
    )
    page, widget = stage.page, stage.widget
    state = page.locator("#state")
    widget.wait_for_state("idle")
    token = stage.simulator.issue_tokens(MAYA)
    stage.storage.keep_token(token)
    page.get_by_role("button", name="Replace the element").click()
    expect(widget.account_button).to_be_visible()
    stage.page.locator("#notes").evaluate("field => field.setSelectionRange(1, 2)")

    gate = hold_calls(page, CREATE)
    widget.add_button.click()
    wait_until(page, lambda: bool(gate.held))
    page.get_by_role("button", name="Longer").click()
    gate.open()
    widget.wait_for_state("ready")
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    expect(state).to_have_text(f"Tea\n{line}", use_inner_text=False)
    assert stage.read_notes() == f"Tea\n{line}"
    selection = "field => [field.selectionStart, field.selectionEnd]"
    assert page.locator("#notes").evaluate(selection) == [1, 2]

    # React renders again, and the user goes on typing: the line stays.
    page.locator("#notes").press("End")
    page.keyboard.type(", no milk")
    page.get_by_role("button", name="Longer").click()
    assert stage.read_notes() == f"Tea, no milk\n{line}"
    expect(widget.client_link).to_be_visible()

    # Another field and another element with the same notes.
    page.get_by_role("button", name="Replace the field").click()
    page.get_by_role("button", name="Replace the element").click()
    widget.wait_for_state("ready")
    widget.confirm_removal()
    widget.wait_for_state("idle")
    expect(state).to_have_text("Tea, no milk", use_inner_text=False)
    assert zoom_side.list_meetings() == []


def test_notes_in_rich_text(open_stage: OpenStage, zoom_side: ZoomSide) -> None:
    """In a plain `contenteditable` with blocks, and in an editor with its own document."""
    stage = open_stage(
        '<div id="blocks" contenteditable><p>Tea, <b>no milk</b></p><p>Call her back.</p></div>'
        '<link rel="stylesheet" href="/hosts/apps/quill.css"><div id="editor"></div>'
        '<script type="module" src="/hosts/apps/quill.js"></script>'
        + write_element("in-blocks", notes="#blocks")
        + write_element("in-quill", notes="#editor .ql-editor", appointment="8")
    )
    page = stage.page
    blocks, quill = (MeetingWidget.find(page, f"#in-{name}") for name in ("blocks", "quill"))
    for widget in (blocks, quill):
        widget.wait_for_state("idle")
    stage.storage.keep_token(stage.simulator.issue_tokens(MAYA))
    for name in ("in-blocks", "in-quill"):
        stage.reopen(name)
    markup = page.locator("#blocks").inner_html()
    delta = "() => JSON.stringify(window.quill.getContents())"
    document = page.evaluate(delta)

    blocks.add_button.click()
    blocks.wait_for_state("ready")
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    # A paragraph of its own in Chromium, a line of the last one in Firefox.
    shown = page.locator("#blocks").inner_text().split("\n")
    assert [each for each in shown if each] == ["Tea, no milk", "Call her back.", line]
    expect(page.locator("#blocks p").first.locator("b")).to_have_text("no milk")
    blocks.confirm_removal()
    blocks.wait_for_state("idle")
    assert page.locator("#blocks").inner_html() == markup

    quill.add_button.click()
    quill.wait_for_state("ready")
    expect(quill.start).to_have_text(f"{DAY} 6:00 pm")
    line = write_line(zoom_side.join_url(zoom_side.get_meeting()))
    text = page.evaluate("() => window.quill.getText()")
    assert text.replace("\xa0", " ") == f"Tea, no milk\n\nCall her back.\n{line}\n"
    # The line is in the editor's own document, so it is rendered from that and can be undone.
    page.evaluate("() => window.quill.setContents(window.quill.getContents())")
    expect(quill.client_link).to_be_visible()
    quill.confirm_removal()
    quill.wait_for_state("idle")
    assert page.evaluate(delta) == document
