"""Sentences in one language.

Facts: a catalogue is a `.po` file, which every tool for translators reads, compiled to a `.mo` (GNU
gettext). Its keys say where a sentence stands: `error.notes_write_failed.full`. Parameters are
named in braces, since languages put them in different places: `{limit}`. A number that decides
between singular and plural is called `count`; the catalogue says how many forms a language has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from gettext import GNUTranslations
from io import BytesIO
from typing import Any

from pywidget.domain.errors import Value
from pywidget.words.message import Message

_COUNT = "count"


class Words:
    """The sentences of one language, by key.

    Args:
        catalogue: The bytes of a `.mo` file.
        is_strict: Whether a missing sentence or value raises `KeyError`, as tests want it. Else
            the key stands in its place: a gap in the catalogue must not break the widget.
    """

    def __init__(self, catalogue: bytes, *, is_strict: bool = False) -> None:
        self._translations = GNUTranslations(BytesIO(catalogue))
        self._is_strict = is_strict

    def say(self, key: str, /, **values: Value) -> str:
        """Put the sentence of this key together with its values."""
        return self._say(key, values)

    def write(self, message: Message) -> str:
        """Put a message into words."""
        return self._say(message.key, message.values)

    def write_all(self, messages: Iterable[Message]) -> str:
        """Put several messages, each whole sentences, one after the other."""
        return " ".join(map(self.write, messages))

    def join(self, names: Iterable[str]) -> str:
        """Write a list as people read it: `a, b and c`."""
        *before, last = names
        if not before:
            return last
        return self.say("list.last", before=", ".join(before), last=last)

    def _say(self, key: str, values: Mapping[str, Value]) -> str:
        try:
            return self._find(key, values.get(_COUNT)).format_map(values)
        except (KeyError, IndexError, ValueError, TypeError, AttributeError):
            if self._is_strict:
                raise
            return key

    def _find(self, key: str, count: Value | None) -> str:
        found = (
            self._translations.ngettext(key, key, count)
            if isinstance(count, int)
            else self._translations.gettext(key)
        )
        if found == key:
            raise KeyError(key)
        return found


def load_words(language: str = "en", *, is_strict: bool = False) -> Words:
    """Read a language's catalogue, which stands beside this module, in an archive too.

    Raises:
        OSError: It is not there: installing makes it, and so does `python -m web.catalogue`.
    """
    spec: Any = __spec__
    folder = str(spec.origin).rpartition("/")[0]
    return Words(spec.loader.get_data(f"{folder}/{language}.mo"), is_strict=is_strict)
