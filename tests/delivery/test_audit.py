"""What the audit makes of an answer, and of none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from web import audit
from web.audit import Audit, UnansweredError, judge_npm, judge_python, judge_signatures, run

FINE = {"name": "h11", "version": "0.16.0", "vulns": []}
BROKEN = {
    "name": "idna",
    "version": "3.20",
    "vulns": [
        {"id": "PYSEC-2026-1", "fix_versions": ["3.21"], "aliases": [], "description": "Slow."}
    ],
}
SKIPPED = {"name": "six", "skip_reason": "Dependency not found on PyPI: six (1.17.0)"}


@pytest.mark.parametrize(
    ("judge", "report", "problems"),
    [
        (judge_python, {"dependencies": [FINE], "fixes": []}, []),
        (
            judge_python,
            {"dependencies": [FINE, BROKEN], "fixes": []},
            ["idna 3.20: PYSEC-2026-1, mended in 3.21"],
        ),
        (judge_npm, {"auditReportVersion": 2, "vulnerabilities": {}}, []),
        (
            judge_npm,
            {"auditReportVersion": 2, "vulnerabilities": {"terser": {"severity": "high"}}},
            ["terser: high"],
        ),
        (judge_signatures, {"invalid": [], "missing": []}, []),
        (
            judge_signatures,
            {"invalid": [{"name": "vue", "version": "3.5.45"}], "missing": []},
            ["vue 3.5.45: invalid signature"],
        ),
    ],
)
def test_an_answer_is_read(
    judge: Callable[[Any], list[str]], report: dict[str, Any], problems: list[str]
) -> None:
    assert judge(report) == problems


@pytest.mark.parametrize(
    ("judge", "report"),
    [
        (judge_python, {"dependencies": [], "fixes": []}),
        (judge_python, {"dependencies": [FINE, SKIPPED], "fixes": []}),
        (judge_npm, {"message": "405 Method Not Allowed", "error": {"summary": ""}}),
        (judge_npm, {}),
        (judge_signatures, {"error": {"code": "ENOTFOUND", "summary": "no address"}}),
    ],
)
def test_no_answer_is_not_a_good_answer(
    judge: Callable[[Any], list[str]], report: dict[str, Any]
) -> None:
    with pytest.raises(UnansweredError):
        judge(report)


@pytest.mark.parametrize("printed", ["", "Error: offline", "[]", "{}", '{"dependencies": [{}]}'])
def test_a_tool_that_prints_something_else_has_not_answered(printed: str) -> None:
    command = (sys.executable, "-c", f"import sys; print({printed!r}); sys.exit('no network')")
    with pytest.raises(UnansweredError):
        run(Audit("packages", command, judge_python))


def make_audit(report: str) -> Audit:
    return Audit("packages", (sys.executable, "-c", f"print({report!r})"), judge_signatures)


GOOD = '{"invalid": [], "missing": []}'
BAD = '{"invalid": [{"name": "a", "version": "1"}], "missing": []}'


@pytest.mark.parametrize(
    ("reports", "code"),
    [((GOOD, GOOD), 0), ((GOOD, ""), 2), ((BAD, ""), 1), (("", BAD), 1), ((BAD, GOOD), 1)],
)
def test_whoever_runs_it_learns_the_worst(
    reports: tuple[str, ...],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(audit, "AUDITS", [make_audit(report) for report in reports])
    assert audit.main() == code
    assert len([line for line in capsys.readouterr().out.splitlines() if "packages:" in line]) == 2
