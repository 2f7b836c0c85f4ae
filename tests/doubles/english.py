"""English, with every gap in it an error."""

from __future__ import annotations

from pywidget.domain.errors import WidgetError
from pywidget.words.errors import find_messages
from pywidget.words.times import Times
from pywidget.words.words import load_english
from tests.doubles.zones import TzdataZones
from web.catalogue import compile_catalogue

compile_catalogue()
WORDS = load_english(Times(TzdataZones()), is_strict=True)


def write_error(error: WidgetError) -> str:
    """What the user reads."""
    return WORDS.write_all(find_messages(error))
