"""The notes as the record of a meeting: found anew each time, changed as little as possible."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.connection.departure import Draft
from pywidget.domain.errors import Code, HostPageError, NotesChangedError, Reason, WidgetError
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.note_line import Edit, NoteLine
from pywidget.meetings.notes_record import NotesRecord
from tests.doubles.clock import run
from tests.doubles.notes import FakeNotes
from tests.world import LINE

SIX = datetime.fromisoformat("2026-03-05T18:00")
NINE = datetime.fromisoformat("2026-03-06T09:00")
LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x")
NEW_PASSCODE = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "other")
OTHER_LINK = JoinLink("zoom.us", LinkKind.JOIN, "99912345678")
NOTE_LINE = NoteLine("Appointment with Dana Lee", SIX, LINK)
MOVED = LINE.replace("Thursday, March 5 2026 6:00 pm", "Friday, March 6 2026 9:00 am")
BARE = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"


def record_of(notes: FakeNotes) -> NotesRecord:
    return NotesRecord(lambda: notes, frozenset())


# Adding


def test_a_line_is_added_once() -> None:
    notes = FakeNotes("Allergic to latex.")
    record = record_of(notes)
    assert record.find() is None
    assert run(record.add(NOTE_LINE)) == LINE
    assert run(record.add(NOTE_LINE)) is None
    assert notes.text == f"Allergic to latex.\n{LINE}"
    found = record.find()
    assert found is not None
    assert (found.topic, found.starts, found.link) == (NOTE_LINE.topic, SIX, LINK)


def test_the_field_is_looked_up_at_every_use() -> None:
    """Frameworks replace it."""
    fields = [FakeNotes("one")]
    record = NotesRecord(lambda: fields[-1], frozenset())
    run(record.add(NOTE_LINE))
    fields.append(FakeNotes("two"))
    assert record.find() is None
    run(record.add(NOTE_LINE))
    assert fields[1].text == f"two\n{LINE}"


def test_one_change_at_a_time_and_the_second_sees_what_the_first_has_done() -> None:
    notes, turn = FakeNotes("Tea"), asyncio.Lock()
    records = [NotesRecord(lambda: notes, frozenset(), turn=turn) for _ in range(2)]

    async def add_both() -> list[str | None]:
        return await asyncio.gather(*(record.add(NOTE_LINE) for record in records))

    lines = run(add_both())
    assert lines == [LINE, None]
    assert notes.text == f"Tea\n{LINE}"


def test_a_lock_that_comes_while_a_change_waits_for_its_turn_keeps_it_out() -> None:
    async def test() -> None:
        notes, turn, locks = FakeNotes(), asyncio.Lock(), [False]
        record = NotesRecord(lambda: notes, frozenset(), turn=turn, is_locked=lambda: locks[0])
        async with turn:
            adding = asyncio.ensure_future(record.add(NOTE_LINE))
            await asyncio.sleep(0)
            locks[0] = True
        with pytest.raises(HostPageError) as raised:
            await adding
        assert (raised.value.reason, notes.text) == (Reason.READ_ONLY, "")
        assert await record.restore_draft(Draft("the user's own", "", 0, 0))
        assert notes.text == "the user's own"

    run(test())


def test_what_somebody_types_at_that_moment_is_kept() -> None:
    notes = FakeNotes("Tea")
    notes.typed_meanwhile = ", no milk"
    assert run(record_of(notes).add(NOTE_LINE)) == LINE
    assert notes.text == f"Tea, no milk\n{LINE}"


def test_a_removal_that_cannot_be_is_known_before() -> None:
    notes = FakeNotes(LINE)
    record_of(notes).check_removable(LINK)
    record_of(notes).check_removable(OTHER_LINK)  # not there: nothing to remove
    notes.rejects = True
    with pytest.raises(WidgetError) as caught:
        record_of(notes).check_removable(LINK)
    assert caught.value.code is Code.NOTES_WRITE_FAILED


# Correcting


@pytest.mark.parametrize(
    "text",
    [
        LINE,
        f"{LINE}\nlater",
        f"before\n{LINE}\n\nafter",
        f"before\r\n{LINE}\r\nafter",
        f"Google Meet: https://meet.google.com/a\n{LINE}",
        LINE.replace("Appointment with Dana Lee", "Botox [2nd] \U0001f9d6"),
    ],
)
def test_a_rewritten_line_keeps_its_place_and_its_topic(text: str) -> None:
    notes = FakeNotes(text)
    wanted = text.replace("Thursday, March 5 2026 6:00 pm", "Friday, March 6 2026 9:00 am")
    line = run(record_of(notes).rewrite(LINK, NINE))
    assert notes.text == wanted
    assert line is not None
    assert line in wanted.split("\n") or f"{line}\r" in wanted.split("\n")


@pytest.mark.parametrize("link", [LINK, NEW_PASSCODE])
def test_a_line_is_the_meetings_whatever_its_passcode_is_now(link: JoinLink) -> None:
    notes = FakeNotes(LINE)
    assert run(record_of(notes).rewrite(link, NINE)) == MOVED
    assert notes.text == MOVED


@pytest.mark.parametrize("text", [BARE, f"see {BARE} please", f"Zoom: {BARE}"])
def test_a_bare_link_says_nothing_about_the_time_and_is_left_alone(text: str) -> None:
    notes = FakeNotes(text)
    assert run(record_of(notes).rewrite(LINK, NINE)) is None
    assert (notes.text, notes.history) == (text, [])


def test_a_line_that_is_right_already_is_not_touched() -> None:
    notes = FakeNotes(LINE)
    assert run(record_of(notes).rewrite(LINK, SIX)) is None
    assert notes.history == []


@pytest.mark.parametrize("text", ["", "only text", LINE.replace("86012345678", "99912345678")])
def test_a_line_that_is_not_there_cannot_be_corrected(text: str) -> None:
    notes = FakeNotes(text)
    with pytest.raises(WidgetError) as caught:
        run(record_of(notes).rewrite(LINK, NINE))
    assert caught.value.code is Code.NOTES_CONFLICT
    assert notes.history == []


def test_only_the_line_of_this_meeting_is_corrected() -> None:
    other = LINE.replace("86012345678", "99912345678")
    for text in (f"{LINE}\n{other}", f"{other}\n{LINE}"):
        notes = FakeNotes(text)
        run(record_of(notes).rewrite(LINK, NINE))
        assert notes.text == text.replace(LINE, MOVED)


# Removing and putting back


PLACES = {
    "alone": LINE,
    "at the end": f"Allergic to latex.\n{LINE}",
    "at the start": f"{LINE}\nAllergic to latex.",
    "in the middle": f"a\n\n{LINE}\n\nb",
    "with CRLF": f"a\r\n{LINE}\r\nb\r\n",
    "a bare link": f"see {BARE} please",
    "between others": f"x\n{LINE.replace('86012345678', '99912345678')}\n{LINE}\ny",
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES.keys())
@pytest.mark.parametrize("multiline", [True, False])
def test_a_removed_line_can_be_put_back_to_the_byte(text: str, *, multiline: bool) -> None:
    text = text if multiline else text.replace("\r", "").replace("\n", " ")
    notes = FakeNotes(text, multiline=multiline)
    record = record_of(notes)
    removed = run(record.remove(LINK))
    assert removed is not None
    assert removed.line in text
    assert removed.line not in notes.text
    run(record.restore(removed))
    assert notes.text == text


def test_after_other_edits_it_is_put_back_at_the_end() -> None:
    notes = FakeNotes(f"one\n{LINE}\ntwo")
    record = record_of(notes)
    removed = run(record.remove(LINK))
    assert removed is not None
    notes.text += "\nthree"
    run(record.restore(removed))
    assert notes.text == f"one\ntwo\nthree\n{LINE}"


def test_a_line_that_is_gone_already_is_not_removed_twice() -> None:
    notes = FakeNotes("only text")
    assert run(record_of(notes).remove(LINK)) is None
    assert run(record_of(notes).remove(OTHER_LINK)) is None
    assert notes.history == []


def test_another_meetings_line_stays() -> None:
    notes = FakeNotes(LINE)
    assert run(record_of(notes).remove(OTHER_LINK)) is None
    assert notes.text == LINE


def test_what_was_removed_is_no_secret_in_a_log() -> None:
    notes = FakeNotes(f"Allergic to latex.\n{LINE}")
    assert "Allergic" not in f"{run(record_of(notes).remove(LINK))!r}".replace(LINE, "")


@given(st.text("ab \n\u00e9\U0001f9d6", max_size=20), st.text("ab \n\u00e9", max_size=20))
def test_removing_what_was_added_gives_back_the_notes(before: str, after: str) -> None:
    notes = FakeNotes(before)
    record = record_of(notes)
    run(record.add(NOTE_LINE))
    removed = run(record.remove(LINK))
    assert notes.text == before
    assert removed is not None
    notes.text += after
    run(record.restore(removed))
    assert notes.text.startswith(before if after else f"{before}")
    assert LINE in notes.text


# The draft that survives leaving the page


def test_a_draft_holds_text_and_selection() -> None:
    notes = FakeNotes("Allergic to latex. New!")
    notes.select(3, 8)
    assert record_of(notes).take_draft("Allergic to latex.") == Draft(
        "Allergic to latex. New!", "Allergic to latex.", 3, 8
    )


@pytest.mark.parametrize(
    ("now", "wanted", "agrees"),
    [
        ("opened", "the draft", True),  # the server has what it had
        ("the draft", "the draft", True),  # the host kept the draft itself
        ("", "the draft", False),
        ("a colleague's", "a colleague's\nthe draft", False),
        ("the draft, and more", "the draft, and more\nthe draft", False),
    ],
)
def test_a_draft_comes_back_and_nothing_is_lost(now: str, wanted: str, *, agrees: bool) -> None:
    notes = FakeNotes(now)
    assert run(record_of(notes).restore_draft(Draft("the draft", "opened", 4, 9))) is agrees
    assert notes.text == wanted
    if agrees:
        assert notes.selection == (4, 9)


def test_a_draft_that_is_there_already_is_not_typed_again() -> None:
    notes = FakeNotes("the draft")
    run(record_of(notes).restore_draft(Draft("the draft", "opened", 0, 0)))
    assert notes.history == []


def test_an_emptied_field_is_a_draft_too() -> None:
    notes = FakeNotes("opened")
    assert run(record_of(notes).restore_draft(Draft("", "opened", 0, 0)))
    assert notes.text == ""


USES = {
    "find": lambda record: record.find(),
    "add": lambda record: run(record.add(NOTE_LINE)),
    "rewrite": lambda record: run(record.rewrite(LINK, NINE)),
    "remove": lambda record: run(record.remove(LINK)),
    "take a draft": lambda record: record.take_draft(""),
    "restore a draft": lambda record: run(record.restore_draft(Draft("x", "", 0, 0))),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_a_field_that_left_is_told(use: object) -> None:
    notes = FakeNotes(LINE)
    notes.is_gone = True
    with pytest.raises(WidgetError) as caught:
        use(record_of(notes))  # type: ignore[operator]
    assert caught.value.code is Code.NOTES_NOT_FOUND


@pytest.mark.parametrize("trouble", ["rejects", "reverts"])
@pytest.mark.parametrize("name", ["rewrite", "remove"])
def test_a_field_that_takes_nothing_is_told(trouble: str, name: str) -> None:
    notes = FakeNotes(LINE)
    setattr(notes, trouble, True)
    with pytest.raises(WidgetError) as caught:
        USES[name](record_of(notes))
    assert caught.value.code is Code.NOTES_WRITE_FAILED
    assert notes.text == LINE


def test_a_field_that_is_typed_into_again_and_again_is_left_alone() -> None:
    class Busy(FakeNotes):
        async def apply(self, edit: Edit) -> None:
            self.typed_meanwhile = "!"
            await super().apply(edit)

    notes = Busy("Tea")
    with pytest.raises(NotesChangedError):
        run(record_of(notes).add(NOTE_LINE))
    assert notes.text == "Tea" + 20 * "!"
    assert notes.history == []


def test_another_meeting_that_somebody_has_added_is_not_joined_by_ours() -> None:
    text = LINE.replace("86012345678", "99912345678")
    notes = FakeNotes(text)
    with pytest.raises(WidgetError) as caught:
        run(record_of(notes).add(NOTE_LINE))
    assert (caught.value.code, caught.value.reason) == (Code.NOTES_CONFLICT, Reason.OTHER_MEETING)
    assert (notes.text, notes.history) == (text, [])
