"""Every state looks as it was accepted; what would not be seen elsewhere is seen here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from e2e.abilities import Ability
from e2e.browser import launch
from e2e.gallery.camera import CIRCUMSTANCES, open_gallery, take_sheet, take_sheets
from e2e.gallery.comparison import compare, find_changes
from e2e.gallery.likeness import find_difference
from e2e.gallery.references import FOLDER, read_references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page, Playwright

    from e2e.conftest import OpenContext

pytestmark = pytest.mark.needs(Ability.ACCEPTED_PICTURES)

KEPT: Final = Path(__file__).resolve().parents[1] / ".cache" / "gallery"
GROUP: Final = "a-meeting"
CREATING: Final = "connecting-and-creating"
SPOIL: Final = """
(rules) => {
  window.spoiled ??= new CSSStyleSheet();
  spoiled.replaceSync(rules);
  for (const { shadowRoot } of document.querySelectorAll("zoom-meeting"))
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets.slice(0, 2), spoiled];
}
"""
SPOILED: Final = {
    "an icon is missing": ".plane { visibility: hidden }",
    "another icon": '.copy { --_icon: url("/icons/clock.svg") }',
    "a button is 4 px aside": ".copy-button { position: relative; inset-inline-end: 4px }",
    "a button is 4 px lower": ".button.primary { position: relative; inset-block-start: 4px }",
    "muted text is not": ".mailing { color: var(--_text) }",
    "a title is muted": ".start { color: var(--_muted) }",
    "a link has no color": ".link { color: var(--_text) }",
    "another accent": ":host { --zoom-meeting-accent: #1a5fd0 }",
    "nothing is primary": ".button { all: revert }",
    "a ground is gone": ".link-row { background: none }",
    "a panel's border is gone": ".panel { border-color: transparent }",
    "a line is gone": ".foot { border-color: transparent }",
    "buttons' borders are gone": ".button { border-color: transparent }",
    "underlines are gone": ".address { text-decoration: none }",
    "a title is less bold": ".start { font-weight: 500 }",
    "buttons are not bold": ".button { font-weight: 400 }",
    "the gaps are less": ".panel { gap: 0.5rem }",
    "the triangle is gone": "summary { list-style: none }",
}
OTHER_SCREENS: Final[dict[str, float]] = {"of the same kind": 1, "finer": 1.25, "twice as fine": 2}
OTHER_MACHINES: Final = {
    "without a graphics card": "--disable-gpu",
    "that sets letters on whole pixels": "--disable-font-subpixel-positioning",
}


@pytest.fixture(scope="module")
def light(browser: Browser, demo_url: str) -> Iterator[Page]:
    page = open_gallery(browser.new_context, demo_url, "light")
    yield page
    page.context.close()


def find_group_changes(page: Page, group: str) -> list[str]:
    references = read_references(FOLDER / "light")[group]
    return [each.state for each in compare(references, take_sheet(page, group).states)]


def is_ready_changed(page: Page) -> bool:
    reference = read_references(FOLDER / "light")[GROUP]["ready"]
    return find_difference(reference, take_sheet(page, GROUP).states["ready"]) is not None


def test_a_new_meeting_looks_as_accepted(light: Page) -> None:
    light.evaluate(SPOIL, "")
    assert find_group_changes(light, CREATING) == []


@pytest.mark.long
@pytest.mark.parametrize("name", CIRCUMSTANCES)
def test_every_state_looks_as_accepted(open_context: OpenContext, demo_url: str, name: str) -> None:
    sheets = take_sheets(open_context, demo_url, name)
    states = {group: sheet.states for group, sheet in sheets.items()}
    changes = find_changes(name, states, KEPT)
    assert not changes, "\n".join(["If they are good, `make gallery ACCEPT=1`:", *changes])


@pytest.mark.long
@pytest.mark.parametrize("what", SPOILED)
def test_what_is_spoiled_is_seen(light: Page, what: str) -> None:
    light.evaluate(SPOIL, "")
    assert not is_ready_changed(light)
    light.evaluate(SPOIL, SPOILED[what])
    assert is_ready_changed(light)


@pytest.mark.long
@pytest.mark.parametrize("screen", OTHER_SCREENS)
def test_another_screen_is_not_another_look(
    open_context: OpenContext, demo_url: str, screen: str
) -> None:
    options: dict[str, Any] = {"device_scale_factor": OTHER_SCREENS[screen]}
    page = open_gallery(open_context, demo_url, "light", **options)
    assert find_group_changes(page, GROUP) == []


@pytest.mark.long
@pytest.mark.parametrize("machine", OTHER_MACHINES)
def test_another_machine_is_not_another_look(
    playwright: Playwright, demo_url: str, machine: str
) -> None:
    with launch(playwright, "chromium", OTHER_MACHINES[machine]) as browser:
        page = open_gallery(browser.new_context, demo_url, "light")
        assert find_group_changes(page, GROUP) == []


@pytest.mark.long
@pytest.mark.parametrize("name", ["light", "language-ar", "language-en-x-long"])
def test_no_picture_needs_a_font_of_the_machine(
    open_context: OpenContext, demo_url: str, name: str
) -> None:
    page = open_gallery(open_context, demo_url, name)
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    board = next(each for each in list_nodes(root) if each["nodeName"] == "MAIN")
    fonts = [font for node in list_nodes(board) for font in list_fonts(session, node)]
    assert len(fonts) > 500
    assert [font["familyName"] for font in fonts if not font["isCustomFont"]] == []


def list_nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in [*node.get("children", []), *node.get("shadowRoots", [])]:
        yield from list_nodes(child)


def list_fonts(session: CDPSession, node: dict[str, Any]) -> list[dict[str, Any]]:
    if not any(child["nodeName"] == "#text" for child in node.get("children", [])):
        return []
    told = session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})
    fonts: list[dict[str, Any]] = told["fonts"]
    return fonts
