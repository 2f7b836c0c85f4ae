"""The search of a record for secrets.

findings = search(record, secrets.list_all())
assert findings.strays == []
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from e2e.canary.forms import CHUNK, cut, list_needles, list_readings
from e2e.canary.places import ALLOWED, Place, may_be

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from e2e.canary.record import Record
    from e2e.canary.secrets import Kind

_GAP: Final = b"\n\n"


@dataclass
class Findings:
    """The result of a search; it names kinds and places, and never a secret."""

    searched: Counter[Place] = field(default_factory=Counter)
    """The number of texts in each place."""
    size: int = 0
    """Bytes."""
    secrets: Counter[Kind] = field(default_factory=Counter)
    """How many were looked for."""
    found: Counter[tuple[Kind, Place]] = field(default_factory=Counter)
    """The number of texts that hold a secret, where it may be and where not."""

    @property
    def strays(self) -> list[str]:
        """What was found where the table does not allow it."""
        return sorted(
            f"{kind} in {place} ({count} times)"
            for (kind, place), count in self.found.items()
            if not may_be(kind, place)
        )

    @property
    def unused(self) -> list[str]:
        """What the table allows, and nobody has seen."""
        return [
            f"{kind} in {row.place}"
            for row in ALLOWED
            for kind in row.kinds
            if not self.found[kind, row.place]
        ]

    def count(self, place: Place, contents: Collection[bytes]) -> None:
        """Count what was searched."""
        self.searched[place] += len(contents)
        self.size += sum(map(len, contents))

    def __add__(self, other: Findings) -> Findings:
        return Findings(
            self.searched + other.searched,
            self.size + other.size,
            self.secrets + other.secrets,
            self.found + other.found,
        )


def search(record: Record, secrets: Iterable[tuple[Kind, str]]) -> Findings:
    """Search all texts for each secret in each of its forms, and memory for the plain one."""
    findings = Findings()
    needles = {(kind, secret): [*list_needles(secret)] for kind, secret in secrets}
    findings.secrets.update(kind for kind, _secret in needles)
    everything = _GAP.join(text for texts in record.texts.values() for text in texts)
    present = _keep_present(needles, everything)
    for place, texts in record.texts.items():
        findings.count(place, texts)
        _search_texts(findings, place, [*texts], present)
    for place, contents in record.memory.items():
        findings.count(place, contents)
        _search_memory(findings, place, contents, needles)
    return findings


def _keep_present(
    needles: Mapping[tuple[Kind, str], list[bytes]], everything: bytes
) -> dict[tuple[Kind, str], list[bytes]]:
    """Return what is there at all: most forms of most secrets never are."""
    readings = [*list_readings(everything)]
    return {
        secret: [form for form in forms if any(form in reading for reading in readings)]
        for secret, forms in needles.items()
    }


def _search_texts(
    findings: Findings,
    place: Place,
    texts: list[bytes],
    needles: Mapping[tuple[Kind, str], list[bytes]],
) -> None:
    everything = [*list_readings(_GAP.join(texts))]
    for (kind, _secret), forms in needles.items():
        if any(form in reading for form in forms for reading in everything):
            holding = sum(
                any(form in reading for reading in list_readings(text) for form in forms)
                for text in texts
            )
            findings.found[kind, place] += max(holding, 1)


def _search_memory(
    findings: Findings,
    place: Place,
    contents: list[bytes],
    needles: Mapping[tuple[Kind, str], list[bytes]],
) -> None:
    for content in contents:
        readings = (content, content.replace(b"\0", b""))
        for kind, secret in needles:
            # A shorter one would be found in so much memory by chance.
            pieces = [piece.encode() for piece in cut(secret)] if len(secret) >= CHUNK else []
            if any(piece in reading for piece in pieces for reading in readings):
                findings.found[kind, place] += 1
