"""Emphasis marks: what Markdown and chat programs put around a text to make it stand out.

Facts: the marks are `*`, `_`, `~` and the backtick, one or several; on the other side they
stand in reverse, `**_text_**`. `_` and `~` are also ordinary characters of a URL. A mark
inside a word emphasizes nothing: `snake_case`.
"""

from typing import Final

MARKS: Final = "*_~`"
MOST_MARKS: Final = 8  # on each side


def count_marks(before: str, after: str) -> int:
    """Count the marks that enclose a text, given what stands before and after it.

    >>> count_marks("see **_", "_** now")
    3
    """
    count = 0
    for opening, closing in zip(reversed(before), after, strict=False):
        if opening != closing or opening not in MARKS:
            break
        count += 1
    return count


def count_closing_marks(before: str, text: str) -> int:
    """Count the marks at the end of a text that close those directly before it.

    >>> count_closing_marks("see **_", "text_")
    1
    """
    marks = before[len(before.rstrip(MARKS)) :][-MOST_MARKS:]
    for count in range(len(marks), 0, -1):
        if text.endswith(marks[-1 : -count - 1 : -1]):
            return count
    return 0


def find_open_mark(text: str, mark: str) -> int | None:
    """Find where the emphasis that is still open at the end of a text begins, behind its marks.

    Only the last such mark is considered. A mark that closes an emphasis has a word before it.

    >>> find_open_mark("_here_, or _there: ", "_")
    12
    """
    at = text.rfind(mark)
    before, after = text[: at + 1].rstrip(MARKS), text[at + 1 :].lstrip(MARKS)
    is_open = at >= 0 and not before[-1:].isalnum() and not after[:1].isspace()
    return at + 1 if is_open else None
