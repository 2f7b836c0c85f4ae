"""The widget in a language that nobody speaks: every word of it comes from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pywidget.connection.account import Connection
from pywidget.connection.route import Route
from pywidget.domain.meeting import group_meeting_id
from pywidget.domain.moment import Moment
from pywidget.ui.node import Element, Node
from pywidget.ui.start import render_start
from pywidget.ui.view import render
from pywidget.widget import notices
from pywidget.widget.model import Copyable, Menu, Model, Notice
from pywidget.words.invitation import write_invitation
from pywidget.words.message import Message
from pywidget.words.times import Times
from pywidget.words.words import Words
from pywidget.zoom.scopes import Scope
from tests.domain.test_errors import ERRORS
from tests.doubles.clock import settle
from tests.doubles.english import WORDS
from tests.doubles.zones import TzdataZones
from tests.in_loop import in_loop
from tests.ui.models import MODELS, ONE, OWN_LINK, READY, SHOWN, ZOOM
from tests.words.test_catalogue import CATALOGUE
from tests.world import LINE, World

ACCENTED = str.maketrans("aeinouAEIOUcsyz", "àëïñöüÀËÏÖÜçšÿž")
IN_BRACES = re.compile(r"(\{[a-z_]+\})")
IS_MARKED = re.compile(r"(⟦[^⟦⟧]*(⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧ ?)*")
READ = ("aria-label", "title", "placeholder", "alt")  # attributes that people get to read


def mark(text: str) -> str:
    """Accents, and brackets around the whole; parameters stay as they are."""
    parts = IN_BRACES.split(text)
    return f"⟦{''.join(p if IN_BRACES.fullmatch(p) else p.translate(ACCENTED) for p in parts)}⟧"


def make_pseudo() -> Words:
    marked = {entry.msgid: mark(entry.msgstr) for entry in CATALOGUE}
    return Words(marked, Times(TzdataZones()), is_strict=True)


PSEUDO = make_pseudo()


def list_words(nodes: list[Node] | tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Element):
            yield from (text for name, text in node.attributes.items() if name in READ)
            yield from list_words(node.children)
        elif node.strip():
            yield node


def list_data(model: Model) -> set[str]:
    """What the model shows that nobody translates: what people typed, times, technical lines."""
    data = {"" if model.notice is None else model.notice.support}
    shown = model.shown
    if shown is not None:
        data |= {shown.topic or "", shown.link.url.removeprefix("https://").partition("?")[0]}
        data |= {shown.host_email}
        data |= {group_meeting_id(shown.link.meeting_id or "")}
        start = WORDS.write_moment(Moment(shown.starts_at)) if shown.starts_at else ""
        data |= set(list_words([render_start(start)]))  # in pieces, each on one line
        data |= {shown.passcode.reveal() if shown.passcode else ""}
        data |= {write_invitation(shown.invitation, PSEUDO)}  # several sentences, to copy by hand
    return data


def find_foreign(model: Model) -> list[str]:
    """What is neither from the catalogue nor data of the model's own."""
    data = list_data(model)
    words = list_words(render(model, PSEUDO))
    return [text for text in words if text not in data and not IS_MARKED.fullmatch(text)]


ROUTES = [
    Route(),
    Route(("app.example",)),
    Route(("a.example", "b.example")),
    Route(forwarder="app.example"),
    Route(("a.example",), "app.example"),
    Route(("a.example", "b.example"), "app.example"),
]
MORE = {
    **{f"route {at}": replace(MODELS["menu"], route=route) for at, route in enumerate(ROUTES)},
    "nobody's name": replace(MODELS["account"], connection=Connection()),
    "bare link": replace(READY, shown=replace(SHOWN, topic=None, starts_at=None, passcode=None)),
    "may not remove": replace(
        READY, connection=replace(ZOOM, denied=frozenset({Scope.DELETE})), menu=Menu.SEND
    ),
    "no plan": replace(READY, connection=replace(ZOOM, is_licensed=False), menu=Menu.SEND),
    "mailed": replace(READY, shown=replace(SHOWN, link=OWN_LINK), menu=Menu.SEND),
    "mailed to": replace(READY, shown=replace(SHOWN, link=OWN_LINK, mailed_to="dana@example.com")),
    "no address": replace(READY, connection=ZOOM),
    "not mailed": replace(
        READY, connection=ZOOM, appointment=replace(ONE, client="", client_email="d@e")
    ),
    "tells": replace(READY, shown=replace(SHOWN, has_registration=True), menu=Menu.REMOVE),
    "moving": replace(MODELS["drift"], copied=Copyable.INVITATION),
}
EVERY_MODEL = {**MODELS, **MORE}
EVERY_NOTICE = [
    *(each for each in vars(notices).values() if isinstance(each, Notice)),
    *map(notices.make_notice, ERRORS),
    notices.make_stranger_notice(ERRORS[0], "maya@lotus-spa.example"),
]


@pytest.mark.parametrize("name", EVERY_MODEL)
def test_every_word_of_a_state_comes_from_the_catalogue(name: str) -> None:
    assert find_foreign(EVERY_MODEL[name]) == []


@pytest.mark.parametrize("notice", EVERY_NOTICE, ids=lambda notice: notice.messages[0].key)
def test_every_word_of_a_notice_comes_from_the_catalogue(notice: Notice) -> None:
    for name in ("told", "ready", "gone"):
        assert find_foreign(replace(MODELS[name], notice=notice)) == []


def test_the_states_say_all_that_the_view_can_say() -> None:
    """A sentence of the view that no model above shows has not been looked at."""
    shown = "".join(
        text
        for model in EVERY_MODEL.values()
        for text in list_words(render(model, FirstWords(is_strict=True)))
    )
    places = {"menu", "panel", "row", "mailing", "field", "details", "progress", "link"}
    unseen = {
        key
        for key in (entry.msgid for entry in CATALOGUE)
        if key.partition(".")[0] in places and f"<{key}>" not in shown
    }
    assert unseen == set()


class FirstWords(Words):
    """Says each sentence's key."""

    def __init__(self, *, is_strict: bool) -> None:
        super().__init__({}, is_strict=is_strict)

    def say(self, key: str, /, **_values: object) -> str:
        return f"<{key}>"

    def write(self, message: Message) -> str:
        return f"<{message.key}>"


@in_loop
async def test_the_clipboard_and_the_pages_events_speak_the_same_language(world: World) -> None:
    page = world.add(starts="nonsense")
    world.notes.text = LINE
    page.widget.words = PSEUDO
    page.open(starts="nonsense")
    assert IS_MARKED.fullmatch(page.host.events[-1][1]["message"])
    page.open()
    page.widget.act("copy-invitation")
    await settle()
    topic, _, *lines = (world.clipboard.text or "").split("\n")
    assert topic == "Appointment with Dana Lee"
    assert lines
    assert all(IS_MARKED.fullmatch(line) for line in lines)


def test_the_search_for_foreign_words_sees_one() -> None:
    foreign = replace(MODELS["elsewhere"], appointment=None)
    assert not IS_MARKED.fullmatch("For support")
    assert IS_MARKED.fullmatch(PSEUDO.say("details.support"))
    assert any(not IS_MARKED.fullmatch(text) for text in list_words(render(foreign, WORDS)))
