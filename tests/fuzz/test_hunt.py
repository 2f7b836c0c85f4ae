"""The hunt itself: what is wrong is found, made short, and the same each time."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from pywidget.domain.errors import Code, UnexpectedAnswerError
from tests.fuzz.hunt import hunt
from tests.fuzz.oracles import SECRET, assert_leads_to_zoom, refusal
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

_RECORD = json.dumps({"a": {"b": 1}, "d": json.dumps({"e": 1})})
# Lines count only in the widget's own files.
_QUADRATIC = compile(
    "for _ in text:\n    for _ in text:\n        pass\n",
    str(Path(__file__).parents[2] / "pywidget/planted.py"),
    "exec",
)


def _fail_on_infinity(text: str) -> None:
    try:
        record = json.loads(text)
    except ValueError:
        return
    if isinstance(record, dict) and isinstance(record.get("a"), dict) and "b" in record["a"]:
        assert record["a"]["b"] != float("inf"), "planted"


def _fail_inside(text: str) -> None:
    try:
        inside = json.loads(json.loads(text)["d"])["e"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return
    assert isinstance(inside, int), "planted"


def _fail_on_a_half_surrogate(text: str) -> None:
    text.encode()


@pytest.mark.parametrize("check", [_fail_on_infinity, _fail_inside, _fail_on_a_half_surrogate])
def test_a_planted_defect_is_found(check: object) -> None:
    target = Target("planted", check, (_RECORD,))  # type: ignore[arg-type]
    first, second = (hunt(target, inputs=3000) for _ in range(2))
    assert first.findings
    assert first.findings == second.findings


@pytest.mark.skipif(sys.gettrace() is not None, reason="coverage counts the steps itself")
def test_what_takes_more_steps_than_its_length_allows_is_found() -> None:
    target = Target("slow", lambda text: exec(_QUADRATIC, {"text": text}), ("x" * 300,))  # noqa: S102
    (what,) = hunt(target, inputs=5).findings
    assert "more steps" in what


def test_what_a_failure_does_not_need_is_cut_out() -> None:
    def check(text: str) -> None:
        assert "needle" not in text, "planted"

    target = Target("needle", check, (f"{'hay' * 20}needle{'hay' * 20}",))
    (shortest,) = hunt(target, inputs=1).findings.values()
    assert shortest == "needle"


def test_every_seed_is_tried() -> None:
    seen: list[str] = []
    target = Target("seeds", seen.append, tuple("abcdef"))
    hunt(target, inputs=0)
    assert sorted(seen) == list("abcdef")


def test_the_widgets_own_error_may_pass_and_no_other() -> None:
    with refusal():
        raise UnexpectedAnswerError(Code.ZOOM_ERROR, problem="no list")
    with pytest.raises(ValueError, match="other"), refusal():
        raise ValueError("other")


@pytest.mark.parametrize("cause", ["evidence", "cause", "note", "encoded"])
def test_a_secret_in_an_error_is_found_wherever_it_is(cause: str) -> None:
    def fail() -> None:
        if cause == "cause":
            raise UnexpectedAnswerError(Code.ZOOM_ERROR) from ValueError(f"{SECRET}-1")
        problem = {"evidence": SECRET, "encoded": f"%{ord('s'):x}{SECRET[1:]}"}.get(cause, "")
        error = UnexpectedAnswerError(Code.ZOOM_ERROR, problem=problem)
        if cause == "note":
            error.add_note(SECRET)
        raise error

    with pytest.raises(AssertionError, match="secret"), refusal():
        fail()


@pytest.mark.parametrize(
    "url",
    [
        "http://zoom.us/j/1",
        "https://evil.example/j/1",
        r"https://evil.example\.zoom.us/j/1",
        "https://a@zoom.us/j/1",
        "https://zoom.us.evil.example/j/1",
        "https://xzoom.us/j/1",
        "https://zoom%2eus.evil.example/",
        "https://zoom\u3002us/j/1",
        "https://zoom.us /j/1",
        "nonsense",
    ],
)
def test_what_does_not_lead_to_zoom_is_found(url: str) -> None:
    with pytest.raises(AssertionError):
        assert_leads_to_zoom(url)


def test_every_target_has_a_name_of_its_own() -> None:
    assert len({target.name for target in TARGETS}) == len(TARGETS)
