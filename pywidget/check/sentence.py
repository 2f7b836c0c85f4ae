"""The widget's own sentence for an error; in English, like the rows."""

from __future__ import annotations

from functools import cache

from pywidget.domain.errors import WidgetError
from pywidget.words.errors import find_messages
from pywidget.words.words import Words, load_english


def write_error(error: WidgetError) -> str:
    """Put an error into words."""
    return _load().write_all(find_messages(error))


@cache
def _load() -> Words:
    return load_english()
