"""Writes `docs/contract.txt`, and says what is new in it.

python -m tests.public_contract
"""

from __future__ import annotations

import sys
from difflib import unified_diff

from tests.public_contract.text import FILE, write_contract


def main() -> None:
    """Write the file, and show what changed."""
    old = FILE.read_text("utf-8") if FILE.exists() else ""
    new = write_contract()
    FILE.write_text(new, encoding="utf-8")
    changes = unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), n=0)
    sys.stdout.writelines([*changes][2:] or ["The contract is as it was.\n"])


main()
