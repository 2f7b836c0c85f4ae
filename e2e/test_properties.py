"""The element's properties, as frameworks and a page's own code set and call them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect
from zoom_meeting_testing.pages import MeetingWidget

from e2e.stage import LINK, Gate, Stage, wait_until, write_element, write_line

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator import Simulator

    from e2e.conftest import OpenStage
    from e2e.hosts import HostPages
    from e2e.watcher import Watcher

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
NOTES = '<textarea id="notes">Tea</textarea>'
PROPERTIES = {
    "appointment": "8",
    "client": "Sam",
    "clientEmail": "sam@example.com",
    "clientPhone": "+15550100",
    "starts": "2199-11-12T19:00",
    "timeZone": "Europe/Berlin",
    "duration": 45,
    "notes": "#notes",
}
SET = """
(element, properties) => {
  Object.assign(element, properties);
  return Object.keys(properties).map((name) => element[name]);
}
"""
READ_ATTRIBUTES = """
(element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))
"""
WRITE_SILENTLY = "(field, text) => { field.value = text }"


def open_app(open_stage: OpenStage, name: str) -> Stage:
    return open_stage(
        f'<div id="app"></div><script type="module" src="/hosts/apps/{name}.js"></script>'
    )


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("framework", ["vue", "react"])
def test_disabled_and_duration_follow_a_frameworks_state(
    open_stage: OpenStage, framework: str
) -> None:
    stage = open_app(open_stage, framework)
    widget = stage.widget
    widget.wait_for_state("idle")
    expect(widget.add_button).to_be_enabled()

    press(stage.page, "Over")
    expect(widget.add_button).to_be_disabled()
    expect(widget.root).to_have_attribute("disabled", "")
    press(stage.page, "Over")
    expect(widget.add_button).to_be_enabled()
    assert widget.root.get_attribute("disabled") is None

    expect(widget.root).to_have_attribute("duration", "60")
    press(stage.page, "Longer")
    expect(widget.root).to_have_attribute("duration", "75")
    widget.wait_for_state("idle")


def test_vue_sets_properties_by_their_names_in_camel_case(open_stage: OpenStage) -> None:
    stage = open_app(open_stage, "vue")
    root = stage.widget.root
    stage.widget.wait_for_state("idle")
    expect(root).to_have_attribute("time-zone", "Europe/Berlin")
    expect(root).to_have_attribute("client-email", "dana@example.com")
    press(stage.page, "No e-mail")
    expect(root).not_to_have_attribute("client-email", "dana@example.com")
    assert not root.get_attribute("client-email")


def test_each_attribute_is_a_property(open_stage: OpenStage) -> None:
    element = '<zoom-meeting id=widget appointment=1 starts=2199-11-12T18:00 notes="#notes">'
    stage = open_stage(f"{NOTES}{element}</zoom-meeting>")
    root = stage.widget.root

    shown = root.evaluate(SET, PROPERTIES)

    assert shown == [str(value) for value in PROPERTIES.values()]
    attributes = root.evaluate(READ_ATTRIBUTES)
    for name, attribute in [
        ("appointment", "appointment"),
        ("clientEmail", "client-email"),
        ("clientPhone", "client-phone"),
        ("timeZone", "time-zone"),
        ("duration", "duration"),
    ]:
        assert attributes[attribute] == str(PROPERTIES[name])
    stage.widget.wait_for_state("idle")

    for nothing in ("null", "undefined"):
        root.evaluate(SET, {"clientPhone": "+1"})
        root.evaluate(f"(element) => {{ element.clientPhone = {nothing} }}")
        assert root.get_attribute("client-phone") is None
        assert root.evaluate("(element) => element.clientPhone") is None
    assert root.evaluate("(element) => element.disabled") is False
    root.evaluate(SET, {"disabled": True})
    expect(stage.widget.add_button).to_be_disabled()
    root.evaluate(SET, {"disabled": False})
    expect(stage.widget.add_button).to_be_enabled()


def test_properties_that_were_set_before_the_element_was_defined_count(
    page: Page, hosts: HostPages, hosts_url: str, simulator: Simulator
) -> None:
    gate = Gate(page, "**/embed.js")
    body = NOTES + "<zoom-meeting id=widget disabled></zoom-meeting>"
    page.goto(hosts_url + hosts.serve(body), wait_until="commit")
    root = page.locator("#widget")
    root.wait_for(state="attached")
    root.evaluate(SET, {**PROPERTIES, "disabled": False})
    root.evaluate("(element) => { window.adapter = element.notesAdapter = { read: () => 'Tea' } }")
    wait_until(page, lambda: bool(gate.held))
    assert root.get_attribute("time-zone") is None

    gate.open()
    expect(root).to_have_attribute("time-zone", "Europe/Berlin")
    expect(root).to_have_attribute("duration", "45")
    widget = MeetingWidget.find(page)
    expect(widget.add_button).to_be_enabled()
    assert root.evaluate("(element) => element.notesAdapter === window.adapter")
    root.evaluate("(element) => { element.timeZone = 'Asia/Tokyo' }")
    expect(root).to_have_attribute("time-zone", "Asia/Tokyo")
    assert simulator.list_requests() == []


def test_markup_that_says_false_is_explained_once_for_each_name(
    open_stage: OpenStage, watcher: Watcher
) -> None:
    stage = open_stage(
        NOTES
        + write_element(disabled="false")
        + write_element("other", appointment="8", disabled="false", read_only="false")
    )
    stage.widget.wait_for_state("idle")
    expect(stage.widget.add_button).to_be_disabled()
    said = [line for line in watcher.console if 'disabled="false"' in line]
    assert len(said) == 1
    assert "element.disabled = false" in said[0]
    MeetingWidget.find(stage.page, "#other").wait_for_state("idle")
    (said_of_other,) = [line for line in watcher.console if 'read-only="false"' in line]
    assert "element.readOnly = false" in said_of_other

    stage.widget.root.evaluate(SET, {"disabled": False})
    expect(stage.widget.add_button).to_be_enabled()


@pytest.mark.parametrize(
    "call", ["(element) => element.refresh()", "(element) => { element.notesAdapter = null }"]
)
def test_notes_that_changed_without_an_event_are_read_anew(
    open_stage: OpenStage, call: str
) -> None:
    stage = open_stage(NOTES + write_element())
    stage.widget.wait_for_state("idle")
    stage.page.locator("#notes").evaluate(WRITE_SILENTLY, write_line(LINK))
    stage.widget.root.evaluate(call)
    stage.widget.wait_for_state("ready")
    expect(stage.widget.client_link).to_have_attribute("href", LINK)


def test_refresh_before_python_is_there_starts_it_for_a_meeting(
    open_stage: OpenStage, page: Page
) -> None:
    page.add_init_script("window.requestIdleCallback = () => 0")
    stage = open_stage(NOTES + write_element())
    expect(stage.widget.add_button).to_be_visible()
    stage.page.locator("#notes").evaluate(WRITE_SILENTLY, write_line(LINK))
    assert stage.widget.state == "loading"
    stage.widget.root.evaluate("(element) => element.refresh()")
    stage.widget.wait_for_state("ready")


def test_class_names_its_release(open_stage: OpenStage) -> None:
    stage = open_stage(NOTES + write_element())
    version: Any = stage.page.evaluate("() => customElements.get('zoom-meeting').version")
    assert version == read_release()


def read_release() -> str:
    project: str = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]
    return project
