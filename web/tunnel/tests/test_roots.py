"""The roots that are served, and the check of what has aged."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import certifi
import pytest

from web.tunnel import roots
from web.tunnel.check_age import judge_library, judge_roots
from web.tunnel.roots import (
    ROOTS,
    RootError,
    find_problem,
    format_roots,
    list_wanted,
    read_bundle,
    read_release,
)

BUNDLE = read_bundle(Path(certifi.where()).read_text(encoding="utf-8"))
NOW = time.time()
TODAY = date(2026, 11, 26)


def test_the_file_is_what_the_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["roots", "--check"])
    assert roots.main() is None
    monkeypatch.setattr(roots, "version", lambda _: "2020.1.1")
    assert "is not what this script writes" in str(roots.main())


def test_there_are_some_from_each_authority_and_not_too_many() -> None:
    assert all(roots.WANTED.values())
    assert 10 <= len(list_wanted()) == len({root.fingerprint for root in list_wanted()}) <= 25
    assert re.fullmatch(r"20\d\d\.\d+\.\d+\S*", read_release(ROOTS.read_text(encoding="utf-8")))


def test_a_root_that_mozilla_took_out_is_missed() -> None:
    first = list_wanted()[0]
    fewer = {key: der for key, der in BUNDLE.items() if key != first.fingerprint}
    assert "not in Mozilla's list" in str(find_problem(first, fewer, NOW))
    with pytest.raises(RootError, match="not in Mozilla's list"):
        format_roots(fewer, "1", NOW)
    assert judge_roots("1", "2", BUNDLE, NOW) == []
    assert len(judge_roots("1", "2", fewer, NOW)) == 1


@pytest.mark.parametrize("moment", [0.0, 4e9])
def test_a_root_out_of_its_time_is_refused(moment: float) -> None:
    with pytest.raises(RootError, match="out of its time"):
        format_roots(BUNDLE, "1", moment)


def test_a_root_under_another_name_is_refused() -> None:
    first, second = list_wanted()[:2]
    swapped = roots.Root(first.name, second.fingerprint)
    assert "another name" in str(find_problem(swapped, BUNDLE, NOW))


@pytest.mark.parametrize(
    ("pinned", "known", "today", "will_do"),
    [
        ("3.6.7", ["3.6.7"], TODAY, True),
        ("3.6.7", ["3.6.6", "3.6.7", "4.1.1"], TODAY, True),
        ("3.6.7", ["3.6.8"], TODAY, False),
        ("3.6.9", ["3.6.10"], TODAY, False),
        ("3.6.7", ["4.1.1"], TODAY, False),
        ("3.6.7", [], TODAY, False),
        ("3.6.7", ["3.6.7"], date(2027, 4, 1), False),
    ],
)
def test_an_older_library_will_not_do(
    pinned: str, known: list[str], today: date, *, will_do: bool
) -> None:
    judged, says = judge_library(pinned, known, today)
    assert judged == will_do
    assert pinned in says[0]
    assert "March 2027" in says[1]
