"""Where things stand, in states and on screens where they once did not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from e2e.abilities import Ability
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.widget.model import Menu, State
from tests.ui.models import MODELS, OWN_LINK, SHOWN

if TYPE_CHECKING:
    from e2e.looks.conftest import OpenEasel

ROOM = JoinLink("us02web.zoom.us", LinkKind.PERSONAL, "maya.lotus")
MORE = {
    **MODELS,
    "mailed": replace(MODELS["connected"], shown=replace(SHOWN, link=OWN_LINK)),
    "personal room": replace(MODELS["connected"], shown=replace(SHOWN, link=ROOM)),
    "remove, tell": replace(MODELS["remove"], shown=replace(SHOWN, has_registration=True)),
}
pytestmark = pytest.mark.long

# Boxes that stick out of the element, or that lie over each other without one being in the other.
MISPLACED = """
host => {
  const inside = host.getBoundingClientRect();
  const all = host.shadowRoot.querySelectorAll("button, a, summary, .message, .start, p, dt, dd");
  const found = [...all].filter((each) => each.checkVisibility() && !each.closest(".announcer"));
  const name = (each) => `${each.localName} ${each.ariaLabel ?? each.textContent}`;
  const wrong = found.filter((each) => {
    const box = each.getBoundingClientRect();
    const isOutside = box.left < inside.left - 1 || box.right > inside.right + 1;
    return isOutside || (each.clientWidth && each.scrollWidth > each.clientWidth + 1);
  }).map((each) => `${name(each)} does not fit`);
  for (const one of found) for (const other of found) {
    if (one === other || one.contains(other) || other.contains(one)) continue;
    const [a, b] = [one, other].map((each) => each.getBoundingClientRect());
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (width > 1 && height > 1) wrong.push(`${name(one)} is over ${name(other)}`);
  }
  return wrong;
}
"""

BORDERS = """
host => [...host.shadowRoot.querySelectorAll("*")].map((each) => getComputedStyle(each).borderStyle)
"""


@pytest.mark.parametrize(
    ("width", "letters", "direction"),
    [(480, "100%", "ltr"), (360, "175%", "ltr"), (320, "100%", "rtl"), (320, "200%", "ltr")],
)
def test_nothing_sticks_out_or_covers_another(
    open_easel: OpenEasel, width: int, letters: str, direction: str
) -> None:
    """*Remove meeting* lay over *Details*, and menus left the screen."""
    easel = open_easel(width, letters=letters, direction=direction)
    wrong = {}
    for name, model in MORE.items():
        easel.show(model)
        for each in easel.find("details").all():
            each.evaluate("details => (details.open = true)")
        found = easel.host.evaluate(MISPLACED)
        if found:
            wrong[name] = found
        assert not easel.page.evaluate("() => document.documentElement.scrollLeft")
    assert wrong == {}


@pytest.mark.parametrize("width", [320, 480, 900, 1400])
@pytest.mark.parametrize(
    ("before", "menu"), [("idle", Menu.ADD), ("idle, connected", Menu.ACCOUNT)]
)
def test_the_pressed_button_stays_when_its_menu_opens_below(
    open_easel: OpenEasel, width: int, before: str, menu: Menu
) -> None:
    """It moved by 16 pixels, since the menu had come beside it."""
    easel = open_easel(width)
    easel.page.add_style_tag(content="zoom-meeting { --zoom-meeting-max-width: none }")
    easel.show(MODELS[before])
    buttons = (
        ["[part=add-button]"]
        if menu is Menu.ADD
        else ["[part=add-button]", "[part=account-button]"]
    )
    places = [easel.measure(each) for each in buttons]
    easel.show(replace(MODELS[before], menu=menu))
    assert [easel.measure(each) for each in buttons] == places
    assert easel.measure(".menu")["y"] > places[0]["y"] + places[0]["height"]


@pytest.mark.parametrize("state", [State.UPDATING, State.REMOVING, State.SIGNING_IN])
def test_what_runs_is_told_inside_the_panel_and_no_button_moves(
    open_easel: OpenEasel, state: State
) -> None:
    """It stuck to the panel's edge, and the buttons were gone."""
    easel = open_easel()
    easel.show(MODELS["connected"])
    buttons = easel.find(".panel button")
    before = [each.bounding_box() for each in buttons.all()]
    easel.show(replace(MODELS["connected"], state=state))
    panel, progress = easel.measure(".panel"), easel.measure(".progress")
    assert progress["x"] - panel["x"] >= 8
    assert panel["y"] + panel["height"] - progress["y"] - progress["height"] >= 8
    assert [each.bounding_box() for each in buttons.all()[: len(before)]] == before


