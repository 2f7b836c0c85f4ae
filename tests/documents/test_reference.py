"""The reference page has every name of the manifest, or else of the contract."""

from __future__ import annotations

import json
from pathlib import Path

from docs.site.reference import (
    Entry,
    Section,
    read_all,
    read_contract,
    read_manifest,
    write_tables,
)
from tests.public_contract.text import read_contract as read_names

ROOT = Path(__file__).resolve().parents[2]
ELEMENT = {
    "kind": "class",
    "customElement": True,
    "tagName": "zoom-meeting",
    "attributes": [{"name": "client", "description": "the client's\nname", "fieldName": "client"}],
    "members": [
        {"kind": "field", "name": "duration", "type": {"text": "number | null"}, "default": "60"},
        {"kind": "field", "name": "hidden", "privacy": "private"},
        {"kind": "method", "name": "refresh", "return": {"type": {"text": "void"}}},
    ],
    "events": [{"name": "zoom-meeting:created", "type": {"text": "CustomEvent"}}],
    "cssParts": [{"name": "panel"}],
}
MANIFEST = json.dumps(
    {"schemaVersion": "2.1.0", "modules": [{"declarations": [{"name": "helper"}, ELEMENT]}]}
)


def test_each_kind_of_a_manifest_has_its_section() -> None:
    assert read_manifest(MANIFEST) == [
        Section("Attributes", (Entry("client", description="the client's name"),)),
        Section("Properties", (Entry("duration", "number | null", "60"),)),
        Section("Methods", (Entry("refresh()", "void"),)),
        Section("Events", (Entry("zoom-meeting:created", "CustomEvent"),)),
        Section("Parts", (Entry("panel"),)),
    ]


def test_a_table_has_no_empty_columns_and_no_cell_too_many() -> None:
    entry = Entry("duration", "number | null")
    assert write_tables([Section("Properties", (entry,))]) == (
        "\n## Properties\n\n| name | type |\n|---|---|\n| `duration` | `number \\| null` |\n"
    )


def test_what_the_manifest_lacks_is_read_from_the_contract() -> None:
    names = read_names()
    sections = {
        section.title: [entry.name for entry in section.entries]
        for section in read_contract((ROOT / "docs" / "contract.txt").read_text("utf-8"))
    }
    assert sections["Error codes"] == names["error codes"]
    assert len(sections) == 3


def test_the_page_has_every_kind_of_name() -> None:
    page = write_tables(read_all(ROOT))
    for name in (
        "data-client-id",
        "appointment",
        "refresh()",
        "zoom-meeting:created",
        "signing-in",
    ):
        assert name in page
