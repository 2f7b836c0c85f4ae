"""Where words are broken, and where lines are, in a column that is narrow on any screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.models import MODELS

if TYPE_CHECKING:
    from e2e.looks.conftest import OpenEasel

BROKEN = """host => {
  const texts = document.createTreeWalker(host.shadowRoot, NodeFilter.SHOW_TEXT);
  const broken = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.parentElement.closest(".button")) continue;
    for (const word of text.data.matchAll(/[^\\s@.-]+/g)) {
      const range = new Range();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((each) => each.top));
      if (lines.size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""
NARROW = "zoom-meeting { inline-size: 286px }"


def test_large_letters_in_a_narrow_column_break_no_word_of_a_button(
    open_easel: OpenEasel,
) -> None:
    easel = open_easel(letters="200%")
    easel.page.add_style_tag(content=NARROW)
    for name in ("send", "sending", "invite", "remove", "ready, account", "signing in again"):
        easel.show(MODELS[name])
        assert easel.host.evaluate(BROKEN) == [], name


def test_day_and_month_are_on_one_line_and_the_time_is_on_one(open_easel: OpenEasel) -> None:
    for letters in ("100%", "200%"):
        easel = open_easel(letters=letters)
        easel.page.add_style_tag(content=NARROW)
        easel.show(MODELS["connected"])
        line = easel.measure(".head > .icon")["height"] * 2
        pieces = easel.find(".unbroken")
        assert pieces.all_inner_texts() == ["March 5", "6:00 pm"]
        heights = pieces.evaluate_all("all => all.map((each) => each.offsetHeight)")
        assert max(heights) < line


def test_what_is_being_sent_moves_nothing_beside_it(open_easel: OpenEasel) -> None:
    for width in (286, 400, 480):
        easel = open_easel()
        easel.page.add_style_tag(content=f"zoom-meeting {{ inline-size: {width}px }}")
        places = []
        for name in ("send", "sending", "sent"):
            easel.show(MODELS[name])
            buttons = easel.find(".menu .button").all()
            places.append([button.bounding_box() for button in buttons])
        assert places[0] == places[1] == places[2], width


def test_a_date_in_english_reads_as_one_where_the_page_reads_the_other_way(
    open_easel: OpenEasel,
) -> None:
    easel = open_easel(direction="rtl")
    easel.show(MODELS["connected"])
    places = """spans => [...spans[0].childNodes].map((each) => {
      const range = new Range();
      range.selectNodeContents(each);
      return range.getBoundingClientRect().left;
    })"""
    left = easel.find(".start").evaluate_all(places)
    assert left == sorted(left)
    icon, start = easel.measure(".head > .icon"), easel.measure(".unbroken:last-child")
    assert 0 < icon["x"] - (start["x"] + start["width"]) < icon["width"]  # beside each other