def test_the_panel_has_its_size_before_there_is_a_meeting(open_easel: OpenEasel) -> None:
    easel = open_easel()
    easel.show(MODELS["ready"])
    height = easel.measure(".panel")["height"]
    easel = open_easel()
    for name in ("signing in", "creating"):
        easel.show(MODELS[name])
        assert abs(easel.measure(".panel")["height"] - height) < 3, "browsers count three pixels"


@pytest.mark.parametrize("name", ["cleaned", "gone", "not saved", "unknown"])
def test_the_answers_to_a_message_stand_in_one_row_below_it(
    open_easel: OpenEasel, name: str
) -> None:
    """The first stood beside the words, and the second below."""
    easel = open_easel()
    easel.show(MODELS[name])
    message = easel.measure(".notice .message")
    tops = [each.bounding_box() for each in easel.find(".notice .buttons > *").all()]
    middles = {round(box["y"] + box["height"] / 2) for box in tops if box}
    assert len(middles) == 1
    assert min(box["y"] for box in tops if box) >= message["y"] + message["height"]


def test_what_destroys_is_not_what_shines(open_easel: OpenEasel) -> None:
    easel = open_easel()
    easel.show(MODELS["connected"])
    read = "(each, name) => getComputedStyle(each)[name]"
    remove = easel.find("[data-action=remove]")
    send = easel.find("[data-action=send]")
    muted = easel.find("summary").evaluate(read, "color")
    assert remove.evaluate(read, "color") == muted
    assert send.evaluate(read, "backgroundColor") != remove.evaluate(read, "backgroundColor")


def test_no_box_is_dashed(open_easel: OpenEasel) -> None:
    """Those are places to drop files into."""
    easel = open_easel()
    for name in ("send", "remove", "ready, account", "drift"):
        easel.show(MODELS[name])
        assert "dashed" not in easel.host.evaluate(BORDERS)


@pytest.mark.needs(Ability.PREFERENCES)
def test_with_forced_colors_no_border_touches_what_it_is_around_and_icons_are_seen(
    open_easel: OpenEasel,
) -> None:
    """Borders that are transparent elsewhere are drawn then."""
    easel = open_easel(forced_colors="active")
    tight = """host => [...host.shadowRoot.querySelectorAll(".button")].filter((each) => {
      const style = getComputedStyle(each);
      return Math.min(parseFloat(style.paddingLeft), parseFloat(style.paddingRight)) < 6;
    }).map((each) => each.textContent)"""
    outside = """host => {
      const panel = host.shadowRoot.querySelector(".panel")?.getBoundingClientRect();
      return [...host.shadowRoot.querySelectorAll(".panel .button")]
        .filter((each) => panel.right - each.getBoundingClientRect().right < 10)
        .map((each) => each.textContent);
    }"""
    unseen = """host => [...host.shadowRoot.querySelectorAll(".icon")].filter((each) => {
      const canvas = getComputedStyle(host.parentNode).backgroundColor;
      return getComputedStyle(each).color === canvas;
    }).map((each) => each.className)"""
    easel.page.add_style_tag(content="body { background: Canvas }")
    for model in MORE.values():
        easel.show(model)
        assert easel.host.evaluate(tight) == []
        assert easel.host.evaluate(outside) == []
        assert easel.host.evaluate(unseen) == []


@pytest.mark.needs(Ability.PREFERENCES)
def test_with_more_contrast_no_text_is_muted(open_easel: OpenEasel) -> None:
    easel = open_easel(contrast="more")
    easel.show(MODELS["connected"])
    color = "each => getComputedStyle(each).color"
    assert easel.find("summary").evaluate(color) == easel.find(".start").evaluate(color)


@pytest.mark.needs(Ability.PREFERENCES)
@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_who_wants_less_motion_sees_none(
    open_easel: OpenEasel, motion: str, *, moves: bool
) -> None:
    easel = open_easel(reduced_motion=motion)
    for name, selector in (("menu", ".menu"), ("creating", ".spinner"), ("failed", ".notice")):
        easel.show(MODELS[name])
        animation = easel.find(selector).evaluate("each => getComputedStyle(each).animationName")
        assert (animation != "none") is moves


def test_the_link_has_a_visible_label(open_easel: OpenEasel) -> None:
    easel = open_easel()
    easel.show(MODELS["ready"])
    label, address = easel.measure(".link .label"), easel.measure(".link .address")
    assert easel.find(".link .label").inner_text() == "Client link"
    assert label["y"] + label["height"] <= address["y"] + 1
