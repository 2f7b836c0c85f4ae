"""Writes `docs/contract.txt`, and says what is new in it.

python -m tests.public_contract
"""

from __future__ import annotations

import sys

from tests.public_contract.text import FILE, tell_changes, write_contract


def main() -> None:
    """Write the file, and show what changed."""
    old = FILE.read_text("utf-8") if FILE.exists() else ""
    new = write_contract()
    FILE.write_text(new, encoding="utf-8")
    sys.stdout.write(tell_changes(old, new))


main()
