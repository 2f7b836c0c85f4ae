"""Draws the rooms from the imports.

python -m tests.rooms    # writes docs/images/rooms.svg; `make rooms` does it
"""

from __future__ import annotations

from tests.rooms.house import ROOT, read_house
from tests.rooms.picture import FILE, draw


def main() -> None:
    """Write the picture."""
    FILE.write_text(draw(read_house()), encoding="utf-8")
    print(FILE.relative_to(ROOT))  # noqa: T201 - for people


if __name__ == "__main__":
    main()
