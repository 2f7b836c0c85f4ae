"""Writes all of it as one sorted text: what differs between two versions is what changed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff
from typing import Final

from pywidget.check.tag import KNOWN
from tests.public_contract.controls import list_actions, list_controls, list_parts, list_slots
from tests.public_contract.element import list_attributes_and_properties, list_members
from tests.public_contract.events import list_events
from tests.public_contract.sources import ROOT, find_in_files, find_members

FILE: Final = ROOT / "docs" / "contract.txt"
_HEAD: Final = """\
The public contract: every name that a host page or a test may rely on.
`make contract` writes this file from the sources. Who changes a line changes
somebody's page: CHANGELOG.md has to say so.
"""
_UNCHANGED: Final = "The contract is as it was."
_ASKED: Final = "Say so in CHANGELOG.md, under Unreleased."
_SCRIPTS: Final = ("web/*.js", "pywidget/**/*.py")


def write_contract() -> str:
    """Write the whole text."""
    attributes, properties = list_attributes_and_properties()
    sections: dict[str, Iterable[str]] = {
        "attributes of the script tag": (f"data-{name}" for name in KNOWN),
        "attributes of the element": attributes,
        "properties that mirror them": properties,
        "other members of the element": list_members(),
        "events, and what their detail holds": list_events(),
        "data-state": find_members("State").values(),
        "set beside data-state": find_in_files(r"element\.setAttribute\(\"(aria-\w+)", "web/*.js"),
        "error codes": find_members("Code").values(),
        "data-code of messages, beside error codes": _list_other_codes(),
        "controls: role, accessible name, data-action": list_controls(),
        "data-action": list_actions(),
        "parts": list_parts(),
        "slots": list_slots(),
        "custom properties": find_in_files(r"var\((--zoom-meeting-[\w-]+)", "web/*.css"),
        "names in storage, locks, channels and messages": find_in_files(
            r"[\"'`](pywidget:v\d+:[\w-]+:?)", *_SCRIPTS
        ),
        "performance marks": find_in_files(
            r"performance\.mark\(\s*\"(zoom-meeting:[\w-]+)\"", "web/*.js"
        ),
    }
    parts = (f"{title}\n{_write_lines(lines)}" for title, lines in sections.items())
    return "\n".join((_HEAD, *parts))


def tell_changes(old: str, new: str) -> str:
    """Write which lines changed, and what else a change asks for."""
    changes = [*unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")]
    lines = [*changes[2:], _ASKED] if changes else [_UNCHANGED]
    return "".join(f"{line}\n" for line in lines)


def read_contract() -> dict[str, list[str]]:
    """Read the names in the written contract, by the title of their section."""
    sections = FILE.read_text("utf-8").removeprefix(_HEAD).strip().split("\n\n")
    named = (section.splitlines() for section in sections)
    return {title: [line.split()[0] for line in lines] for title, *lines in named}


def _write_lines(lines: Iterable[str]) -> str:
    return "".join(f"  {line}\n" for line in sorted(set(lines)))


def _list_other_codes() -> set[str]:
    return find_in_files(r"(?:\b_inform\(\s*|\bdata_code=)\"([\w-]+)\"", "pywidget/**/*.py")
