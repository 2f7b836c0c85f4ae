"""New inputs from old ones: by character, by word, and, if they are JSON, by value.

Facts: most changes to a JSON text only break it, and the reader stops at the first bracket. So half
of the changes are made to the value instead: what is behind one name is replaced, dropped, nested.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

from tests.fuzz.target import PART

_LONGEST = 20_000
_MOST_CHANGES = 4
_ODD = (
    *("", "\0", "\ud800", "\udfff", "\u2028", "\x85", "\u202e", "\ufeff", "\U0010ffff", "é", "٣"),
    *("%", "%00", "%ed%a0%80", "\\", "/", "@", "\r\n", "\n", "\t", " ", '"', "'", "<", ">", "&"),
)
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, 10**400, float("inf"), float("nan"), -0.0, 2**53),
    *("", " ", "0", "\0", "\ud800", "a\r\nX: b", "x" * 300, [], {}, [[]], {"": {}}, [None] * 9),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-03-02", "2026-W10-1"),
)


def mutate(text: str, others: list[str], pieces: tuple[str, ...], random: Random) -> str:
    """Change an input in one to four places."""
    for _ in range(random.randint(1, _MOST_CHANGES)):
        parts = text.split(PART)
        at = random.randrange(len(parts))
        changed = _change_json(parts[at], random) if random.random() < 0.5 else None
        parts[at] = _change_text(parts[at], others, pieces, random) if changed is None else changed
        text = PART.join(parts)
    return text[:_LONGEST]


def _change_text(text: str, others: list[str], pieces: tuple[str, ...], random: Random) -> str:
    start = random.randint(0, len(text))
    end = min(len(text), start + random.choice((0, 0, 1, 1, 2, 4, 16, 64)))
    match random.randrange(7):
        case 0:
            new = ""
        case 1:
            new = random.choice(_ODD)
        case 2:
            new = chr(random.choice((random.randrange(128), random.randrange(0x3000))))
        case 3:
            new = text[start:end] * random.choice((2, 3, 50))
        case 4:
            other = random.choice(others)
            begin = random.randint(0, len(other))
            new = other[begin : begin + random.choice((4, 16, 64, 1000))]
        case _:
            new = random.choice(pieces or _ODD)
    return text[:start] + new + text[end:]


def _change_json(text: str, random: Random) -> str | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return json.dumps(_change_value(value, random), ensure_ascii=random.random() < 0.5)


def _change_value(value: Any, random: Random) -> Any:
    """Change one value on the way down; a text may hold JSON again."""
    if isinstance(value, (dict, list)) and value and random.random() < 0.9:
        key = random.choice(list(value) if isinstance(value, dict) else range(len(value)))
        if random.random() < 0.1:
            del value[key]
        else:
            value[key] = _change_value(value[key], random)
        return value
    if isinstance(value, str) and random.random() < 0.7:
        inside = _change_json(value, random) if value[:1] in {"{", "["} else None
        return _change_text(value, [value], _ODD, random) if inside is None else inside
    if isinstance(value, int) and random.random() < 0.5:
        return value + random.choice((-1, 1, 10**9, -(10**9)))
    match random.randrange(6):
        case 0:
            return [value]
        case 1:
            return {"a": value}
        case 2:
            return str(value)
        case _:
            return random.choice(_VALUES)
