"""What holds for every note line and all notes, whatever is in them."""

import re
from collections.abc import Callable
from datetime import datetime

from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.note_line import (
    FoundMeeting,
    NoteLine,
    add_line,
    find_meeting,
    find_meetings,
    remove_meeting,
    write_line,
)
from pywidget.domain.wall_clock import format_wall_clock

TIME = "Tuesday, November 11 2025 6:00 pm"
URL = "https://zoom.us/j/123456789"
WRAPPED = (
    "https://a.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F123456789&data=0"
)
LINE = f"Zoom: [Appointment with Dana Lee] {TIME} — {URL}"
OPENER = "Zoom: ["
LINE_BREAKS = ("\n", "\r\n", "\r")

# Chosen to look like parts of a line, and to stick together with its neighbours.
PIECES = (
    *(OPENER, "zoom : [", "Zoom:", f"] {TIME} — {URL}", f"] {TIME} — ", TIME, " — ", " - ", "--"),
    *(URL, f"{URL}?pwd=Q2x.", "https://", "https://zoom.us/w/123456789?tk=a&amp;pwd=b", LINE),
    *(f'<a href="{URL}">', f'<a href="{URL}">{URL}</a>', '<a href="', "</a>", f"<{URL}>", "<", ">"),
    *(f"[x]({URL})", "](", "[", "]", "(", ")", '"', "'", ".", ":", " ", "\u00a0", "\u202f"),
    *("zoom.us/j/123456789", "http://zoom.us/my/dana", "us02web.", "/j/", "/my/", "//", "\\n"),
    *(
        WRAPPED,
        "https://www.google.com/url?q=",
        "&sa=D",
        "https://urldefense.com/v3/__",
        "__;!!a!b$",
    ),
    *("_", "**", "~~", "`", f"_{URL}?pwd=Q2x_", f"{URL} <{WRAPPED}>"),
    *(
        "Google Meet: https://meet.google.com/abc-defg-hij",
        "Dana Lee",
        "\U0001f469\u200d\U0001f9b0",
    ),
    *("\u05d3\u05e0\u05d4", "\u200f", "\u2067", "e\u0301", "\0", "\ud800", "\x85", "\u2028", "\v"),
    *("\u2029", "\f", "\x1c", "\x1d", "\x1e"),
    *LINE_BREAKS,
)
hostile_texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12).map(
    "".join
)
texts = st.one_of(st.text(), hostile_texts)
# An `<input>` holds no line breaks. An opener there can't be told from one in a topic.
single_line_texts = texts.map(lambda text: text.replace("\r", "").replace("\n", "")).filter(
    lambda text: re.search(r"zoom\s*:\s*\[", text, re.IGNORECASE) is None
)
values = texts.map(lambda text: text[:40])  # a character takes at most 12 in a link
links = st.one_of(
    st.builds(
        JoinLink,
        st.sampled_from(["zoom.us", "us02web.zoom.us", "salon.zoom.com.cn"]),
        st.just(LinkKind.JOIN),
        st.from_regex(r"[0-9]{9,11}", fullmatch=True),
        st.none() | values,
    ),
    st.builds(
        JoinLink,
        st.just("zoom.us"),
        st.just(LinkKind.REGISTRANT),
        st.just("86012345678"),
        st.none() | values,
        values.filter(bool),
    ),
    st.builds(
        JoinLink,
        st.just("zoom.us"),
        st.just(LinkKind.PERSONAL),
        st.from_regex(r"[a-z][a-z0-9.]{3,20}[a-z]", fullmatch=True),
    ),
)
note_lines = st.builds(NoteLine, texts, st.datetimes(), links)
SIMPLE = NoteLine(
    "x", datetime.fromisoformat("2025-11-11T18:00"), JoinLink("zoom.us", LinkKind.JOIN, "123456789")
)
every_example = settings(deadline=None)


@given(note_lines)
@every_example
def test_reading_gives_back_what_was_written(note_line: NoteLine) -> None:
    line = write_line(note_line)
    (meeting,) = find_meetings(line)
    assert (meeting.start, meeting.end) == (0, len(line))
    assert meeting.topic is not None
    assert meeting.starts is not None
    assert NoteLine(meeting.topic, meeting.starts, meeting.link) == note_line


@given(note_lines, texts, texts, st.sampled_from(LINE_BREAKS), st.sampled_from(LINE_BREAKS))
@every_example
def test_a_line_between_other_lines_is_read_as_if_alone(
    note_line: NoteLine, above: str, below: str, break_above: str, break_below: str
) -> None:
    line = write_line(note_line)
    start = len(above + break_above)
    found = find_meetings(f"{above}{break_above}{line}{break_below}{below}")
    assert (
        FoundMeeting(start, start + len(line), note_line.link, note_line.topic, note_line.starts)
        in found
    )


@given(
    st.tuples(note_lines, note_lines),
    st.sampled_from(["", "- ", "> ", "\t", "1. "]),
    st.sampled_from(["", " (client confirmed)", ".", "\t", " - ok"]),
    st.sampled_from(LINE_BREAKS),
)
@every_example
def test_of_several_lines_the_last_is_shown(
    both: tuple[NoteLine, NoteLine], before: str, after: str, line_break: str
) -> None:
    older, newer = map(write_line, both)
    notes = f"{before}{older}{after}{line_break}{before}{newer}{after}"
    assert [notes[found.start : found.end] for found in find_meetings(notes)] == [older, newer]
    shown = find_meeting(notes)
    assert shown is not None
    assert (shown.topic, shown.link) == (both[1].topic, both[1].link)


