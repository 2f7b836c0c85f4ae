"""Sentences in one language.

Facts: a catalogue is a `.po` file, which every tool for translators reads; the build makes of it
what is loaded here, JSON: English with the sentences by key, and the others without the keys, in
the same order. A key says where its sentence stands:
`error.notes_write_failed.full`. Parameters are named in braces, since languages put them in
different places: `{limit}`. No sentence depends on a number, so none has several forms.

What is for the developers of a page is in English only, and so is what a translation lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from typing import Any, Final

from pywidget.domain.errors import Value
from pywidget.domain.json_text import read_json
from pywidget.domain.moment import Moment
from pywidget.words.message import Message
from pywidget.words.times import Times

ENGLISH: Final = "en"


class Words:
    """The sentences of one language, by key.

    Args:
        sentences: The catalogue.
        times: Writes the instants among the values; without it they stand as support reads them.
        tag: The page's own name for the language (BCP 47), for dates: `en-GB`, `de-AT`.
        spare: Another language's, for what is missing here.
        marks: Attributes that say on a page in another language which one this is.
        is_strict: Whether a missing sentence or value raises `KeyError`, as tests want it. Else
            the key stands in its place: a gap in the catalogue must not break the widget.
    """

    def __init__(
        self,
        sentences: Mapping[str, str],
        times: Times | None = None,
        tag: str = ENGLISH,
        *,
        spare: Words | None = None,
        marks: Mapping[str, str] | None = None,
        is_strict: bool = False,
    ) -> None:
        self._sentences = sentences
        self._times = times
        self._spare = spare
        self._is_strict = is_strict
        self._clients: Words | None = None
        self.tag = tag
        self.marks = marks or {}

    @property
    def for_clients(self) -> Words:
        """The words of what clients are sent."""
        return self._clients or self

    @property
    def for_developers(self) -> Words:
        """The words of what the developers of the page read: English."""
        return self._spare or self

    def tagged(self, tag: str, *, marks: Mapping[str, str] | None = None) -> Words:
        """Return the same sentences, with the dates of this tag's country."""
        return Words(self._sentences, self._times, tag, marks=marks)

    def translated(self, sentences: Iterable[str], tag: str) -> Words:
        """Return another language's words; its sentences come in the order of these."""
        # Those for developers come last here, and have no translation.
        by_key = dict(zip(self._sentences, sentences, strict=False))
        return Words(by_key, self._times, tag, spare=self)

    def addressing(self, clients: Words) -> Words:
        """Return the same words, with others for what clients are sent."""
        same = copy(self)
        same._clients = clients  # noqa: SLF001 - of the same class
        return same

    def say(self, key: str, /, **values: Value) -> str:
        """Put the sentence of this key together with its values."""
        return self._say(key, values)

    def write(self, message: Message) -> str:
        """Put a message into words."""
        return self._say(message.key, message.values)

    def write_all(self, messages: Iterable[Message]) -> str:
        """Put several messages, each whole sentences, one after the other."""
        return " ".join(map(self.write, messages))

    def translates(self, messages: Iterable[Message]) -> bool:
        """Tell whether these messages are in this language: not all are translated."""
        return self._spare is None or all(message.key in self._sentences for message in messages)

    def join(self, names: Iterable[str]) -> str:
        """Write a list as people read it: `a, b and c`."""
        first, *others = names
        before = first
        for at, name in enumerate(others, start=1):
            key = "list.last" if at == len(others) else "list.next"
            before = self.say(key, before=before, name=name)
        return before

    def write_moment(self, moment: Moment) -> str:
        """Write an instant as this language does."""
        return str(moment) if self._times is None else self._times.write(moment, self.tag)

    def describe_zone(self, zone: str, instant: datetime, *, is_short: bool = False) -> str:
        """Name a zone as this language does."""
        if self._times is None:
            return zone
        return self._times.describe_zone(zone, instant, self.tag, is_short=is_short)

    def _say(self, key: str, values: Mapping[str, Value]) -> str:
        sentence = self._sentences.get(key)
        if sentence is None and self._spare is not None:
            return self._spare._say(key, values)  # noqa: SLF001 - of the same class
        try:
            return self._sentences[key].format_map(self._write_moments(values))
        except (KeyError, IndexError, ValueError, TypeError, AttributeError):
            if self._is_strict:
                raise
            return key

    def _write_moments(self, values: Mapping[str, Value]) -> dict[str, str | int]:
        return {
            name: self.write_moment(value) if isinstance(value, Moment) else value
            for name, value in values.items()
        }


def load_english(times: Times | None = None, *, is_strict: bool = False) -> Words:
    """Read the English catalogue, which stands beside this module, in an archive too.

    Raises:
        OSError: It is not there: installing makes it, and so does `python -m web.catalogue`.
    """
    spec: Any = __spec__
    folder = str(spec.origin).rpartition("/")[0]
    return Words(
        read_json(spec.loader.get_data(f"{folder}/en.json").decode()), times, is_strict=is_strict
    )
