"""`ports.Clipboard`: begins inside the click, and says whether copying worked."""

from __future__ import annotations

from typing import Protocol

from pywidget.ports import Clipboard


class Bench(Protocol):
    clipboard: Clipboard

    async def read(self) -> str | None:
        """Return the clipboard's text, or `None` if it is empty."""

    def refuse(self) -> None:
        """Let the browser refuse all writing from now on."""


async def check_a_text_is_put_there(bench: Bench) -> None:
    for text in ("https://us02web.zoom.us/j/86012345678?pwd=Q2x", "ünï \U0001f9d6\nsecond line"):
        assert await bench.clipboard.write(text) is True
        assert await bench.read() == text


async def check_a_refusal_is_told_and_raises_nothing(bench: Bench) -> None:
    await bench.clipboard.write("first")
    bench.refuse()
    assert await bench.clipboard.write("second") is False
