"""This tab's `sessionStorage`.

Facts: a browser may refuse it altogether (cookies blocked, a sandboxed frame) by raising already
when it is named, and a write may fail because the quota is used up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import js
from pyodide.ffi import JsException

from pywidget.browser.values import none_if_null
from pywidget.domain.errors import Code, HostPageError


class SessionStorage:
    """Implements `ports.Storage`."""

    def get(self, key: str) -> str | None:
        """The text, or `None`."""
        with _explained():
            text: str | None = none_if_null(js.sessionStorage.getItem(key))
            return text

    def set(self, key: str, text: str) -> None:
        """Keeps the text for as long as the tab lives."""
        with _explained():
            js.sessionStorage.setItem(key, text)

    def delete(self, key: str) -> None:
        """Forgets the text."""
        with _explained():
            js.sessionStorage.removeItem(key)

    def list_keys(self) -> list[str]:
        """Every key that is there."""
        with _explained():
            # Not Object.keys: it leaves out a key that is named like a method.
            return [str(js.sessionStorage.key(at)) for at in range(js.sessionStorage.length)]


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except JsException:
        message = (
            "The browser does not let this page keep the Zoom sign-in. "
            "Allow site data for this page, then click again."
        )
        raise HostPageError(Code.STORAGE_UNAVAILABLE, message) from None
