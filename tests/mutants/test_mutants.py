"""Which changes are made, which are not, and what becomes of a mutant that is put into place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants import equivalents
from tests.mutants import mutant as module
from tests.mutants.__main__ import choose
from tests.mutants.equivalents import find_stale, read_equivalents
from tests.mutants.mutant import Mutant, find_mutants
from tests.mutants.operators import apply, find_changes
from tests.mutants.report import Report
from tests.mutants.runner import Fate


def change(code: str) -> list[tuple[str, str]]:
    """Every mutant of a function, as its body's text."""
    (scope,) = ast.parse(code).body
    found = []
    for kind, way, each in find_changes(scope):
        (copy,) = ast.parse(code).body
        apply(copy, way, each)
        found.append((kind, ast.unparse(copy).partition("\n")[2].strip()))
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a()", {("delete", "pass")}),
        (
            "return a < b",
            {("return nothing", "return None"), ("compare otherwise", "return a <= b")},
        ),
        ("return not a", {("return nothing", "return None"), ("drop a not", "return a")}),
        ("return", {("delete", "pass")}),
        ("return None", set()),
        ("return False", {("another constant", "return True")}),
        (
            "x = a or 1",
            {("delete", "pass"), ("and, or", "x = a and 1"), ("another constant", "x = a or 2")},
        ),
        ("x += a - b", {("delete", "pass"), ("calculate otherwise", "x += a + b")}),
        ("x = f'a{b:>3}'", {("delete", "pass"), ("another constant", "x = f'XXa{b:>3}'")}),
        ("raise A(1, 'wording')", {("delete", "pass")}),
        ("'A docstring.'", set()),
        ("x: 'Kind'", set()),
        ("x = cast('Kind', a)", {("delete", "pass")}),
    ],
)
def test_a_statement_has_these_mutants(line: str, expected: set[tuple[str, str]]) -> None:
    assert set(change(f"def f(a: int = 1) -> 'str':\n    {line}")) == expected


def test_conditions_filters_guards_and_cases_are_turned_round() -> None:
    code = """def f(a):
    match a:
        case 1 if a:
            x(b for b in a if b)
        case _:
            return None"""
    kinds = [kind for kind, _ in change(code)]
    for kind in ("negate a guard", "negate a filter", "drop a case"):
        assert kind in kinds


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "PACKAGE", tmp_path)
    monkeypatch.setattr(equivalents, "PACKAGE", tmp_path)
    (tmp_path / "zoom").mkdir()
    return tmp_path / "zoom" / "some.py"


def test_a_mutant_keeps_its_name_when_the_file_grows(file: Path) -> None:
    code = "_MOST = 5\n\nclass A:\n    def f(self):\n        return self.g(1, 1)\n"
    file.write_text(code)
    before = [mutant.name for mutant in find_mutants(file)]
    assert before == [
        "zoom/some.py | _MOST | another constant | 5 => 6",
        "zoom/some.py | A.f | return nothing | return self.g(1, 1) => return None",
        "zoom/some.py | A.f | another constant | 1 => 2",
        "zoom/some.py | A.f | another constant (2) | 1 => 2",
    ]
    file.write_text(f"import b\n\n\n{code}")
    assert [mutant.name for mutant in find_mutants(file)] == before
    assert [mutant.room for mutant in find_mutants(file)] == ["zoom"] * 4


def test_a_sample_is_the_same_for_the_same_seed(file: Path) -> None:
    file.write_text("def f():\n" + "".join(f"    g({number})\n" for number in range(20)))
    mutants = find_mutants(file)
    sample = choose(mutants, 5, 1)
    assert len(sample) == 5
    assert choose(mutants[::-1], 5, 1) == sample
    assert choose(mutants, 5, 2) != sample
    assert sorted(map(id, choose(mutants, 0, 1))) == sorted(map(id, mutants))


def build(file: Path) -> Mutant:
    file.write_text("def f():\n    return 1\n")
    return find_mutants(file)[0]


def test_a_name_of_the_table_that_no_mutant_has_is_stale(file: Path) -> None:
    mutant = build(file)
    table = read_equivalents(f"# all of them\n\n{mutant.name}\n  why\nzoom/some.py | g\n  x\n")
    assert table == {mutant.name: "why", "zoom/some.py | g": "x"}
    assert find_stale(table, [mutant], [file]) == ["zoom/some.py | g"]
    assert find_stale(table, [], []) == []


@pytest.mark.parametrize("text", ["name\n", "  why\n", "name\nname\n", "name\n  why\n  why\n"])
def test_names_and_reasons_take_turns(text: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        read_equivalents(text)


def test_the_table_counts_what_was_killed_and_what_is_explained(file: Path) -> None:
    mutant = build(file)
    report = Report({mutant.name: "why"})
    for fate in (Fate.KILLED, Fate.TIMEOUT, Fate.INVALID, Fate.SURVIVED):
        report.tell(mutant, fate)
    _, zoom, total = report.write()
    assert zoom.split() == ["zoom", "3", "2", "66.7", "%", "1", "1"]
    assert total.split() == ["all", "3", "2", "66.7", "%", "1", "1"]
    assert round(report.percent, 1) == 66.7
