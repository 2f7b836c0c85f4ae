"""The suites of checks: each is a contract, run on one adapter or one kind of field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from e2e.contracts import (
    clipboard,
    clock,
    locks,
    navigation,
    notes,
    notes_in_page,
    patching,
    randomness,
    sign_in_windows,
    storage,
    tabs,
    transport,
    zones,
)
from e2e.contracts.kinds import FIELD_KINDS

if TYPE_CHECKING:
    from types import ModuleType

SUITES: Final[dict[str, ModuleType]] = {
    "storage": storage,
    "local storage": storage,
    "locks": locks,
    "tabs": tabs,
    "navigation": navigation,
    "clock": clock,
    "randomness": randomness,
    "zones": zones,
    "transport": transport,
    "clipboard": clipboard,
    "patching": patching,
    "sign_in_windows": sign_in_windows,
    **{f"notes[{kind}]": notes for kind in FIELD_KINDS},
    **{f"notes_in_page[{kind}]": notes_in_page for kind in FIELD_KINDS},
}
