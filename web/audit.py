"""The question whether anything that is pinned has become known as vulnerable or forged.

    python -m web.audit    # `make audit`

Python's packages are asked about at PyPI, by pip-audit; npm's at npm's registry, with the
signatures of those that are installed. It ends with 1 if something is wrong, and with 2 if anything
could not be found out: no answer is not a good answer.

Facts: pip-audit's report has `dependencies`, each with `vulns` or a `skip_reason`. `npm audit` has
`vulnerabilities` by package, and an `auditReportVersion` only if the registry has answered. `npm
audit signatures` has the packages whose signature is `invalid` or `missing`. Both tools end with 1
for bad news and for none, so only what they print counts. None of them knows what is compiled into
Pyodide: CPython's and its libraries' own announcements do.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
Report = Mapping[str, Any]


class UnansweredError(Exception):
    """An error that says why it could not be found out."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One question.

    Attributes:
        about: What it is about, for people.
        command: Prints the answer as JSON.
        judge: Lists what is wrong by that; raises `UnansweredError`, `KeyError` or `TypeError` if
            that is no answer.
    """

    about: str
    command: Sequence[str]
    judge: Callable[[Report], list[str]]


def judge_python(report: Report) -> list[str]:
    """Read pip-audit's report."""
    packages = report["dependencies"]
    if not packages:
        raise UnansweredError("No package was asked about.")
    skipped = [package["skip_reason"] for package in packages if "skip_reason" in package]
    if skipped:
        raise UnansweredError(f"{len(skipped)} packages had no answer, such as: {skipped[0]}.")
    return [
        f"{package['name']} {package['version']}: {found['id']}, mended in "
        + (", ".join(found["fix_versions"]) or "no version")
        for package in packages
        for found in package["vulns"]
    ]


def judge_npm(report: Report) -> list[str]:
    """Read the report of `npm audit`."""
    if "auditReportVersion" not in report:
        raise UnansweredError(str(report.get("message") or "The registry gave no report."))
    return [f"{name}: {found['severity']}" for name, found in report["vulnerabilities"].items()]


def judge_signatures(report: Report) -> list[str]:
    """Read the report of `npm audit signatures`."""
    if "error" in report:
        raise UnansweredError(str(report["error"].get("summary") or report["error"]))
    return [
        f"{package['name']} {package['version']}: {what} signature"
        for what in ("invalid", "missing")
        for package in report[what]
    ]


def _ask_pypi(name: str) -> Audit:
    tool = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    quiet = ["--progress-spinner", "off", "--format", "json"]
    command = [*tool, *quiet, "--requirement", f"requirements/{name}.txt"]
    return Audit(f"Python packages, requirements/{name}.txt", command, judge_python)


AUDITS: Final = (
    _ask_pypi("tunnel"),  # has all of demo and test
    _ask_pypi("docs"),
    _ask_pypi("upkeep"),
    Audit(
        "npm packages that are shipped or build what is shipped",
        ("npm", "--prefix", "web", "audit", "--omit=dev", "--json"),
        judge_npm,
    ),
    Audit(
        "signatures of the npm packages in web/",
        ("npm", "--prefix", "web", "audit", "signatures", "--json"),
        judge_signatures,
    ),
)


def run(audit: Audit) -> list[str]:
    """Ask; return what is wrong, or raise `UnansweredError`."""
    done = subprocess.run(audit.command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - no shell
    try:
        report = json.loads(done.stdout)
    except ValueError:
        last = done.stderr.strip().splitlines()[-1:] or ["it says nothing"]
        raise UnansweredError(f"There is no report: {last[0]}") from None
    try:
        return audit.judge(report)
    except (KeyError, TypeError) as error:
        raise UnansweredError(f"The report has another form ({error!r}).") from error


def main() -> int:
    """Print the answers; return the exit code."""
    code = 0
    for audit in AUDITS:
        try:
            problems = run(audit)
        except UnansweredError as error:
            print(f"{audit.about}: this could not be found out. {error}")  # noqa: T201 - for people
            code = code or 2
            continue
        print("\n  ".join([f"{audit.about}: {len(problems) or 'no'} problems", *problems]))  # noqa: T201 - for people
        code = 1 if problems else code
    return code


if __name__ == "__main__":
    raise SystemExit(main())
