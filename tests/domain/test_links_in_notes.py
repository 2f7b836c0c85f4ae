"""What mail, calendars, chats and people make of a link: read, shown as it was, removed whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.domain.emphasis import count_closing_marks, count_marks, find_open_mark
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.link_hint import hints_at_meeting, hints_at_other_meeting
from pywidget.domain.note_line import (
    FoundMeeting,
    find_meeting,
    find_meetings,
    remove_meeting,
)
from pywidget.domain.wrapped_link import unwrap_link
from tests.domain.test_note_line import LINE, OTHER_URL, URL, places

CASES = json.loads(Path(__file__).with_name("links.json").read_text(encoding="utf-8"))
LINKS = [case for case in CASES if case["link"] is not None]
HINTS = [case["notes"] for case in CASES if case["link"] is None]
NO_HINTS = [
    "",
    "Zoom at six, zoom.us",
    "dana@zoom.us",
    "https://zoom.us/download",
    "https://zoom.us/meeting#/upcoming",
    "https://zoom.us/meeting/schedule",
    "https://us02web.zoom.us/u/kdTQtyzJR",
    "https://us02web.zoom.us/rec/share/aB",
    "https://evilzoom.us/j/86012345678",
    "https://evil-zoom.us/wc/86012345678",
    "https://zoom.us.evil.example/j/86012345678",
    "https://events.zoom.us.evil.example/ev/1",
    "https://meet.google.com/abc-defg-hij",
]
QUIET = [text for text in NO_HINTS if "evil" not in text]
MARKS = ["_", "__", "*", "**", "~", "~~", "`", "_*", "*_", "~_"]

passcodes = st.none() | st.text(max_size=8) | st.text("aB3-_~.%=", max_size=8)
links = st.builds(
    JoinLink,
    st.sampled_from(["zoom.us", "us02web.zoom.us", "salon.zoom.com", "x.zoomgov.com"]),
    st.sampled_from([LinkKind.JOIN, LinkKind.REGISTRANT]),
    st.from_regex(r"[0-9]{9,11}", fullmatch=True),
    passcodes,
    st.text("aB3-_~.%=", min_size=1, max_size=8).map(lambda text: f"t{text}"),
)


def write_proofpoint_v2(url: str) -> str:
    encoded = quote(url, safe="/").replace("-", "%2D").replace("_", "%5F")
    return encoded.replace("%", "-").replace("/", "_")


FORMS: dict[str, Callable[[str], str]] = {
    "http": lambda url: url.replace("https", "http"),
    "no scheme": lambda url: url.removeprefix("https://"),
    "in capitals": lambda url: url.replace("https", "HTTPS"),
    "Outlook": lambda url: (
        f"https://eur01.safelinks.protection.outlook.com/?url={quote(url, safe='')}&data=05%7C0"
    ),
    "Google": lambda url: f"https://www.google.com/url?q={quote(url, safe=':/?')}&sa=D&usg=A",
    "Proofpoint, 2": lambda url: (
        f"https://urldefense.proofpoint.com/v2/url?u={write_proofpoint_v2(url)}&d=Dw&c=e"
    ),
    "Proofpoint, 3": lambda url: f"https://urldefense.com/v3/__{url}__;!!A-b!c_d$",
    "text and target": lambda url: f"{url} <{url}>",
    "Markdown": lambda url: f"[{url.removeprefix('https://')}]({url})",
}


@pytest.mark.parametrize("case", LINKS, ids=lambda case: case["notes"])
def test_a_link_is_read_in_the_form_that_it_has_and_removed_whole(case: dict[str, str]) -> None:
    notes = f"Tea.\n{case['notes']}\nCall back."
    found = find_meeting(notes)
    assert found is not None
    assert found.link.url == case["link"]
    assert len(find_meetings(notes)) == 1
    left = f"\n{case['left']}" if case["left"] else ""
    assert remove_meeting(notes, found).apply(notes) == f"Tea.{left}\nCall back."


@pytest.mark.parametrize("case", LINKS, ids=lambda case: case["notes"])
def test_the_loader_expects_a_meeting_where_one_is_found(case: dict[str, str]) -> None:
    script = (Path(__file__).parents[2] / "web" / "loading.js").read_text(encoding="utf-8")
    (guess,) = re.findall(r"JOIN_LINK = /(.*)/i;", script)
    assert re.search(guess, case["notes"], re.IGNORECASE)
    assert not any(re.search(guess, notes, re.IGNORECASE) for notes in QUIET)


@pytest.mark.parametrize("notes", HINTS)
def test_what_only_hints_at_a_meeting_is_none(notes: str) -> None:
    assert find_meetings(notes) == ()
    assert hints_at_meeting(f"Tea.\n{notes}")
    assert hints_at_meeting(notes.upper())


@pytest.mark.parametrize("notes", NO_HINTS)
def test_other_links_hint_at_nothing(notes: str) -> None:
    assert not hints_at_meeting(notes)


@given(link=links, form=st.sampled_from(sorted(FORMS)), name=st.text())
def test_every_form_of_a_link_is_the_same_link(*, link: JoinLink, form: str, name: str) -> None:
    text = FORMS[form](link.url)
    assert find_meetings(text) == (FoundMeeting(0, len(text), link),)
    assert find_meetings(f"({text})") == (FoundMeeting(1, 1 + len(text), link),)
    line = LINE.replace(URL, text).replace("Dana", name.replace("\n", "").replace("\r", ""))
    found = find_meeting(line)
    assert found is not None
    assert (found.link, found.starts is None, found.end) == (link, False, len(line))


# In "_text_ <target>_" the emphasis may end twice.
@given(
    link=links,
    form=st.sampled_from(sorted(FORMS.keys() - {"text and target"})),
    mark=st.sampled_from(MARKS),
)
def test_emphasis_is_not_part_of_a_link(*, link: JoinLink, form: str, mark: str) -> None:
    text = f"{mark}{FORMS[form](link.url)}{mark[::-1]}"
    assert find_meetings(f"Join: {text} now") == (FoundMeeting(6, 6 + len(text), link),)


@given(links, st.sampled_from(MARKS))
def test_a_mark_that_nothing_has_opened_stays_with_the_link(link: JoinLink, mark: str) -> None:
    for text in (
        f"{mark}Tea.{mark[::-1]} {link.url}",
        f"a{mark}b {link.url}",
        f"{mark} {link.url}",
    ):
        (found,) = find_meetings(text)
        assert found.link == link
        assert text[found.start :] == link.url


@pytest.mark.parametrize(
    "text",
    [
        "evil.example/zoom.us/j/123456789",
        "evil.example?zoom.us/j/123456789",
        "evil.example?to=zoom.us/j/123456789",
        "evil.example#zoom.us/j/123456789",
        "dana@zoom.us/j/123456789",
        "evil\\zoom.us/j/123456789",
        "evilzoom.us/j/123456789",
        "zoom.com/j/123456789",
        f"{'a' * 300}.zoom.us/j/123456789",
        "zoom.us:8443/j/123456789",
        "zoom.us/j/12345678",
        "ftp://zoom.us/j/123456789",
        "https://safelinks.protection.outlook.com.evil.example/?url=https://zoom.us/j/123456789",
        "https://www.google.com.evil.example/url?q=https://zoom.us/j/123456789",
        "https://www.google.com/url?q=https://zoom.us.evil.example/j/123456789",
        "https://www.google.com/url?q=https://evil.example/https://zoom.us/j/123456789",
        "https://www.google.com/url?q=",
    ],
)
def test_what_only_looks_like_a_link_is_none(text: str) -> None:
    assert find_meetings(text) == ()


@pytest.mark.parametrize(("wrappers", "count"), [(1, 1), (3, 1), (4, 0), (5, 0)])
def test_a_wrapper_in_too_many_wrappers_is_none(wrappers: int, count: int) -> None:
    text = OTHER_URL
    for _ in range(wrappers):
        text = f"https://www.google.com/url?q={quote(text, safe='')}"
    assert len(find_meetings(text)) == count


@pytest.mark.parametrize(("encodings", "count"), [(1, 1), (3, 1), (4, 0)])
def test_a_link_that_is_encoded_too_often_is_none(encodings: int, count: int) -> None:
    text = OTHER_URL
    for _ in range(encodings):
        text = quote(text, safe="")
    assert len(find_meetings(f"https://www.google.com/url?q={text}")) == count


@pytest.mark.parametrize(
    "text",
    [
        f"HTTPS://WWW.Google.COM/URL?q={OTHER_URL}",
        f"https://EUR01.SafeLinks.Protection.Outlook.com/?url={quote(OTHER_URL, safe='')}",
        f"HTTPS://URLDefense.com/v3/__{OTHER_URL}__;!!A$",
    ],
)
def test_capitals_in_a_wrapper_do_not_matter(text: str) -> None:
    (found,) = find_meetings(text)
    assert found.link.url == OTHER_URL


def test_of_a_link_with_one_slash_behind_its_scheme_only_that_is_mended() -> None:
    link = "https:/zoom.us/j/123456789?pwd=https:/x"
    text = f"https://urldefense.com/v3/__{link}__;!!A$"
    assert unwrap_link(text, 0, len(text)) == (len(text), link.replace("https:/z", "https://z"))


# Marks of emphasis


@pytest.mark.parametrize("text", ["a*{}* b", "see a**{}**", "*{}*b", "*{}*b now"])
def test_marks_inside_a_word_emphasize_nothing(text: str) -> None:
    assert places(text.format(OTHER_URL)) == [OTHER_URL]


def test_letters_are_no_marks() -> None:
    assert (count_marks("X", "X"), count_closing_marks("X", "aX")) == (0, 0)


def test_more_than_eight_marks_are_not_counted() -> None:
    assert count_closing_marks("*" * 8, "a" + "*" * 8) == 8
    assert count_closing_marks("*" * 9, "a" + "*" * 9) == 8


@pytest.mark.parametrize(
    ("text", "place"), [("see _(", 5), ("see a_(", None), ("_ x", None), ("_x", 1), ("", None)]
)
def test_a_mark_behind_a_word_or_before_a_space_opens_nothing(text: str, place: int | None) -> None:
    assert find_open_mark(text, "_") == place


@pytest.mark.parametrize(
    "notes",
    [
        "Google Meet: https://meet.google.com/abc-defg-hij",
        "Tea\n\t GOOGLE MEET: see calendar",
        "join meet.google.com/abc-defg-hij please",
        "https://www.google.com/url?q=https%3A%2F%2Fmeet.google.com%2Fabc-defg-hij",
        "https%253A%252F%252Fmeet.google.com%252Flookup",
    ],
)
def test_google_meet_is_a_hint_at_another_kind_of_meeting(notes: str) -> None:
    assert hints_at_other_meeting(notes)
    assert not hints_at_meeting(notes)


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "Dana prefers Google Meet",
        "not on Google Meet: she has no camera",
        "https://meet.google.com",
        "https://meet.google.com/?hs=197",
        "https://meetxgoogle.com/abc-defg-hij",
        "https://meet.google.community",
        "https://us02web.zoom.us/wc/86012345678",
    ],
)
def test_words_about_google_meet_are_no_hint(notes: str) -> None:
    assert not hints_at_other_meeting(notes)
