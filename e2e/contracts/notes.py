"""`ports.Notes`: the rules for every notes field, whatever element the host page uses."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from e2e.contracts.contract import refused
from pywidget.domain.errors import Code
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.note_line import (
    Edit,
    NoteLine,
    add_line,
    find_meeting,
    remove_meeting,
    write_line,
)
from pywidget.ports import Notes

LINE = write_line(
    NoteLine(
        topic="Appointment with Dána “Lee” \U0001f9d6",
        starts=datetime.fromisoformat("2026-03-05T18:00"),
        link=JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x"),
    )
)


class Bench(Protocol):
    notes: Notes
    keeps_breaks_at_the_end: bool
    keeps_selection: bool  # rich text has its own idea of where a caret is

    def write(self, text: str) -> None:
        """Replace the whole field's text, as the user types it."""

    def forget_events(self) -> None:
        """Start a new count of events."""

    def count_events(self) -> dict[str, int]:
        """Return how often the host has received `input` and `change` since then."""

    def read_host(self) -> str:
        """Return the notes as the host page has them: what it would save."""

    def make_deaf(self) -> None:
        """Let the field ignore all changes from now on."""

    def remove(self) -> None:
        """Remove the field from the page."""


def list_texts(bench: Bench) -> list[str]:
    one_line = ["", "Allergic to latex.", "Ünï \U0001f9d6\U0001f9d6 “quoted” <b>&amp;</b>"]
    if not bench.notes.multiline:
        return one_line
    several = ["one\ntwo", "one\n\nthree", "a\n\U0001f9d6b\nc"]
    return [*one_line, *several, *(["one\n", "a\n\n"] if bench.keeps_breaks_at_the_end else [])]


async def add(bench: Bench) -> str:
    text = bench.notes.read()
    await bench.notes.apply(add_line(text, LINE, multiline=bench.notes.multiline))
    return bench.notes.read()


async def check_what_the_user_typed_is_read(bench: Bench) -> None:
    for text in list_texts(bench):
        bench.write(text)
        assert bench.notes.read() == text, (text, bench.notes.read())


async def check_the_line_is_added_on_a_line_of_its_own(bench: Bench) -> None:
    for text in list_texts(bench):
        bench.write(text)
        wanted = add_line(text, LINE, multiline=bench.notes.multiline).apply(text)
        assert await add(bench) == wanted, (text, bench.notes.read())
        if bench.notes.multiline:
            assert LINE in bench.notes.read().split("\n")


async def check_adding_and_removing_gives_the_notes_back(bench: Bench) -> None:
    for text in list_texts(bench):
        bench.write(text)
        added = await add(bench)
        found = find_meeting(added)
        assert found is not None
        await bench.notes.apply(remove_meeting(added, found, multiline=bench.notes.multiline))
        assert bench.notes.read() == text, (text, bench.notes.read())


async def check_the_host_hears_of_it(bench: Bench) -> None:
    bench.write("Allergic to latex.")
    bench.forget_events()
    text = await add(bench)
    counted = bench.count_events()
    assert counted["input"] >= 1, counted
    assert counted["change"] >= 1, counted
    assert bench.read_host() == text


async def check_an_edit_in_the_middle_changes_nothing_else(bench: Bench) -> None:
    bench.write("\U0001f9d6 one two \U0001f9d6 three")
    await bench.notes.apply(Edit(2, 5, "\U0001f486 2"))
    assert bench.notes.read() == "\U0001f9d6 \U0001f486 2 two \U0001f9d6 three"
    await bench.notes.apply(Edit(1, 5, ""))
    assert bench.notes.read() == "\U0001f9d6 two \U0001f9d6 three"


async def check_the_selection_can_be_kept_for_later(bench: Bench) -> None:
    text = "\U0001f9d6\U0001f9d6 Allergic to latex."
    bench.write(text)
    for start, end in ((0, 0), (1, 2), (3, 11), (len(text), len(text))):
        bench.notes.select(start, end)
        kept = (start, end) if bench.keeps_selection else (len(text), len(text))
        assert bench.notes.selection == kept, bench.notes.selection
    bench.notes.select(3, 11)
    await add(bench)
    at = bench.notes.selection
    assert at == ((3, 11) if bench.keeps_selection else (len(bench.notes.read()),) * 2), at


async def check_a_field_that_takes_nothing_is_told(bench: Bench) -> None:
    bench.write("Allergic to latex.")
    bench.make_deaf()
    with refused(Code.NOTES_WRITE_FAILED):
        await add(bench)
    assert bench.notes.read() == "Allergic to latex."


async def check_a_field_that_left_is_told(bench: Bench) -> None:
    bench.write("x")
    bench.remove()
    with refused(Code.NOTES_NOT_FOUND):
        bench.notes.read()
    with refused(Code.NOTES_NOT_FOUND):
        await bench.notes.apply(Edit(0, 0, "x"))
    with refused(Code.NOTES_NOT_FOUND):
        bench.notes.select(0, 0)
    with refused(Code.NOTES_NOT_FOUND):
        assert bench.notes.selection
