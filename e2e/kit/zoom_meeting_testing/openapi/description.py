"""Zoom's description, read and compiled once.

    operation = description().find("POST", "/v2/users/me/meetings")

Facts (OpenAPI 3.1.1, spec.openapis.org/oas/v3.1.1): a path's parameters count for all of its
operations; a reference is an object with `$ref` and nothing else; the document's `security` counts
where an operation has none. Only what zoom.openapi.json uses is understood. Anything else in it is
an error, so that nothing in it goes unchecked.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zoom_meeting_testing.openapi.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH: Final = Path(__file__).resolve().parent.parent / "simulator" / "zoom.openapi.json"
METHODS: Final = frozenset({"get", "post", "patch", "delete"})
_WORDS: Final = frozenset({"description", "summary", "x-stand-in"})
_TOKEN: Final = "bearer"


class DescriptionError(ValueError):
    """The description has something that is not understood here."""


@dataclass(frozen=True)
class Parameter:
    """A part of a query or a path, or a response's header."""

    name: str
    place: str
    required: bool
    rule: Rule


@dataclass(frozen=True)
class Answers:
    """The responses of one status: rules by media type (`None`: any body), and headers."""

    content: Mapping[str, Rule | None]
    headers: tuple[Parameter, ...]


@dataclass(frozen=True)
class Described:
    """One operation. `body` has rules by media type; empty if there is no body."""

    id: str
    method: str
    path: str
    pattern: re.Pattern[str]
    needs_token: bool
    parameters: tuple[Parameter, ...]
    body: Mapping[str, Rule | None]
    answers: Mapping[int, Answers]


class Description:
    """All operations, by method and path."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Read a document. Raises `DescriptionError`."""
        known = {"openapi", "info", "servers", "security", "paths", "components"}
        _refuse_unknown(document, known, "the document")
        self._document = document
        self._components: Mapping[str, Any] = document["components"]
        self.error = self._compile(self._components["schemas"]["Error"])
        """What any refusal of the REST API looks like."""
        self.operations = tuple(
            self._read_operation(path, item, method)
            for path, item in document["paths"].items()
            for method in self._list_methods(path, item)
        )

    def find(self, method: str, path: str) -> Described | None:
        """Return the operation of a request, or `None` if it is not described."""
        for operation in self.operations:
            if operation.method == method and operation.pattern.fullmatch(path):
                return operation
        return None

    def _list_methods(self, path: str, item: Mapping[str, Any]) -> list[str]:
        _refuse_unknown(item, {"servers", "parameters", *METHODS}, path)
        return [name for name in item if name in METHODS]

    def _read_operation(self, path: str, item: Mapping[str, Any], method: str) -> Described:
        given = item[method]
        known = {"operationId", "security", "parameters", "requestBody", "responses"}
        _refuse_unknown(given, known, f"{method} {path}")
        parameters = [*item.get("parameters", ()), *given.get("parameters", ())]
        security = given.get("security", self._document["security"])
        if security and [set(each) for each in security] != [{_TOKEN}]:
            raise DescriptionError(f"{method} {path}: which security?")
        return Described(
            id=given["operationId"],
            method=method.upper(),
            path=path,
            pattern=re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))),
            needs_token=bool(security),
            parameters=tuple(self._read_parameter(self._resolve(each)) for each in parameters),
            body=self._read_body(given.get("requestBody")),
            answers={
                int(status): self._read_answers(self._resolve(response))
                for status, response in given["responses"].items()
            },
        )

    def _read_parameter(self, given: Mapping[str, Any]) -> Parameter:
        _refuse_unknown(given, {"name", "in", "required", "schema"}, "a parameter")
        if given["in"] not in ("query", "path"):
            raise DescriptionError(f"a parameter in {given['in']}")
        required = given.get("required", False)
        return Parameter(given["name"], given["in"], required, self._compile(given["schema"]))

    def _read_body(self, given: Mapping[str, Any] | None) -> Mapping[str, Rule | None]:
        if given is None:
            return {}
        _refuse_unknown(given, {"required", "content"}, "a body")
        if not given.get("required"):
            raise DescriptionError("a body that is not required")
        return self._read_content(given["content"])

    def _read_answers(self, given: Mapping[str, Any]) -> Answers:
        _refuse_unknown(given, {"headers", "content"}, "a response")
        headers = []
        for name, header in given.get("headers", {}).items():
            _refuse_unknown(header, {"required", "schema"}, "a header")
            rule = self._compile(header["schema"])
            headers.append(Parameter(name.lower(), "header", header.get("required", False), rule))
        return Answers(self._read_content(given.get("content", {})), tuple(headers))

    def _read_content(self, given: Mapping[str, Any]) -> Mapping[str, Rule | None]:
        for media in given.values():
            _refuse_unknown(media, {"schema"}, "a media type")
        return {
            name: self._compile(media["schema"]) if "schema" in media else None
            for name, media in given.items()
        }

    def _compile(self, schema: Mapping[str, Any]) -> Rule:
        return Rule(schema, self._components)

    def _resolve(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in given:
            return given
        found: Any = self._document
        for step in given["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return found  # type: ignore[no-any-return] # an object of the document


@cache
def description() -> Description:
    """Return the description of Zoom."""
    return Description(json.loads(PATH.read_text(encoding="utf-8")))


def _refuse_unknown(given: Mapping[str, Any], known: set[str], place: str) -> None:
    unknown = given.keys() - known - _WORDS
    if unknown:
        raise DescriptionError(f"{place} has {', '.join(sorted(unknown))}")
