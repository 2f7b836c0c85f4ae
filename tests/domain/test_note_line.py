"""The note line is written exactly, read tolerantly, and added and removed without a trace."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import FrameType
from typing import Any, SupportsIndex, overload

import pytest

from pywidget.domain.join_link import JoinLink, LinkKind, parse_join_link
from pywidget.domain.note_line import (
    Edit,
    FoundMeeting,
    NoteLine,
    add_line,
    find_meeting,
    find_meetings,
    remove_meeting,
    write_line,
)

URL = "https://us02web.zoom.us/j/86012345678?pwd=Q2x"
OTHER_URL = "https://zoom.us/j/123456789"
LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "Q2x")
TOPIC = "Appointment with Dana Lee"
STARTS = datetime.fromisoformat("2025-11-11T18:00")
TIME = "Tuesday, November 11 2025 6:00 pm"
LINE = f"Zoom: [{TOPIC}] {TIME} — {URL}"
OTHER_LINE = f"Zoom: [Other] Friday, November 14 2025 9:30 am — {OTHER_URL}"


def only(notes: str) -> FoundMeeting:
    (meeting,) = find_meetings(notes)
    return meeting


def places(notes: str) -> list[str]:
    """Return the places of the meetings in the notes, as text."""
    return [notes[meeting.start : meeting.end] for meeting in find_meetings(notes)]


# Writing


def test_the_line_is_written_exactly_so() -> None:
    line = write_line(NoteLine(TOPIC, STARTS, LINK))
    assert line == (
        "Zoom: [Appointment with Dana Lee] Tuesday, November 11 2025 6:00 pm"
        " \u2014 https://us02web.zoom.us/j/86012345678?pwd=Q2x"
    )


@pytest.mark.parametrize(
    "line_break",
    ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\0"],
)
def test_a_topic_stays_on_one_line(line_break: str) -> None:
    note_line = NoteLine(f"{line_break}Dana{line_break}{line_break}Lee{line_break}", STARTS, LINK)
    assert note_line.topic == "Dana Lee"
    assert write_line(note_line).splitlines() == [write_line(note_line)]


@pytest.mark.parametrize(
    "topic",
    [
        "\u2067\u05d3\u05e0\u05d4\u2069 \u200f(\u05dc\u05d9)",
        "Zoe\u0308 \U0001f469\u200d\U0001f9b0",
        "[Dana] - Lee \u2014 x",
        "a  b",
        "",
    ],
)
def test_a_topic_is_else_left_as_it_is(topic: str) -> None:
    assert NoteLine(topic, STARTS, LINK).topic == topic
    assert only(write_line(NoteLine(topic, STARTS, LINK))).topic == topic


def test_a_lone_surrogate_in_a_topic_is_replaced() -> None:
    assert NoteLine("a\ud83dz", STARTS, LINK).topic == "a\ufffdz"


def test_the_start_has_minutes_and_no_zone() -> None:
    precise = STARTS.replace(second=59, microsecond=1)
    assert NoteLine(TOPIC, precise, LINK) == NoteLine(TOPIC, STARTS, LINK)
    with pytest.raises(ValueError, match="no zone"):
        NoteLine(TOPIC, STARTS.replace(tzinfo=UTC), LINK)


def test_no_repr_holds_a_passcode() -> None:
    note_line = NoteLine(TOPIC, STARTS, LINK)
    for value in (note_line, only(LINE), add_line("", LINE)):
        assert "Q2x" not in repr(value)


# Reading


def test_a_written_line_is_read_back() -> None:
    assert only(LINE) == FoundMeeting(0, len(LINE), LINK, TOPIC, STARTS)


@pytest.mark.parametrize("before", ["", "- ", "* ", "> ", "    ", "\t", "1) ", "x ", "\u00a0"])
@pytest.mark.parametrize("after", ["", " (client confirmed)", ".", " ", "\t", "<br>", "; call"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_line_is_found_wherever_it_stands(before: str, after: str, line_break: str) -> None:
    notes = line_break.join(["Allergic.", f"{before}{LINE}{after}", "", "Call back."])
    meeting = only(notes)
    assert (meeting.topic, meeting.starts, meeting.link) == (TOPIC, STARTS, LINK)
    assert notes[meeting.start : meeting.end] == LINE


@pytest.mark.parametrize(
    "line",
    [
        f"zoom: [{TOPIC}] {TIME} — {URL}",
        f"ZOOM : [{TOPIC}] {TIME} — {URL}",
        f"Zoom:[{TOPIC}]{TIME}—{URL}",
        f"Zoom:\u00a0[ {TOPIC} ]\u00a0{TIME}\u202f—\u00a0{URL}",
        f"Zoom:   [{TOPIC}]   {TIME}   —   {URL}",
        f"Zoom: [{TOPIC}] {TIME} \u2013 {URL}",
        f"Zoom: [{TOPIC}] {TIME} - {URL}",
        f"Zoom: [{TOPIC}] {TIME} -- {URL}",
        f"Zoom: [{TOPIC}] {TIME} --- {URL}",
        f"Zoom: [{TOPIC}] {TIME} \u2212 {URL}",
        f"Zoom: [{TOPIC}] Tuesday, November 11, 2025 at 6:00 PM — {URL}",
        f"Zoom: [{TOPIC}] {TIME.replace(' ', chr(0xA0))} — {URL}",
        f"Zoom: [{TOPIC}] Nov 11 2025 6:00 p.m. — {URL}",
        f"Zoom: [{TOPIC}] Monday, November 11 2025 6:00 pm — {URL}",
        f"Zoom: [{TOPIC}] {TIME} — {URL}&uname=Dana#success",
        f"Zoom: [{TOPIC}] {TIME} — <{URL}>",
        f'Zoom: [{TOPIC}] {TIME} — <a href="{URL}">{URL}</a>',
        f"Zoom: [{TOPIC}] {TIME} — <A target=_blank HREF = '{URL}' rel=x><b>Join</b></A >",
        f"Zoom: [{TOPIC}] {TIME} — <a href={URL}>Join</a>",
        f"Zoom: [{TOPIC}] {TIME} — [Join]({URL})",
        f"Zoom: [{TOPIC}] {TIME} — []({URL})",
        f"Zoom: [{TOPIC}] {TIME} — [{URL}]({URL})",
    ],
)
def test_what_people_and_editors_make_of_a_line_is_read(line: str) -> None:
    for notes in (line, f"- {line} (confirmed)", f"a\r\n{line}\r\nb", f"{OTHER_LINE}\n{line}."):
        meeting = find_meeting(notes)
        assert meeting is not None
        assert (meeting.topic, meeting.starts, meeting.link) == (TOPIC, STARTS, LINK)
        assert notes[meeting.start : meeting.end] == line.partition("&uname")[0] + (
            "&uname=Dana#success" if "&uname" in line else ""
        )


def test_an_escaped_ampersand_is_read() -> None:
    meeting = only(f"Zoom: [{TOPIC}] {TIME} — https://zoom.us/w/123456789?tk=t&amp;pwd=p")
    assert meeting.link.url == "https://zoom.us/w/123456789?tk=t&pwd=p"
    assert meeting.topic == TOPIC


@pytest.mark.parametrize(
    "line",
    [
        f"[{TOPIC}] {TIME} — {URL}",
        f"MyZoom: [{TOPIC}] {TIME} — {URL}",
        f"Zoom [{TOPIC}] {TIME} — {URL}",
        f"Zoom: {TOPIC} {TIME} — {URL}",
        f"Zoom: [{TOPIC} {TIME} — {URL}",
        f"Zoom: [{TOPIC}] {TIME} {URL}",
        f"Zoom: [{TOPIC}] {TIME} ---- {URL}",
        f"Zoom: [{TOPIC}] {TIME} X {URL}",
        f"Zoom: [{TOPIC}] {TIME} — see {URL}",
        f"Zoom: [{TOPIC}] soon — {URL}",
        f"Zoom: [{TOPIC}] Tuesday, February 30 2025 6:00 pm — {URL}",
        f"Zoom: [{TOPIC}] — {URL}",
        f"] {TIME} — Zoom: [{URL}",
        f"{TOPIC}] {TIME} — {URL} Zoom: [",
        f"Zoom: [{TOPIC}]\n{TIME} — {URL}",
        f"Zoom: [{TOPIC}] {TIME} —\r{URL}",
        f"Zoom: [{TOPIC}] {TIME} —{' ' * 200}{URL}",
    ],
)
def test_a_link_in_a_line_that_is_not_ours_is_a_bare_one(line: str) -> None:
    start = line.index(URL)
    assert only(line) == FoundMeeting(start, start + len(URL), LINK)


@pytest.mark.parametrize(("beyond", "is_ours"), [(0, True), (1, False)])
def test_a_time_is_looked_for_so_far_before_its_link_and_no_further(
    beyond: int, *, is_ours: bool
) -> None:
    between = f"{TIME} — "
    line = f"Zoom: [{TOPIC}]{' ' * (159 + beyond - len(between))}{between}{URL}"
    assert line.index("https") - line.index("]") == 160 + beyond
    assert (only(line).topic == TOPIC) is is_ours


@pytest.mark.parametrize(("beyond", "is_markup"), [(0, True), (1, False)])
def test_markup_is_looked_for_so_far_around_its_link_and_no_further(
    beyond: int, *, is_markup: bool
) -> None:
    def fill(size: int) -> str:
        return "x" * (size + beyond)

    for line in (
        f"[{fill(2048 - 3)}]({URL})",
        f'<a title="{fill(2048 - 18)}" href="{URL}">Join</a>',
        f'<a href="{URL}">{fill(2048 - 6)}</a>',
    ):
        assert places(line) == [line if is_markup else URL]


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "Allergic to latex.",
        f"Zoom: [{TOPIC}] {TIME} — https://zoom.us/s/86012345678?zak=secret",
        f"Zoom: [{TOPIC}] {TIME} — https://zoom.us.evil.example/j/123456789",
        f"Zoom: [{TOPIC}] {TIME} — ftp://zoom.us/j/123456789",
        f"Zoom: [{TOPIC}] {TIME} — https://zoom.us/w/123456789",
        f"Zoom: [{TOPIC}] {TIME}",
        f"Google Meet: [{TOPIC}] {TIME} — https://meet.google.com/abc-defg-hij",
    ],
)
def test_without_a_join_link_there_is_no_meeting(notes: str) -> None:
    assert find_meetings(notes) == ()
    assert find_meeting(notes) is None


def test_only_a_trusted_extra_host_is_read() -> None:
    url = "https://127.0.0.1:8443/j/123456789"
    line = f"Zoom: [{TOPIC}] {TIME} — {url}"
    trusted = frozenset({"127.0.0.1:8443"})
    assert find_meetings(line) == ()
    assert find_meetings(line, trusted)[0].topic == TOPIC
    found = find_meeting(line, trusted)
    assert found is not None
    assert found.link == parse_join_link(url, trusted)


@pytest.mark.parametrize("separator", ["\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028"])
def test_only_cr_and_lf_end_a_text_line(separator: str) -> None:
    line = f"Zoom: [{OTHER_URL}{separator}Lee] {TIME} —{separator}{URL}"
    assert only(line) == FoundMeeting(0, len(line), LINK, f"{OTHER_URL} Lee", STARTS)


def test_a_topic_may_hold_a_whole_line() -> None:
    topic = f"x] {TIME} — {OTHER_URL} Zoom: [y] {TIME} — <{OTHER_URL}>"
    assert only(write_line(NoteLine(topic, STARTS, LINK))).topic == topic


def test_links_beside_a_line_are_bare_ones() -> None:
    notes = f"was {OTHER_URL} {LINE}, or {OTHER_URL} - or {URL}\n{OTHER_LINE}"
    found = find_meetings(notes)
    assert places(notes) == [OTHER_URL, LINE, OTHER_URL, URL, OTHER_LINE]
    assert [meeting.topic for meeting in found] == [None, TOPIC, None, None, "Other"]


def test_links_that_touch_are_all_found() -> None:
    first, last = f"<{OTHER_URL}>", "<https://zoom.us/j/987654321>"
    line = LINE.replace(URL, f"<{URL}>")
    assert places(f"{first}{last}") == [first, last]
    assert places(f"{first}{line}{last}") == [first, line, last]


def test_an_anchor_leads_where_its_first_target_does() -> None:
    """As in a browser, which ignores an attribute that is there twice."""
    link = f'<a href="{URL}" href="{OTHER_URL}">Join</a>'
    assert places(link) == [link]
    assert only(link).link == LINK


@pytest.mark.parametrize("line_break", ["\r", "\n", "\r\n"])
def test_markup_ends_with_its_text_line(line_break: str) -> None:
    assert places(f"[{line_break}Join]({URL})") == [URL]


@pytest.mark.parametrize(
    "link",
    [
        URL,
        f"<{URL}>",
        f'<a href="{URL}">{URL}</a>',
        f'<a class="x" href="{URL}" target="_blank">here, or {OTHER_URL}</a>',
        f"[{OTHER_URL}]({URL})",
        f"[Join us]({URL})",
    ],
)
def test_a_bare_link_includes_its_markup(link: str) -> None:
    for notes in (link, f"Join: {link}.", f"({link})", f"a\n{link}\nb"):
        assert places(notes) == [link]
        assert only(notes).link == LINK


@pytest.mark.parametrize(
    "markup",
    [
        f"<{URL}",
        f'<a href="{URL}">',
        f'<a href="{URL}',
        f'<a href="{URL}</a>',
        f'<a href="{URL}">x <a href="https://example.com">y</a>',
        f'<img href="{URL}"></a>',
        f'<a nohref="{URL}"></a>',
        f'<a>"{URL}"</a>',
        f'="{URL}"',
        f"]({URL})",
        f"[x]({URL} )",
        f"[x]y]({URL})",
        f"[x] ({URL})",
        f"({URL})",
        f"[x](\n{URL})",
        f'<a\nhref="{URL}"></a>',
    ],
)
def test_markup_that_does_not_enclose_a_link_is_the_users(markup: str) -> None:
    assert places(markup) == [URL]


def test_the_last_line_is_the_one_to_show() -> None:
    found = find_meeting(f"{OTHER_LINE}\n{LINE}\nsee {OTHER_URL}")
    assert found is not None
    assert found.topic == TOPIC


def test_without_a_line_the_last_bare_link_is_the_one_to_show() -> None:
    notes = f"{OTHER_URL}\nnow {URL}\nhttps://example.com"
    found = find_meeting(notes)
    assert found is not None
    assert (notes[found.start : found.end], found.topic) == (URL, None)


# Adding and removing


@pytest.mark.parametrize(
    ("notes", "inserted"),
    [
        ("", LINE),
        ("a", f"\n{LINE}"),
        ("a\n", f"{LINE}\n"),
        ("a\n\n", f"{LINE}\n"),
        ("\n", f"{LINE}\n"),
        ("a\r\nb", f"\r\n{LINE}"),
        ("a\r\nb\r\n", f"{LINE}\r\n"),
        ("a\rb", f"\r{LINE}"),
        ("\rb", f"\r{LINE}"),
        ("\nb", f"\n{LINE}"),
        ("\r\nb", f"\r\n{LINE}"),
        ("\r", f"{LINE}\r"),
        ("a\nb\r", f"{LINE}\r"),
        ("a\r\nb\nc", f"\n{LINE}"),
        ("a\n\r", f"{LINE}\r"),
        ("\n\r\n", f"{LINE}\r\n"),
        ("a ", f"\n{LINE}"),
        ("a\u2028", f"\n{LINE}"),
        ("a\x85", f"\n{LINE}"),
    ],
)
def test_a_line_is_added_on_a_text_line_of_its_own(notes: str, inserted: str) -> None:
    edit = add_line(notes, LINE)
    assert edit == Edit(len(notes), len(notes), inserted)
    after = edit.apply(notes)
    assert remove_meeting(after, only(after)).apply(after) == notes


@pytest.mark.parametrize(
    ("notes", "inserted"),
    [
        ("", LINE),
        ("a", f" {LINE}"),
        (" ", f" {LINE}"),
        ("a  ", f" {LINE}"),
        ("a\u00a0", f" {LINE}"),
    ],
)
def test_in_a_field_of_one_line_a_line_is_added_behind_a_space(notes: str, inserted: str) -> None:
    edit = add_line(notes, LINE, multiline=False)
    assert edit == Edit(len(notes), len(notes), inserted)
    after = edit.apply(notes)
    assert remove_meeting(after, only(after), multiline=False).apply(after) == notes


@pytest.mark.parametrize(
    ("notes", "removed", "left"),
    [
        (f"a\n{LINE}\nb", f"{LINE}\n", "a\nb"),
        (f"a\r\n{LINE}\r\nb", f"{LINE}\r\n", "a\r\nb"),
        (f"a\r{LINE}\rb", f"{LINE}\r", "a\rb"),
        (f"a\r\n{LINE}", f"\r\n{LINE}", "a"),
        (f"\n{LINE}", f"\n{LINE}", ""),
        (f"\r\n{LINE}", f"\r\n{LINE}", ""),
        (LINE, LINE, ""),
        (f"{LINE}\n\nb", f"{LINE}\n", "\nb"),
        (f"a\n- {LINE}\nb", LINE, "a\n- \nb"),
        (f"a\n{LINE} (confirmed)\nb", LINE, "a\n (confirmed)\nb"),
        (f"  {LINE}", LINE, "  "),
        (f"{LINE} ", LINE, " "),
        (f"a\u2028{LINE}\u2028b", LINE, "a\u2028\u2028b"),
        (f"Google Meet: x\n{LINE}\nGoogle Meet: y", f"{LINE}\n", "Google Meet: x\nGoogle Meet: y"),
        (f"a {URL}, b", URL, "a , b"),
        (f"X<{URL}>", f"<{URL}>", "X"),
        (f"<{URL}>X\nb", f"<{URL}>", "X\nb"),
        (f"a\n{URL}\nb", f"{URL}\n", "a\nb"),
        (f'a\n<a href="{URL}">{URL}</a>', f'\n<a href="{URL}">{URL}</a>', "a"),
    ],
)
def test_only_the_meeting_and_its_own_break_are_removed(
    notes: str, removed: str, left: str
) -> None:
    edit = remove_meeting(notes, only(notes))
    assert notes[edit.start : edit.end] == removed
    assert edit.replacement == ""
    assert edit.apply(notes) == left


@pytest.mark.parametrize(
    ("notes", "left"),
    [
        (f"a {LINE} b", "a b"),
        (f"a  {LINE}", "a "),
        (f" {LINE}", ""),
        (f"{LINE} b", " b"),
        (f"a\u00a0{LINE}", "a\u00a0"),
        (f"({LINE})", "()"),
        (f"a\n{LINE}", "a\n"),
    ],
)
def test_in_a_field_of_one_line_one_space_goes_with_the_meeting(notes: str, left: str) -> None:
    assert remove_meeting(notes, only(notes), multiline=False).apply(notes) == left


def test_an_edit_replaces_a_meeting_in_place() -> None:
    notes = f"a\n- {LINE}!\nb"
    meeting = only(notes)
    edit = Edit(meeting.start, meeting.end, OTHER_LINE)
    assert edit.apply(notes) == f"a\n- {OTHER_LINE}!\nb"


# The work it takes


@dataclass
class Work:
    """Counts what reading costs, in a way that is the same on every machine."""

    characters: int = 0
    calls: int = 0

    def per_profile_event(self, _frame: FrameType, event: str, _arg: object) -> None:
        if event in {"call", "c_call"}:
            self.calls += 1


class Watched(str):
    """A text that adds up how many of its characters it was made to look at."""

    __slots__ = ("work",)
    work: Work

    @classmethod
    def by(cls, text: str, work: Work) -> "Watched":
        watched = cls(text)
        watched.work = work
        return watched

    def find(
        self, sub: str, start: SupportsIndex | None = None, end: SupportsIndex | None = None, /
    ) -> int:
        at = super().find(sub, start, end)
        low, high, _ = slice(start, end).indices(len(self))
        self.work.characters += max(0, (at if at >= 0 else high) - low)
        return at

    def rfind(
        self, sub: str, start: SupportsIndex | None = None, end: SupportsIndex | None = None, /
    ) -> int:
        at = super().rfind(sub, start, end)
        low, high, _ = slice(start, end).indices(len(self))
        self.work.characters += max(0, high - (at if at >= 0 else low))
        return at

    @overload
    def __getitem__(self, key: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, key: "slice[Any, Any, Any]") -> str: ...
    def __getitem__(self, key: Any) -> str:
        part = Watched.by(super().__getitem__(key), self.work)
        self.work.characters += len(part)
        return part


def work_of(read: Callable[[str], object], text: str) -> Work:
    work = Work()
    watched = Watched.by(text, work)
    before = sys.getprofile()
    sys.setprofile(work.per_profile_event)
    try:
        read(watched)
    finally:
        sys.setprofile(before)
    return work


HOSTILE = {
    "openers": "Zoom: [",
    "times": f"] {TIME} — ",
    "link heads": "https://zoom.us/j/",
    "schemes": " ://",
    "dashes": "—-",
    "spaces": " \u00a0",
    "openers that never open": "zoom  :  ",
    "attributes": "<a x href = ",
    "open anchors": '<a href="',
    "anchors never closed": f'<a href="{OTHER_URL}">',
    "attributes never closed": f' href="{OTHER_URL}"',
    "brackets": "[](",
    "markdown never opened": f"]({OTHER_URL})",
    "markdown never closed": f"[x]({OTHER_URL}",
    "links": f"{OTHER_URL} ",
    "links on lines ending in LF": f"{OTHER_URL}\n",
    "links on lines ending in CR": f"{OTHER_URL}\r",
    "times and links": f"] {TIME} — {OTHER_URL} ",
    "false times and links": f"Zoom: [x] {TIME}y — {OTHER_URL} ",
    "lines on one line": f"{LINE} ",
    "lines": f"{LINE}\n",
    "bare link heads": "zoom.us/j/",
    "bare hosts that are too long": f"{'a' * 300}zoom.us/j/",
    "bare hosts inside an address": "@zoom.us/j/123456789",
    "folders": "/j/",
    "wrappers": "https://www.google.com/url?q=",
    "wrappers in wrappers": "https://www.google.com/url?q=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D",
    "wrappers never closed": f"https://urldefense.com/v3/__{OTHER_URL}?,",
    "parameters": f"https://www.google.com/url?{'zoom&' * 3000}q={OTHER_URL} ",
    "open marks": f"_{OTHER_URL}?_ ",
    "marks": "_~",
    "texts and targets": f"{OTHER_URL} <{OTHER_URL}> ",
    "ampersands": "https://zoom.us/j/123456789?" + "&amp;" * 5000,
    "punctuation": f"{OTHER_URL}{'.' * 3000} ",
    "ordinary notes": "Client prefers mornings.\n- colour 7/1, see https://example.com/12\n" * 9
    + LINE,
}


@pytest.mark.parametrize("ending", ["", f'"{URL}"'], ids=["", "and a link"])
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_work_grows_no_faster_than_the_notes(piece: str, ending: str) -> None:
    small, large = (
        work_of(find_meetings, (piece * (size // len(piece) + 1))[:size] + ending)
        for size in (20_000, 200_000)
    )
    assert large.calls <= 12 * small.calls + 100
    assert large.characters <= 12 * small.characters + 20_000


def test_the_watch_sees_work_that_grows_too_fast() -> None:
    def read_badly(notes: str) -> None:
        at = -1
        while (at := notes.find("\n", at + 1)) >= 0:
            notes.find("\r", at)

    small, large = (work_of(read_badly, "a\n" * size) for size in (1_000, 10_000))
    assert large.characters > 50 * small.characters
