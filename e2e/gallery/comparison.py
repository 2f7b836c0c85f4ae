"""What looks otherwise than it was accepted, by state; with a picture of each for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image

from e2e.gallery.likeness import SCALE, find_difference, halve
from e2e.gallery.references import FOLDER as REFERENCES
from e2e.gallery.references import read_references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    Pictures = Mapping[str, Image.Image]

DIFFERENCES: Final = "differences"
_GAP: Final = 16
_GROUND: Final = (128, 128, 128)
_NOT_FOR_FILES: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """A state, what is to say of it, and before | after | difference, as far as there is any."""

    state: str
    what: str
    picture: Image.Image


def compare(before: Pictures, after: Pictures) -> Iterator[Finding]:
    """Compare the references of a group with its pictures: yields what differs, is new or gone."""
    for state, picture in after.items():
        if state not in before:
            yield Finding(state, "is new", picture)
            continue
        reference = before[state]
        difference = find_difference(reference, picture)
        if difference:
            drawn = _draw((_enlarge(reference), picture, _enlarge(difference)))
            yield Finding(state, _describe(reference, halve(picture)), drawn)
    for state in before.keys() - after.keys():
        yield Finding(state, "is gone", _enlarge(before[state]))


def keep(findings: Iterable[Finding], folder: Path) -> list[str]:
    """Keep the pictures in a folder, and return a line for each finding."""
    lines = []
    for finding in findings:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{_NOT_FOR_FILES.sub('-', finding.state)}.png"
        finding.picture.save(path)
        lines.append(f"“{finding.state}” {finding.what}: {path}")
    return lines


def find_changes(circumstance: str, groups: Mapping[str, Pictures], folder: Path) -> list[str]:
    """Compare a circumstance's pictures with its references; as `keep`."""
    references = read_references(REFERENCES / circumstance)
    lines = []
    for group in references.keys() | groups.keys():
        findings = compare(references.get(group, {}), groups.get(group, {}))
        kept = keep(findings, folder / DIFFERENCES / circumstance / group)
        lines += [f"{group}, {line}" for line in kept]
    return sorted(lines)


def _describe(reference: Image.Image, halved: Image.Image) -> str:
    higher = (halved.height - reference.height) * SCALE
    if abs(higher) <= SCALE:
        return "looks different"
    return f"is about {abs(higher)} px {'higher' if higher > 0 else 'lower'}"


def _enlarge(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width * SCALE, picture.height * SCALE)).convert("RGB")


def _draw(pictures: Iterable[Image.Image]) -> Image.Image:
    shown = list(pictures)
    width = sum(each.width for each in shown) + _GAP * (len(shown) - 1)
    drawn = Image.new("RGB", (width, max(each.height for each in shown)), _GROUND)
    left = 0
    for each in shown:
        drawn.paste(each, (left, 0))
        left += each.width + _GAP
    return drawn
