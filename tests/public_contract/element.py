"""Finds what the element itself has: attributes, properties and methods.

Facts: `web/properties.js` needs no page to be imported. The class in `web/element.js` has members
for the loader's own use, too: public are those that the documentation names.
"""

from __future__ import annotations

import subprocess

from tests.public_contract.sources import WEB, ContractError, find_in_files

_LIST = """
const { ATTRIBUTES, defineProperties } = await import(process.argv[1]);
const properties = {};
defineProperties(properties);
console.log(ATTRIBUTES.join(" "));
console.log(Object.keys(properties).join(" "));
"""
_DOCUMENTS = ("docs/embedding.md", "docs/editors.md", "docs/qa.md")


def list_attributes_and_properties() -> tuple[list[str], list[str]]:
    """List the attributes, and the properties that mirror them."""
    command = ["node", "--input-type=module", "--eval", _LIST, (WEB / "properties.js").as_uri()]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own file
    attributes, properties = told.stdout.splitlines()
    return attributes.split(), properties.split()


def list_members() -> list[str]:
    """List the members of the class that the documentation names."""
    there = find_in_files(
        r"(?m)^  (?:static |async |get )*([A-Za-z]\w*)(?: =|\()", "web/element.js"
    )
    told = find_in_files(r"\belement\.(\w+)", *_DOCUMENTS)
    told_static = find_in_files(r"customElements\.get\(\"zoom-meeting\"\)\.(\w+)", *_DOCUMENTS)
    if missing := told_static - there:
        raise ContractError(f"element.js has no {', '.join(missing)}")
    members = [f"element.{name}" for name in told & there]
    return members + [f'customElements.get("zoom-meeting").{name}' for name in told_static]