@given(
    note_line=note_lines,
    opener=st.sampled_from(["Zoom: [", "ZOOM:[", "zoom\u00a0:  [ "]),
    bracket=st.sampled_from(["] ", "]", "]\u00a0\u2009"]),
    change=st.sampled_from([str.upper, str.lower, lambda time: time.replace(" ", "\u202f")]),
    dash=st.sampled_from([" — ", " \u2013 ", "-", " -- ", "\u00a0—\u00a0"]),
    markup=st.sampled_from(
        [
            *("{0}", "<{0}>", '<a href="{0}">{0}</a>', "[{0}]({0})", "[Join]({0})"),
            *("**{0}**", "_{0}_", "`{0}`", "{0} <{0}>", "**[Join]({0})**"),
        ]
    ),
)
@every_example
def test_what_editors_do_to_a_line_does_not_change_what_it_says(
    *,
    note_line: NoteLine,
    opener: str,
    bracket: str,
    change: Callable[[str], str],
    dash: str,
    markup: str,
) -> None:
    time = change(format_wall_clock(note_line.starts))
    link = markup.format(note_line.link.url)
    line = f"{opener}{note_line.topic}{bracket}{time}{dash}{link}"
    assert find_meetings(line) == (
        FoundMeeting(0, len(line), note_line.link, note_line.topic, note_line.starts),
    )


@given(texts, note_lines)
@example("a\r", SIMPLE)
@every_example
def test_adding_and_removing_gives_back_the_notes(notes: str, note_line: NoteLine) -> None:
    edit = add_line(notes, write_line(note_line))
    assert edit.start == edit.end == len(notes)
    after = edit.apply(notes)
    shown = find_meeting(after)
    assert shown is not None
    assert (shown.topic, shown.starts, shown.link) == (
        note_line.topic,
        note_line.starts,
        note_line.link,
    )
    assert remove_meeting(after, shown).apply(after) == notes


@given(single_line_texts, note_lines)
@every_example
def test_adding_and_removing_gives_back_the_notes_in_a_field_of_one_line(
    notes: str, note_line: NoteLine
) -> None:
    edit = add_line(notes, write_line(note_line), multiline=False)
    assert edit.start == edit.end == len(notes)
    after = edit.apply(notes)
    shown = find_meeting(after)
    assert shown is not None
    assert shown.topic == note_line.topic
    assert remove_meeting(after, shown, multiline=False).apply(after) == notes


@given(texts, texts, note_lines)
@every_example
def test_a_line_whose_place_is_known_is_removed_from_any_field_of_one_line(
    notes: str, after: str, note_line: NoteLine
) -> None:
    line = write_line(note_line)
    added = add_line(notes, line, multiline=False).apply(notes)
    known = FoundMeeting(len(added) - len(line), len(added), note_line.link)
    assert remove_meeting(added + after, known, multiline=False).apply(added + after) == (
        notes + after
    )


@given(
    above=texts,
    meeting=st.sampled_from(
        [URL, LINE, f"<{URL}>", f"[x]({URL})", WRAPPED, "zoom.us/j/123456789", f"_{URL}_"]
    ),
    below=texts,
    between=st.sampled_from(["", " ", *LINE_BREAKS]),
    multiline=st.booleans(),
)
@every_example
def test_removing_never_takes_more_than_the_meeting_and_one_separator(
    *, above: str, meeting: str, below: str, between: str, multiline: bool
) -> None:
    notes = f"{above}{between}{meeting}{between}{below}"
    found = find_meeting(notes)
    if found is None:
        reject()  # what stands around it made it something else
    edit = remove_meeting(notes, found, multiline=multiline)
    assert edit.replacement == ""
    assert edit.start <= found.start < found.end <= edit.end
    around = notes[edit.start : found.start], notes[found.end : edit.end]
    if multiline:
        assert around in {
            ("", ""),
            *((b, "") for b in LINE_BREAKS),
            *(("", b) for b in LINE_BREAKS),
        }
    else:
        assert around in {("", ""), (" ", "")}
    assert edit.apply(notes) == notes[: edit.start] + notes[edit.end :]


@given(texts)
@every_example
def test_any_notes_can_be_read(notes: str) -> None:
    found = find_meetings(notes)
    end = 0
    for meeting in found:
        assert end <= meeting.start < meeting.end <= len(notes)
        assert (meeting.topic is None) == (meeting.starts is None)
        end = meeting.end
    assert (find_meeting(notes) is None) == (not found)


@given(texts, texts)
@every_example
def test_without_a_url_there_is_nothing_to_find(above: str, below: str) -> None:
    notes = f"{above}\n{below}".replace("/", "")
    assert find_meetings(notes) == ()


@given(st.lists(texts, max_size=4).map("\n".join))
@example(f"{URL}\n{LINE}\n{URL}?pwd=a")
@example(f"{LINE}\n{OPENER}{URL}\n{URL}?pwd=a {URL}")
@example(f"{LINE}\n{LINE}?pwd=a {URL}")
def test_the_meeting_to_show_is_the_last_record_or_else_the_last_link(notes: str) -> None:
    found = find_meetings(notes)
    records = [meeting for meeting in found if meeting.starts is not None]
    wanted = (records or list(found))[-1:]
    assert find_meeting(notes) == (wanted[0] if wanted else None)
