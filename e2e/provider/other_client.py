"""A second opinion: what oauth4webapi makes of an answer."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

_SCRIPT: Final = Path(__file__).with_name("other_client.mjs")
_PATIENCE_SECONDS: Final = 60
Case = dict[str, Any]
Verdict = dict[str, Any]


def ask_other_client(cases: Sequence[Case]) -> list[Verdict]:
    """Return its verdict on each case, all in one process; see `other_client.mjs` for both."""
    lines = "".join(f"{json.dumps(case)}\n" for case in cases)
    done = subprocess.run(  # noqa: S603 - our own command, no shell
        ["node", _SCRIPT],  # noqa: S607 - as everywhere, the one that the path has
        input=lines,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=_PATIENCE_SECONDS,
    )
    return [json.loads(line) for line in done.stdout.rstrip("\n").split("\n")]
