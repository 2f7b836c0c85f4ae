"""The widget in the language of the page around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from e2e.stage import DAY, LINK, TOPIC, Gate, write_element, write_line
from web.catalogue import list_languages, read_words

if TYPE_CHECKING:
    from e2e.conftest import OpenStage
    from e2e.hosts import HostPages
    from e2e.stage import Stage
    from e2e.watcher import Watcher

BODY: Final = '<textarea id="notes"></textarea>' + write_element()
NOTED: Final = f'<textarea id="notes">{write_line(LINK)}</textarea>' + write_element()
SPEAK: Final = "(tag) => { document.documentElement.lang = tag; }"
LOADED: Final = """
() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").pop())
  .filter((name) => name.startsWith("words-"))
"""
WRITE: Final = """
(tag) => {
  const options = { dateStyle: "full", timeStyle: "short", timeZone: "America/New_York" };
  const text = new Intl.DateTimeFormat(tag, options).format(Date.UTC(2199, 10, 12, 23));
  return text.replaceAll(/[\\u00a0\\u202f]/g, " ");
}
"""
ARABIC_HAS_COME: Final = """
() => performance.getEntriesByType("resource").some(({ name }) => name.includes("words-ar"))
"""
WORDS_FILE: Final = re.compile(r"/words-[^/]+\.json$")


def list_loaded(page: Page) -> list[str]:
    """The languages that a page has asked for."""
    return [name.rpartition("-")[0].removeprefix("words-") for name in page.evaluate(LOADED)]


def name_camera(stage: Stage, name: str) -> None:
    camera = stage.widget.root.locator("[part~=add-button]")
    expect(camera).to_have_accessible_name(name)


def test_a_change_of_language_changes_every_word_without_a_reload(
    open_stage: OpenStage, page: Page
) -> None:
    stage = open_stage(BODY)
    stage.widget.wait_for_state("idle")
    stage.widget.add_button.click()
    stage.widget.connect().deny()
    expect(stage.widget.message).to_contain_text("permission was denied")
    events = page.evaluate("() => window.meetingEvents.length")
    assert list_loaded(page) == []
    for language in [*list_languages(), "en", "de"]:
        words = read_words(language)
        page.evaluate(SPEAK, language)
        name_camera(stage, words["button.add_meeting"])
        expect(stage.widget.message).to_have_text(words["error.access_denied"])
        expect(stage.widget.root.locator("[lang]")).to_have_count(0)
    stage.widget.root.locator("[part~=add-button]").click()
    for language in ["ar", "en", "es"]:
        page.evaluate(SPEAK, language)
        hint = stage.widget.root.locator("[part~=hint]").first
        expect(hint).to_have_text(read_words(language)["menu.add.hint"])
    assert page.evaluate("() => window.meetingEvents.length") == events
    assert sorted(list_loaded(page)) == sorted(list_languages())  # each of them once


def test_times_are_written_as_the_language_and_its_country_do(
    open_stage: OpenStage, page: Page
) -> None:
    stage = open_stage(NOTED)
    stage.widget.wait_for_state("ready")
    start = stage.widget.root.locator("[part~=start]")
    for tag in ("en-GB", "de", "fr-CA", "es-MX", "pt-BR", "ar-EG"):
        page.evaluate(SPEAK, tag)
        expect(start).to_have_text(page.evaluate(WRITE, tag))
    for tag in ("en-US", "en", "ja"):
        page.evaluate(SPEAK, tag)
        expect(start).to_have_text(f"{DAY} 6:00 pm")
    assert stage.read_notes() == write_line(LINK)


def test_the_closest_lang_counts_also_outside_shadow_trees(
    page: Page, hosts: HostPages, hosts_url: str
) -> None:
    inner = write_element("inner", appointment="8")
    body = f"""
      <textarea id="notes"></textarea>{write_element()}
      <section lang="de">{write_element("german", appointment="9")}</section>
      <div id="host" lang="fr"><template shadowrootmode="open">
        <textarea id="notes"></textarea>{inner}
      </template></div>
      {write_element("own", appointment="10", lang="es")}
    """
    page.goto(hosts_url + hosts.serve(body))
    for name, language in {"widget": "en", "german": "de", "inner": "fr", "own": "es"}.items():
        camera = page.locator(f"#{name} [part~=add-button]")
        expect(camera).to_have_accessible_name(read_words(language)["button.add_meeting"])
    page.locator("#host").evaluate("(host) => { host.lang = 'ar'; }")
    camera = page.locator("#inner [part~=add-button]")
    expect(camera).to_have_accessible_name(read_words("ar")["button.add_meeting"])


@pytest.mark.parametrize("tag", ["ja", "he", "xx-nonsense!"])
def test_english_on_another_page_is_marked_as_english(
    page: Page, hosts: HostPages, hosts_url: str, tag: str
) -> None:
    page.goto(hosts_url + hosts.serve(NOTED, lang=tag, direction="rtl"))
    widget = page.locator("#widget")
    expect(widget).to_have_attribute("data-state", "ready")
    panel = widget.locator("[part~=panel]")
    expect(panel).to_have_attribute("lang", "en")
    expect(panel).to_have_css("direction", "ltr")
    expect(panel.locator("[part~=start]")).to_have_text(f"{DAY} 6:00 pm")
    assert list_loaded(page) == []


def test_arabic_reads_from_right_to_left(page: Page, hosts: HostPages, hosts_url: str) -> None:
    page.goto(hosts_url + hosts.serve(NOTED, lang="ar", direction="rtl"))
    panel = page.locator("#widget [part~=panel]")
    words = read_words("ar")
    expect(panel.locator("[part~=copy-button]")).to_have_text(words["button.copy"])
    expect(panel).to_have_css("direction", "rtl")
    head, copy = (
        panel.locator(f"[part~={part}]").bounding_box() for part in ("link", "copy-button")
    )
    assert head
    assert copy
    assert copy["x"] < head["x"]


def test_before_the_words_have_come_english_stands_there_and_is_marked(
    page: Page, hosts: HostPages, hosts_url: str, watcher: Watcher
) -> None:
    watcher.expect("words-de")
    page.route(WORDS_FILE, lambda route: route.abort())
    page.goto(hosts_url + hosts.serve(BODY, lang="de"))
    camera = page.locator("#widget [part~=add-button]")
    expect(page.locator("#widget")).to_have_attribute("data-state", "idle")
    expect(camera).to_have_accessible_name("Add Meeting")
    expect(page.locator("#widget [part~=row]")).to_have_attribute("lang", "en")
    page.unroute(WORDS_FILE)
    page.evaluate("() => widget.after(widget.cloneNode())")  # the next one asks again
    expect(camera.first).to_have_accessible_name(read_words("de")["button.add_meeting"])
    expect(page.locator("#widget [part~=row]").first).not_to_have_attribute("lang", "en")


def test_words_that_come_late_take_neither_focus_nor_click(
    page: Page, hosts: HostPages, hosts_url: str, python_gate: Gate
) -> None:
    del python_gate
    words = Gate(page, "**/words-*.json")
    page.set_viewport_size({"width": 500, "height": 500})
    page.goto(hosts_url + hosts.serve(BODY, lang="ar", direction="rtl"))
    camera = page.locator("#widget [part~=add-button]")
    camera.focus()
    before = camera.bounding_box()
    camera.hover()
    page.mouse.down()
    words.open()
    page.wait_for_function(ARABIC_HAS_COME)
    page.mouse.up()
    expect(camera).to_have_accessible_name(read_words("ar")["button.add_meeting"])
    expect(camera).to_be_focused()
    assert camera.bounding_box() == before  # it has not jumped across the page
    expect(page.locator("#widget [part~=progress]")).to_be_visible()  # the click counts


def test_an_element_that_moves_speaks_the_language_of_its_new_place(
    page: Page, hosts: HostPages, hosts_url: str
) -> None:
    body = BODY + '<section id="there" lang="fr"></section>'
    page.goto(hosts_url + hosts.serve(body, lang="de"))
    camera = page.locator("#widget [part~=add-button]")
    expect(camera).to_have_accessible_name(read_words("de")["button.add_meeting"])
    page.evaluate("() => there.append(widget)")
    expect(camera).to_have_accessible_name(read_words("fr")["button.add_meeting"])


def test_a_failure_of_the_loader_changes_its_words_and_is_not_told_again(
    open_stage: OpenStage, page: Page, watcher: Watcher
) -> None:
    watcher.expect("Failed to load resource", "zoom-meeting: could not load")
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=404), times=1)
    stage = open_stage(BODY)
    widget = stage.widget
    widget.wait_for_state("error")
    told = widget.alarm.text_content()
    button = widget.notice.get_by_role("button")
    button.focus()
    for language in ["fr", "ar", "en", "de"]:
        words = read_words(language)
        page.evaluate(SPEAK, language)
        expect(widget.message).to_have_text(words["loader.not_loaded"])
        expect(button).to_have_text(words["button.try_again"])
        expect(button).to_be_focused()
    assert widget.alarm.text_content() == told
    assert stage.list_names() == ["error"]
    button.click()
    widget.wait_for_state("idle")


def test_what_is_for_developers_stays_english(
    page: Page, hosts: HostPages, hosts_url: str, watcher: Watcher
) -> None:
    watcher.expect("starts")
    body = '<textarea id="notes"></textarea>' + write_element(starts="tomorrow")
    page.goto(hosts_url + hosts.serve(body, lang="de"))
    message = page.locator("#widget [part~=message]")
    expect(message).to_contain_text("is not a date and time such as")
    expect(message).to_have_attribute("lang", "en")
    expect(message).to_have_attribute("dir", "ltr")


def test_clients_are_written_to_in_their_own_language_and_time(
    page: Page, hosts: HostPages, hosts_url: str
) -> None:
    element = write_element(client_time_zone="America/Los_Angeles", client_email="d@example.com")
    body = f'<textarea id="notes">{write_line(LINK)}</textarea>{element}'
    script = {"data-client-lang": "es-US", "data-business": "Glow Salon", "data-send": "host"}
    page.goto(hosts_url + hosts.serve(body, script=script))
    widget = page.locator("#widget")
    page.get_by_role("button", name="Send to client").click()
    mail = unquote(widget.get_by_role("link", name="Email").get_attribute("href") or "")
    spanish = read_words("es")
    subject = spanish["invitation.meeting_with"].format(business="Glow Salon")
    assert f"?subject={subject}&" in mail
    assert "3:00 p.m." in mail
    assert "6:00 p.m." in mail
    assert "hora del Pacífico" in mail
    text = unquote(widget.get_by_role("link", name="Text message").get_attribute("href") or "")
    assert "Glow Salon: " in text
    assert TOPIC not in text
