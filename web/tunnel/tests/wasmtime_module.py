"""The module in wasmtime, with the two imports that a browser gives it."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

from wasmtime import Config, Engine, Func, FuncType, Instance, Memory, Module, Store, ValType

ROOT = Path(__file__).resolve().parents[3]
# TLS_MODULE names another one, such as the sanitized.
MODULE = Path(os.environ.get("TLS_MODULE", ROOT / ".cache" / "tunnel" / "tls.wasm"))


def _make_engine(*, is_fueled: bool) -> Engine:
    config = Config()
    config.consume_fuel = is_fueled
    return Engine(config)


_ENGINES = {is_fueled: _make_engine(is_fueled=is_fueled) for is_fueled in (False, True)}


class WasmtimeModule:
    """One instance (`pywidget.tunnel.ports.WasmModule`).

    Attributes:
        now: The time in seconds since 1970 that certificates are judged by; None for the real one.
        calls: How often something was called, read or written.
    """

    def __init__(self, path: Path = MODULE, fuel: int | None = None) -> None:
        """Makes one; `fuel` is how many instructions each call may take."""
        self.now: float | None = None
        self.calls = 0
        self._fuel = fuel
        engine = _ENGINES[fuel is not None]
        self._store = Store(engine)
        if fuel is not None:
            self._store.set_fuel(fuel)
        imports = {
            "fill_random": Func(
                self._store, FuncType([ValType.i32(), ValType.i32()], []), self._fill_random
            ),
            "now_ms": Func(self._store, FuncType([], [ValType.f64()]), self._tell_time),
        }
        module = load(path, engine)
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
        if self._fuel is not None:
            self._store.set_fuel(self._fuel)
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


_loaded: dict[tuple[Path, Engine], Module] = {}


def load(path: Path, engine: Engine) -> Module:
    """Compiles a module, once."""
    if (path, engine) not in _loaded:
        _loaded[path, engine] = Module.from_file(engine, str(path))
    return _loaded[path, engine]
