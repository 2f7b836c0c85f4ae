"""The module in wasmtime, with the two imports that a browser gives it."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from wasmtime import Engine, Func, FuncType, Instance, Memory, Module, Store, ValType

ROOT = Path(__file__).resolve().parents[3]
MODULE = ROOT / ".cache" / "tunnel" / "tls.wasm"

_ENGINE = Engine()


class WasmtimeModule:
    """One instance (`pywidget.tunnel.ports.WasmModule`).

    Attributes:
        now: The time in seconds since 1970 that certificates are judged by; None for the real one.
        calls: How often something was called, read or written.
    """

    def __init__(self, path: Path = MODULE) -> None:
        self.now: float | None = None
        self.calls = 0
        self._store = Store(_ENGINE)
        imports = {
            "fill_random": Func(
                self._store, FuncType([ValType.i32(), ValType.i32()], []), self._fill_random
            ),
            "now_ms": Func(self._store, FuncType([], [ValType.f64()]), self._tell_time),
        }
        module = load(path)
        assert {(each.module, each.name) for each in module.imports} == {
            ("env", name) for name in imports
        }
        instance = Instance(
            self._store, module, [imports[str(each.name)] for each in module.imports]
        )
        self._exports = instance.exports(self._store)
        memory = self._exports["memory"]
        assert isinstance(memory, Memory)
        self._memory = memory

    @property
    def size(self) -> int:
        """How much memory it has, in bytes."""
        return int(self._memory.data_len(self._store))

    def call(self, name: str, *numbers: int) -> int:
        self.calls += 1
        function = self._exports[name]
        assert isinstance(function, Func)
        return int(function(self._store, *numbers) or 0)

    def read(self, address: int, length: int) -> bytes:
        self.calls += 1
        return bytes(self._memory.read(self._store, address, address + length))

    def write(self, address: int, data: bytes) -> None:
        self.calls += 1
        self._memory.write(self._store, data, address)

    def _fill_random(self, address: int, length: int) -> None:
        self._memory.write(self._store, secrets.token_bytes(length), address)

    def _tell_time(self) -> float:
        return (time.time() if self.now is None else self.now) * 1000


_loaded: dict[Path, Module] = {}


def load(path: Path) -> Module:
    """Compiles a module, once."""
    if path not in _loaded:
        _loaded[path] = Module.from_file(_ENGINE, str(path))
    return _loaded[path]
