"""`ports.Storage`: texts by key, in this tab only."""

from __future__ import annotations

from typing import Protocol

from e2e.contracts.contract import refused
from pywidget.domain.errors import Code
from pywidget.ports import Storage


class Bench(Protocol):
    storage: Storage

    def refuse(self) -> None:
        """Let the browser refuse all access to storage from now on."""


async def check_a_missing_key_is_none(bench: Bench) -> None:
    assert bench.storage.get("contract:missing") is None


async def check_a_text_comes_back(bench: Bench) -> None:
    for text in ("plain", "", "ünï\u2028 \U0001f9d6 \x00", "null", "x" * 100_000):
        bench.storage.set("contract:text", text)
        got = bench.storage.get("contract:text")
        assert type(got) is str
        assert got == text


async def check_a_key_may_be_any_text(bench: Bench) -> None:
    for key in ("length", "getItem", "contract:ü \U0001f9d6", "__proto__", ""):
        assert bench.storage.get(key) is None, key
        bench.storage.set(key, "mine")
        assert bench.storage.get(key) == "mine"
        assert key in bench.storage.list_keys()
        bench.storage.delete(key)
        assert bench.storage.get(key) is None


async def check_the_last_text_counts(bench: Bench) -> None:
    bench.storage.set("contract:twice", "one")
    bench.storage.set("contract:twice", "two")
    assert bench.storage.get("contract:twice") == "two"
    assert bench.storage.list_keys().count("contract:twice") == 1


async def check_a_deleted_text_is_gone(bench: Bench) -> None:
    bench.storage.set("contract:deleted", "x")
    bench.storage.delete("contract:deleted")
    bench.storage.delete("contract:deleted")
    assert bench.storage.get("contract:deleted") is None
    assert "contract:deleted" not in bench.storage.list_keys()


async def check_every_key_is_listed(bench: Bench) -> None:
    names = {f"contract:{number}" for number in range(5)}
    for name in names:
        bench.storage.set(name, "x")
    listed = bench.storage.list_keys()
    assert names <= set(listed)
    assert all(type(name) is str for name in listed)


async def check_a_full_storage_says_so_and_keeps_what_it_has(bench: Bench) -> None:
    bench.storage.set("contract:kept", "kept")
    with refused(Code.STORAGE_UNAVAILABLE):
        bench.storage.set("contract:kept", "x" * 20_000_000)
    assert bench.storage.get("contract:kept") == "kept"


async def check_a_refused_storage_says_so_every_time(bench: Bench) -> None:
    bench.refuse()
    for use in (
        lambda: bench.storage.get("contract:x"),
        lambda: bench.storage.set("contract:x", "x"),
        lambda: bench.storage.delete("contract:x"),
        bench.storage.list_keys,
    ):
        with refused(Code.STORAGE_UNAVAILABLE):
            use()
