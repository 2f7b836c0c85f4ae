"""The npm package's `custom-elements.json`: what editors and document generators read.

    python -m web.custom_elements    # prints it

Facts: the schema is version 2.1.0 of webcomponents/custom-elements-manifest. A module's declaration
of the kind `class` with `customElement: true` describes the element. `states` are those of
`:state()`, which this element does not have: what it is in stands in `data-state`, a member's type.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from web.contract_names import Contract, read_contract
from web.package_types import to_camel_case

ROOT: Final = Path(__file__).resolve().parent.parent
TAG: Final = "zoom-meeting"
_CLASS: Final = "ZoomMeeting"
_MODULE: Final = "dist/embed.js"
_BOOLEAN: Final = frozenset({"disabled", "read-only"})


def build_manifest(contract: Contract) -> dict[str, Any]:
    """Describe the element.

    Raises:
        NameMissingError: The documents lack a section or a row.
    """
    element = {
        "kind": "class",
        "name": _CLASS,
        "tagName": TAG,
        "customElement": True,
        "superclass": {"name": "HTMLElement"},
        "description": "Creates, shows and removes the Zoom meeting of one appointment.",
        "attributes": [_describe_attribute(contract, name) for name in _list_attributes(contract)],
        "members": _describe_members(contract),
        "events": [
            {
                "name": name,
                "type": {"text": "CustomEvent"},
                "description": f"{contract.describe(name)}. `detail`: {', '.join(keys)}.",
            }
            for name, keys in contract.list_events().items()
        ],
        "slots": [
            {"name": name, "description": "Other kinds of meetings, in the camera's menu."}
            for name in contract.list("slots")
        ],
        "cssParts": [{"name": name} for name in contract.list("parts")],
        "cssProperties": [{"name": name} for name in contract.list("custom properties")],
    }
    declared = {"name": _CLASS, "module": _MODULE}
    defined = {"kind": "custom-element-definition", "name": TAG, "declaration": declared}
    module = {
        "kind": "javascript-module",
        "path": _MODULE,
        "declarations": [element],
        "exports": [defined],
    }
    return {"schemaVersion": "2.1.0", "readme": "README.md", "modules": [module]}


def write_manifest(contract: Contract) -> str:
    """Write it as the package has it."""
    return f"{json.dumps(build_manifest(contract), indent=1, ensure_ascii=False)}\n"


def _list_attributes(contract: Contract) -> tuple[str, ...]:
    return contract.list("attributes of the element")


def _describe_attribute(contract: Contract, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "fieldName": to_camel_case(name),
        "type": {"text": "boolean" if name in _BOOLEAN else "string"},
        "description": contract.describe(name),
    }


def _describe_members(contract: Contract) -> list[dict[str, Any]]:
    states = " | ".join(f"'{state}'" for state in contract.list("data-state"))
    members: list[dict[str, Any]] = [
        {
            "kind": "field",
            "name": to_camel_case(name),
            "attribute": name,
            "reflects": True,
            "type": {"text": "boolean" if name in _BOOLEAN else "string | null"},
            "description": contract.describe(name),
        }
        for name in _list_attributes(contract)
    ]
    for line in contract.list("other members of the element"):
        owner, _, name = line.rpartition(".")
        told = contract.descriptions.get(name) or contract.descriptions.get(f"element.{name}")
        member: dict[str, Any] = {"kind": "method" if name in _METHODS else "field", "name": name}
        if owner != "element":
            member["static"] = True
        if told:
            member["description"] = told
        members.append(member)
    members.append(
        {
            "kind": "field",
            "name": "dataset.state",
            "readonly": True,
            "type": {"text": states},
            "description": "The attribute data-state, for tests and styles.",
        }
    )
    return members


_METHODS: Final = frozenset({"refresh"})


def main() -> None:
    """Print it."""
    print(write_manifest(read_contract(ROOT / "docs")), end="")  # noqa: T201 - what it is for


if __name__ == "__main__":
    main()
