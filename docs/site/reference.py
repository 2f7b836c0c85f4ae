"""The tables of the reference page, from the custom elements manifest.

Facts (Custom Elements Manifest, schema 2.1): `modules[].declarations[]` has a class for each
element, with `tagName`, `attributes`, `members` (of kind `field` or `method`), `events`, `slots`,
`cssParts`, `cssProperties` and `cssStates`. Each has a `name`, most a `description`, a
`type.text` and a `default`.

It tells of the element only: the other names come from `docs/contract.txt`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from docs.site.navigation import Application
from web import contract_names
from web.custom_elements import write_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PAGE: Final = "docs/reference"
MARK: Final = "<!-- The site has tables from here on. -->"
CONTRACT: Final = "docs/contract.txt"

_KINDS: Final = {
    "attributes": "Attributes",
    "properties": "Properties",
    "methods": "Methods",
    "events": "Events",
    "slots": "Slots",
    "cssParts": "Parts",
    "cssProperties": "Custom properties",
    "cssStates": "States",
}
_FROM_CONTRACT: Final = {
    "attributes of the script tag": "Attributes of the script tag",
    "data-state": "Values of data-state",
    "error codes": "Error codes",
}


@dataclass(frozen=True)
class Entry:
    """A name that pages may rely on, with what is told of it; empty where nothing is."""

    name: str
    type: str = ""
    default: str = ""
    description: str = ""


@dataclass(frozen=True)
class Section:
    """A table of the page."""

    title: str
    entries: tuple[Entry, ...]


def read_manifest(text: str) -> list[Section]:
    """Read the elements of a manifest; each section of one that is not empty, in a fixed order."""
    sections = []
    for element in _list_elements(json.loads(text)):
        members = element.get("members", [])
        kinds = {
            **element,
            "properties": [each for each in members if each["kind"] == "field"],
            "methods": [each for each in members if each["kind"] == "method"],
        }
        for kind, title in _KINDS.items():
            entries = tuple(_read_entry(each) for each in kinds.get(kind, []) if _is_public(each))
            if entries:
                sections.append(Section(title, entries))
    return sections


def read_contract(text: str) -> list[Section]:
    """Read the names of the contract: a line at the margin begins a section."""
    found: dict[str, list[Entry]] = {}
    title = ""
    for line in text.splitlines():
        if not line.startswith("  "):
            title = _FROM_CONTRACT.get(line, "")
        elif title:
            name, _, details = line.strip().partition("  ")
            found.setdefault(title, []).append(Entry(name, details))
    return [Section(title, tuple(entries)) for title, entries in found.items()]


def read_all(root: Path) -> list[Section]:
    """Read every public name of the project in this folder."""
    manifest = write_manifest(contract_names.read_contract(root / "docs"))
    return read_manifest(manifest) + read_contract((root / CONTRACT).read_text("utf-8"))


def write_tables(sections: Iterable[Section]) -> str:
    """Write the sections as Markdown. Columns that say nothing are left out."""
    return "".join(_write_section(section) for section in sections)


def connect(app: Application) -> None:
    """Add the tables to the page."""

    def add_tables(sphinx: Application, name: str, source: list[str]) -> None:
        if name == PAGE:
            source[0] = source[0].partition(MARK)[0] + write_tables(read_all(sphinx.srcdir))

    app.connect("source-read", add_tables)


def _list_elements(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for module in manifest["modules"]:
        for declaration in module.get("declarations", []):
            if declaration.get("tagName"):
                yield declaration


def _is_public(entry: dict[str, Any]) -> bool:
    return bool(entry.get("privacy", "public") == "public")


def _read_entry(entry: dict[str, Any]) -> Entry:
    if entry.get("kind") == "method":
        parameters = ", ".join(each["name"] for each in entry.get("parameters", []))
        returned = entry.get("return", {}).get("type", {}).get("text", "")
        name, type_ = f"{entry['name']}({parameters})", returned
    else:
        name, type_ = entry["name"], entry.get("type", {}).get("text", "")
    description = " ".join(str(entry.get("description", "")).split())
    return Entry(name, type_, str(entry.get("default", "")), description)


def _write_section(section: Section) -> str:
    columns = {
        "name": [_write_code(each.name) for each in section.entries],
        "type": [_write_code(each.type) for each in section.entries],
        "default": [_write_code(each.default) for each in section.entries],
        "": [each.description.replace("|", "\\|") for each in section.entries],
    }
    told = {title: cells for title, cells in columns.items() if any(cells)}
    head = f"| {' | '.join(told)} |\n|{'---|' * len(told)}\n"
    rows = "".join(f"| {' | '.join(row)} |\n" for row in zip(*told.values(), strict=True))
    return f"\n## {section.title}\n\n{head}{rows}"


def _write_code(text: str) -> str:
    return f"`{text.replace('|', chr(92) + '|')}`" if text else ""
