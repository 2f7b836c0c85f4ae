"""Twice the notes are twice the work, counted in lines of Python and in steps of patterns.

Facts: the windows in which a reader looks around are part of the work of each link. They are made
small here, so that short notes show what long ones cost.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from itertools import product
from random import Random

import pytest

import pywidget.domain
import pywidget.zoom
from pywidget.domain import note_line, url_in_prose
from pywidget.domain.link_hint import hints_at_meeting, hints_at_other_meeting
from pywidget.domain.note_line import find_meeting, find_meetings
from tests.fuzz.pattern_steps import CountingPattern, Steps
from tests.fuzz.targets.links import TARGET as LINKS
from tests.fuzz.targets.notes import TARGET as NOTES
from tests.fuzz.tracing import Tracer

_LENGTH = 300
_MOST_GROWTH = 2.6  # for twice the length; what is quadratic takes four times as many
_FREE = 2000  # steps that do not depend on the length
_WINDOWS = {
    (note_line, "_TIME_WINDOW"): 48,
    (note_line, "_MARKUP_WINDOW"): 64,
    (url_in_prose, "_MARK_WINDOW"): 48,
}
_AROUND = (
    ("", ""),
    ("Zoom: [", "] Tuesday, November 11 2025 6:00 pm — https://zoom.us/j/86012345678?pwd=Q2x</a>"),
)
_RANDOM = Random(5545)
_PIECES = sorted({*NOTES.pieces, *LINKS.pieces} - {"9" * 5000})
REPEATED = [
    *_PIECES,
    *("".join(_RANDOM.sample(_PIECES, 3)) for _ in range(40)),
    *(
        f"https://zoom.us/j/86012345678{end}"
        for end in (" ", "\n", "\r\n", "?pwd=a ", "?pwd=", '">', "--", "_")
    ),
    *("a", " ", "a.", "Zoom: [ ", "zoom : ", "zoom:" + " " * 20, "<a " + "x " * 20, "&amp;"),
]


@pytest.fixture(scope="module")
def steps() -> Iterator[Steps]:
    steps = Steps()
    patch = pytest.MonkeyPatch()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(60_000)
    for package in (pywidget.domain, pywidget.zoom):
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for name, value in vars(module).copy().items():
                if isinstance(value, re.Pattern):
                    patch.setattr(module, name, CountingPattern(value, steps))
    yield steps
    patch.undo()
    sys.setrecursionlimit(limit)


@pytest.fixture(autouse=True)
def _small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    for (module, name), size in _WINDOWS.items():
        monkeypatch.setattr(module, name, size)


def read_notes(text: str) -> None:
    find_meetings(text)
    find_meeting(text)
    hints_at_meeting(text)
    hints_at_other_meeting(text)


def find_slow(count: Callable[[str], int]) -> dict[str, tuple[int, int]]:
    """Find the pieces whose repetition costs more than it should; how much for once and twice."""
    slow = {}
    for piece in REPEATED:
        for before, after in _AROUND:
            times = _LENGTH // len(piece) + 1
            once, twice = (count(before + piece * each + after) for each in (times, 2 * times))
            if twice > _MOST_GROWTH * once + _FREE:
                slow[piece] = (once, twice)
    return slow


def test_twice_the_notes_run_twice_the_lines() -> None:
    tracer = Tracer()

    def count(text: str) -> int:
        tracer.run(read_notes, text)
        return tracer.steps

    assert find_slow(count) == {}


def test_twice_the_notes_are_twice_the_work_for_patterns(steps: Steps) -> None:
    def count(text: str) -> int:
        steps.count = 0
        read_notes(text)
        return steps.count

    assert find_slow(count) == {}


def test_what_is_quadratic_is_found(steps: Steps) -> None:
    pattern = CountingPattern(re.compile("a+b"), steps)
    counts = []
    for length in (100, 200):
        steps.count = 0
        pattern.search("a" * length)
        counts.append(steps.count)
    assert counts[1] > 3.5 * counts[0]


@pytest.mark.parametrize(
    "pattern",
    [
        *("a*b|a*c", "(?:ab?)*+b", "(?i:aB)c*?b", r"\bab\b", "(?<!b)a+(?=c)", "(?<=ab)c|[^a]b"),
        *("(?:a|ab)(?:c|bcd)(?:d*)", r"(?:a{1,3}b{0,2}){2}", "(?>a+)ab", "a.c"),
    ],
)
def test_the_counting_matcher_finds_what_python_finds(pattern: str, steps: Steps) -> None:
    real = re.compile(pattern)
    counting = CountingPattern(real, steps)
    for length in range(5):
        for letters in product("abcB ", repeat=length):
            text = "".join(letters)
            counting.search(text)  # each compares its answer with Python's
            counting.match(text)
            counting.fullmatch(text)
