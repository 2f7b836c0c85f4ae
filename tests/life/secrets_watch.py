"""Looks for tokens, codes and verifiers wherever they must not be."""

from __future__ import annotations

from collections.abc import Iterable

from e2e.simulator import Simulator
from pywidget.connection.attempt_store import PREFIX as ATTEMPT_PREFIX
from pywidget.connection.token_store import KEY as TOKEN_KEY
from tests.life.browser import Browser, Place

PLANTED = "pl4nted-s3cret"  # what the words of Zoom's refusals hold, and nobody may repeat
HOST_KEY = "zak="  # in Zoom's start links


def list_secrets(simulator: Simulator, browser: Browser) -> set[str]:
    """Everything that was issued or made up so far."""
    with simulator.lock:
        grants = simulator.grants
        issued = {*grants._codes, *grants._access, *grants._refresh}  # noqa: SLF001
    return {*issued, *browser.verifiers, PLANTED, HOST_KEY}


def list_kept_texts(browser: Browser) -> list[tuple[str, str]]:
    """What the tabs keep, but for the places where secrets belong; and the notes."""
    texts = [
        (f"storage {key}", text)
        for tab in browser.tabs
        for key, text in tab.storage.items.items()
        if key != TOKEN_KEY and not key.startswith(ATTEMPT_PREFIX)
    ]
    texts += [(f"local storage {key}", text) for key, text in browser.local_storage.items.items()]
    for tab in browser.tabs:
        texts.append(("the notes", tab.document.field.text))
        texts += [("a storage's key", key) for key in tab.storage.items]
    return texts


def assert_none(
    secrets: Iterable[str], browser: Browser, said: Iterable[tuple[str, str]] = ()
) -> None:
    """None of the secrets is in what was said, or in what is kept."""
    texts = [*said, *list_kept_texts(browser)]
    everything = "\n".join(text for _where, text in texts)
    for secret in secrets:
        if secret in everything:
            where = next((where for where, text in texts if secret in text), "pieces")
            raise AssertionError(f"a secret is in {where}")


def assert_no_secret(simulator: Simulator, browser: Browser, places: list[Place]) -> None:
    """Nothing that was ever said by these elements, or is kept now, holds one."""
    said: list[tuple[str, str]] = []
    for place in places:
        said += [("an event", repr(event)) for event in place.host.events]
        said += [("the console", line) for line in place.host.complaints + place.host.remarks]
        said += [("a notice", repr(model.notice)) for model in place.models]
        said.append(("the element", place.words))
    assert_none(list_secrets(simulator, browser), browser, said)
