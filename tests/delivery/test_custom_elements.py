"""The manifest that editors read tells all of the contract's names, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.public_contract.text import read_contract as read_written
from web.contract_names import read_contract
from web.custom_elements import build_manifest
from web.release import ROOT

WRITTEN = read_written()
MANIFEST = build_manifest(read_contract(ROOT / "docs"))
ELEMENT: dict[str, Any] = MANIFEST["modules"][0]["declarations"][0]


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("attributes", "attributes of the element"),
        ("events", "events, and what their detail holds"),
        ("slots", "slots"),
        ("cssParts", "parts"),
        ("cssProperties", "custom properties"),
    ],
)
def test_its_names_are_the_contracts(key: str, title: str) -> None:
    assert [each["name"] for each in ELEMENT[key]] == WRITTEN[title]


def test_its_members_are_the_contracts() -> None:
    mirrors = [each["name"] for each in ELEMENT["members"] if "attribute" in each]
    assert mirrors == WRITTEN["properties that mirror them"]
    others = {each["name"] for each in ELEMENT["members"] if "attribute" not in each}
    told = {line.rpartition(".")[2] for line in WRITTEN["other members of the element"]}
    assert others == told | {"dataset.state"}


def test_every_attribute_names_a_property_that_reflects_it() -> None:
    members = {each.get("attribute"): each["name"] for each in ELEMENT["members"]}
    assert {
        each["name"]: each["fieldName"] for each in ELEMENT["attributes"]
    }.items() <= members.items()


def test_every_state_is_told() -> None:
    (state,) = [each for each in ELEMENT["members"] if each["name"] == "dataset.state"]
    assert [name.strip("'") for name in state["type"]["text"].split(" | ")] == WRITTEN["data-state"]


def test_what_it_names_defines_the_element() -> None:
    assert MANIFEST["schemaVersion"] == "2.1.0"
    (module,) = MANIFEST["modules"]
    assert module["path"] == "dist/embed.js"
    assert ELEMENT["tagName"] == module["exports"][0]["name"] == "zoom-meeting"
    assert Path(ROOT, "web", "package", "README.md").is_file()
