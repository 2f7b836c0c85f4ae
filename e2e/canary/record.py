"""All that was recorded of a run, by its place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from e2e.canary.forms import decompress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from e2e.canary.places import Place


class Record:
    """Texts by place, each once; and memory, which is large and only one kind of text."""

    def __init__(self) -> None:
        self.texts: defaultdict[Place, dict[bytes, None]] = defaultdict(dict)
        self.memory: defaultdict[Place, list[bytes]] = defaultdict(list)

    def add(self, place: Place, *texts: str | bytes) -> None:
        """Keep what was found in a place."""
        for text in texts:
            content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
            self.texts[place][content] = None

    def add_memory(self, place: Place, contents: Iterable[bytes]) -> None:
        """Keep megabytes of memory, unpacked, which are searched for plain text in any width."""
        self.memory[place].extend(map(decompress, contents))

    def clear(self) -> None:
        """Forget all of it."""
        self.texts.clear()
        self.memory.clear()
