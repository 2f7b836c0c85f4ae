"""The outcome of an edit, after the field's owner has reacted to it. Pure.

Facts: an editor may restore its own text, or accept half of an edit, or lose what stood beside it.
During the wait for that, the user may type, and the host page may show other notes in the same
field: those texts are theirs, and nothing in them may be "repaired".
"""

from __future__ import annotations

from pywidget.domain.note_line import Edit

_TELLING = 8  # characters of a line that nobody types by chance


def is_same(text: str, wanted: str) -> bool:
    """Tell whether two texts are the same; rich text keeps some spaces as no-break spaces."""
    return text.replace("\xa0", " ") == wanted.replace("\xa0", " ")


def stands(edit: Edit, before: str, now: str) -> bool:
    """Tell whether the edit was made, whatever else has changed since then."""
    before, now = before.replace("\xa0", " "), now.replace("\xa0", " ")
    piece = edit.replacement.strip() or before[edit.start : edit.end].strip()
    return now.count(piece) == edit.apply(before).count(piece)


def is_ours(edit: Edit, before: str, now: str) -> bool:
    """Tell whether the difference comes from the edit, and not from the user's typing."""
    repair = find_repair(edit, before, now)
    if repair is None:
        return False
    added = edit.replacement.strip()[:_TELLING]
    if added and added in now[repair.start : repair.end]:
        return True
    taken_from, taken_to = repair.start, repair.start + len(repair.replacement)
    return taken_from < edit.end and edit.start < taken_to


def find_repair(edit: Edit, before: str, now: str) -> Edit | None:
    """Find the smallest change that restores the text before an edit.

    `None` if these are other notes by now: less than half of what the edit leaves is there.
    """
    shorter = min(len(before), len(now))
    head = 0
    while head < shorter and before[head] == now[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == now[-1 - tail]:
        tail += 1
    if 2 * (head + tail) < min(len(before), len(edit.apply(before))):
        return None
    return Edit(head, len(now) - tail, before[head : len(before) - tail])
