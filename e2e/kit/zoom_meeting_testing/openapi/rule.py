"""One schema of the description, compiled: what a value has to look like.

Facts: the schemas of OpenAPI 3.1 are JSON Schema 2020-12. Its messages quote the value, which may
be a secret: here the value is masked, and what remains is searched for anything like a token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jsonschema_rs import Draft202012Validator

from zoom_meeting_testing.simulator.masking import MASK, mask_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBERS: Final = frozenset({"integer", "boolean"})


class Rule:
    """What one value has to look like."""

    def __init__(self, schema: Mapping[str, object], components: Mapping[str, object]) -> None:
        self._validator = Draft202012Validator(
            {**schema, "components": components},
            mask=MASK,
            offline=True,
            validate_formats=True,
            ignore_unknown_formats=False,
        )
        self._is_text = schema.get("type") not in _NUMBERS

    def find_problems(self, value: object) -> list[str]:
        """Return what is wrong with a JSON value, without the value."""
        if self._validator.is_valid(value):
            return []
        return [
            mask_text("/".join(map(str, ("", *error.instance_path))) + f" {error.message}").strip()
            for error in self._validator.iter_errors(value)
        ]

    def find_text_problems(self, text: str) -> list[str]:
        """Return what is wrong with a value from a query, a path or a header."""
        return self.find_problems(text if self._is_text else _read_plain(text))


def _read_plain(text: str) -> object:
    """Read a number or a truth value as queries write them; anything else stays text."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isascii() and text.isdecimal() else text
