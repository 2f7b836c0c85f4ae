"""The picture in ARCHITECTURE.md says what the imports say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rooms.house import Exemption, House, Room, read_house, reduce_arrows
from tests.rooms.picture import FILE, describe, draw

MAIN, UI, ZOOM, DOMAIN = (
    Room("main", "Joins <all> parts.", None, touches_browser=False),
    Room("ui", "What people see.", 6, touches_browser=False),
    Room("zoom", "Messages.", 1, touches_browser=False),
    Room("domain", "Values.", 16, touches_browser=False),
)
HOUSE = House((DOMAIN, MAIN, UI, ZOOM), (("main", "ui"), ("ui", "domain")), ())


def test_the_picture_is_what_the_imports_say() -> None:
    assert FILE.read_text("utf-8") == draw(read_house()), "make rooms draws it anew"


def test_the_imports_are_read_as_they_are() -> None:
    house = read_house()
    rooms = {room.name: room for room in house.rooms}
    assert {room.name for room in house.rooms if room.touches_browser} == {"browser"}
    assert rooms["zoom"].purpose.startswith("Zoom's OAuth and REST messages")
    assert (rooms["zoom"].title, rooms["ports"].title) == ("zoom/", "ports.py")
    languages = tuple(f"{each}.po" for each in ("ar", "de", "en", "es", "fr", "pt-BR"))
    assert rooms["words"].sources == languages  # and not what the build makes of them
    assert all(room.sources == () for room in house.rooms if room.name != "words")
    assert {("main", "browser"), ("zoom", "domain")} <= set(house.arrows)
    assert ("main", "widget") not in house.arrows  # by way of assemble.py
    assert house.exemptions == (Exemption("check", "browser", "urllib_http"),)


def test_what_follows_from_other_arrows_has_none() -> None:
    arrows = {("a", "b"), ("b", "c"), ("c", "d"), ("a", "c"), ("a", "d"), ("e", "d")}
    assert reduce_arrows(arrows) == (("a", "b"), ("b", "c"), ("c", "d"), ("e", "d"))


def test_imports_that_run_in_a_circle_have_no_picture() -> None:
    with pytest.raises(ValueError, match="circle"):
        reduce_arrows({("a", "b"), ("b", "c"), ("c", "a")})


def test_every_arrow_and_exemption_is_drawn_and_told() -> None:
    more = replace(
        HOUSE,
        arrows=(*HOUSE.arrows, ("ui", "zoom")),
        exemptions=(Exemption("zoom", "main", "start"),),
    )
    assert [draw(house).count('class="head"') for house in (HOUSE, more)] == [2, 4]
    assert describe(more) == (
        "main.py imports ui/. ui/ imports domain/ and zoom/. "
        "As an exception, zoom/ imports main.py: only start.py."
    )


def test_a_room_has_its_name_its_purpose_and_how_many_files_it_has() -> None:
    picture = draw(HOUSE)
    assert all(text in picture for text in (">ui/<", ">main.py<", ">6 files<", ">1 file<"))
    assert "Joins &lt;all&gt; parts." in picture


def test_files_that_are_not_python_are_named() -> None:
    words = Room("words", "Sentences.", 4, touches_browser=False, sources=("en.po",))
    assert ">4 files, en.po<" in draw(House((words,), (), ()))


def test_a_room_without_a_place_is_told() -> None:
    attic = Room("attic", "Old things.", 2, touches_browser=False)
    with pytest.raises(ValueError, match=r"attic/ has no place in tests/rooms/plan\.py"):
        draw(replace(HOUSE, rooms=(*HOUSE.rooms, attic)))


def test_an_arrow_that_would_run_up_is_told() -> None:
    with pytest.raises(ValueError, match="domain must be above ui"):
        draw(replace(HOUSE, arrows=(("domain", "ui"),)))
