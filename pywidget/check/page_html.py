"""A page's HTML, as it is before any script has run.

Facts: if an attribute is given twice, the first one counts. A policy in a `<meta>` counts in the
head only. The content of a `<template>` is not on the page. A tag that is still open at the end of
the page does not count, nor does anything that it seems to contain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = Mapping[str, str]
MOST = 1_000_000
"""The number of characters that are read; no page needs more for what concerns the widget."""
_POLICY = "content-security-policy"


@dataclass(frozen=True, slots=True)
class PageHtml:
    """The parts that concern the widget, each in the order of the page.

    Attributes:
        scripts: Attributes of each `<script>`.
        elements: Attributes of each `<zoom-meeting>`.
        policies: Content security policies in `<meta>`.
        base: `href` of the first `<base>` that has one; empty if there is none.
        looks_like_html: Whether there was any markup at all.
        was_cut: Whether there is more than was read.
    """

    scripts: tuple[Attributes, ...] = ()
    elements: tuple[Attributes, ...] = ()
    policies: tuple[str, ...] = ()
    base: str = ""
    looks_like_html: bool = False
    was_cut: bool = False


def parse_html(text: str) -> PageHtml:
    """Parse any text; text that is not HTML has nothing in it."""
    reader = _Reader()
    reader.feed(text[:MOST])  # no close(): it would start again behind each tag that is still open
    return PageHtml(
        tuple(reader.scripts),
        tuple(reader.elements),
        tuple(reader.policies),
        reader.base,
        reader.has_markup,
        len(text) > MOST,
    )


@dataclass
class _Reader(HTMLParser):
    scripts: list[Attributes] = field(default_factory=list)
    elements: list[Attributes] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    base: str = ""
    has_markup: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._templates = 0
        self._in_body = False

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002
        """Read `<![…` as browsers do; the method that this overrides raises for most of it."""
        return self.parse_bogus_comment(i, report)

    def handle_decl(self, decl: str) -> None:
        self.has_markup = self.has_markup or decl.lower().startswith("doctype html")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, value or "")
        self.has_markup = True
        if tag == "template":
            self._templates += 1
        if self._templates:
            return
        match tag:
            case "body":
                self._in_body = True
            case "base" if not self.base:
                self.base = attributes.get("href", "")
            case "script":
                self.scripts.append(attributes)
            case "zoom-meeting":
                self.elements.append(attributes)
            case "meta" if not self._in_body:
                if attributes.get("http-equiv", "").strip().lower() == _POLICY:
                    self.policies.append(attributes.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "template" and self._templates:
            self._templates -= 1
        if tag == "head":
            self._in_body = True
