r"""The note line: the only record of an appointment's meeting, kept in the appointment's notes.

Facts of the format:

    Zoom: [Appointment with Dana Lee] Tuesday, November 11 2025 6:00 pm — https://us02web.zoom.us/j/86012345678?pwd=Q2x

* It is written in exactly this way, on a text line of its own at the end of the notes; in a
  single-line field, behind a space. Text lines end in LF, CR LF or a lone CR, and in nothing else:
  other line ends of Python or Unicode are ordinary text to a `textarea`.
* The topic contains the client's name, so it may be anything, even a whole note line. It is never
  escaped, because people read it. Therefore a text line holds **at most one** record, which reaches
  from the first `Zoom: [` to the last `] <time> — <link>` on it.
* Reading tolerates what people and editors do: other dashes, other spaces, `ZOOM:`, `PM`, a link
  made into `<https://…>`, `<a href="https://…">…</a>`, `[…](https://…)` or `**https://…**`, a link
  as `join_link` finds it, or a link and its target as mail programs write them: `https://…
  <https://…>`. Without a readable time and a join link it is not a record. A join link outside any
  record is a meeting too, a bare one.
* Everything around a record is the user's and stays, byte for byte. So adding a record and then
  removing it restores the notes. (One case can't be told from a hostile topic, and is read as one:
  a single-line field that held a `Zoom: [` before.)
* The work is linear in the size of the notes, whatever they hold: it starts from links, looks back
  from each over a short window, and never scans a text line once for each link.

>>> find_meeting("Allergic to latex.\nhttps://zoom.us/j/86012345678").link.meeting_id
'86012345678'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from pywidget.domain.emphasis import MARKS, MOST_MARKS, count_closing_marks, count_marks
from pywidget.domain.join_link import JoinLink, find_join_links
from pywidget.domain.one_line import put_on_one_line
from pywidget.domain.url_in_prose import LINK_SIGN
from pywidget.domain.wall_clock import format_wall_clock, parse_wall_clock

_BREAK = re.compile(r"[\r\n]")
_OPENER = re.compile(r"(?<![A-Za-z0-9])zoom\s*:\s*\[", re.IGNORECASE)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_LONGEST_DASH = 3  # "---"

# How far to look back from a link for its time, and around it for its markup. A time is at most 40
# characters long; the rest is room for spaces. An anchor holds attributes and the link again.
_TIME_WINDOW = 160
_MARKUP_WINDOW = 2048
_ANCHOR_OPENS = re.compile(r"""<a\s(?:[^<>]*\s)?href\s*=\s*["']?""", re.ASCII | re.IGNORECASE)
_ANCHOR_CLOSES = re.compile(  # before another opens: anchors don't nest
    r"[^<>]*+>[^<]*+(?:<(?!/?a[\s>])[^<]*+)*</a\s*>", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A meeting as the notes record it.

    Construction makes the values fit into a line: control characters and line breaks in the topic
    become a space, a lone surrogate becomes U+FFFD, and the start loses its seconds.

    Attributes:
        topic: The meeting's topic, on one line.
        starts: The appointment's wall-clock time, without a zone.
        link: The link that lets the client in.

    Raises:
        ValueError: The start has a zone.
    """

    topic: str
    starts: datetime
    link: JoinLink

    def __post_init__(self) -> None:
        if self.starts.tzinfo is not None:
            raise ValueError("a wall-clock time has no zone")
        object.__setattr__(self, "topic", put_on_one_line(self.topic))
        object.__setattr__(self, "starts", self.starts.replace(second=0, microsecond=0))


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A meeting in the notes, and where it stands.

    Attributes:
        start: Where it starts in the notes, counted in characters (code points).
        end: Where it ends. The markup around a link is included, the user's text is not.
        link: The link that lets the client in.
        topic: The topic; None for a bare link.
        starts: The wall-clock time; None for a bare link.
    """

    start: int
    end: int
    link: JoinLink
    topic: str | None = None
    starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """The smallest change to the notes, so that a text field can keep its caret and its undo.

    `replacement` may hold a passcode and is left out of the `repr`.

    Attributes:
        start: Where the replaced text starts, counted in characters (code points).
        end: Where it ends; equal to `start` for an insertion.
        replacement: What stands there afterwards.
    """

    start: int
    end: int
    replacement: str = field(repr=False)

    def apply(self, notes: str) -> str:
        """Return the notes as they are after the change."""
        return notes[: self.start] + self.replacement + notes[self.end :]


def write_line(note_line: NoteLine) -> str:
    """Write the line, without a line break."""
    time = format_wall_clock(note_line.starts)
    return f"Zoom: [{note_line.topic}] {time} — {note_line.link.url}"


def find_meetings(
    notes: str, trusted_hosts: frozenset[str] = frozenset()
) -> tuple[FoundMeeting, ...]:
    """Find every meeting in the notes, in the order of the notes.

    Args:
        notes: The notes, with whatever people keep in them.
        trusted_hosts: Hosts besides Zoom's own that are trusted, as `host` or `host:port`.
    """
    return tuple(
        meeting
        for start, end in _text_lines_with_links(notes)
        for meeting in _meetings_on_line(notes[start:end], start, trusted_hosts)
    )


def find_meeting(notes: str, trusted_hosts: frozenset[str] = frozenset()) -> FoundMeeting | None:
    """Find the meeting to show: the last line of ours, or else the last bare link.

    New lines are added at the end, so the last one is the newest.
    """
    bare: FoundMeeting | None = None
    for start, end in reversed(list(_text_lines_with_links(notes))):
        line = notes[start:end]
        if bare is not None and not _OPENER.search(line):
            continue  # nothing on it can be newer or better
        for meeting in reversed(tuple(_meetings_on_line(line, start, trusted_hosts))):
            if meeting.starts is not None:
                return meeting
            bare = bare or meeting
    return bare


def add_line(notes: str, line: str, *, multiline: bool = True) -> Edit:
    """Add a written line at the end of the notes, on a text line of its own.

    Args:
        notes: The notes as they are.
        line: What `write_line` wrote.
        multiline: Whether the field has more than one line; an `<input>` has not.
    """
    at = len(notes)
    if not notes:
        return Edit(at, at, line)
    if not multiline:
        return Edit(at, at, f" {line}")
    # Notes that end in a line break get one behind the new line, too: `remove_meeting` can then
    # tell by what follows the line which break was added, and a "\r" is never joined by a "\n" of
    # ours.
    line_break = _last_break(notes)
    ended = notes.endswith(("\r", "\n"))
    return Edit(at, at, f"{line}{line_break}" if ended else f"{line_break}{line}")


def remove_meeting(notes: str, found: FoundMeeting, *, multiline: bool = True) -> Edit:
    """Remove a meeting, together with the break or space that `add_line` added to it.

    Args:
        notes: The notes in which it was found.
        found: The meeting.
        multiline: Whether the field has more than one line, as for `add_line`.
    """
    start, end = found.start, found.end
    if not multiline:
        return Edit(start - 1 if notes.endswith(" ", 0, start) else start, end, "")
    starts_line = start == 0 or notes[start - 1] in "\r\n"
    ends_line = end == len(notes) or notes[end] in "\r\n"
    if starts_line and ends_line:
        if end < len(notes):
            end += 2 if notes.startswith("\r\n", end) else 1
        elif start > 0:
            start -= 2 if notes.endswith("\r\n", 0, start) else 1
    return Edit(start, end, "")


def _last_break(notes: str) -> str:
    at = max(notes.rfind("\r"), notes.rfind("\n"))
    if at < 0:
        return "\n"
    return "\r\n" if notes.endswith("\r\n", 0, at + 1) else notes[at]


def _text_lines_with_links(notes: str) -> Iterator[tuple[int, int]]:
    """Find where the text lines that may hold a link start and end; skip the others."""
    end = 0
    has_cr = "\r" in notes
    while (sign := LINK_SIGN.search(notes, end)) is not None:
        at = sign.start()
        start = notes.rfind("\n", end, at) + 1
        if has_cr:
            start = max(start, notes.rfind("\r", end, at) + 1)
        # Not `find` twice: a search for one kind of break would run past the other.
        line_break = _BREAK.search(notes, at)
        end = line_break.start() if line_break else len(notes)
        yield start, end


def _meetings_on_line(
    line: str, offset: int, trusted_hosts: frozenset[str]
) -> Iterator[FoundMeeting]:
    links = _links_with_markup(line, trusted_hosts)
    record = _record(line, links, trusted_hosts) if links else None
    for start, end, link in links:
        if record is None or end <= record.start or start >= record.end:
            yield FoundMeeting(offset + start, offset + end, link)
        elif start < record.end <= end:
            yield replace(record, start=offset + record.start, end=offset + record.end)


def _record(
    line: str, links: list[tuple[int, int, JoinLink]], trusted_hosts: frozenset[str]
) -> FoundMeeting | None:
    """Find the line's record: from the first opener to the last link with a time before it."""
    opener = _OPENER.search(line)
    if opener is None:
        return None
    for start, end, link in reversed(links):
        bracket = line.rfind("]", max(opener.end(), start - _TIME_WINDOW), start)
        starts = _time_before_dash(line[bracket + 1 : start]) if bracket >= 0 else None
        if starts is not None:
            topic = put_on_one_line(line[opener.end() : bracket])
            record = FoundMeeting(opener.start(), end, link, topic, starts)
            return _leave_out_marks(line, record, start, trusted_hosts)
    return None


def _leave_out_marks(
    line: str, record: FoundMeeting, link_start: int, trusted_hosts: frozenset[str]
) -> FoundMeeting:
    """Correct a record that is all in italics: their end looks like the end of the passcode."""
    before = line[max(0, record.start - MOST_MARKS) : record.start]
    end = record.end - count_closing_marks(before, line[link_start : record.end])
    links = [] if end == record.end else list(find_join_links(line[link_start:end], trusted_hosts))
    return replace(record, end=end, link=links[0][2]) if len(links) == 1 else record


def _time_before_dash(text: str) -> datetime | None:
    text = text.rstrip()
    time = text.rstrip(_DASHES)
    return parse_wall_clock(time) if 1 <= len(text) - len(time) <= _LONGEST_DASH else None


def _links_with_markup(line: str, trusted_hosts: frozenset[str]) -> list[tuple[int, int, JoinLink]]:
    """Find the links, each with its markup; a link inside another's markup is not a second one."""
    links: list[tuple[int, int, JoinLink]] = []
    for link_start, link_end, link in find_join_links(line, trusted_hosts):
        start, end = _around_markup(line, link_start, link_end)
        # A link that is another's text comes before its target in Markdown, and behind it in HTML.
        while links and links[-1][0] > start:
            links.pop()
        if links and _is_target(line, start, link, links[-1]):
            start = links.pop()[0]
        if end < len(line) and line[end] in MARKS:
            start, end = _around_emphasis(line, start, end)
        if not links or links[-1][1] <= start:
            links.append((start, end, link))
    return links


def _is_target(line: str, start: int, link: JoinLink, text: tuple[int, int, JoinLink]) -> bool:
    """Tell whether a link is the target that a mail program wrote behind the link's own text."""
    _, text_end, text_link = text
    return (
        line[start] == "<"
        and line[text_end:start] in {"", " "}
        and (text_link.kind, text_link.room) == (link.kind, link.room)
    )


def _around_markup(line: str, start: int, end: int) -> tuple[int, int]:
    """Widen a link's range to the markup that makes it a link, if there is any."""
    before, after = line[max(0, start - 1) : start], line[end : end + 1]
    if before == "<" and after == ">":
        return start - 1, end + 1
    if before == "(" and after == ")":
        return _around_markdown(line, start, end)
    if before in {'"', "'", "="}:
        return _around_anchor(line, start, end)
    return start, end


def _around_emphasis(line: str, start: int, end: int) -> tuple[int, int]:
    """Widen a link's range to the marks around it, unless these are inside a word."""
    before, after = line[max(0, start - MOST_MARKS) : start], line[end : end + MOST_MARKS]
    marks = count_marks(before, after)
    outside = line[max(0, start - marks - 1) : start - marks] + line[end + marks : end + marks + 1]
    if any(map(str.isalnum, outside)):
        return start, end
    return start - marks, end + marks


def _around_markdown(line: str, start: int, end: int) -> tuple[int, int]:
    text_end = start - len("](")
    text_start = line.rfind("[", max(0, start - _MARKUP_WINDOW), start)
    if text_start < 0 or line.find("]", text_start, start) != text_end:
        return start, end
    return text_start, end + 1


def _around_anchor(line: str, start: int, end: int) -> tuple[int, int]:
    tag = line.rfind("<", max(0, start - _MARKUP_WINDOW), start)
    if tag < 0 or not _ANCHOR_OPENS.fullmatch(line[tag:start]):
        return start, end
    closes = _ANCHOR_CLOSES.match(line, end, end + _MARKUP_WINDOW)
    return (tag, closes.end()) if closes else (start, end)
