"""The note reader: finding meetings in notes, adding a line, taking one away."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.link_hint import hints_at_meeting
from pywidget.domain.note_line import (
    FoundMeeting,
    NoteLine,
    add_line,
    find_meeting,
    find_meetings,
    remove_meeting,
    write_line,
)
from tests.fuzz.oracles import assert_leads_to_zoom
from tests.fuzz.target import Target, join, split

_LINE = "Zoom: [Appointment with Dana Lee] Tuesday, November 11 2025 6:00 pm — "
_URL = "https://us02web.zoom.us/j/86012345678?pwd=s3cr3t"
_CASES = json.loads((Path(__file__).parents[2] / "domain/links.json").read_text("utf-8"))
_TIME = datetime.fromisoformat("2025-11-11T18:00")
_OPENER = re.compile(r"zoom\s*:\s*\[", re.IGNORECASE)
_PASSCODE = 40  # characters, of which each becomes up to twelve
_BREAKS = ("\n", "\r\n", "\r")


def check(text: str) -> None:
    """Read the first part as notes; add a line about the second part to them, and remove it."""
    notes, topic, passcode = split(text, 3)
    found = find_meetings(notes)
    _check_order(notes, found)
    for meeting in found:
        assert_leads_to_zoom(meeting.link.url)
        _check_removal(notes, meeting)
        if meeting.topic is not None and meeting.starts is not None:
            _check_line(NoteLine(meeting.topic, meeting.starts, meeting.link))
    assert not found or hints_at_meeting(notes), "a meeting is a hint, too"
    link = JoinLink("zoom.us", LinkKind.JOIN, "86012345678", passcode[:_PASSCODE])
    line = NoteLine(topic, _TIME, link)
    _check_line(line)
    _check_adding(notes, line)


def _check_order(notes: str, found: tuple[FoundMeeting, ...]) -> None:
    end = 0
    for meeting in found:
        assert end <= meeting.start < meeting.end <= len(notes)
        assert (meeting.topic is None) == (meeting.starts is None)
        end = meeting.end
    records = [meeting for meeting in found if meeting.starts is not None]
    assert find_meeting(notes) == next(reversed(records or list(found)), None)


def _check_removal(notes: str, meeting: FoundMeeting) -> None:
    """No more than the meeting and one break, or one space, may go."""
    for multiline in (True, False):
        edit = remove_meeting(notes, meeting, multiline=multiline)
        assert edit.replacement == ""
        assert edit.start <= meeting.start < meeting.end <= edit.end
        around = notes[edit.start : meeting.start], notes[meeting.end : edit.end]
        separators = _BREAKS if multiline else (" ",)
        assert around == ("", "") or (
            "" in around and (around[0] in separators or around[1] in separators)
        )


def _check_line(line: NoteLine) -> None:
    written = write_line(line)
    (read,) = find_meetings(written)
    assert (read.start, read.end) == (0, len(written))
    assert (read.topic, read.starts, read.link) == (line.topic, line.starts, line.link)


def _check_adding(notes: str, line: NoteLine) -> None:
    written = write_line(line)
    after = add_line(notes, written).apply(notes)
    shown = find_meeting(after)
    assert shown is not None
    assert shown.link == line.link
    assert remove_meeting(after, shown).apply(after) == notes
    flat = notes.replace("\r", "").replace("\n", "")
    if not _OPENER.search(flat):
        after = add_line(flat, written, multiline=False).apply(flat)
        shown = find_meeting(after)
        assert shown is not None
        assert remove_meeting(after, shown, multiline=False).apply(after) == flat


TARGET = Target(
    "notes",
    check,
    seeds=(
        join(f"Allergic to latex.\n{_LINE}{_URL}", "Appointment with Dana Lee", "s3cr3t"),
        join(f'a\r\n{_LINE}<a href="{_URL}">{_URL}</a>\r\n', f"x] {_LINE}{_URL}", "a.&#"),
        join(f"**{_LINE}[{_URL}]({_URL})**", "\u202eeel \U0001f469\u200d\U0001f9b0", "%zz"),
        *(join(case["notes"], case["notes"], "") for case in _CASES),
    ),
    pieces=(
        *("Zoom: [", "zoom :[", "] Tuesday, November 11 2025 6:00 pm", " — ", "--", " - "),
        *("https://", "http://", "zoom.us", "/j/", "/w/", "/my/", "86012345678", "?pwd=", "tk="),
        *("<a href=", "</a>", "](", "[", "]", "(", ")", "<", ">", "**", "_", "~~", "`", "&amp;"),
        *("\n", "\r\n", "\r", "\u2028", "\x85", "\u00a0", "\ud800", "\0", "\\n", "%2F", "%"),
        *("https://www.google.com/url?q=", "https://a.safelinks.protection.outlook.com/?url="),
        *("https://urldefense.com/v3/__", "__;!!a!b$"),
    ),
)
