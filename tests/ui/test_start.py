"""Where the start of a meeting may be broken."""

from __future__ import annotations

import pytest

from pywidget.ui.node import Element
from pywidget.ui.start import render_start


@pytest.mark.parametrize(
    ("text", "unbroken"),
    [
        ("Thursday, March 5 2026 6:00 pm", ["March 5", "6:00 pm"]),
        ("Thursday, March 5, 2026 at 6:00 PM", ["March 5", "6:00 PM"]),
        ("Thursday, 5 March 2026 at 18:00", ["5 March", "18:00"]),
        ("Donnerstag, 5. März 2026 um 18:00", ["5. März", "18:00"]),
        ("jeudi 5 mars 2026 à 18:00", ["5 mars", "18:00"]),
        ("dimanche 1er mars 2026 à 18:00", ["1er mars", "18:00"]),
        ("jueves, 12 de marzo de 2026, 6:00 p. m.", ["12 de marzo", "6:00 p. m."]),
        ("الخميس، 5 مارس 2026 في 6:00 م", ["5 مارس", "6:00 م"]),
        ("Zoom meeting", []),
    ],
)
def test_day_and_month_stay_together_and_so_does_the_time(text: str, unbroken: list[str]) -> None:
    pieces = render_start(text).children
    kept = [piece.children[0] for piece in pieces if isinstance(piece, Element)]
    assert kept == unbroken
    words = (piece.children[0] if isinstance(piece, Element) else piece for piece in pieces)
    assert "".join(map(str, words)) == text
