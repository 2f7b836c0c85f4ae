"""Texts that must not be seen: tokens, authorization codes, verifiers, passcodes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that no `repr`, log, traceback or f-string shows.

    >>> f"{Secret('hunter2')}"
    "Secret('…')"
    """

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """Return the text, for the one place that has to send or store it."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('…')"
