"""The names of the settings, which scripts have a list of their own of."""

from __future__ import annotations

import re
from pathlib import Path

from pywidget.check.tag import KNOWN

SETTINGS = Path(__file__).resolve().parents[2] / "web" / "settings.js"


def test_a_misspelt_setting_is_compared_with_all_that_there_are() -> None:
    (listed,) = re.findall(r"const NAMES = \[(.*?)\];", SETTINGS.read_text("utf-8"), re.DOTALL)
    assert sorted(re.findall(r'"([\w-]+)"', listed)) == sorted(KNOWN)
