"""A tab's `sessionStorage` that refuses as browsers refuse."""

from __future__ import annotations

from typing import Self

from pywidget.domain.errors import Code, HostPageError

_QUOTA = 5 * 1024 * 1024  # UTF-16 units, keys included: what browsers give


class TabStorage:
    """Implements `ports.Storage`. Texts only: a browser would turn anything else into one."""

    def __init__(self, quota: int = _QUOTA) -> None:
        self.items: dict[str, str] = {}
        self.quota = quota
        self.is_refused = False  # private mode, a sandboxed frame, blocked site data

    def get(self, key: str) -> str | None:
        self._check()
        return self.items.get(key)

    def set(self, key: str, text: str) -> None:
        self._check()
        if type(text) is not str or type(key) is not str:
            raise TypeError("a browser would have made a text of it")
        others = sum(len(k) + len(v) for k, v in self.items.items() if k != key)
        if others + len(key) + len(text) > self.quota:
            raise _refused()
        self.items[key] = text

    def delete(self, key: str) -> None:
        self._check()
        self.items.pop(key, None)

    def list_keys(self) -> list[str]:
        self._check()
        return list(self.items)

    def duplicate_tab(self) -> Self:
        """A duplicated tab starts with a copy; from then on the two know nothing of each other."""
        copy = type(self)(self.quota)
        copy.items = dict(self.items)
        copy.is_refused = self.is_refused
        return copy

    def _check(self) -> None:
        if self.is_refused:
            raise _refused()


def _refused() -> HostPageError:
    return HostPageError(Code.STORAGE_UNAVAILABLE)
