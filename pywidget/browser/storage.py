"""The browser's storage for this origin: for the life of the tab, or permanent.

Facts: a browser may refuse it altogether (cookies blocked, a sandboxed frame) by raising as soon as
it is named, and a write may fail because the quota is used up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pyodide.ffi import JsException

from pywidget.browser.loader import find_js_natives
from pywidget.browser.values import none_if_null
from pywidget.domain.errors import Code, HostPageError


class WebStorage:
    """A `ports.Storage`; `name` is `sessionStorage` or `localStorage`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def get(self, key: str) -> str | None:
        """Return the text, or `None`."""
        with _explained():
            text: str | None = none_if_null(self._js_storage.get(key))
            return text

    def set(self, key: str, text: str) -> None:
        """Store the text."""
        with _explained():
            self._js_storage.set(key, text)

    def delete(self, key: str) -> None:
        """Delete the text."""
        with _explained():
            self._js_storage.delete(key)

    def list_keys(self) -> list[str]:
        """List every key that is there."""
        with _explained():
            keys: list[str] = self._js_storage.list().to_py()
            return keys

    @property
    def _js_storage(self) -> Any:
        return find_js_natives().openStorage(self._name)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except JsException:
        raise HostPageError(Code.STORAGE_UNAVAILABLE) from None
