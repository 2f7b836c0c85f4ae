"""The public names, as `docs/contract.txt` and the documents for embedders tell them.

The types of the npm package and its custom elements manifest are written from them.

Facts: a section of the contract is a title, then indented lines; tests hold it to the sources. A
line of an event is its name, then what its `detail` holds. In the documents the names have one row
each in a table: the first cell has them in backticks, the second says what they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_DOCUMENTS: Final = ("embedding.md", "events.md", "theming.md")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_NAME: Final = re.compile(r"`([\w:-]+)`")
_ROW: Final = re.compile(r"^ *\|(?P<names>[^|]*)\|(?P<text>[^|]*)\|", re.MULTILINE)


class NameMissingError(Exception):
    """An error that names what a document does not say, or what nobody has described yet."""


@dataclass(frozen=True)
class Contract:
    """The public names.

    Attributes:
        sections: Lines by the title of their section.
        descriptions: What a name is, in Markdown without links; not every name has one.
    """

    sections: dict[str, tuple[str, ...]]
    descriptions: dict[str, str]

    def list(self, title: str) -> tuple[str, ...]:
        """List the lines of a section."""
        try:
            return self.sections[title]
        except KeyError:
            raise NameMissingError(f"docs/contract.txt has no section “{title}”.") from None

    def describe(self, name: str) -> str:
        """Say what a name is."""
        try:
            return self.descriptions[name]
        except KeyError:
            raise NameMissingError(f"{', '.join(_DOCUMENTS)}: no row for {name}.") from None

    def list_events(self) -> dict[str, tuple[str, ...]]:
        """List the names of the events, each with what its `detail` holds."""
        lines = (line.split() for line in self.list("events, and what their detail holds"))
        return {name: tuple(keys) for name, *keys in lines}


def read_contract(docs: Path) -> Contract:
    """Read the documents in this folder."""
    _, _, text = (docs / "contract.txt").read_text("utf-8").partition("\n\n")
    blocks = [block.splitlines() for block in text.strip().split("\n\n")]
    sections = {title: tuple(line.strip() for line in lines) for title, *lines in blocks}
    tables = "\n\n".join((docs / name).read_text("utf-8") for name in _DOCUMENTS)
    return Contract(sections, read_descriptions(tables))


def read_descriptions(document: str) -> dict[str, str]:
    """Read what the tables say of the names in their first column; the first row counts."""
    descriptions: dict[str, str] = {}
    for row in _ROW.finditer(document):
        text = _LINK.sub(r"\1", row["text"].strip())
        for name in _NAME.findall(row["names"]):
            descriptions.setdefault(name, text)
    return descriptions
