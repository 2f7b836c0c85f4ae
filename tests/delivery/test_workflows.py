"""What CI runs that is not in this repository, and which of our own commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
# A tag can be moved to another commit; the version beside it is for people.
PINNED = re.compile(r"[a-z0-9-]+/[a-z0-9-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
USES = re.compile(r"^\s*(?:- )?uses:\s*(.*)$", re.MULTILINE)


def find_unpinned(workflow: str) -> list[str]:
    return [action for action in USES.findall(workflow) if not PINNED.fullmatch(action)]


def read_workflows() -> str:
    files = sorted(WORKFLOWS.iterdir())
    assert files
    return "\n".join(path.read_text("utf-8") for path in files)


def test_every_action_is_pinned_to_a_commit() -> None:
    text = read_workflows()
    assert USES.findall(text)
    assert find_unpinned(text) == []


def test_a_version_is_the_same_commit_everywhere() -> None:
    actions = {action.split("@")[0] for action in USES.findall(read_workflows())}
    assert len(set(USES.findall(read_workflows()))) == len(actions)


@pytest.mark.parametrize(
    "action",
    [
        "actions/checkout@v4",
        "actions/checkout@3d3c42e # v7.0.1",
        f"actions/checkout@{40 * 'a'}",
        f"docker://debian:12 # {40 * 'a'} # v1.0.0",
    ],
)
def test_an_action_that_is_not_would_be_noticed(action: str) -> None:
    assert find_unpinned(f"steps:\n      - uses: {action}\n") == [action]


def test_what_ci_runs_can_be_run_by_hand() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"run: make ([a-z-]+)$", read_workflows(), re.MULTILINE)
    assert targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_a_workflow_may_read_only() -> None:
    for path in WORKFLOWS.iterdir():
        text = path.read_text("utf-8")
        assert "\npermissions:\n  contents: read\n" in text
        assert re.findall(r"^\s+[a-z-]+: write$", text, re.MULTILINE) == []
        # The token would lie in .git/config, for whatever the tests run.
        assert text.count("persist-credentials: false") == text.count("actions/checkout@")
