"""Pages whose elements have names of `document`'s members, or that add members to every object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import BrowserContext, expect

from e2e.abilities import Ability
from e2e.stage import NOTES, Stage, write_element

if TYPE_CHECKING:
    from e2e.conftest import OpenStage
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

ELEMENT: Final = '<textarea id="notes">Tea</textarea>' + write_element()
NAMES: Final = [
    "scripts",
    "head",
    "body",
    pytest.param("currentScript", marks=pytest.mark.needs(Ability.NAMED_ELEMENTS)),
    "readyState",
]
POLLUTE: Final = """
for (const name of ["once", "redirect", "query", "clone", "each"]) Object.prototype[name] = VALUE;
"""
NO_CHANNELS: Final = "BroadcastChannel.prototype.postMessage = () => {}"
"""Leaves one channel for Zoom's answer, as in browsers that partition storage by site."""


def make_a_meeting(stage: Stage, zoom_side: ZoomSide) -> None:
    widget = stage.widget
    widget.wait_for_state("idle")
    widget.add_button.click()
    consent = widget.connect()
    stage.page.evaluate("() => postMessage('of somebody else', location.origin)")
    consent.allow()
    widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    expect(widget.client_link).to_have_attribute("href", link)


@pytest.mark.parametrize("name", NAMES)
def test_image_is_named_like_a_member_of_document(
    open_stage: OpenStage, zoom_side: ZoomSide, name: str
) -> None:
    make_a_meeting(open_stage(f'<img name="{name}" alt="">{ELEMENT}'), zoom_side)


@pytest.mark.parametrize("value", ["true", "function () {}", "'text'"])
def test_every_object_inherits_what_the_page_gave_it(
    context: BrowserContext, open_stage: OpenStage, zoom_side: ZoomSide, value: str
) -> None:
    context.add_init_script(POLLUTE.replace("VALUE", value))
    context.add_init_script(NO_CHANNELS)
    stage = open_stage(ELEMENT)
    make_a_meeting(stage, zoom_side)

    # `once` would remove a listener after its first event.
    made = stage.read_notes()
    stage.write_notes(f"{NOTES}\n{made}")
    stage.write_notes("Tea")
    stage.widget.wait_for_state("idle")
    stage.write_notes(made)
    stage.widget.wait_for_state("ready")
