"""Every state of the widget: nothing overlaps, is cut off or leaves its box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from e2e.axe import find_violations
from e2e.gallery.languages import PSEUDO, list_languages, read_sentences
from e2e.gallery.states import list_groups
from pywidget.widget.model import Menu, State
from tests.public_contract.text import read_contract

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import OpenContext

FIND_FAULTS: Final = "async () => (await import('/gallery/layout.js')).findLayoutFaults()"
LIST_EMPTY: Final = """
() => {
  const rootOf = (state) => state.querySelector("zoom-meeting").shadowRoot;
  const saysNothing = (state) => !rootOf(state).querySelector("[part]") || rootOf(state).querySelector(".notice:empty");
  const states = [...document.querySelectorAll(".state")].filter(saysNothing);
  return states.map((state) => state.querySelector(".state__name").textContent);
}
"""  # noqa: E501
COUNT_STATES: Final = "() => document.querySelectorAll('.state').length"
STYLE: Final = """
(rules) => {
  window.spoiled ??= new CSSStyleSheet();
  spoiled.replaceSync(rules);
  for (const { shadowRoot } of document.querySelectorAll("zoom-meeting"))
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets.slice(0, 2), spoiled];
}
"""
PHONE: Final = {"width": 320, "height": 640}
CIRCUMSTANCES: Final[dict[str, dict[str, Any]]] = {
    "320 px": {},
    "text of 200 %": {"text": "200"},
    "right to left": {"dir": "rtl"},
    "forced colors": {"forced_colors": "active"},
}
MORE: Final[dict[str, dict[str, Any]]] = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "more contrast": {"theme": "more"},
    "long words": {"lang": PSEUDO},
    "long words, text of 200 %": {"lang": PSEUDO, "text": "200"},
}
SWITCHES: Final = ("theme", "lang", "text", "width", "dir")
LANGUAGES: Final = [name for name in list_languages() if name not in ("en", PSEUDO)]
SPOILED: Final = {
    ".button { min-block-size: 0; padding-block: 0; line-height: 1 }": " is only ",
    ".start { overflow: hidden; max-inline-size: 3em; white-space: nowrap }": " is cut off",
    ".copy-button { position: relative; inset-inline-start: 4rem }": " leaves the widget",
    ".copy-button { padding: 0; min-inline-size: 0 }": " touches the border around it",
    ".copy-button { margin-inline-start: -4rem }": " overlap",
    ".panel { inline-size: 60rem }": "the page is ",
}


@pytest.fixture
def gallery(page: Page, demo_url: str) -> Page:
    page.set_viewport_size({"width": 320, "height": 640})
    return open_gallery(page, demo_url)


def open_gallery(page: Page, demo_url: str, **chosen: str) -> Page:
    """Open the gallery with these switches set, and wait until all is painted."""
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    page.goto(f"{demo_url}/gallery.html?{query}")
    page.locator("[data-painted]").wait_for(state="attached")
    return page


def find_faults(
    open_context: OpenContext, demo_url: str, circumstance: dict[str, Any]
) -> list[str]:
    options = {"viewport": PHONE, **circumstance}
    chosen = {name: options.pop(name) for name in SWITCHES if name in options}
    gallery = open_gallery(open_context(**options).new_page(), demo_url, **chosen)
    faults: list[str] = gallery.evaluate(FIND_FAULTS)
    return faults


@pytest.mark.parametrize("name", CIRCUMSTANCES)
def test_no_state_falls_apart(open_context: OpenContext, demo_url: str, name: str) -> None:
    assert find_faults(open_context, demo_url, CIRCUMSTANCES[name]) == []


@pytest.mark.long
@pytest.mark.parametrize("name", MORE)
def test_no_state_falls_apart_in_rarer_circumstances(
    open_context: OpenContext, demo_url: str, name: str
) -> None:
    assert find_faults(open_context, demo_url, MORE[name]) == []


@pytest.mark.long
@pytest.mark.parametrize("text", ["", "200"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_falls_apart_in_another_language(
    open_context: OpenContext, demo_url: str, language: str, text: str
) -> None:
    assert find_faults(open_context, demo_url, {"lang": language, "text": text}) == []


@pytest.mark.long
def test_the_loader_speaks_the_language_too(page: Page, demo_url: str) -> None:
    gallery = open_gallery(page, demo_url, lang="de")
    expect(gallery.get_by_text(read_sentences("de")["loader.not_loaded"])).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark", "more", "more-dark"])
def test_axe_finds_nothing_wrong_in_any_state(page: Page, demo_url: str, theme: str) -> None:
    gallery = open_gallery(page, demo_url, theme=theme)
    gallery.get_by_text("Looks", exact=True).click()
    # No page of a salon's shows so many widgets for the same client.
    assert find_violations(page, without=["landmark-unique"]) == []


def test_what_falls_apart_is_found(gallery: Page) -> None:
    before = set(gallery.evaluate(FIND_FAULTS))
    for rules, words in SPOILED.items():
        gallery.evaluate(STYLE, rules)
        new = set(gallery.evaluate(FIND_FAULTS)) - before
        assert any(words in fault for fault in new), rules


def test_gallery_paints_all_that_people_get_to_see(gallery: Page) -> None:
    models = [model for group in list_groups().values() for model in group.values()]
    assert {model.state for model in models} == set(State) - {State.LOADING}  # the loader has that
    assert {model.menu for model in models} == {None, *Menu}
    assert gallery.evaluate(LIST_EMPTY) == []
    assert gallery.evaluate(COUNT_STATES) > len(models)


def test_looks_change_every_state_and_are_told_as_css(gallery: Page) -> None:
    gallery.get_by_text("Looks", exact=True).click()
    field = gallery.get_by_label("--zoom-meeting-accent", exact=True)
    told = gallery.get_by_role("region", name="The CSS for your page")
    picker = gallery.get_by_label("Pick --zoom-meeting-accent")
    expect(picker).to_have_value("#0b57d0")  # the widget's own
    field.fill("rgb(1, 2, 3)")
    expect(picker).to_have_value("#010203")
    expect(told).to_have_text("zoom-meeting {\n  --zoom-meeting-accent: rgb(1, 2, 3);\n}")
    start = gallery.locator("zoom-meeting").get_by_role("button", name="Add Zoom Meeting").first
    expect(start).to_have_css("background-color", "rgb(1, 2, 3)")
    field.fill("no color")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(start).not_to_have_css("background-color", "rgb(1, 2, 3)")
    picker.fill("#040506")
    expect(start).to_have_css("background-color", "rgb(4, 5, 6)")
    gallery.get_by_role("button", name="Reset").click()
    expect(told).to_have_text("/* Nothing is set yet. */")


def test_looks_has_a_field_for_each_custom_property(gallery: Page) -> None:
    names = gallery.locator("#looks [data-slot=name]").all_text_contents()
    assert sorted(names) == read_contract()["custom properties"]
