"""What is fuzzed: one file for each reader of hostile text."""

from __future__ import annotations

from typing import Final

from tests.fuzz.target import Target
from tests.fuzz.targets import (
    callback,
    links,
    names,
    notes,
    records,
    rest_answers,
    sign_in,
    tab_messages,
    token_answer,
)

TARGETS: Final[tuple[Target, ...]] = tuple(
    module.TARGET
    for module in (
        notes,
        links,
        callback,
        token_answer,
        rest_answers,
        records,
        sign_in,
        tab_messages,
        names,
    )
)
